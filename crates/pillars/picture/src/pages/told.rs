//! What each party told us of a subject, what nobody else did, and by which terms more would or would not reach us.

use desk::pages::{App, PageError, Visitor, may_read, party_link};
use maud::{Markup, html};
use model::{Agreement, Grant, PartyId, Selector};
use records::delivery::OBJECT;
use ui::component::{Column, Table, day, stix_type, table, tlp};
use ui::{Locale, t};

use crate::fold::{day_of, start_of};
use crate::sight::Sight;
use crate::subject::Dossier;

/// How much one party said.
#[derive(Debug, Default)]
struct Said {
    /// Statements and ties of theirs.
    all: u64,
    /// Those that nobody else states.
    alone: u64,
    /// The last day.
    last: Option<i64>,
}

/// One row for each party but us.
pub(super) fn told(
    app: &App,
    visitor: &Visitor,
    sight: &Sight<'_>,
    found: &Dossier,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let kind = found.statements[0].kind.stix_type();
    let mut rows = Vec::new();
    for party in sight.known.parties.keys().filter(|party| **party != app.desk.me) {
        let said = said(sight, found, *party);
        rows.push(vec![
            party_link(locale, &sight.known, *party),
            html! { (locale.count(said.all)) },
            html! { (locale.count(said.alone)) },
            html! { @if let Some(last) = said.last { (day(locale, start_of(last))) } @else { "–" } },
            withheld(app, sight, locale, *party)?,
            terms(app, visitor, sight, *party, kind)?,
        ]);
    }
    let list = Table {
        caption: t!(locale, "picture-told-title"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::number(t!(locale, "picture-told-all")),
            Column::number(t!(locale, "picture-told-alone")),
            Column::text(t!(locale, "picture-last")),
            Column::number(t!(locale, "picture-told-withheld")),
            Column::text(t!(locale, "picture-told-terms")),
        ],
        rows,
        ..Table::default()
    };
    Ok(html! { (table(locale, &list)) p.muted { (t!(locale, "picture-told-rest")) } })
}

/// How much of everything a party states is here as a hash alone, whatever it is about: both sides know the number by protocol,
/// and nobody here knows more. How much there is that this reader may not see, no page says (I1).
fn withheld(app: &App, sight: &Sight<'_>, locale: Locale, party: PartyId) -> Result<Markup, PageError> {
    // The number is kept for the present.
    if sight.upto.is_some() {
        return Ok(html! { "–" });
    }
    Ok(html! { (locale.count(app.desk.views.withheld_by(party)?)) })
}

fn said(sight: &Sight<'_>, found: &Dossier, party: PartyId) -> Said {
    let mut said = Said::default();
    let authors = || found.statements.iter().filter_map(|one| sight.author(one.class));
    let only = authors().all(|author| author == party);
    for one in found.statements.iter().filter(|one| sight.author(one.class) == Some(party)) {
        let at = if one.version == i64::MIN { one.at.as_microsecond() } else { one.version };
        said.count(day_of(at), only);
    }
    for bond in found.bonds.iter().filter(|bond| bond.authors.contains(&party)) {
        said.count(bond.days.1, bond.authors.len() == 1);
    }
    said
}

impl Said {
    fn count(&mut self, day: i64, alone: bool) {
        self.all += 1;
        self.alone += u64::from(alone);
        self.last = self.last.max(Some(day));
    }
}

/// What agreements in force let reach us of what this party states about such a thing, as far as this person may read them.
fn terms(
    app: &App,
    visitor: &Visitor,
    sight: &Sight<'_>,
    party: PartyId,
    kind: &str,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut lines = Vec::new();
    for (id, state) in &sight.known.agreements {
        let Ok(agreement) = sight.known.book.in_force(id, visitor.now) else { continue };
        let Some(version) = state.newest_signed() else { continue };
        if !may_read(app, visitor, version)? {
            continue;
        }
        for grant in agreement.grants.iter().filter(|grant| reaches(agreement, grant, party, app.desk.me)) {
            let what = grant.what.iter().filter(|what| covers(what, kind));
            lines.extend(what.map(|what| {
                html! {
                    a href={ "/accord/agreements/" (id) } { (locale.pick(&agreement.title)) } ": "
                    (selected(locale, what)) " " (t!(locale, "picture-told-up-to")) " " (tlp(locale, grant.up_to))
                }
            }));
        }
    }
    Ok(html! {
        @if lines.is_empty() { span.muted { (t!(locale, "picture-told-none")) } }
        @else { ul.plain { @for line in &lines { li { (line) } } } }
    })
}

fn reaches(agreement: &Agreement, grant: &Grant, from: PartyId, to: PartyId) -> bool {
    let among = |list: &[PartyId], party: PartyId| list.is_empty() || list.contains(&party);
    let parties = agreement.has_party(&from) && agreement.has_party(&to);
    parties && among(&grant.from, from) && among(&grant.to, to)
}

/// Whether objects of this type are among what is granted.
fn covers(what: &Selector, kind: &str) -> bool {
    match what {
        Selector::Everything => true,
        Selector::Kind(name) => name == OBJECT,
        Selector::ObjectType(name) => name == kind,
    }
}

fn selected(locale: Locale, what: &Selector) -> Markup {
    match what {
        Selector::Everything => html! { (t!(locale, "picture-told-everything")) },
        Selector::Kind(_) => html! { (t!(locale, "picture-told-objects")) },
        Selector::ObjectType(name) => stix_type(locale, name),
    }
}
