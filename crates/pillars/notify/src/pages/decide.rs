//! Deciding what an incident is: who, when and why; beside it what the numbers of the law say, which never decide.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use packs::Library;
use records::determination::{Determination, Outcome};
use ui::component::{ButtonKind, Field, FieldKind, breadcrumb, button, button_link, card, field, heading};
use ui::{Locale, t};

use super::{duties, find, parameter};
use crate::access::IncidentDetermine;
use crate::case::Case;
use crate::commands::MARKING;
use crate::commands::determine::determine;
use crate::law;
use crate::moment;
use crate::plan;

pub async fn ask(
    State(app): State<App>,
    visitor: May<IncidentDetermine>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        show(app, &visitor, &case, &Fields::default(), &Faults::default())
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<IncidentDetermine>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let case = find(app, visitor, &id)?;
        let mut faults = Faults::default();
        if let Some(made) = read(app, visitor, &case, fields, &mut faults)? {
            match determine(&app.desk, made) {
                Ok(_) => {
                    return Ok(Redirect::to(&format!("/notify/incidents/{}/intake", case.id)).into_response());
                }
                Err(error) => {
                    faults.say("at", error.theirs().map_err(PageError::broken)?.say(visitor.locale))
                }
            }
        }
        Ok(faults.answer(show(app, visitor, &case, fields, &faults)?))
    })
    .await
}

/// What the form says; nothing when something is wrong with it.
fn read(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    fields: &Fields,
    faults: &mut Faults,
) -> Result<Option<Determination>, PageError> {
    let locale = visitor.locale;
    let outcome = match fields.get("outcome") {
        "yes" => Some(Outcome::Yes),
        "no" => Some(Outcome::No),
        "unknown" => Some(Outcome::Unknown),
        _ => None,
    };
    faults.check(outcome.is_none(), "outcome", t!(locale, "notify-outcome-missing"));
    faults.check(fields.get("by").is_empty(), "by", t!(locale, "notify-by-missing"));
    faults.check(fields.get("rationale").is_empty(), "rationale", t!(locale, "notify-rationale-missing"));
    let library = law::now(&app.desk.views)?;
    let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
    let at = match fields.get("at") {
        "" => Some(desk::edge::now()),
        text => moment::local(text, &incident.facts.time_zone()),
    };
    faults.check(at.is_none(), "at", t!(locale, "notify-no-moment"));
    let (Some(outcome), Some(at), true) = (outcome, at, faults.is_empty()) else { return Ok(None) };
    Ok(Some(Determination {
        incident: case.id,
        question: fields.get("question").to_owned(),
        outcome,
        at,
        by: fields.get("by").to_owned(),
        rationale: fields.get("rationale").to_owned(),
        replaces: Some(crate::standing::seen(fields.get("seen"))),
    }))
}

fn show(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    sent: &Fields,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let library = law::now(&app.desk.views)?;
    let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
    let plan = plan::plan(&library, &incident, visitor.now);
    let here = format!("/notify/incidents/{}", case.id);
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-decide-title"));
    let (csrf, token) = visitor.csrf();
    let zone = incident.facts.time_zone();
    let seen =
        if sent.get("seen").is_empty() { crate::standing::all(case) } else { sent.get("seen").to_owned() };
    let fields = fields(visitor, &library, sent, faults, zone.iana_name().unwrap_or("UTC"));
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title)], &title))
        (heading(&title, html! { (t!(locale, "notify-decide-lede")) }, html! {}))
        div.stack {
            (super::contradicted::show(visitor, &library, case))
            form.form method="post" action={ (here) "/decide" } {
                input type="hidden" name=(csrf) value=(token);
                input type="hidden" name="seen" value=(seen);
                @for one in &fields { (field(locale, one)) }
                div.actions {
                    (button(ButtonKind::Primary, &t!(locale, "notify-decide-verb")))
                    (button_link(ButtonKind::Plain, &here, &t!(locale, "action-cancel")))
                }
            }
            @if !plan.thresholds.is_empty() {
                (card(&t!(locale, "notify-thresholds"), html! {}, duties::thresholds(visitor, &plan)))
            }
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body))
}

fn fields<'a>(
    visitor: &'a Visitor,
    library: &'a Library,
    sent: &'a Fields,
    faults: &Faults,
    zone: &str,
) -> Vec<Field<'a>> {
    let locale = visitor.locale;
    let asked = match sent.get("question") {
        "" => parameter(visitor, "question").unwrap_or_default(),
        sent => sent.to_owned(),
    };
    let by = if sent.get("by").is_empty() { visitor.account.name.as_str() } else { sent.get("by") };
    vec![
        Field {
            name: "question",
            label: t!(locale, "notify-decide-question"),
            value: asked.clone().into(),
            kind: FieldKind::Select(questions(locale, library, &asked)),
            error: faults.of("question"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "outcome",
            label: t!(locale, "notify-decide-outcome"),
            value: sent.get("outcome").into(),
            kind: FieldKind::Select(vec![
                ("".into(), "–".into()),
                ("yes".into(), t!(locale, "notify-yes")),
                ("no".into(), t!(locale, "notify-no")),
                ("unknown".into(), t!(locale, "notify-unknown")),
            ]),
            error: faults.of("outcome"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "at",
            label: t!(locale, "notify-decided-at"),
            value: sent.get("at").into(),
            kind: FieldKind::Moment,
            hint: t!(locale, "notify-decided-at-hint", zone = zone.to_owned()),
            error: faults.of("at"),
            ..Field::default()
        },
        Field {
            name: "by",
            label: t!(locale, "notify-decided-by"),
            value: by.into(),
            hint: t!(locale, "notify-decided-by-hint"),
            error: faults.of("by"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "rationale",
            label: t!(locale, "word-reason"),
            value: sent.get("rationale").into(),
            kind: FieldKind::Area,
            error: faults.of("rationale"),
            required: true,
            ..Field::default()
        },
    ]
}

type Choice<'a> = (std::borrow::Cow<'a, str>, std::borrow::Cow<'a, str>);

/// Every question that people decide; whether one law applies when that is asked.
fn questions<'a>(locale: Locale, library: &'a Library, asked: &str) -> Vec<Choice<'a>> {
    let known = library.words.determinations.iter();
    let known =
        known.map(|(code, question)| (code.as_str().into(), locale.pick(&question.name()).to_owned().into()));
    let law = asked.strip_prefix("applies ").filter(|regime| library.packs.contains_key(*regime));
    let law = law.map(|regime| {
        let text = t!(locale, "notify-law-applies", law = regime.to_owned());
        (asked.to_owned().into(), text)
    });
    law.into_iter().chain(known).collect()
}
