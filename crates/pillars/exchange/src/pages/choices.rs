//! The choices of selects: types, labels, parties, agreements.

use std::borrow::Cow;
use std::collections::BTreeSet;

use desk::pages::{App, Visitor, may_read, party_name};
use desk::views::{AgreementState, Known};
use model::{AgreementId, PartyId, Tlp};
use ui::component::type_name;
use ui::{Locale, t};

use super::show::agreement_title;
use crate::search::Sight;

/// Authors and types of which somebody sees something.
pub(super) type Held = BTreeSet<(PartyId, String)>;

/// Value and text of one option.
pub(super) type Choice<'a> = (Cow<'a, str>, Cow<'a, str>);

fn all<'a>(locale: Locale) -> Choice<'a> {
    (Cow::Borrowed(""), t!(locale, "word-all"))
}

/// The types of what is held, by name.
pub(super) fn types<'a>(locale: Locale, held: &'a Held) -> Vec<Choice<'a>> {
    let types: BTreeSet<&str> = held.iter().map(|(_, name)| name.as_str()).collect();
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

/// The authors of what is held.
pub(super) fn authors<'a>(locale: Locale, known: &Known, held: &Held) -> Vec<Choice<'a>> {
    let authors: BTreeSet<PartyId> = held.iter().map(|(author, _)| *author).collect();
    let authors =
        authors.into_iter().map(|id| (Cow::Owned(id.to_string()), Cow::Owned(party_name(known, id))));
    std::iter::once(all(locale)).chain(authors).collect()
}

/// Agreements that every party has signed and that this person may read, or that an object which they see is under.
pub(super) fn agreements<'a>(app: &App, visitor: &Visitor, none: Cow<'a, str>) -> Vec<Choice<'a>> {
    let known = app.desk.known();
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now);
    let named: BTreeSet<AgreementId> =
        sight.iter().flat_map(Sight::visible).flat_map(|class| class.under.iter().copied()).collect();
    let told = |id: &AgreementId, state: &AgreementState| {
        let readable = state.newest().is_some_and(|newest| may_read(app, visitor, newest).unwrap_or(false));
        state.newest_signed().is_some() && (readable || named.contains(id))
    };
    let told = known.agreements.iter().filter(|(id, state)| told(id, state));
    let told =
        told.map(|(id, _)| (Cow::Owned(id.to_string()), Cow::Owned(agreement_title(visitor, &known, id))));
    std::iter::once((Cow::Borrowed(""), none)).chain(told).collect()
}
