//! The forms by which an officer takes the next step with a report, one below the other, each folded until it is needed.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, PageError, Signed, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use packs::Library;
use records::handling::Step;
use ui::component::{ButtonKind, Field, FieldKind, button, card, error_summary, field};
use ui::{Locale, t};

use super::hand::csrf;
use super::{detail, find, refused, words};
use crate::access::ReportHandle;
use crate::authority::commands::handle_report::{SEVERITIES, handle_report};
use crate::authority::docket::Docket;
use crate::authority::duties::owed;
use crate::cite::cited_text;

/// The steps of which a form is shown, in the order of the work.
const FORMS: [&str; 6] = ["triage", "acknowledge", "ask", "hand_on", "delay", "close"];

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<ReportHandle>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let docket = find(app, &sent.visitor, &id)?;
        let mut faults = Faults::default();
        if let Some(step) = read(&sent.visitor, &sent.fields, &mut faults) {
            match handle_report(&app.desk, docket.report.report, &sent.visitor.account.name, step) {
                Ok(_) => return Ok(Redirect::to(&format!("/notify/reports/{id}")).into_response()),
                Err(error) => refused(sent.visitor.locale, error, &mut faults)?,
            }
        }
        Ok(faults.answer(detail::show(app, &sent.visitor, &docket, &sent.fields, &faults)))
    })
    .await
}

fn read(visitor: &Visitor, sent: &Fields, faults: &mut Faults) -> Option<Step> {
    let said = |name: &str| sent.get(name).to_owned();
    Some(match sent.get("do") {
        "triage" => Step::Triage { severity: said("severity"), owner: said("owner"), cause: said("cause") },
        "acknowledge" => Step::Acknowledge {
            feedback: said("feedback"),
            guidance: said("guidance"),
            referral: sent.get("referral") == "on",
        },
        "ask" => Step::Ask { question: 0, text: said("text") },
        "hand_on" => Step::HandOn { to: said("to"), duty: said("duty"), how: said("how") },
        "delay" => {
            // `datetime-local` has no zone: the label says that it is UTC.
            let until = format!("{}Z", sent.get("until")).parse::<Timestamp>().ok();
            let padded = || format!("{}:00Z", sent.get("until")).parse::<Timestamp>().ok();
            let Some(until) = until.or_else(padded) else {
                faults.say("until", t!(visitor.locale, "form-choose"));
                return None;
            };
            Step::Delay { until, asked_by: said("asked_by"), basis: said("basis") }
        }
        "close" => Step::Close { why: said("why") },
        _ => {
            faults.say("do", t!(visitor.locale, "form-choose"));
            return None;
        }
    })
}

/// All forms; the one that was sent and refused is open and says why.
pub(super) fn forms(visitor: &Visitor, docket: &Docket, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let none = Fields::default();
    card(
        &t!(locale, "reports-next-step"),
        html! {},
        html! {
            @for step in FORMS {
                @let refused = sent.get("do") == step && !faults.is_empty();
                @let entered = if refused { sent } else { &none };
                @let fields = fields(visitor, docket, step, entered, faults);
                details open[refused] {
                    summary { (name(locale, step)) }
                    @if refused { (error_summary(locale, &fields)) }
                    form.form method="post" action={ "/notify/reports/" (docket.report.report) "/step" } novalidate {
                        (csrf(visitor))
                        input type="hidden" name="do" value=(step);
                        @for one in &fields { (field(locale, one)) }
                        div.actions { (button(ButtonKind::Primary, &name(locale, step))) }
                    }
                }
            }
        },
    )
}

fn name(locale: Locale, step: &str) -> std::borrow::Cow<'static, str> {
    match step {
        "triage" => t!(locale, "reports-triage"),
        "acknowledge" => t!(locale, "reports-acknowledge"),
        "ask" => t!(locale, "reports-ask"),
        "hand_on" => t!(locale, "reports-hand-on"),
        "delay" => t!(locale, "reports-delay"),
        _ => t!(locale, "reports-close"),
    }
}

fn fields<'a>(
    visitor: &Visitor,
    docket: &'a Docket,
    step: &str,
    sent: &'a Fields,
    faults: &Faults,
) -> Vec<Field<'a>> {
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
    match step {
        "triage" => {
            let triage = docket.triage();
            let kept = |name: &'static str, before: &'a str| -> &'a str {
                if sent.get("do").is_empty() { before } else { sent.get(name) }
            };
            let severities = SEVERITIES.map(|word| (word.into(), words::severity(locale, word)));
            let choice = FieldKind::Select(severities.into());
            let severity = kept("severity", triage.map_or("medium", |triage| triage.severity));
            let cause = kept("cause", triage.map_or("", |triage| triage.cause));
            let owner = triage.map_or_else(|| visitor.account.name.clone(), |triage| triage.owner.to_owned());
            vec![
                Field {
                    value: severity.into(),
                    ..one("severity", t!(locale, "reports-severity"), choice, true)
                },
                Field {
                    value: if sent.get("do").is_empty() { owner.into() } else { sent.get("owner").into() },
                    ..one("owner", t!(locale, "reports-owner"), FieldKind::Text, true)
                },
                Field {
                    value: cause.into(),
                    hint: t!(locale, "reports-cause-hint"),
                    ..one("cause", t!(locale, "reports-cause"), FieldKind::Text, false)
                },
            ]
        }
        "acknowledge" => vec![
            one("feedback", t!(locale, "reports-feedback"), FieldKind::Area, true),
            one("guidance", t!(locale, "reports-guidance"), FieldKind::Area, false),
            one("referral", t!(locale, "reports-referral"), FieldKind::Check, false),
        ],
        "ask" => vec![one("text", t!(locale, "reports-ask-text"), FieldKind::Area, true)],
        "hand_on" => vec![
            one("to", t!(locale, "reports-hand-on-to"), FieldKind::Text, true),
            one("duty", t!(locale, "notify-duty"), duty_choice(locale, docket), false),
            one("how", t!(locale, "reports-hand-on-how"), FieldKind::Area, true),
        ],
        "delay" => vec![
            one("until", t!(locale, "reports-delay-until"), FieldKind::Moment, true),
            one("asked_by", t!(locale, "reports-delay-asked-by"), FieldKind::Text, true),
            one("basis", t!(locale, "reports-delay-basis"), FieldKind::Area, true),
        ],
        _ => vec![one("why", t!(locale, "notify-why"), FieldKind::Area, true)],
    }
}

/// The duties that handing on can answer.
pub(super) fn duty_choice<'a>(locale: Locale, docket: &Docket) -> FieldKind<'a> {
    let mut options = vec![("".into(), t!(locale, "reports-duty-none"))];
    options.extend(owed(Library::embedded(), docket).into_iter().map(|one| {
        let label = format!("{} ({})", locale.pick(&one.title), cited_text(locale, &one.clause));
        (one.stage.into(), label.into())
    }));
    FieldKind::Select(options)
}
