//! A docket: what is owed, what was reported, what was asked and answered, and what can be done next.

use axum::extract::{Path, State};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Visitor, party_name};
use maud::{Markup, html};
use packs::Library;
use records::handling::{Handling, Step};
use ui::component::{
    ButtonKind, Column, Event, Table, Tone, alert, breadcrumb, button_link, card, facts, heading, live,
    table, time_full, timeline,
};
use ui::t;

use super::{find, step, words};
use crate::access::{ReportForward, ReportHandle, ReportRead};
use crate::authority::commands::MARKING;
use crate::authority::docket::Docket;
use crate::authority::duties::owed;
use crate::cite::cited;

pub async fn page(
    State(app): State<App>,
    visitor: May<ReportRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let docket = find(app, &visitor, &id)?;
        Ok(show(app, &visitor, &docket, &Fields::default(), &Faults::default()))
    })
    .await
}

/// The page, with what was entered into one of its forms and what is wrong with that.
pub(super) fn show(app: &App, visitor: &Visitor, docket: &Docket, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let report = &docket.report;
    let title = format!("{} · {}", report.reference, report.reporter.name);
    let forward = format!("/notify/reports/{}/forward", report.report);
    let actions = html! {
        @if visitor.may::<ReportForward>() {
            (button_link(ButtonKind::Primary, &forward, &t!(locale, "reports-forward")))
        }
    };
    let lede = html! { (words::stage(locale, &report.stage)) " " (words::stand(locale, docket.stand())) };
    let body = html! {
        (breadcrumb(locale, &[("/notify/reports", &t!(locale, "reports-title"))], &report.reference))
        (heading(&title, lede, actions))
        @if let Some(until) = docket.held_until(visitor.now) {
            (alert(Tone::Warn, &t!(locale, "reports-held"), time_full(locale, until, visitor.now, visitor.zone.as_ref())))
        }
        (live("report", &visitor.path, &["notify"], html! {
            div.stack {
                (card(&t!(locale, "reports-owed"), html! {}, duties(visitor, docket)))
                (card(&t!(locale, "reports-said"), html! {}, said(visitor, docket)))
                (card(&t!(locale, "reports-steps"), html! {}, steps(app, visitor, docket)))
            }
        }))
        @if visitor.may::<ReportHandle>() { (step::forms(visitor, docket, sent, faults)) }
    };
    Page { title: title.into(), marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body)
}

fn duties(visitor: &Visitor, docket: &Docket) -> Markup {
    let locale = visitor.locale;
    let rows = owed(Library::embedded(), docket).into_iter().map(|one| {
        vec![
            html! { (locale.pick(&one.title)) " " code.muted translate="no" { (one.stage) } },
            words::owed(locale, &one, visitor.now),
            html! { (cited(locale, &one.clause)) " · " (one.confidence) },
        ]
    });
    let list = Table {
        caption: t!(locale, "reports-owed"),
        columns: vec![
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "reports-source")),
        ],
        rows: rows.collect(),
        empty: Some(html! { p { (t!(locale, "reports-owed-nothing")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn said(visitor: &Visitor, docket: &Docket) -> Markup {
    let locale = visitor.locale;
    let (report, from) = (&docket.report, &docket.report.reporter);
    let text = |text: &str| html! { (text) };
    let mut pairs = vec![
        (t!(locale, "reports-reporter"), text(&from.name)),
        (t!(locale, "reports-ask-contact"), text(&from.contact)),
        (t!(locale, "reports-ask-country"), text(&from.country)),
        (t!(locale, "reports-ask-sector"), text(&from.sector)),
        (t!(locale, "reports-ask-incident"), text(&report.incident)),
        (
            t!(locale, "reports-received"),
            time_full(locale, report.received_at, visitor.now, visitor.zone.as_ref()),
        ),
        (
            t!(locale, "reports-way"),
            html! {
                (words::way(locale, report.way)) @if !report.by.is_empty() { " (" (report.by) ")" }
            },
        ),
    ];
    if let Some(source) = &report.source {
        pairs.push((
            t!(locale, "reports-record"),
            html! {
                a href={ "/ledger/records/" (source) } translate="no" { (source) }
            },
        ));
    }
    pairs.extend(report.fields.iter().map(|(code, value)| {
        (words::field_name(locale, code).into(), html! { span.said { (words::value(locale, value)) } })
    }));
    facts(pairs)
}

fn steps(app: &App, visitor: &Visitor, docket: &Docket) -> Markup {
    if docket.steps.is_empty() {
        return html! { p.muted { (t!(visitor.locale, "reports-steps-none")) } };
    }
    let events: Vec<Event> = docket.steps.iter().rev().map(|made| event(app, visitor, made)).collect();
    timeline(visitor.locale, &events, visitor.now)
}

fn event(app: &App, visitor: &Visitor, made: &Handling) -> Event {
    let locale = visitor.locale;
    let (title, detail) = match &made.step {
        Step::Triage { severity, owner, cause } => (
            t!(locale, "reports-triage"),
            html! {
                (words::severity(locale, severity)) " · " (owner)
                @if !cause.is_empty() { " · " a href="/notify/causes" { (cause) } }
            },
        ),
        Step::Acknowledge { feedback, guidance, referral } => (
            t!(locale, "reports-acknowledge"),
            html! {
                p.said { (feedback) }
                @if !guidance.is_empty() { p.said { (guidance) } }
                @if *referral { p { (t!(locale, "report-referral")) } }
            },
        ),
        Step::Ask { question, text } => {
            (t!(locale, "report-question", number = *question), html! { p.said { (text) } })
        }
        Step::Answer { question, text } => {
            (t!(locale, "reports-answer-to", number = *question), html! { p.said { (text) } })
        }
        Step::Forward { to, duty, record } => {
            let known = app.desk.known();
            let names: Vec<String> = to.iter().map(|party| party_name(&known, *party)).collect();
            (
                t!(locale, "reports-forward"),
                html! {
                    (names.join(", ")) " · " code translate="no" { (duty) } " · "
                    a href={ "/ledger/records/" (record) } { (t!(locale, "reports-record")) }
                },
            )
        }
        Step::HandOn { to, duty, how } => (
            t!(locale, "reports-hand-on"),
            html! {
                (to) " · " code translate="no" { (duty) } p.said { (how) }
            },
        ),
        Step::Delay { until, asked_by, basis } => (
            t!(locale, "reports-delay"),
            html! {
                (time_full(locale, *until, visitor.now, visitor.zone.as_ref())) " · " (asked_by) p.said { (basis) }
            },
        ),
        Step::Close { why } => (t!(locale, "reports-close"), html! { p.said { (why) } }),
    };
    let tone = if matches!(made.step, Step::Acknowledge { .. } | Step::Close { .. }) {
        Tone::Ok
    } else {
        Tone::Info
    };
    Event { at: made.at, tone, what: html! { (title) " " span.muted { (made.by) } }, more: detail }
}
