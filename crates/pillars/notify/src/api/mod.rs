//! Incidents for programs: `/api/v1/notify/incidents`.

pub mod filing;
pub mod mail;
pub mod mailboxes;
pub(crate) mod told;
pub mod write;

use axum::Json;
use axum::extract::{Path, State};
use axum::response::Response;
use desk::pages::{App, May, PageError, Problem};
use model::Timestamp;
use serde::Serialize;
use utoipa::{OpenApi, ToSchema};

use crate::access::IncidentRead;
use crate::authority::{api as authority, causes_api as causes};
use crate::case::{Listed, listed};
use crate::law;
use crate::methods::api as methods;
use crate::pages::{Readable, after, asked_at, find};
use crate::place::{LAST, number};

/// One incident in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentItem {
    /// `incident:<uuid>`.
    id: String,
    /// What people call it.
    title: String,
    /// Whether it is an exercise.
    exercise: bool,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    opened_at: Option<Timestamp>,
    /// How many facts, decisions and submissions were stated.
    statements: usize,
}

/// A page of the incidents that the caller may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentList {
    incidents: Vec<IncidentItem>,
    /// What to ask for as `after` to go on; nothing when this is the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Incidents of one page.
const PAGE: usize = 500;

/// The incidents that the caller may read, 500 at once.
#[utoipa::path(get, path = "/api/v1/notify/incidents", tag = "notify",
    params(("after" = Option<String>, Query, pattern = "^[1-9][0-9]{0,15}$", description = "`next` of the page before")),
    responses(
        (status = 200, description = "incidents, the newest first", body = IncidentList),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`after` is no place in the list", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn list(
    State(app): State<App>,
    visitor: May<IncidentRead>,
) -> Result<Json<IncidentList>, PageError> {
    app.blocking(move |app| {
        let mut before = after(&visitor, LAST, number)?;
        let mut may = Readable::by(visitor.receiver(app));
        let mut incidents = Vec::new();
        // Who may read little looks through much: a page at a time, to the end.
        loop {
            let page = listed(&app.desk.views, before, PAGE)?;
            let Some(last) = page.last() else { return Ok(Json(IncidentList { incidents, next: None })) };
            before = last.seq;
            for one in page {
                if !may.read(app, one.class, visitor.now) {
                    continue;
                }
                // Only what may be read is a reason to go on.
                if incidents.len() == PAGE {
                    let next = Some((one.seq + 1).to_string());
                    return Ok(Json(IncidentList { incidents, next }));
                }
                incidents.push(item(one));
            }
        }
    })
    .await
}

fn item(one: Listed) -> IncidentItem {
    IncidentItem {
        id: one.id.to_string(),
        title: one.title,
        exercise: one.exercise,
        opened_at: Timestamp::from_microsecond(one.opened_us).ok(),
        statements: one.statements,
    }
}

/// The duties of one incident, now or as they stood at an instant.
#[utoipa::path(get, path = "/api/v1/notify/incidents/{id}/plan", tag = "notify",
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("at" = Option<String>, Query, format = DateTime,
            description = "RFC 3339; what was stated later is left out")),
    responses(
        (status = 200, description = "duties, what does not apply, and conflicts, as `entente notify plan --json`",
            body = Object),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "`at` is no instant", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn plan(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path(id): Path<String>,
) -> Result<Json<serde_json::Value>, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let at = asked_at(&visitor)?;
        let library = law::as_of(&app.desk.views, at.as_microsecond())?;
        let answer = match case.incident(&library, at) {
            Ok(incident) => {
                serde_json::to_value(crate::plan::plan(&library, &incident, at)).unwrap_or_default()
            }
            // What a newer pack can no longer read is said, not hidden.
            Err(fault) => serde_json::json!({ "refused": fault.to_string() }),
        };
        Ok(Json(answer))
    })
    .await
}

/// A file that proves a submission.
#[utoipa::path(get, path = "/api/v1/notify/incidents/{id}/evidence/{record}", tag = "notify",
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("record" = String, Path, description = "the record that the submission names: `record:<64 hexadecimal digits>`")),
    responses(
        (status = 200, description = "its bytes, always as a file to save", body = Vec<u8>,
            content_type = "application/octet-stream"),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem,
            content_type = "application/problem+json"),
        (status = 410, description = "it was erased; the detail says when, and its SHA-256", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn evidence(
    app: State<App>,
    visitor: May<IncidentRead>,
    path: Path<(String, String)>,
) -> Result<Response, PageError> {
    crate::pages::stage::evidence::file(app, visitor, path).await
}

#[derive(OpenApi)]
#[openapi(
    paths(
        list,
        plan,
        evidence,
        write::open,
        write::fact,
        write::decide,
        write::submitted,
        write::import,
        filing::look,
        filing::file,
        filing::list,
        mail::look,
        mail::file,
        mail::list,
        mail::settled,
        mailboxes::list,
        mailboxes::set,
        methods::list,
        methods::crosswalk,
        methods::say,
        authority::list,
        authority::one,
        authority::figures,
        causes::list
    ),
    tags((name = "notify"))
)]
struct Described;

/// The description of these paths, to be merged into the node's document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}
