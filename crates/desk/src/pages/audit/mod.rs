//! The audit trail: who saw, exported and changed what. For compliance and auditors; each line leads to the record that
//! holds it and to its proof.

mod asked;
mod export;

use axum::extract::{Query, State};
use maud::{Markup, html};
use records::audit::Deed;
use ui::component::{
    ButtonKind, Column, Filter, Pages, Table, Tone, button_link, filter_bar, heading, pagination, status,
    table, time_full,
};
use ui::{Locale, query, t};

use self::asked::Wanted;
use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::roles::permission_words;
use super::visitor::Visitor;
use crate::access::{AuditExport, AuditRead};
use crate::views::audit::{Trace, people, traces};

pub(super) use export::export;

/// Lines on one page.
const SHOWN: usize = 60;

pub(super) async fn page(
    State(app): State<App>,
    visitor: May<AuditRead>,
    Query(wanted): Query<Wanted>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &wanted)).await
}

fn show(app: &App, visitor: &Visitor, wanted: &Wanted) -> Result<Markup, PageError> {
    // What was looked at in this minute is on the page too.
    app.desk.write_audit().map_err(PageError::broken)?;
    let locale = visitor.locale;
    let views = app.desk.views.read()?;
    let mut found = traces(&views, &wanted.asked()?, SHOWN + 1)?;
    let more = found.len() > SHOWN;
    found.truncate(SHOWN);
    let next = found.last().filter(|_| more).map(|last| format!("{}.{}", last.place.0, last.place.1));
    let next = next.map(|next| query::with(&visitor.path, &[("before", Some(&next))]).into());
    let first = (!wanted.before.is_empty()).then(|| query::with(&visitor.path, &[("before", None)]).into());
    let title = t!(locale, "audit-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "audit-lede")) }, exports(visitor)))
        div.stack {
            (filters(locale, wanted, people(&views)?))
            (list(visitor, &found))
            (pagination(locale, &Pages { first, next, summary: "".into() }))
        }
    };
    Ok(Page { title, ..Page::default() }.show(app, visitor, body))
}

/// The same lines as files, with the filters in force.
fn exports(visitor: &Visitor) -> Markup {
    let filters = visitor.path.split_once('?').map_or("", |(_, filters)| filters);
    let here = format!("/audit/export?{filters}");
    let to = |format: &str| query::with(&here, &[("format", Some(format)), ("before", None)]);
    html! {
        @if visitor.may::<AuditExport>() {
            (button_link(ButtonKind::Plain, &to("csv"), "CSV"))
            (button_link(ButtonKind::Plain, &to("json"), "JSON"))
        }
    }
}

fn filters(locale: Locale, wanted: &Wanted, people: Vec<String>) -> Markup {
    let all = || ("".into(), t!(locale, "word-all"));
    let people = people.into_iter().map(|name| (name.clone().into(), name.into()));
    let deeds = Deed::ALL.into_iter().map(|deed| (deed.word().into(), deed_word(locale, deed)));
    let bar = [
        Filter::Select {
            name: "who",
            label: t!(locale, "audit-who"),
            options: std::iter::once(all()).chain(people).collect(),
            value: wanted.who.as_str().into(),
        },
        Filter::Select {
            name: "deed",
            label: t!(locale, "audit-deed"),
            options: std::iter::once(all()).chain(deeds).collect(),
            value: wanted.deed.as_str().into(),
        },
        Filter::Text { name: "holds", label: t!(locale, "audit-holds"), value: wanted.holds.as_str().into() },
        Filter::Date { name: "from", label: t!(locale, "word-from"), value: wanted.from.as_str().into() },
        Filter::Date { name: "until", label: t!(locale, "word-until"), value: wanted.until.as_str().into() },
    ];
    filter_bar(locale, "/audit", &bar, &[])
}

fn list(visitor: &Visitor, found: &[Trace]) -> Markup {
    let locale = visitor.locale;
    let row = |trace: &Trace| {
        let line = &trace.line;
        vec![
            time_full(locale, line.at, visitor.now, visitor.zone.as_ref()),
            html! { (line.who) @if line.program { " " span.muted { (t!(locale, "audit-program")) } } },
            deed(locale, line.deed),
            html! {
                (permission_words(locale, &line.act)) br; code.muted translate="no" { (line.what) }
                @if !line.reason.is_empty() { br; strong { (line.reason) } }
            },
            html! { (locale.count(line.count)) },
            html! { a href={ "/ledger/records/" (trace.record) "?verify=1" } { (t!(locale, "audit-proof")) } },
        ]
    };
    let list = Table {
        caption: t!(locale, "audit-title"),
        columns: vec![
            Column::text(t!(locale, "word-when")),
            Column::text(t!(locale, "audit-who")),
            Column::text(t!(locale, "audit-deed")),
            Column::text(t!(locale, "audit-what")),
            Column::number(t!(locale, "word-count")),
            Column::text(t!(locale, "audit-proof")),
        ],
        rows: found.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "audit-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn deed(locale: Locale, deed: Deed) -> Markup {
    let tone = match deed {
        Deed::Saw => Tone::Idle,
        Deed::Exported | Deed::Did => Tone::Info,
        Deed::Refused => Tone::Warn,
        Deed::Failed => Tone::Idle,
    };
    status(tone, &deed_word(locale, deed))
}

fn deed_word(locale: Locale, deed: Deed) -> std::borrow::Cow<'static, str> {
    match deed {
        Deed::Saw => t!(locale, "audit-saw"),
        Deed::Exported => t!(locale, "audit-exported"),
        Deed::Did => t!(locale, "audit-did"),
        Deed::Refused => t!(locale, "audit-refused"),
        Deed::Failed => t!(locale, "audit-failed"),
    }
}
