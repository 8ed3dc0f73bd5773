//! The choices of selects: types, labels, parties, agreements.

use std::borrow::Cow;
use std::collections::BTreeSet;

use desk::pages::{Visitor, party_name};
use desk::views::Known;
use model::{PartyId, Tlp};
use ui::component::type_name;
use ui::{Locale, t};

use super::show::agreement_title;
use crate::search::Sight;

/// Value and text of one option.
pub(super) type Choice<'a> = (Cow<'a, str>, Cow<'a, str>);

fn all<'a>(locale: Locale) -> Choice<'a> {
    (Cow::Borrowed(""), t!(locale, "word-all"))
}

/// The types of visible classes, by name.
pub(super) fn types<'a>(locale: Locale, sight: &'a Sight<'_>) -> Vec<Choice<'a>> {
    let types: BTreeSet<&str> = sight.visible().map(|class| class.object_type.as_str()).collect();
    let mut list: Vec<Choice<'a>> =
        types.into_iter().map(|name| (Cow::Borrowed(name), type_name(locale, name))).collect();
    list.sort_by(|a, b| a.1.cmp(&b.1));
    list.insert(0, all(locale));
    list
}

/// The labels up to the visitor's clearance.
pub(super) fn labels<'a>(visitor: &Visitor, none: Cow<'a, str>) -> Vec<Choice<'a>> {
    let reachable = Tlp::ALL.into_iter().filter(|tlp| *tlp <= visitor.account.clearance);
    let labels = reachable.map(|tlp| (Cow::Borrowed(tlp.word()), Cow::Owned(tlp.to_string())));
    std::iter::once((Cow::Borrowed(""), none)).chain(labels).collect()
}

/// The authors of visible classes.
pub(super) fn authors<'a>(locale: Locale, known: &Known, sight: &Sight<'_>) -> Vec<Choice<'a>> {
    let authors: BTreeSet<PartyId> = sight.visible().map(|class| class.author).collect();
    let authors =
        authors.into_iter().map(|id| (Cow::Owned(id.to_string()), Cow::Owned(party_name(known, id))));
    std::iter::once(all(locale)).chain(authors).collect()
}

/// Agreements that every party has signed.
pub(super) fn agreements<'a>(visitor: &Visitor, known: &Known, none: Cow<'a, str>) -> Vec<Choice<'a>> {
    let signed = known.agreements.iter().filter(|(_, state)| state.newest_signed().is_some());
    let signed =
        signed.map(|(id, _)| (Cow::Owned(id.to_string()), Cow::Owned(agreement_title(visitor, known, id))));
    std::iter::once((Cow::Borrowed(""), none)).chain(signed).collect()
}
