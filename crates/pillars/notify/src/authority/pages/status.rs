//! How a report stands, for who sent it by the public form: reference and code, and nothing else, open it. Questions of
//! the authority are answered here.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, Faults, Fields, PageError, Posted, Stranger};
use maud::{Markup, html};
use records::handling::{Handling, Step};
use ui::component::{
    ButtonKind, Field, Tone, alert, button, card, error_summary, facts, field, heading, time_full,
};
use ui::t;

use super::public::open;
use super::{refused, words};
use crate::authority::commands::handle_report::handle_report;
use crate::authority::commands::receive_report::digest;
use crate::authority::docket::{Docket, by_reference};

pub async fn page(State(app): State<App>, stranger: Stranger) -> Result<Markup, PageError> {
    open(&app)?;
    Ok(form(&app, &stranger, &Fields::default(), &Faults::default()))
}

/// Shows the report; with an answer to a question, takes that first.
pub async fn submit(State(app): State<App>, sent: Posted) -> Result<Response, PageError> {
    open(&app)?;
    app.blocking(move |app| {
        let (stranger, fields) = (&sent.stranger, &sent.fields);
        let Some(docket) = opened(app, fields)? else {
            let mut faults = Faults::default();
            faults.say("code", t!(stranger.locale, "report-status-wrong"));
            let page = form(app, stranger, fields, &faults);
            return Ok((StatusCode::NOT_FOUND, page).into_response());
        };
        let Ok(question) = fields.get("question").parse() else {
            return Ok(show(app, stranger, fields, &docket, &Faults::default()).into_response());
        };
        let mut faults = Faults::default();
        let step = Step::Answer { question, text: fields.get("answer").into() };
        if let Err(error) = handle_report(&app.desk, docket.report.report, &docket.report.reporter.name, step)
        {
            refused(stranger.locale, error, &mut faults)?;
        }
        let docket = by_reference(&app.desk.views, &docket.report.reference)?.unwrap_or(docket);
        Ok(faults.answer(show(app, stranger, fields, &docket, &faults)))
    })
    .await
}

/// The docket of the reference, when the code is its own. Which of the two is wrong is not said.
fn opened(app: &App, fields: &Fields) -> Result<Option<Docket>, PageError> {
    let reference = fields.get("reference").to_ascii_uppercase();
    let found = by_reference(&app.desk.views, &reference)?;
    let given = digest(fields.get("code"));
    Ok(found.filter(|docket| !docket.report.code.is_empty() && docket.report.code == given))
}

fn form(app: &App, stranger: &Stranger, sent: &Fields, faults: &Faults) -> Markup {
    let locale = stranger.locale;
    let ask = |name: &'static str, label| Field {
        name,
        label,
        value: sent.get(name).to_owned().into(),
        error: faults.of(name),
        required: true,
        ..Field::default()
    };
    let fields = [
        ask("reference", t!(locale, "reports-reference")),
        Field { autocomplete: Some("off"), ..ask("code", t!(locale, "report-code")) },
    ];
    let title = t!(locale, "report-status-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "report-status-lede")) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action="/report/status" novalidate {
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "report-status-show"))) }
        }
    };
    stranger.show(app, title, "/report/status", body)
}

fn show(app: &App, stranger: &Stranger, sent: &Fields, docket: &Docket, faults: &Faults) -> Markup {
    let locale = stranger.locale;
    let report = &docket.report;
    let answers = docket.steps.iter().filter(|made| matches!(made.step, Step::Acknowledge { .. }));
    let title = t!(locale, "report-status-of", reference = report.reference.as_str());
    let known = [
        (t!(locale, "notify-duty"), words::stage(locale, &report.stage)),
        (t!(locale, "reports-received"), time_full(locale, report.received_at, stranger.now, None)),
        (t!(locale, "word-state"), words::stand(locale, docket.stand())),
    ];
    let body = html! {
        (heading(&title, html! {}, html! {}))
        div.stack {
            (facts(known))
            @if !faults.of("text").is_empty() { (alert(Tone::Err, &faults.of("text"), html! {})) }
            @for answer in answers { (answered(stranger, answer)) }
            @for question in docket.questions() {
                (card(&t!(locale, "report-question", number = question.number), html! {}, html! {
                    p.said { (question.text) }
                    @for (at, text) in &question.answers {
                        p.said.muted { (time_full(locale, *at, stranger.now, None)) ": " (text) }
                    }
                    (reply(stranger, sent, question.number))
                }))
            }
        }
    };
    stranger.show(app, title, "/report/status", body)
}

fn answered(stranger: &Stranger, made: &Handling) -> Markup {
    let locale = stranger.locale;
    let Step::Acknowledge { feedback, guidance, referral } = &made.step else { return html! {} };
    card(
        &t!(locale, "report-answer"),
        time_full(locale, made.at, stranger.now, None),
        html! {
            p.said { (feedback) }
            @if !guidance.is_empty() { h3 { (t!(locale, "reports-guidance")) } p.said { (guidance) } }
            @if *referral { p { (t!(locale, "report-referral")) } }
        },
    )
}

fn reply(stranger: &Stranger, sent: &Fields, number: u32) -> Markup {
    let locale = stranger.locale;
    let name = format!("answer-{number}");
    html! {
        form.form method="post" action="/report/status" {
            @for secret in ["reference", "code"] { input type="hidden" name=(secret) value=(sent.get(secret)); }
            input type="hidden" name="question" value=(number);
            div.field {
                label for=(name) { (t!(locale, "report-your-answer")) }
                textarea id=(name) name="answer" rows="4" required {}
            }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "report-answer-send"))) }
        }
    }
}
