//! What the node itself has to find: parties, records by their id, and its own pages.

use std::borrow::Cow;
use std::sync::Arc;

use model::{Digest, RecordId};
use records::{Header, Marked};
use rusqlite::OptionalExtension as _;
use ui::component::kind_name;
use ui::{Locale, t};

use super::super::app::{App, NavEntry};
use super::super::error::PageError;
use super::super::visitor::Visitor;
use super::super::{frame, sight};
use crate::access::{AccountManage, LedgerRead, PartyRead};
use crate::find::{Ask, Finding, Hit, Source, Values, gather};

pub(super) fn sources() -> [Source; 3] {
    [
        Source { name: "parties", label: |l| t!(l, "nav-parties"), find: Arc::new(parties) },
        Source { name: "records", label: |l| t!(l, "find-records"), find: Arc::new(records) },
        Source { name: "pages", label: |l| t!(l, "find-pages"), find: Arc::new(pages) },
    ]
}

fn hit(kind: &str, title: String, href: String) -> Hit {
    let values = Values { kind: kind.to_owned(), ..Values::default() };
    Hit { title, language: None, href, why: None, marking: None, author: None, at: None, values }
}

/// Whoever is signed in may see who the parties are.
fn parties(app: &App, visitor: &Visitor, ask: &Ask<'_>) -> Result<Finding, PageError> {
    if !visitor.may::<PartyRead>() {
        return Ok(gather(ask, []));
    }
    let known = app.desk.known();
    let fits = |id: &model::PartyId, card: &records::card::Card| {
        let named = ask.question.text.parse() == Ok(*id);
        named || ask.fits(&format!("{} {} {}", card.short, card.name.en, card.name.fr))
    };
    let listed = ask.question.is_empty();
    let found = known.parties.iter().filter(|(id, party)| listed || fits(id, &party.card));
    let hits = found.map(|(id, party)| {
        let name = visitor.locale.pick(&party.card.name);
        let title = if name == party.card.short {
            name.to_owned()
        } else {
            format!("{} – {name}", party.card.short)
        };
        hit("party", title, format!("/parties/{id}"))
    });
    Ok(gather(ask, hits))
}

/// A record by its id, when its header may be seen.
fn records(app: &App, visitor: &Visitor, ask: &Ask<'_>) -> Result<Finding, PageError> {
    let text = ask.question.text.trim();
    let digest: Option<Digest> = text.strip_prefix("record:").unwrap_or(text).parse().ok();
    let Some(id) = digest.map(RecordId).filter(|_| visitor.may::<LedgerRead>()) else {
        return Ok(gather(ask, []));
    };
    let query = "SELECT seq FROM record WHERE id = ?1";
    let seq: Option<i64> = app.desk.views.read()?.query_row(query, [id.0.0], |row| row.get(0)).optional()?;
    let mut found = None;
    if let Some(seq) = seq {
        app.desk.ledger.reader()?.entry(seq as u64, |entry| {
            let visible = sight::may_see(app, visitor, &entry).is_some_and(|verdict| verdict.is_release());
            let header = entry.header.and_then(|bytes| Header::parse(bytes).ok()).filter(|_| visible);
            found = header.map(|header| Hit {
                marking: match header.marked() {
                    Marked::Known(marking) => Some(marking),
                    Marked::Missing | Marked::Unknown => None,
                },
                author: Some(header.author),
                ..hit(
                    "record",
                    kind_name(visitor.locale, &header.kind).into_owned(),
                    format!("/ledger/records/{id}"),
                )
            });
        })?;
    }
    Ok(gather(ask, found))
}

/// Where a page is, and what it is called.
type Entry = (&'static str, fn(Locale) -> Cow<'static, str>);

/// Pages that are not in the menu.
const BESIDES: [Entry; 4] = [
    ("/account/password", |l| t!(l, "account-password-title")),
    ("/account/settings", |l| t!(l, "settings-title")),
    ("/parties/card", |l| t!(l, "party-card")),
    ("/styleguide", |l| t!(l, "styleguide-title")),
];

/// The pages that this role has, by their names in both languages.
fn pages(app: &App, visitor: &Visitor, ask: &Ask<'_>) -> Result<Finding, PageError> {
    let mut entries: Vec<Entry> = vec![("/", |l| t!(l, "nav-overview"))];
    let sees = |entry: &&NavEntry| frame::need(app, entry.href).is_none_or(|needed| visitor.holds(&needed));
    let menu = app.site.nav.iter().chain(&frame::OWN).filter(sees);
    let own = Some(&frame::ACCOUNTS).filter(|_| visitor.may::<AccountManage>());
    entries.extend(menu.chain(own).map(|NavEntry { href, label, .. }| (*href, *label)));
    entries.extend(BESIDES);
    let hits = entries.into_iter().filter_map(|(href, label)| {
        let named = Locale::ALL.into_iter().any(|locale| ask.fits(&label(locale)));
        let listed = ask.question.is_empty();
        (named || listed).then(|| hit("page", label(visitor.locale).into_owned(), href.to_owned()))
    });
    Ok(gather(ask, hits))
}
