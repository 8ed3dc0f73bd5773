//! Taking an incident over, or letting it go.

use axum::extract::{Path, State};
use axum::response::Redirect;
use desk::pages::{App, PageError, Signed};
use records::assignment::Assignment;

use super::find;
use crate::access::FactState;
use crate::api::write::refused;
use crate::commands::assign::assign;

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<FactState>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let case = find(app, &form.visitor, &id)?;
        let (officer, by) = (form.fields.get("officer").to_owned(), form.visitor.account.name.clone());
        match assign(&app.desk, Assignment { incident: case.id, officer, by }) {
            Ok(_) => Ok(Redirect::to(&format!("/notify/incidents/{}", case.id))),
            Err(error) => Err(refused(error)),
        }
    })
    .await
}
