//! `/picture/watch`: the watch-list of emerging technologies.

mod detail;
mod evidence;
mod form;
mod retire;
mod sheet;
mod words;

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::time::civil::Date;
use model::{Marking, PartyId, Timestamp, WatchId};
use ui::component::{
    ButtonKind, Column, Step, Table, Tone, button_link, card, heading, marking, status, table,
};
use ui::{Locale, t};

use crate::access::{PictureRead, WatchKeep};
use crate::sight::Sight;
use crate::watch::{Entry, list};

pub use detail::page as detail;
pub use evidence::{ask as ask_evidence, submit as add_evidence};
pub use form::{ask_add, ask_edit, submit_add, submit_edit};
pub use retire::{ask as ask_retire, submit as retire};

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
    let (watched, retired): (Vec<Entry>, Vec<Entry>) = list(&sight)?.into_iter().partition(Entry::is_watched);
    let today = today(visitor.now);
    let overdue = watched.iter().filter(|entry| entry.is_overdue(today)).count();
    let title = t!(locale, "picture-watch-title");
    let add = html! {
        @if visitor.may::<WatchKeep>() {
            (button_link(ButtonKind::Primary, "/picture/watch/add", &t!(locale, "picture-watch-add")))
        }
    };
    let body = html! {
        (heading(&title, html! { (t!(locale, "picture-watch-lede")) }, add))
        div.stack {
            @if overdue > 0 { p { (status(Tone::Warn, &t!(locale, "picture-watch-overdue-count", count = overdue))) } }
            (card(&t!(locale, "picture-watch-watched"), html! {}, rows(app, visitor, &watched, today)))
            @if !retired.is_empty() {
                (card(&t!(locale, "picture-watch-retired"), html! {}, rows(app, visitor, &retired, today)))
            }
        }
    };
    let all = watched.iter().chain(&retired);
    let marking = all.map(|entry| entry.marking).reduce(Marking::strictest);
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn rows(app: &App, visitor: &Visitor, entries: &[Entry], today: Date) -> Markup {
    let locale = visitor.locale;
    let row = |entry: &Entry| {
        vec![
            html! { a href=(entry.href()) lang=(entry.said.language) { (entry.said.technology) } },
            words::review(locale, entry, today),
            html! { (words::horizon(locale, &entry.said)) },
            html! { (words::maturity(locale, entry.said.maturity)) },
            html! { (locale.count(entry.said.evidence.len() as u64)) },
            html! { div { (entry.said.owner) " " (party_link(locale, &app.desk.known(), entry.party)) } },
            marking(locale, entry.marking),
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-watch-title"),
        columns: vec![
            Column::text(t!(locale, "picture-watch-technology")),
            Column::text(t!(locale, "picture-watch-review")),
            Column::text(t!(locale, "picture-watch-horizon")),
            Column::text(t!(locale, "picture-watch-maturity")),
            Column::number(t!(locale, "picture-watch-sources")),
            Column::text(t!(locale, "picture-watch-owner")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: entries.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-watch-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// The day by which reviews count.
fn today(now: Timestamp) -> Date {
    now.to_zoned(model::time::TimeZone::UTC).date()
}

/// The entry that a path names, if this visitor may see it.
fn find(app: &App, visitor: &Visitor, party: &str, watch: &str) -> Result<Entry, PageError> {
    let party: PartyId = format!("party:{party}").parse().map_err(|_| PageError::NotFound)?;
    let watch: WatchId = format!("watch:{watch}").parse().map_err(|_| PageError::NotFound)?;
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
    crate::watch::entry(&sight, party, watch)?.ok_or(PageError::NotFound)
}

/// The same, where it is this party's own: nobody writes for another.
fn own(app: &App, visitor: &Visitor, watch: &str) -> Result<Entry, PageError> {
    find(app, visitor, &app.desk.me.hex(), watch)
}

/// The breadcrumb of a page below an entry.
fn trail(locale: Locale, entry: Option<&Entry>, title: &str) -> Markup {
    let list = t!(locale, "picture-watch-title");
    let first = Step::new("/picture/watch", &list);
    match entry {
        Some(entry) => {
            let (href, language) = (entry.href(), locale.foreign(&entry.said.language));
            let entry = Step { language, ..Step::new(&href, &entry.said.technology) };
            ui::component::way(locale, &[first, entry], Step::new("", title))
        }
        None => ui::component::way(locale, &[first], Step::new("", title)),
    }
}
