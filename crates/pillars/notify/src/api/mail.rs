//! Filing a stage by mail for programs: what would go, sending just that, what was tried, and what was found out of an attempt
//! whose end nobody knew.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, May, PageError, Problem};
use http::StatusCode;
use http::header::LOCATION;
use model::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::told::Told;
use super::write::{Held, not_sent, refused, waits};
use crate::access::{IncidentRead, StageSubmit};
use crate::commands::file_stage::lacking;
use crate::held::Outcome;
use crate::law;
use crate::mailing::{Attempt, End, Found, Mail, Order, attempts, look as look_at, offers, send, settle};
use crate::pages::stage::duty;
use crate::pages::{find, given};

/// Somebody whom the law names.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailRecipient {
    /// The code of the packs.
    recipient: String,
    /// What people call them, in English.
    name: String,
    /// The address; `null` while none has been written down.
    address: Option<String>,
    /// The language of the report: `en` or `fr`.
    language: Option<String>,
}

/// What would go.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailPreview {
    /// Those whom the law names and who may be written to.
    recipients: Vec<MailRecipient>,
    /// Required fields that nobody has filled, by code; nothing is sent while there are any.
    lacks: Vec<String>,
    /// The rules that want a second person.
    two: Vec<String>,
    /// The mail word for word, when `recipient` names one: address, subject, text, attached forms.
    #[schema(value_type = Option<Object>)]
    mail: Option<Mail>,
    /// What names it when it is sent.
    seen: Option<String>,
}

/// What to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewMail {
    /// To whom, by the code of the packs.
    #[schema(min_length = 1)]
    recipient: String,
    /// `seen` of the preview: when something else would go by now, nothing is sent.
    seen: String,
}

/// What the server took.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentMail {
    /// The arrival number of the submission.
    seq: u64,
}

/// Shows what would go by mail, and to which addresses.
#[utoipa::path(get, path = "/api/v1/notify/incidents/{id}/stages/{stage}/mail", tag = "notify",
    operation_id = "notify_mail_preview",
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("stage" = String, Path, description = "the stage, such as `nis2.ew`"),
        ("recipient" = Option<String>, Query, min_length = 1, description = "who receives, by the code of the packs")),
    responses(
        (status = 200, description = "to whom, what would go, and what stands in its way", body = MailPreview),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "no incident that the caller may read, or no such duty of it", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "the law does not name the recipient, or there is no address", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn look(
    State(app): State<App>,
    visitor: May<StageSubmit>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Json<MailPreview>, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let recipient = given(&visitor, "recipient")?;
        let library = law::now(&app.desk.views)?;
        let duty = duty(&library, &case, &stage, visitor.now)?;
        let named = offers(&app.desk.views, &library, &duty)?.into_iter().map(|offer| MailRecipient {
            recipient: offer.recipient,
            name: offer.name.en,
            language: offer.mailbox.as_ref().map(|mailbox| mailbox.language.clone()),
            address: offer.mailbox.map(|mailbox| mailbox.address),
        });
        let mut preview = MailPreview {
            recipients: named.collect(),
            lacks: lacking(&library, &case, &stage),
            two: Vec::new(),
            mail: None,
            seen: None,
        };
        if let Some(recipient) = recipient {
            let name = &visitor.account.name;
            let order = Order { recipient: &recipient, seen: "", by: name, account: name, answers: name };
            let looked = look_at(&app.desk, &library, (&case, &duty), &order).map_err(refused)?;
            (preview.two, preview.seen) = (looked.two, Some(looked.seen));
            preview.mail = Some(looked.what);
        }
        Ok(Json(preview))
    })
    .await
}

/// Sends a stage by mail: what was looked at, and nothing else. It answers when the server has.
#[utoipa::path(post, path = "/api/v1/notify/incidents/{id}/stages/{stage}/mail", tag = "notify",
    operation_id = "notify_mail_send", request_body = NewMail,
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("stage" = String, Path, description = "the stage, such as `nis2.ew`")),
    responses(
        (status = 201, description = "the mail server took it, so it is filed; `Location` is where its reply stands", body = SentMail),
        (status = 202, description = "a rule wants two people: it waits for the second; `Location` is where", body = Held),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "your role does not include this", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "no incident that the caller may read, or no such duty of it", body = Problem,
            content_type = "application/problem+json"),
        (status = 409, description = "something was stated meanwhile; or the server did not take it; or nobody knows whether it did: the detail says which, and what to do", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "refused; the detail says what is missing or stands in its way", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn file(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    Told { visitor, body, .. }: Told<StageSubmit, NewMail>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let duty = duty(&*law::now(&app.desk.views)?, &case, &stage, visitor.now)?;
        let name = &visitor.account.name;
        let order =
            Order { recipient: &body.recipient, seen: &body.seen, by: name, account: name, answers: name };
        match send(&app.desk, app.site.couriers.as_deref(), (&case, &duty), &order) {
            Ok(Outcome::Done(seq)) => {
                let seq = seq.parse().map_err(PageError::broken)?;
                let place = [(LOCATION, format!("/api/v1/notify/incidents/{}/mailings", case.id))];
                Ok((StatusCode::CREATED, place, Json(SentMail { seq })).into_response())
            }
            Ok(Outcome::Waits(draft)) => Ok(waits(draft)),
            Err(error) => Err(not_sent(error)),
        }
    })
    .await
}

/// An attempt, and how it ended.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailingItem {
    /// Its id.
    mailing: String,
    /// The stage.
    stage: String,
    /// When it was begun.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Who.
    by: String,
    /// Who receives, by the code of the packs.
    recipient: String,
    /// The address.
    to: String,
    /// The mail server.
    server: String,
    /// The `Message-ID`.
    message_id: String,
    /// SHA-256 of the message.
    sha256: String,
    /// `open` and `doubtful`: nobody knows whether it went; `taken`; `failed`; `not_sent`.
    end: &'static str,
    /// In the server's words, or how a person knows; `null` where nothing was said.
    said: Option<String>,
    /// When the server took it.
    #[schema(value_type = Option<String>, format = DateTime)]
    taken_at: Option<Timestamp>,
}

/// Every attempt of an incident.
#[derive(Debug, Serialize, ToSchema)]
pub struct MailingList {
    mailings: Vec<MailingItem>,
}

/// What was tried by mail for an incident.
#[utoipa::path(get, path = "/api/v1/notify/incidents/{id}/mailings", tag = "notify", operation_id = "notify_mailings",
    params(("id" = String, Path, description = "`incident:<uuid>`")),
    responses(
        (status = 200, description = "the attempts, the oldest first, each with its end", body = MailingList),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn list(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path(id): Path<String>,
) -> Result<Json<MailingList>, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let mailings = attempts(&app.desk.views, &case)?.into_iter().map(item).collect();
        Ok(Json(MailingList { mailings }))
    })
    .await
}

fn item(attempt: Attempt) -> MailingItem {
    let (end, said, taken_at) = match attempt.end {
        End::Open => ("open", None, None),
        End::Doubtful(said) => ("doubtful", Some(said), None),
        End::Taken(at) => ("taken", None, Some(at)),
        End::Failed(said) => ("failed", Some(said), None),
        End::NotSent { reason, .. } => ("not_sent", Some(reason), None),
    };
    MailingItem {
        mailing: attempt.mailing,
        stage: attempt.stage,
        at: attempt.at,
        by: attempt.by,
        recipient: attempt.begun.recipient,
        to: attempt.begun.to,
        server: attempt.begun.server,
        message_id: attempt.begun.message_id,
        sha256: attempt.begun.message.sha256,
        end,
        said,
        taken_at,
    }
}

/// What was found out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFinding {
    /// When the server took it; `null`: it did not go.
    #[schema(value_type = Option<String>, format = DateTime)]
    went: Option<Timestamp>,
    /// How you know.
    #[schema(min_length = 1)]
    reason: String,
}

/// Writes down what became of an attempt whose end nobody knew.
#[utoipa::path(post, path = "/api/v1/notify/incidents/{id}/mailings/{mailing}", tag = "notify",
    operation_id = "notify_mailing_settle", request_body = NewFinding,
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("mailing" = String, Path, description = "the attempt")),
    responses(
        (status = 204, description = "written down"),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "your role does not include this", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "no incident that the caller may read", body = Problem,
            content_type = "application/problem+json"),
        (status = 409, description = "it is still being handed over", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "refused; the detail says what to do", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn settled(
    State(app): State<App>,
    Path((id, mailing)): Path<(String, String)>,
    Told { visitor, body, .. }: Told<StageSubmit, NewFinding>,
) -> Result<StatusCode, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let found = Found { went: body.went, reason: &body.reason, by: &visitor.account.name };
        settle(&app.desk, case.id, &mailing, &found).map_err(refused)?;
        Ok(StatusCode::NO_CONTENT)
    })
    .await
}
