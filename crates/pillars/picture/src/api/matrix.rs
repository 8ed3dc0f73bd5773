//! The matrix, for programs.

use axum::Json;
use axum::extract::State;
use desk::pages::{App, May, PageError, Problem};
use model::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::PictureRead;
use crate::ask;
use crate::matrix::matrix as made;
use crate::pages::matrix::Asked;

/// One technique under one tactic.
#[derive(Debug, Serialize, ToSchema)]
pub struct TechniqueItem {
    /// STIX id.
    id: String,
    /// Its number and name.
    name: String,
    /// The kill chain.
    chain: String,
    /// The tactic, as the kill chain calls it.
    tactic: String,
    /// How often it was spoken of.
    count: u64,
    /// How often beside it, when `two` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    beside: Option<u64>,
    /// The strictest marking of what was counted.
    tlp: String,
}

/// The matrix.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatrixAnswer {
    /// The instant to which this is true, RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Tactic by tactic, the most frequent first.
    techniques: Vec<TechniqueItem>,
    /// Techniques that were spoken of and have no place in a matrix that the caller may read.
    unplaced: usize,
}

/// Techniques that were really shared, as far as the caller may see them.
#[utoipa::path(get, path = "/api/v1/picture/matrix", tag = "picture",
    params(
        ("days" = Option<String>, Query, pattern = "^(|7|28|91|364)$", description = "days of the period; 28 when absent"),
        ("actor" = Option<String>, Query, description = "STIX id of an intrusion set or threat actor"),
        ("sector" = Option<String>, Query, description = "a word of STIX's vocabulary of sectors"),
        ("one" = Option<String>, Query, pattern = "^(|party:[0-9a-f]{32})$", description = "only what this party states"),
        ("two" = Option<String>, Query, pattern = "^(|before|party:[0-9a-f]{32})$", description = "beside it: another party, or `before` for the period before"),
        ("at" = Option<String>, Query, format = DateTime, description = "RFC 3339, or a day; what arrived later is left out"),
    ),
    responses(
        (status = 200, description = "every technique", body = MatrixAnswer),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a parameter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn matrix(
    State(app): State<App>,
    visitor: May<PictureRead>,
) -> Result<Json<MatrixAnswer>, PageError> {
    app.blocking(move |app| {
        let asked = Asked::of(&visitor)?;
        let sight = ask::sight(app, &visitor)?;
        let (one, two) = asked.choices(&sight)?;
        let found = made(&sight, &one, two.as_ref())?;
        let mut techniques = Vec::new();
        for tactic in &found.tactics {
            techniques.extend(tactic.cells.iter().map(|cell| TechniqueItem {
                id: cell.thing.id.clone(),
                name: cell.thing.label(),
                chain: tactic.chain.clone(),
                tactic: tactic.phase.clone(),
                count: cell.one,
                beside: two.as_ref().map(|_| cell.two),
                tlp: cell.marking.tlp.to_string(),
            }));
        }
        Ok(Json(MatrixAnswer { at: sight.at, techniques, unplaced: found.unplaced }))
    })
    .await
}
