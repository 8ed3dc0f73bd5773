//! Noting that a report was filed by hand: when, by which way, under which reference, with which evidence.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Attached, Faults, Fields, May, Page, PageError, Visitor};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Field, FieldKind, Tone, alert, breadcrumb, button, button_link, field, heading,
};
use ui::t;

use super::{evidence, find, found};
use crate::access::StageSubmit;
use crate::case::Case;
use crate::commands::submit_stage::Sent;
use crate::commands::{MARKING, StateError};
use crate::held::ask_with_file;
use crate::plan::Obligation;
use crate::{law, moment};

pub async fn form(
    State(app): State<App>,
    visitor: May<StageSubmit>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        show(app, &visitor, &case, &stage, &Fields::default(), &Faults::default())
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    attached: Attached<StageSubmit>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&attached.form.visitor, &attached.form.fields);
        let case = find(app, visitor, &id)?;
        let mut faults = Faults::default();
        let lost = attached.is_lost(evidence::FILE);
        faults.check(lost, evidence::FILE, t!(visitor.locale, "notify-evidence-file-lost"));
        if let Some(sent) = read(app, visitor, &case, &stage, fields, &mut faults)? {
            let file = attached.file(evidence::FILE).map(|file| (file.name.as_str(), file.bytes.as_slice()));
            match ask_with_file(&app.desk, (case.id, sent), file, &visitor.account.name) {
                Ok(_) => {
                    let there = format!("/notify/incidents/{}/stages/{stage}", case.id);
                    return Ok(Redirect::to(&there).into_response());
                }
                Err(StateError::Fact(error)) if error.field == "evidence_file" => {
                    faults.say(evidence::FILE, error.fault.say(visitor.locale));
                }
                Err(error) => {
                    faults.say("at", error.theirs().map_err(PageError::broken)?.say(visitor.locale))
                }
            }
        }
        Ok(faults.answer(show(app, visitor, &case, &stage, fields, &faults)?))
    })
    .await
}

fn read(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    stage: &str,
    fields: &Fields,
    faults: &mut Faults,
) -> Result<Option<Sent>, PageError> {
    let locale = visitor.locale;
    let library = law::now(&app.desk.views)?;
    let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
    let at = match fields.get("at") {
        "" => Some(desk::edge::now()),
        text => moment::local(text, &incident.facts.time_zone()),
    };
    faults.check(at.is_none(), "at", t!(locale, "notify-no-moment"));
    faults.check(fields.get("channel").is_empty(), "channel", t!(locale, "notify-channel-missing"));
    let Some(at) = at.filter(|_| faults.is_empty()) else { return Ok(None) };
    Ok(Some(Sent {
        stage: stage.to_owned(),
        at,
        channel: fields.get("channel").to_owned(),
        reference: fields.get("reference").to_owned(),
        evidence: fields.get("evidence").to_owned(),
        evidence_file: None,
        by: visitor.account.name.clone(),
    }))
}

fn show(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    stage: &str,
    sent: &Fields,
    faults: &Faults,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (duty, form) = found(app, visitor, case, stage)?;
    let library = law::now(&app.desk.views)?;
    let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
    let zone = incident.facts.time_zone().iana_name().unwrap_or("UTC").to_owned();
    let here = format!("/notify/incidents/{}", case.id);
    let there = format!("{here}/stages/{stage}");
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-file-verb"));
    let (csrf, token) = visitor.csrf();
    let fields = inputs(visitor, &duty, sent, faults, zone);
    let lacks: Vec<&str> = form.lacks().map(|field| locale.pick(&field.name)).collect();
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title), (&there, locale.pick(&duty.title))], &title))
        (heading(&title, html! { (locale.pick(&duty.title)) " · " (t!(locale, "notify-file-lede")) }, html! {}))
        div.stack {
            @if !lacks.is_empty() {
                (alert(Tone::Warn, &t!(locale, "notify-file-lacks", count = lacks.len()), html! { p { (lacks.join(" · ")) } }))
            }
            form.form method="post" action={ (there) "/file" } enctype="multipart/form-data" {
                input type="hidden" name=(csrf) value=(token);
                @for one in &fields { (field(locale, one)) }
                div.actions {
                    (button(ButtonKind::Primary, &t!(locale, "notify-file-save")))
                    (button_link(ButtonKind::Plain, &there, &t!(locale, "action-cancel")))
                }
            }
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body))
}

fn inputs<'a>(
    visitor: &Visitor,
    duty: &'a Obligation,
    sent: &'a Fields,
    faults: &Faults,
    zone: String,
) -> Vec<Field<'a>> {
    let locale = visitor.locale;
    let channels =
        duty.channels.iter().map(|way| (way.code.clone().into(), locale.pick(&way.name).to_owned().into()));
    vec![
        Field {
            name: "at",
            label: t!(locale, "notify-filed-at"),
            value: sent.get("at").into(),
            kind: FieldKind::Moment,
            hint: t!(locale, "notify-decided-at-hint", zone = zone),
            error: faults.of("at"),
            ..Field::default()
        },
        Field {
            name: "channel",
            label: t!(locale, "notify-by-way"),
            value: sent.get("channel").into(),
            kind: FieldKind::Select(channels.collect()),
            error: faults.of("channel"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "reference",
            label: t!(locale, "notify-reference"),
            value: sent.get("reference").into(),
            hint: t!(locale, "notify-reference-hint"),
            ..Field::default()
        },
        Field {
            name: "evidence",
            label: t!(locale, "notify-evidence"),
            value: sent.get("evidence").into(),
            kind: FieldKind::Area,
            hint: t!(locale, "notify-evidence-hint"),
            ..Field::default()
        },
        evidence::input(visitor, faults.of(evidence::FILE)),
    ]
}
