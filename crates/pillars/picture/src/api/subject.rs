//! One subject, for programs.

use axum::Json;
use axum::extract::{Path, State};
use desk::pages::{App, May, PageError, Problem};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::PictureRead;
use crate::ask;
use crate::subject::dossier;

/// One tie.
#[derive(Debug, Serialize, ToSchema)]
pub struct TieItem {
    /// STIX's word for it; `object` for what a report refers to, `sighted` for where something was seen.
    relation: String,
    /// Whether the subject is where it starts.
    outward: bool,
    /// STIX id of the other end; empty when the caller may not know what it is, and for indicators.
    other: String,
    /// STIX type of the other end.
    r#type: &'static str,
    /// What people call it; empty when the caller may not know, and for indicators.
    name: String,
    /// Who states it: `party:<32 hex digits>`.
    by: Vec<String>,
    /// The strictest marking of the statements.
    tlp: String,
}

/// What is known of one subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectAnswer {
    /// STIX id.
    id: String,
    /// STIX type.
    r#type: &'static str,
    /// What people call it.
    name: String,
    /// The strictest marking of anything in the answer.
    tlp: String,
    ties: Vec<TieItem>,
}

/// One actor, campaign, malware, technique, vulnerability, identity, place, incident or report, and what it is tied to.
#[utoipa::path(get, path = "/api/v1/picture/subjects/{id}", tag = "picture",
    params(
        ("id" = String, Path, description = "STIX id"),
        ("at" = Option<String>, Query, format = DateTime, description = "RFC 3339, or a day; what arrived later is left out"),
    ),
    responses(
        (status = 200, description = "the subject", body = SubjectAnswer),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a parameter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn subject(
    State(app): State<App>,
    visitor: May<PictureRead>,
    Path(id): Path<String>,
) -> Result<Json<SubjectAnswer>, PageError> {
    app.blocking(move |app| {
        let sight = ask::sight(app, &visitor)?;
        let found = dossier(&sight, &id)?.ok_or(PageError::NotFound)?;
        let thing = &found.statements[0];
        let tie = |bond: &crate::subject::Bond| {
            let other = found.things.get(&bond.other(thing.key));
            TieItem {
                relation: bond.relation.clone(),
                outward: bond.from == thing.key,
                other: other.map(|end| end.id.clone()).unwrap_or_default(),
                r#type: bond.kind.stix_type(),
                name: other.map(|end| end.label()).unwrap_or_default(),
                by: bond.authors.iter().map(ToString::to_string).collect(),
                tlp: bond.marking.tlp.to_string(),
            }
        };
        Ok(Json(SubjectAnswer {
            id: thing.id.clone(),
            r#type: thing.kind.stix_type(),
            name: thing.label(),
            tlp: found.marking.tlp.to_string(),
            ties: found.bonds.iter().map(tie).collect(),
        }))
    })
    .await
}
