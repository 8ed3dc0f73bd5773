//! One entry: what is said of it, what that rests on, and how it was seen before.

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::Marking;
use records::watch::Evidence;
use ui::component::{
    ButtonKind, Column, Step, Table, Tone, alert, button_link, card, facts, heading_in, marking, table, time,
    way,
};
use ui::t;

use super::{find, today, words};
use crate::access::{PictureRead, WatchKeep};
use crate::sight::Sight;
use crate::watch::{Entry, history};

pub async fn page(
    State(app): State<App>,
    visitor: May<PictureRead>,
    Path((party, watch)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let entry = find(app, &visitor, &party, &watch)?;
        let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
        let versions = history(&sight, entry.party, entry.said.watch)?;
        Ok(show(app, &visitor, &entry, &versions))
    })
    .await
}

fn show(app: &App, visitor: &Visitor, entry: &Entry, versions: &[Entry]) -> Markup {
    let (locale, said) = (visitor.locale, &entry.said);
    let below = |verb: &str| format!("/picture/watch/{}/{verb}", said.watch.0);
    let actions = html! {
        @if entry.party == app.desk.me && visitor.may::<WatchKeep>() {
            @if entry.is_watched() {
                (button_link(ButtonKind::Primary, &below("evidence"), &t!(locale, "picture-watch-evidence-add")))
            }
            (button_link(ButtonKind::Plain, &below("edit"), &t!(locale, "picture-watch-edit")))
            @if entry.is_watched() {
                (button_link(ButtonKind::Plain, &below("retire"), &t!(locale, "picture-watch-retire")))
            }
        }
    };
    let (title, language) = (said.technology.as_str(), locale.foreign(&said.language));
    let about = facts([
        (t!(locale, "picture-watch-review"), words::review(locale, entry, today(visitor.now))),
        (t!(locale, "picture-watch-horizon"), html! { (words::horizon(locale, said)) }),
        (t!(locale, "picture-watch-maturity"), html! { (words::maturity(locale, said.maturity)) }),
        (
            t!(locale, "picture-watch-owner"),
            html! { (said.owner) " " (party_link(locale, &app.desk.known(), entry.party)) },
        ),
        (t!(locale, "word-marking"), marking(locale, entry.marking)),
    ]);
    let body = html! {
        (way(locale, &[Step::new("/picture/watch", &t!(locale, "picture-watch-title"))], Step { language, ..Step::new("", title) }))
        (heading_in(language, title, html! {}, actions))
        div.stack {
            @if !entry.is_watched() {
                (alert(Tone::Info, &t!(locale, "picture-watch-is-retired"), html! { p lang=(said.language) { (said.retired) } }))
            }
            (card(&t!(locale, "picture-watch-why"), html! {}, html! {
                @for line in said.why.lines() { p lang=(said.language) { (line) } }
                (about)
            }))
            (card(&t!(locale, "picture-watch-sources"), html! {}, sources(visitor, entry)))
            (card(&t!(locale, "picture-watch-history"), html! {}, past(visitor, versions)))
        }
    };
    let marking = versions.iter().map(|version| version.marking).reduce(Marking::strictest);
    Page { title: title.into(), marking, updated: Some(visitor.now) }.show(app, visitor, body)
}

fn sources(visitor: &Visitor, entry: &Entry) -> Markup {
    let locale = visitor.locale;
    let row = |source: &Evidence| {
        vec![
            html! { span lang=(entry.said.language) { (source.says) } },
            link(&source.link),
            words::day(locale, source.on),
            html! { (words::confidence(locale, source.confidence)) },
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-watch-sources"),
        columns: vec![
            Column::text(t!(locale, "picture-watch-says")),
            Column::text(t!(locale, "picture-watch-link")),
            Column::text(t!(locale, "picture-watch-on")),
            Column::text(t!(locale, "picture-watch-confidence")),
        ],
        rows: entry.said.evidence.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-watch-no-sources")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// A record leads to its page; a URL leads out, and says to whom. What a peer wrote here is checked again: only https.
fn link(link: &str) -> Markup {
    if let Ok(record) = link.parse::<model::RecordId>() {
        return html! { a href={ "/ledger/records/" (record) } translate="no" { (record.to_string()[..19]) "…" } };
    }
    match desk::outbound::Url::parse(link) {
        Ok(url) if url.is_tls() => {
            html! { a href=(url) rel="noreferrer noopener external" translate="no" { (url.host()) } }
        }
        _ => html! { code translate="no" { (link) } },
    }
}

fn past(visitor: &Visitor, versions: &[Entry]) -> Markup {
    let locale = visitor.locale;
    let row = |(n, version): (usize, &Entry)| {
        let before = versions.get(n + 1).map(|before| &before.said);
        vec![
            time(locale, version.at, visitor.now),
            html! { (version.said.by) },
            html! { ul.plain { @for word in changes(locale, version, before) { li { (word) } } } },
            html! { a href={ "/ledger/records/" (version.record) } { (t!(locale, "picture-watch-record")) } },
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-watch-history"),
        columns: vec![
            Column::text(t!(locale, "picture-watch-when")),
            Column::text(t!(locale, "picture-watch-by")),
            Column::text(t!(locale, "picture-watch-what")),
            Column::text(t!(locale, "picture-watch-proof")),
        ],
        rows: versions.iter().enumerate().map(row).collect(),
        ..Table::default()
    };
    table(locale, &list)
}

/// What a version changed.
fn changes(
    locale: ui::Locale,
    version: &Entry,
    before: Option<&records::watch::Watch>,
) -> Vec<std::borrow::Cow<'static, str>> {
    let said = &version.said;
    let Some(before) = before else { return vec![t!(locale, "picture-watch-began")] };
    let mut words = Vec::new();
    let new = said.evidence.len().saturating_sub(before.evidence.len());
    if new > 0 {
        words.push(t!(locale, "picture-watch-new-sources", count = new));
    }
    if said.maturity != before.maturity {
        words.push(t!(locale, "picture-watch-now", what = words::maturity(locale, said.maturity).as_ref()));
    }
    if (&said.from, &said.until) != (&before.from, &before.until) {
        words.push(t!(locale, "picture-watch-now", what = words::horizon(locale, said).as_ref()));
    }
    if said.review != before.review {
        words.push(t!(locale, "picture-watch-review-on", day = said.review.to_string().as_str()));
    }
    if said.owner != before.owner {
        words.push(t!(locale, "picture-watch-owner-now", owner = said.owner.as_str()));
    }
    if (&said.technology, &said.why) != (&before.technology, &before.why) {
        words.push(t!(locale, "picture-watch-reworded"));
    }
    match (said.retired.is_empty(), before.retired.is_empty()) {
        (false, true) => words.push(t!(locale, "picture-watch-was-retired")),
        (true, false) => words.push(t!(locale, "picture-watch-again")),
        _ => {}
    }
    if words.is_empty() {
        words.push(t!(locale, "picture-watch-same"));
    }
    words
}
