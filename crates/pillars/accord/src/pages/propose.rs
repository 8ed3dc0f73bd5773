//! Proposing an agreement, or an amendment of one, by a form that needs no script: a button adds one more grant or
//! commitment, and whatever was entered stays.

mod form;
mod read;
mod sketch;

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, PageError, Signed, Visitor};
use maud::Markup;
use model::AgreementId;
use ui::Locale;

use super::find;
use crate::access::AgreementPropose;
use crate::commands::propose::{ProposeError, propose};

/// What the form is about: a new agreement, or the next version of one.
#[derive(Debug, Clone, Copy)]
struct Goal<'a> {
    id: AgreementId,
    /// The version before, for an amendment.
    before: Option<&'a model::Agreement>,
}

pub async fn ask(State(app): State<App>, visitor: May<AgreementPropose>) -> Result<Markup, PageError> {
    let goal = Goal { id: AgreementId(desk::edge::uuid()), before: None };
    Ok(form::page(&app, &visitor, goal, &sketch::blank(&app, visitor.now), &Faults::default()))
}

pub async fn submit(State(app): State<App>, form: Signed<AgreementPropose>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let goal = Goal { id: AgreementId(desk::edge::uuid()), before: None };
        answer(app, &form.visitor, goal, form.fields)
    })
    .await
}

pub async fn ask_amend(
    State(app): State<App>,
    visitor: May<AgreementPropose>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let known = app.desk.known();
        let (id, state) = find(app, &visitor, &known, &id)?;
        let newest = &state.newest().ok_or(PageError::NotFound)?.agreement;
        let goal = Goal { id, before: Some(newest) };
        Ok(form::page(app, &visitor, goal, &sketch::of(newest), &Faults::default()))
    })
    .await
}

pub async fn amend(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<AgreementPropose>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let known = app.desk.known();
        let (id, state) = find(app, &form.visitor, &known, &id)?;
        let newest = &state.newest().ok_or(PageError::NotFound)?.agreement;
        let goal = Goal { id, before: Some(newest) };
        answer(app, &form.visitor, goal, form.fields)
    })
    .await
}

/// One more row, or the form again with what is wrong, or the proposal.
fn answer(app: &App, visitor: &Visitor, goal: Goal<'_>, mut fields: Fields) -> Result<Response, PageError> {
    if sketch::grow(&mut fields) {
        return Ok(form::page(app, visitor, goal, &fields, &Faults::default()).into_response());
    }
    let mut faults = Faults::default();
    if let Some(agreement) = read::agreement(app, visitor, goal, &fields, &mut faults) {
        let grants = sketch::kept(&fields, "g", "grants");
        match propose(&app.desk, agreement) {
            Ok(_) => return Ok(Redirect::to(&format!("/accord/agreements/{}", goal.id)).into_response()),
            Err(error) => refused(visitor.locale, error, &grants, &mut faults)?,
        }
    }
    Ok(faults.answer(form::page(app, visitor, goal, &fields, &faults)))
}

/// What the command found beyond the form's own checks, at the field that it is about.
fn refused(
    locale: Locale,
    error: ProposeError,
    grants: &[usize],
    faults: &mut Faults,
) -> Result<(), PageError> {
    let sentence = error.sentence();
    let field = match &error {
        ProposeError::Name(_) | ProposeError::NameTaken { .. } | ProposeError::Renamed(_) => {
            "name".to_owned()
        }
        ProposeError::Language(_) | ProposeError::Oversized { .. } => "text_en".to_owned(),
        ProposeError::TooFew
        | ProposeError::Twice(_)
        | ProposeError::NotOurs(_)
        | ProposeError::Untrusted(_)
        | ProposeError::Stranger { .. } => "party".to_owned(),
        ProposeError::EmptyGrant(n) => format!("g{}_what", grants.get(n - 1).copied().unwrap_or(0)),
        ProposeError::Backwards { .. } | ProposeError::Past(_) => "until".to_owned(),
        ProposeError::Version { .. } | ProposeError::Withdrawn(_) => {
            return Err(PageError::Conflict(sentence));
        }
        ProposeError::Submit(_) => return Err(PageError::broken(error)),
    };
    faults.say(field, sentence.say(locale));
    Ok(())
}
