//! The mail addresses of those who receive reports, for programs.

use axum::Json;
use axum::extract::State;
use desk::pages::{App, May, PageError, Problem};
use http::StatusCode;
use records::mailbox::Mailbox;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::told::Told;
use super::write::refused;
use crate::access::{IncidentRead, StageSubmit};
use crate::mailing::{readable, set_mailbox};

/// Every address.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailboxList {
    /// Each as the body of `notify.mailbox.v1`.
    #[schema(value_type = Vec<Object>)]
    mailboxes: Vec<Mailbox>,
}

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMailbox {
    /// Who receives, by the code of the packs.
    #[schema(min_length = 1)]
    recipient: String,
    /// For this stage alone; else for all.
    #[serde(default)]
    stage: String,
    /// The address; empty takes it away.
    address: String,
    /// In which language they are written to: `en` or `fr`.
    #[schema(pattern = "^(en|fr)$")]
    language: String,
    /// Where the address comes from.
    #[serde(default)]
    source: String,
}

/// Lists the addresses.
#[utoipa::path(get, path = "/api/v1/notify/mailboxes", tag = "notify", operation_id = "notify_mailboxes", responses(
    (status = 200, description = "the addresses, by recipient and stage", body = MailboxList),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(
    State(app): State<App>,
    visitor: May<IncidentRead>,
) -> Result<Json<MailboxList>, PageError> {
    app.blocking(move |app| Ok(Json(MailboxList { mailboxes: readable(app, &visitor)? }))).await
}

/// Writes an address down, or takes it away.
#[utoipa::path(post, path = "/api/v1/notify/mailboxes", tag = "notify", operation_id = "notify_mailbox_set",
    request_body = NewMailbox, responses(
    (status = 204, description = "written down"),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "your role does not include this", body = Problem,
        content_type = "application/problem+json"),
    (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
    (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "refused; the detail says which field and what to do", body = Problem,
        content_type = "application/problem+json"),
))]
pub async fn set(
    State(app): State<App>,
    Told { visitor, body, .. }: Told<StageSubmit, NewMailbox>,
) -> Result<StatusCode, PageError> {
    app.blocking(move |app| {
        let NewMailbox { recipient, stage, address, language, source } = body;
        let by = visitor.account.name.clone();
        let mailbox = Mailbox { recipient, stage, address, language, source, by };
        set_mailbox(&app.desk, mailbox).map_err(refused)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
