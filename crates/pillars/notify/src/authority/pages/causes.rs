//! Shared causes: who reported, who is expected to and has not.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use records::cause::Cause;
use ui::component::{ButtonKind, Field, FieldKind, breadcrumb, button, card, error_summary, field, heading};
use ui::t;

use super::hand::csrf;
use super::{readable, refused};
use crate::access::{ReportHandle, ReportRead};
use crate::authority::causes::{MOST_CAUSES, Reported, Shared, causes, reported};
use crate::authority::commands::MARKING;
use crate::authority::commands::name_cause::{name_cause, read_expected};

pub async fn page(State(app): State<App>, visitor: May<ReportRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &Fields::default(), &Faults::default())).await
}

pub async fn submit(State(app): State<App>, sent: Signed<ReportHandle>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&sent.visitor, &sent.fields);
        let cause = Cause {
            cause: fields.get("cause").into(),
            title: fields.get("title").into(),
            text: fields.get("text").into(),
            expected: read_expected(fields.get("expected")),
            by: visitor.account.name.clone(),
        };
        let mut faults = Faults::default();
        match name_cause(&app.desk, cause) {
            Ok(_) => return Ok(Redirect::to("/notify/causes").into_response()),
            Err(error) => refused(visitor.locale, error, &mut faults)?,
        }
        // What is wrong with one line is said at the box of all lines.
        Ok(faults.answer(show(app, visitor, fields, &faults)?))
    })
    .await
}

fn show(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut shown = Vec::new();
    let reports = counted(app, visitor)?;
    for shared in causes(&app.desk.views, &reports, ("", MOST_CAUSES))? {
        if readable(app, visitor, shared.seq)? {
            shown.push(shared);
        }
    }
    let title = t!(locale, "reports-causes");
    let marking = (!shown.is_empty()).then_some(MARKING);
    let body = html! {
        (breadcrumb(locale, &[("/notify/reports", &t!(locale, "reports-title"))], &title))
        (heading(&title, html! { (t!(locale, "reports-causes-lede")) }, html! {}))
        div.stack {
            @for shared in &shown { (one(visitor, shared)) }
            @if shown.is_empty() { p { (t!(locale, "reports-causes-empty")) } }
            @if visitor.may::<ReportHandle>() { (form(visitor, sent, faults)) }
        }
    };
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

/// The reports that count for this reader: those that they may read.
pub(in crate::authority) fn counted(app: &App, visitor: &Visitor) -> Result<Vec<Reported>, PageError> {
    let mut reports = Vec::new();
    for one in reported(&app.desk.views)? {
        if readable(app, visitor, one.seq)? {
            reports.push(one);
        }
    }
    Ok(reports)
}

fn one(visitor: &Visitor, shared: &Shared) -> Markup {
    let locale = visitor.locale;
    let cause = &shared.cause;
    card(
        &cause.title,
        html! { code translate="no" { (cause.cause) } },
        html! {
            @if !cause.text.is_empty() { p.said { (cause.text) } }
            h3 { (t!(locale, "reports-cause-silent", count = shared.silent.len())) }
            @if !shared.silent.is_empty() {
                ul {
                    @for entity in &shared.silent {
                        li {
                            (entity.name)
                            @for more in [&entity.country, &entity.sector, &entity.contact] {
                                @if !more.is_empty() { span.muted { " · " (more) } }
                            }
                        }
                    }
                }
            }
            h3 { (t!(locale, "reports-cause-reported", count = shared.reported.len())) }
            @if !shared.reported.is_empty() { ul { @for name in &shared.reported { li { (name) } } } }
        },
    )
}

fn form(visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let one = |name: &'static str, label, kind, required| Field {
        name,
        label,
        kind,
        required,
        value: sent.get(name).into(),
        error: faults.of(name),
        ..Field::default()
    };
    let lines = faults.of("expected");
    let fields = [
        Field {
            hint: t!(locale, "reports-cause-name-hint"),
            ..one("cause", t!(locale, "reports-cause"), FieldKind::Text, true)
        },
        one("title", t!(locale, "reports-cause-title"), FieldKind::Text, true),
        one("text", t!(locale, "reports-cause-text"), FieldKind::Area, false),
        Field {
            hint: t!(locale, "reports-cause-expected-hint"),
            error: lines,
            ..one("expected", t!(locale, "reports-cause-expected"), FieldKind::Area, false)
        },
    ];
    card(
        &t!(locale, "reports-cause-new"),
        html! {},
        html! {
            (error_summary(locale, &fields))
            form.form method="post" action="/notify/causes" novalidate {
                (csrf(visitor))
                @for field_of in &fields { (field(locale, field_of)) }
                div.actions { (button(ButtonKind::Primary, &t!(locale, "reports-cause-save"))) }
            }
        },
    )
}
