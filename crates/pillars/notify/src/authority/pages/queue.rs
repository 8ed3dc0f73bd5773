//! The queue: what came in, what is owed because of it, and who looks after it. What is owed next comes first.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Column, Tab, Table, button_link, heading, live, table, tabs, time};
use ui::t;

use super::words;
use crate::access::ReportRead;
use crate::authority::commands::MARKING;
use crate::authority::docket::{Docket, docket};
use crate::authority::duties::Owed;
use crate::authority::queue;
use crate::pages::{Readable, Stretch};

/// A docket with what is owed next because of it.
struct Line {
    docket: Docket,
    next: Option<Owed>,
}

pub async fn page(State(app): State<App>, visitor: May<ReportRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let closed = ui::query::get(&visitor.path, "closed").is_some();
    let (queue, views) = (queue::shared(), &app.desk.views);
    let all = if closed { queue.closed(views) } else { queue.open(views) }?;
    let mut may = Readable::by(visitor.receiver(app));
    let shown: Vec<_> = all.into_iter().filter(|one| may.read(app, one.class, visitor.now)).collect();
    let stretch = Stretch::asked(visitor, shown.len());
    let mut lines = Vec::new();
    for one in stretch.part(&shown) {
        lines.extend(docket(views, one.id)?.map(line));
    }
    let list = Table {
        caption: t!(locale, "reports-title"),
        columns: vec![
            Column::text(t!(locale, "reports-reference")),
            Column::text(t!(locale, "reports-reporter")),
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "reports-received")),
            Column::text(t!(locale, "reports-owed-next")),
            Column::text(t!(locale, "reports-owner")),
            Column::text(t!(locale, "word-state")),
        ],
        rows: lines.iter().map(|line| row(visitor, line)).collect(),
        empty: Some(html! { p { (t!(locale, "reports-empty")) } }),
        ..Table::default()
    };
    let marking = (!list.rows.is_empty()).then_some(MARKING);
    let actions = html! {
        (button_link(ButtonKind::Primary, "/notify/reports/new", &t!(locale, "reports-new")))
        (button_link(ButtonKind::Plain, "/notify/warnings/new", &t!(locale, "reports-warn")))
    };
    let tab = |label, href: &'static str, active| Tab { label, href: href.into(), active, count: None };
    let choice = [
        tab(t!(locale, "reports-open"), "/notify/reports", !closed),
        tab(t!(locale, "reports-closed"), "/notify/reports?closed=1", closed),
    ];
    let body = html! {
        (heading(&t!(locale, "reports-title"), html! { (t!(locale, "reports-lede")) }, actions))
        (tabs(locale, &choice))
        (live("reports", &visitor.path, &["notify"], html! { (table(locale, &list)) (stretch.pages(visitor)) }))
        p.muted {
            a href="/notify/causes" { (t!(locale, "reports-causes")) } " · "
            a href="/notify/received" { (t!(locale, "reports-received-title")) } " · "
            a href="/notify/summary" { (t!(locale, "reports-summary")) }
        }
    };
    let page = Page { title: t!(locale, "reports-title"), marking, updated: Some(visitor.now) };
    Ok(page.show(app, visitor, body))
}

fn line(docket: Docket) -> Line {
    Line { next: queue::next(&docket), docket }
}

fn row(visitor: &Visitor, line: &Line) -> Vec<Markup> {
    let locale = visitor.locale;
    let report = &line.docket.report;
    let triage = line.docket.triage();
    vec![
        html! {
            a href={ "/notify/reports/" (report.report) } translate="no" { (report.reference) }
            @if report.exercise { " " (ui::component::status(ui::component::Tone::Info, &t!(locale, "notify-exercise"))) }
        },
        html! { (report.reporter.name) @if !report.reporter.country.is_empty() { " (" (report.reporter.country) ")" } },
        words::stage(locale, &report.stage),
        time(locale, report.received_at, visitor.now),
        html! {
            @if let Some(next) = &line.next {
                (locale.pick(&next.title)) br; (words::owed(locale, next, visitor.now))
            }
        },
        html! {
            @if let Some(triage) = triage {
                (triage.owner) br; span.muted { (words::severity(locale, triage.severity)) }
            }
        },
        words::stand(locale, line.docket.stand()),
    ]
}
