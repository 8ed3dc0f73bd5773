//! Which laws apply: a person says so for each, with the reason; every answer is a record of its own.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use packs::Pack;
use records::determination::{Determination, Outcome};
use ui::component::{
    ButtonKind, Field, FieldKind, Tone, alert, breadcrumb, button, button_link, field, heading,
};
use ui::{Locale, t};

use super::find;
use crate::access::IncidentDetermine;
use crate::case::Case;
use crate::commands::MARKING;
use crate::commands::determine::determine;
use crate::law;
use crate::plan::{Applies, Incident};

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
        decide(app, visitor, &case, fields, &mut faults)?;
        if !faults.is_empty() {
            return Ok(faults.answer(show(app, visitor, &case, fields, &faults)?));
        }
        Ok(Redirect::to(&format!("/notify/incidents/{}/intake", case.id)).into_response())
    })
    .await
}

/// Writes what differs from what stands.
fn decide(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    fields: &Fields,
    faults: &mut Faults,
) -> Result<(), PageError> {
    let library = law::now(&app.desk.views)?;
    let incident = case.incident(&library, visitor.now).map_err(|e| PageError::Conflict(e.sentence()))?;
    let changed: Vec<(&Pack, Outcome)> = library
        .packs
        .values()
        .filter_map(|pack| {
            let wanted = fields.get(&name(pack));
            let stands = word(incident.said_of(&pack.head.regime));
            (!wanted.is_empty() && wanted != stands).then(|| (pack, outcome(wanted)))
        })
        .collect();
    if changed.is_empty() {
        return Ok(());
    }
    faults.check(
        fields.get("rationale").is_empty(),
        "rationale",
        t!(visitor.locale, "notify-rationale-missing"),
    );
    faults.check(fields.get("by").is_empty(), "by", t!(visitor.locale, "notify-by-missing"));
    if !faults.is_empty() {
        return Ok(());
    }
    for (pack, outcome) in changed {
        let made = Determination {
            incident: case.id,
            question: format!("applies {}", pack.head.regime),
            outcome,
            at: desk::edge::now(),
            by: fields.get("by").to_owned(),
            rationale: fields.get("rationale").to_owned(),
            replaces: Some(crate::standing::seen(fields.get("seen"))),
        };
        match determine(&app.desk, made) {
            Ok(_) => {}
            Err(error) => {
                faults.say(name(pack), error.theirs().map_err(PageError::broken)?.say(visitor.locale))
            }
        }
    }
    Ok(())
}

fn name(pack: &Pack) -> String {
    format!("law-{}", pack.head.regime)
}

fn word(applies: Applies) -> &'static str {
    match applies {
        Applies::Yes => "yes",
        Applies::No => "no",
        Applies::Unknown => "unknown",
    }
}

fn outcome(word: &str) -> Outcome {
    match word {
        "yes" => Outcome::Yes,
        "no" => Outcome::No,
        _ => Outcome::Unknown,
    }
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
    let (csrf, token) = visitor.csrf();
    let here = format!("/notify/incidents/{}", case.id);
    let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-laws-title"));
    let by = Field {
        name: "by",
        label: t!(locale, "notify-decided-by"),
        value: if sent.get("by").is_empty() {
            visitor.account.name.as_str().into()
        } else {
            sent.get("by").into()
        },
        hint: t!(locale, "notify-decided-by-hint"),
        error: faults.of("by"),
        required: true,
        ..Field::default()
    };
    let rationale = Field {
        name: "rationale",
        label: t!(locale, "word-reason"),
        value: sent.get("rationale").into(),
        hint: t!(locale, "notify-laws-reason-hint"),
        error: faults.of("rationale"),
        kind: FieldKind::Area,
        ..Field::default()
    };
    let body = html! {
        (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title)], &title))
        (heading(&title, html! { (t!(locale, "notify-laws-lede")) }, html! {}))
        @if !faults.is_empty() { (alert(Tone::Err, &t!(locale, "notify-not-saved"), html! {})) }
        form.form method="post" action={ (here) "/laws" } {
            input type="hidden" name=(csrf) value=(token);
            input type="hidden" name="seen" value=(crate::standing::all(case));
            @for pack in library.packs.values().filter(|pack| !pack.head.adjacent) {
                (choice(locale, pack, &incident, sent, faults))
            }
            details {
                summary { (t!(locale, "notify-laws-beside")) }
                p.muted { (t!(locale, "notify-laws-beside-lede")) }
                @for pack in library.packs.values().filter(|pack| pack.head.adjacent) {
                    (choice(locale, pack, &incident, sent, faults))
                }
            }
            (field(locale, &by))
            (field(locale, &rationale))
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "notify-save-on")))
                (button_link(ButtonKind::Plain, &format!("{here}/intake"), &t!(locale, "notify-skip")))
            }
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: None }.show(app, visitor, body))
}

/// One law: whom it covers, and the answer that stands.
fn choice(locale: Locale, pack: &Pack, incident: &Incident, sent: &Fields, faults: &Faults) -> Markup {
    let name = name(pack);
    let stands = match sent.get(&name) {
        "" => word(incident.said_of(&pack.head.regime)),
        sent => sent,
    };
    let ask = Field {
        name: &name,
        label: format!("{} – {}", pack.head.regime, locale.pick(&pack.head.title)).into(),
        value: stands.into(),
        hint: locale.pick(&pack.head.covered).into(),
        error: faults.of(&name),
        kind: FieldKind::Select(vec![
            ("unknown".into(), t!(locale, "notify-unknown")),
            ("yes".into(), t!(locale, "notify-applies")),
            ("no".into(), t!(locale, "notify-applies-not")),
        ]),
        required: true,
        ..Field::default()
    };
    field(locale, &ask)
}
