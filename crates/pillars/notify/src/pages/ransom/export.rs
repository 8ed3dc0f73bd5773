//! The ransom part of an incident for others, as STIX or MISP, without the victim.

use axum::extract::{Path, State};
use axum::response::Response;
use desk::pages::{App, May, PageError};

use super::super::find;
use super::super::stage::files::file;
use crate::access::IncidentRead;
use crate::law;
use crate::ransom::{misp, stix};

pub async fn file_of(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, form)): Path<(String, String)>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let library = law::now(&app.desk.views)?;
        let document = match form.as_str() {
            "stix" => stix(&library, &case, visitor.now),
            "misp" => misp(&library, &case, visitor.now),
            _ => return Err(PageError::NotFound),
        };
        Ok(file(&format!("ransom.{form}.json"), &document))
    })
    .await
}
