//! Writing for programs: open an incident, state a fact, decide, note what was submitted. The same commands as on the
//! pages and on the command line, so the same refusals.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, PageError, Problem};
use http::StatusCode;
use http::header::LOCATION;
use ledger::Receipt;
use model::{IncidentId, Timestamp};
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::told::Told;
use crate::access::{FactState, IncidentDetermine, IncidentOpen, StageSubmit};
use crate::commands::StateError;
use crate::commands::determine::determine;
use crate::commands::open_incident::open_incident;
use crate::commands::state_fact::state_fact;
use crate::commands::submit_stage::Sent;
use crate::held::{Outcome as Asks, ask_with_file};
use crate::import::{self, Finding, Format};
use crate::pages::find;
use crate::sending::SendError;

/// A new incident.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewIncident {
    /// What people call it.
    #[schema(min_length = 1)]
    title: String,
    /// An exercise: nothing of it is ever submitted.
    #[serde(default)]
    exercise: bool,
}

/// A fact.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFact {
    /// The fact, the field by code or path, or `applies <regime>`.
    field: String,
    /// Its value; `null` while it is unknown.
    #[schema(value_type = Value)]
    value: Value,
    /// Estimated, not measured.
    #[serde(default)]
    estimate: bool,
    /// To which moment it is true.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    as_of: Option<Timestamp>,
    /// Where it comes from.
    #[serde(default)]
    source: String,
    /// How sure it is.
    #[serde(default)]
    confidence: String,
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDetermination {
    /// What is decided: a question of `packs/determinations.toml`, or `applies <regime>`.
    question: String,
    /// `yes`, `no` or `unknown`.
    #[schema(value_type = String, pattern = "^(yes|no|unknown)$")]
    outcome: Outcome,
    /// When it was decided; without it, now.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Who decides, by name and office.
    by: String,
    /// Why.
    rationale: String,
    /// Decides between all that stand, of whomever; without it a decision of somebody else stays beside this one.
    #[serde(default)]
    between: bool,
}

/// A report that was filed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSubmission {
    /// The stage.
    stage: String,
    /// When it was sent; without it, now.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// By which way.
    channel: String,
    /// The recipient's reference.
    #[serde(default)]
    reference: String,
    /// What proves it.
    #[serde(default)]
    evidence: String,
    /// The file that proves it.
    #[serde(default)]
    evidence_file: Option<NewEvidence>,
}

/// A file: a receipt, a picture of a screen, a message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEvidence {
    /// Its name.
    #[schema(min_length = 1)]
    name: String,
    /// Its bytes in base64, at most 2 MB of them.
    #[schema(format = Byte, min_length = 1)]
    content: String,
}

impl NewEvidence {
    fn bytes(&self) -> Result<Vec<u8>, PageError> {
        let fault =
            "evidence_file: its content is no base64; encode the bytes of the file so (RFC 4648, section 4)";
        records::evidence::Evidence::read(&self.content).ok_or_else(|| PageError::Wrong(fault.into()))
    }
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    /// The incident.
    id: String,
    /// The arrival number of its record.
    seq: u64,
}

/// What waits for a second person.
#[derive(Debug, Serialize, ToSchema)]
pub struct Held {
    /// The draft.
    draft: String,
}

/// Opens an incident.
#[utoipa::path(post, path = "/api/v1/notify/incidents", tag = "notify", request_body = NewIncident, responses(
    (status = 201, description = "opened; `Location` names it", body = Made),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "your role does not include this", body = Problem,
        content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "refused; the detail says which field and what to do", body = Problem,
        content_type = "application/problem+json"),
))]
pub async fn open(
    State(app): State<App>,
    Told { visitor, body, .. }: Told<IncidentOpen, NewIncident>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let id =
            open_incident(&app.desk, &body.title, body.exercise, &visitor.account.name).map_err(refused)?;
        let seq = crate::case::case(&app.desk.views, id)?.map_or(0, |case| case.seq);
        Ok(made(id, seq))
    })
    .await
}

/// States a fact.
#[utoipa::path(post, path = "/api/v1/notify/incidents/{id}/facts", tag = "notify", request_body = NewFact,
    params(("id" = String, Path, description = "`incident:<uuid>`")), responses(
    (status = 201, description = "stated", body = Made),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "your role does not include this", body = Problem,
        content_type = "application/problem+json"),
    (status = 404, description = "none that the caller may read", body = Problem,
        content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "refused; the detail says which field and what to do", body = Problem,
        content_type = "application/problem+json"),
))]
pub async fn fact(
    State(app): State<App>,
    Path(id): Path<String>,
    Told { visitor, body, .. }: Told<FactState, NewFact>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let incident = find(app, &visitor, &id)?.id;
        let fact = Fact {
            incident,
            field: body.field,
            value: body.value,
            estimate: body.estimate,
            as_of: body.as_of,
            source: body.source,
            confidence: body.confidence,
            by: visitor.account.name.clone(),
            replaces: None,
        };
        stated(incident, state_fact(&app.desk, fact))
    })
    .await
}

/// Decides.
#[utoipa::path(post, path = "/api/v1/notify/incidents/{id}/determinations", tag = "notify",
    request_body = NewDetermination,
    params(("id" = String, Path, description = "`incident:<uuid>`")), responses(
    (status = 201, description = "decided", body = Made),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "your role does not include this", body = Problem,
        content_type = "application/problem+json"),
    (status = 404, description = "none that the caller may read", body = Problem,
        content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "refused; the detail says which field and what to do", body = Problem,
        content_type = "application/problem+json"),
))]
pub async fn decide(
    State(app): State<App>,
    Path(id): Path<String>,
    Told { visitor, body, .. }: Told<IncidentDetermine, NewDetermination>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let incident = case.id;
        let replaces = body.between.then(|| crate::standing::seen(&crate::standing::all(&case)));
        let made = Determination {
            replaces,
            incident,
            question: body.question,
            outcome: body.outcome,
            at: body.at.unwrap_or_else(desk::edge::now),
            by: body.by,
            rationale: body.rationale,
        };
        stated(incident, determine(&app.desk, made))
    })
    .await
}

/// Notes that a report was filed.
#[utoipa::path(post, path = "/api/v1/notify/incidents/{id}/submissions", tag = "notify",
    request_body = NewSubmission,
    params(("id" = String, Path, description = "`incident:<uuid>`")), responses(
    (status = 201, description = "noted", body = Made),
    (status = 202, description = "a rule wants two people: it waits for the second; `Location` is where", body = Held),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "your role does not include this", body = Problem,
        content_type = "application/problem+json"),
    (status = 404, description = "none that the caller may read", body = Problem,
        content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "refused; the detail says which field and what to do", body = Problem,
        content_type = "application/problem+json"),
))]
pub async fn submitted(
    State(app): State<App>,
    Path(id): Path<String>,
    Told { visitor, body, .. }: Told<StageSubmit, NewSubmission>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let incident = find(app, &visitor, &id)?.id;
        let sent = Sent {
            stage: body.stage,
            at: body.at.unwrap_or_else(desk::edge::now),
            channel: body.channel,
            reference: body.reference,
            evidence: body.evidence,
            evidence_file: None,
            by: visitor.account.name.clone(),
        };
        let bytes = body.evidence_file.as_ref().map(NewEvidence::bytes).transpose()?;
        let file = body.evidence_file.as_ref().zip(bytes.as_ref());
        let file = file.map(|(file, bytes)| (file.name.as_str(), bytes.as_slice()));
        match ask_with_file(&app.desk, (incident, sent), file, &visitor.account.name).map_err(refused)? {
            Asks::Done(seq) => Ok((
                StatusCode::CREATED,
                Json(Made { id: incident.to_string(), seq: seq.parse().unwrap_or_default() }),
            )
                .into_response()),
            Asks::Waits(draft) => Ok(waits(draft)),
        }
    })
    .await
}

/// The answer when a second person is needed.
pub(super) fn waits(draft: String) -> Response {
    let place = [(LOCATION, format!("/release/{draft}"))];
    (StatusCode::ACCEPTED, place, Json(Held { draft })).into_response()
}

/// A file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFile {
    /// Its form; without it, what the text looks like.
    #[serde(default)]
    format: Option<Format>,
    /// Its text.
    document: String,
}

/// What became of a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct Imported {
    /// The incident that was opened.
    id: String,
    /// How many facts were stated.
    stated: usize,
    /// What was not taken, with its place.
    findings: Vec<Finding>,
}

/// Opens an incident from a file: JSON of our own form, CSV, a MISP event, a STIX bundle.
#[utoipa::path(post, path = "/api/v1/notify/incidents/import", tag = "notify", request_body = NewFile, responses(
    (status = 201, description = "opened; what was not taken is listed", body = Imported),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "your role does not include this", body = Problem,
        content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "nothing in it can be used; the detail says why", body = Problem,
        content_type = "application/problem+json"),
))]
pub async fn import(
    State(app): State<App>,
    Told { visitor, body, .. }: Told<IncidentOpen, NewFile>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let format = body.format.unwrap_or_else(|| Format::of(&body.document));
        let contents = import::read(format, &body.document);
        let (id, judged) = import::take(&app.desk, None, contents, &visitor.account.name).map_err(refused)?;
        let Some(id) = id else {
            let first =
                judged.findings.first().map(|finding| format!("{}: {}", finding.place, finding.fault));
            return Err(PageError::Wrong(first.unwrap_or_default().into()));
        };
        let place = [(LOCATION, format!("/api/v1/notify/incidents/{id}/plan"))];
        let imported = Imported { id: id.to_string(), stated: judged.items.len(), findings: judged.findings };
        Ok((StatusCode::CREATED, place, Json(imported)).into_response())
    })
    .await
}

fn stated(id: IncidentId, stated: Result<Receipt, StateError>) -> Result<Response, PageError> {
    let receipt = stated.map_err(refused)?;
    Ok((StatusCode::CREATED, Json(Made { id: id.to_string(), seq: receipt.first_seq })).into_response())
}

fn made(id: IncidentId, seq: u64) -> Response {
    let place = [(LOCATION, format!("/api/v1/notify/incidents/{id}/plan"))];
    (StatusCode::CREATED, place, Json(Made { id: id.to_string(), seq })).into_response()
}

/// Why a stage was not sent, over the link or by mail.
pub(super) fn not_sent(error: SendError) -> PageError {
    match error {
        SendError::Changed => PageError::Conflict(error.to_string().into()),
        SendError::Lacks(_) => PageError::Wrong(error.to_string().into()),
        SendError::State(error) => refused(error),
    }
}

/// Whose fault it is: theirs, with the field, or ours.
pub(crate) fn refused(error: StateError) -> PageError {
    match error {
        StateError::Unknown(_) => PageError::NotFound,
        StateError::Mail(hindrance) => PageError::Conflict(hindrance.sentence()),
        other => other.theirs().map_or_else(PageError::broken, PageError::Wrong),
    }
}
