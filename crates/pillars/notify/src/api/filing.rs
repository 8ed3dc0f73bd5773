//! Filing a stage over the link for programs: what would go and to whom, sending just that, and what came back.

use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use desk::pages::{App, May, PageError, Problem};
use http::StatusCode;
use http::header::LOCATION;
use model::{PartyId, RecordId, Timestamp};
use records::filing::Filing;
use records::message::Message;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::told::Told;
use super::write::{Held, not_sent, refused, waits};
use crate::access::{IncidentRead, StageSubmit};
use crate::authority::letters::{Letter, filed};
use crate::commands::file_stage::lacking;
use crate::held::Outcome;
use crate::law;
use crate::pages::stage::duty;
use crate::pages::{find, given};
use crate::sending::{Order, look as look_at, offers, send};

/// An authority with a node that this party trusts.
#[derive(Debug, Serialize, ToSchema)]
pub struct Authority {
    /// `party:…`.
    #[schema(value_type = String)]
    party: PartyId,
    /// What its card calls it.
    name: String,
    /// Why the report would not reach it, as the agreements stand; nothing when it would.
    withheld: Option<String>,
}

/// What would go.
#[derive(Debug, Serialize, ToSchema)]
pub struct Preview {
    /// With whom the stage can be filed, those named by the law first.
    authorities: Vec<Authority>,
    /// Required fields that nobody has filled, by code; nothing is sent while there are any.
    lacks: Vec<String>,
    /// The rules that want a second person.
    two: Vec<String>,
    /// Exactly what the authority would read, when `to` names one: the body of `notify.filing.v1`.
    #[schema(value_type = Option<Object>)]
    filing: Option<Filing>,
    /// What names it when it is sent.
    seen: Option<String>,
}

/// What to send.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFiling {
    /// The authority.
    #[schema(value_type = String, pattern = "^party:[0-9a-f]{32}$")]
    to: PartyId,
    /// Our sector, in the words of the law.
    #[serde(default)]
    sector: String,
    /// `seen` of the preview: when something else would go by now, nothing is sent.
    seen: String,
}

/// What was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct SentFiling {
    /// Its record.
    #[schema(value_type = String)]
    record: RecordId,
}

/// Shows what would be filed, and with whom.
#[utoipa::path(get, path = "/api/v1/notify/incidents/{id}/stages/{stage}/filing", tag = "notify",
    operation_id = "notify_filing_preview",
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("stage" = String, Path, description = "the stage, such as `nis2.ew`"),
        ("to" = Option<String>, Query, pattern = "^party:[0-9a-f]{32}$", description = "the authority"),
        ("sector" = Option<String>, Query, min_length = 1, max_length = 200, description = "our sector")),
    responses(
        (status = 200, description = "with whom, what would go, and what stands in its way", body = Preview),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "no incident that the caller may read, or no such duty of it", body = Problem,
            content_type = "application/problem+json"),
        (status = 422, description = "`to` is no party, or `sector` is empty", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn look(
    State(app): State<App>,
    visitor: May<StageSubmit>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Json<Preview>, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let to = given(&visitor, "to")?.map(|to| to.parse::<PartyId>()).transpose();
        let to = to.map_err(|_| PageError::Wrong("to: no party; write one like `party:…`".into()))?;
        let sector = given(&visitor, "sector")?.unwrap_or_default();
        let library = law::now(&app.desk.views)?;
        let duty = duty(&library, &case, &stage, visitor.now)?;
        let known = app.desk.known();
        let named =
            |to: PartyId| known.parties.get(&to).map_or_else(String::new, |party| party.card.short.clone());
        let authorities = offers(&app.desk, &library, &case, &duty).into_iter().map(|offer| Authority {
            party: offer.to,
            name: named(offer.to),
            withheld: offer.withheld.map(|why| why.code().to_owned()),
        });
        let mut preview = Preview {
            authorities: authorities.collect(),
            lacks: lacking(&library, &case, &stage),
            two: Vec::new(),
            filing: None,
            seen: None,
        };
        if let Some(to) = to {
            let name = &visitor.account.name;
            let order = Order { to, sector: &sector, seen: "", by: name, account: name };
            let looked = look_at(&app.desk, &library, &case, &stage, &order).map_err(refused)?;
            (preview.two, preview.seen) = (looked.two, Some(looked.seen));
            preview.filing = Some(looked.what);
        }
        Ok(Json(preview))
    })
    .await
}

/// Files a stage over the link: what was looked at, and nothing else.
#[utoipa::path(post, path = "/api/v1/notify/incidents/{id}/stages/{stage}/filing", tag = "notify",
    operation_id = "notify_filing_send", request_body = NewFiling,
    params(("id" = String, Path, description = "`incident:<uuid>`"),
        ("stage" = String, Path, description = "the stage, such as `nis2.ew`")),
    responses(
        (status = 201, description = "signed into the log, and on its way; `Location` is where its receipt will be",
            body = SentFiling),
        (status = 202, description = "a rule wants two people: it waits for the second; `Location` is where", body = Held),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "your role does not include this", body = Problem,
            content_type = "application/problem+json"),
        (status = 404, description = "no incident that the caller may read, or no such duty of it", body = Problem,
            content_type = "application/problem+json"),
        (status = 409, description = "something was stated meanwhile; look again", body = Problem,
            content_type = "application/problem+json"),
        (status = 413, description = "too large", body = Problem, content_type = "application/problem+json"),
        (status = 415, description = "not JSON", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "refused; the detail says what is missing or stands in its way", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn file(
    State(app): State<App>,
    Path((id, stage)): Path<(String, String)>,
    Told { visitor, body, .. }: Told<StageSubmit, NewFiling>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let duty = duty(&*law::now(&app.desk.views)?, &case, &stage, visitor.now)?;
        let name = &visitor.account.name;
        let order = Order { to: body.to, sector: &body.sector, seen: &body.seen, by: name, account: name };
        match send(&app.desk, &case, &duty, &order) {
            Ok(Outcome::Done(record)) => {
                let record: RecordId = record.parse().map_err(PageError::broken)?;
                let place = [(LOCATION, format!("/api/v1/notify/incidents/{}/filings", case.id))];
                Ok((StatusCode::CREATED, place, Json(SentFiling { record })).into_response())
            }
            Ok(Outcome::Waits(draft)) => Ok(waits(draft)),
            Err(error) => Err(not_sent(error)),
        }
    })
    .await
}

/// A filing and what was said about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct FiledStage {
    /// Its record.
    #[schema(value_type = String)]
    record: RecordId,
    /// When it was signed into the log.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The body of `notify.filing.v1`.
    #[schema(value_type = Object)]
    filing: Filing,
    /// What was said, in order.
    said: Vec<SaidOfFiling>,
}

/// A receipt, an answer, a question or a reply.
#[derive(Debug, Serialize, ToSchema)]
pub struct SaidOfFiling {
    /// Whose word it is: `party:…`.
    #[schema(value_type = String)]
    from: PartyId,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// Its record.
    #[schema(value_type = String)]
    record: RecordId,
    /// The body of `notify.message.v1`.
    #[schema(value_type = Object)]
    message: Message,
}

/// Every filing of an incident.
#[derive(Debug, Serialize, ToSchema)]
pub struct FilingList {
    filings: Vec<FiledStage>,
}

/// What was filed over the link, and what the authorities answered.
#[utoipa::path(get, path = "/api/v1/notify/incidents/{id}/filings", tag = "notify", operation_id = "notify_filings",
    params(("id" = String, Path, description = "`incident:<uuid>`")),
    responses(
        (status = 200, description = "the filings, the newest first, each with receipt, answers and questions",
            body = FilingList),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn list(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path(id): Path<String>,
) -> Result<Json<FilingList>, PageError> {
    app.blocking(move |app| {
        let case = find(app, &visitor, &id)?;
        let letters = filed(&app.desk.views, app.desk.me, &case.id.to_string())?;
        Ok(Json(FilingList { filings: letters.into_iter().map(shown).collect() }))
    })
    .await
}

fn shown(letter: Letter) -> FiledStage {
    let said = letter.said.into_iter().map(|spoken| SaidOfFiling {
        from: spoken.from,
        at: spoken.at,
        record: spoken.record,
        message: spoken.message,
    });
    FiledStage { record: letter.record, at: letter.at, said: said.collect(), filing: letter.filing }
}
