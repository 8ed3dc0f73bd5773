//! The register of methods for programs: `/api/v1/notify/methods`.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, May, PageError, Problem};
use http::StatusCode;
use model::{Marking, Timestamp, Tlp};
use packs::Methods;
use records::practice::Practice;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::declare::{DeclareError, declare};
use super::practices;
use crate::access::{MethodDeclare, MethodRead};
use crate::api::told::Told;
use crate::pages::parameter;

/// The register, and what parties say of their practice.
#[derive(Debug, Serialize, ToSchema)]
pub struct Register {
    /// Methods, with steps, scales, sources and how sure the description is.
    #[schema(value_type = Vec<Object>)]
    methods: Vec<&'static packs::method::Method>,
    /// What every assessment does, in its order.
    #[schema(value_type = Vec<Object>)]
    activities: &'static [packs::method::Activity],
    /// Practices that the caller may read.
    practices: Vec<PracticeItem>,
}

/// How a party assesses risk.
#[derive(Debug, Serialize, ToSchema)]
pub struct PracticeItem {
    /// Whose it is.
    party: String,
    /// When it came.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// By its id in the register, or by name.
    method: String,
    /// Another edition than that of the register.
    edition: String,
    /// What it is used for.
    scope: String,
    /// Where it departs from the text.
    departs: String,
    /// Whom to ask.
    contact: String,
}

/// Methods, common activities and practices.
#[utoipa::path(get, path = "/api/v1/notify/methods", tag = "notify", operation_id = "notify_methods", responses(
    (status = 200, description = "the register", body = Register),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(State(app): State<App>, visitor: May<MethodRead>) -> Result<Json<Register>, PageError> {
    app.blocking(move |app| {
        let mut found = Vec::new();
        for said in practices(&app.desk.views)? {
            if desk::pages::readable_marking(app, &visitor, said.seq)?.is_some() {
                found.push(PracticeItem {
                    party: said.by.to_string(),
                    at: said.at,
                    method: said.practice.method,
                    edition: said.practice.edition,
                    scope: said.practice.scope,
                    departs: said.practice.departs,
                    contact: said.practice.contact,
                });
            }
        }
        let register = Methods::embedded();
        let methods = register.methods.values().collect();
        Ok(Json(Register { methods, activities: &register.activities, practices: found }))
    })
    .await
}

/// Two methods side by side.
#[utoipa::path(get, path = "/api/v1/notify/methods/crosswalk", tag = "notify", operation_id = "notify_crosswalk",
    params(("from" = String, Query, pattern = "^[a-z0-9-]+$", description = "a method, by its id"),
        ("to" = String, Query, pattern = "^[a-z0-9-]+$", description = "the other")),
    responses(
        (status = 200, description = "activity by activity, and the levels of scales by their place: a hint, never a conversion",
            body = Object),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "`from` or `to` is no method of the register", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "`from` or `to` is missing, or no id of a method", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn crosswalk(
    State(_): State<App>,
    visitor: May<MethodRead>,
) -> Result<Json<packs::method::Crosswalk<'static>>, PageError> {
    let is_id = |text: &String| {
        let known = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        !text.is_empty() && text.chars().all(known)
    };
    let fault = "from, to: name two methods of the register, such as from=iso-27005&to=nist-sp-800-30";
    let asked =
        |name: &str| parameter(&visitor, name).filter(is_id).ok_or_else(|| PageError::Wrong(fault.into()));
    let found = Methods::embedded().crosswalk(&asked("from")?, &asked("to")?);
    found.map(Json).ok_or(PageError::NotFound)
}

/// How this party assesses risk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPractice {
    /// By its id in the register, or by name.
    #[schema(min_length = 1)]
    method: String,
    /// What it is used for.
    #[schema(min_length = 1)]
    scope: String,
    /// Another edition than that of the register.
    #[serde(default)]
    edition: String,
    /// Where it departs from the text.
    #[serde(default)]
    departs: String,
    /// Whom to ask, by office.
    #[serde(default)]
    contact: String,
    /// It is no longer used.
    #[serde(default)]
    ended: bool,
    /// `CLEAR`, `GREEN`, `AMBER`, `AMBER+STRICT` or `RED`.
    #[schema(value_type = String, example = "GREEN")]
    tlp: Tlp,
}

/// The record in which it was said.
#[derive(Debug, Serialize, ToSchema)]
pub struct Declared {
    /// `record:<hash>`.
    record: String,
}

/// Say how this party assesses risk.
#[utoipa::path(post, path = "/api/v1/notify/methods/practices", tag = "notify", operation_id = "notify_declare_practice",
    request_body = NewPractice, responses(
    (status = 201, description = "said", body = Declared),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "a field is missing or too long", body = Problem, content_type = "application/problem+json"),
))]
pub async fn say(
    State(app): State<App>,
    Told { body, .. }: Told<MethodDeclare, NewPractice>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let practice = Practice {
            method: body.method,
            edition: body.edition,
            scope: body.scope,
            departs: body.departs,
            contact: body.contact,
            ended: body.ended,
        };
        match declare(&app.desk, practice, Marking::tlp(body.tlp)) {
            Ok(record) => {
                let said = Declared { record: record.to_string() };
                Ok((StatusCode::CREATED, Json(said)).into_response())
            }
            Err(error @ DeclareError::At { .. }) => Err(PageError::Wrong(error.to_string().into())),
            Err(error @ DeclareError::Submit(_)) => Err(PageError::broken(error)),
        }
    })
    .await
}
