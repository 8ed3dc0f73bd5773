//! What a stage gives away as a file: its form for programs, and the proof that it was filed in time.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, May, PageError};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use serde::Serialize;

use super::{find, found};
use crate::access::IncidentRead;
use crate::proof::{ExportError, export};

pub async fn document(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let (_, form) = found(app, &visitor, &case, &stage)?;
        Ok(file(&format!("{stage}.json"), &form.document()))
    })
    .await
}

pub async fn proof(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let proof = export(&app.desk, case.id, &stage).map_err(refusal)?;
        Ok(file(&format!("{stage}.proof.json"), &proof))
    })
    .await
}

pub(super) fn refusal(error: ExportError) -> PageError {
    match error {
        ExportError::Unknown(_) => PageError::NotFound,
        ExportError::Unsent(_) | ExportError::Erased | ExportError::NoCard => {
            PageError::Conflict(error.sentence())
        }
        ExportError::Sql(_) | ExportError::Read(_) | ExportError::Checkpoint(_) => PageError::broken(error),
    }
}

pub(in crate::pages) fn file(name: &str, content: &impl Serialize) -> Response {
    let text = serde_json::to_string_pretty(content).unwrap_or_default();
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || ".-_".contains(*c)).collect();
    let headers = [
        (CONTENT_TYPE, "application/json".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, text).into_response()
}
