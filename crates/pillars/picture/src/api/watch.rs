//! The watch-list, for programs.

use axum::Json;
use axum::extract::{Path, State};
use desk::pages::{App, May, PageError, Problem};
use model::{PartyId, WatchId};
use records::watch::{Confidence, Evidence, Maturity};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::PictureRead;
use crate::sight::Sight;
use crate::watch::{Entry, entry, list};

/// One source.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchSource {
    /// What it says.
    says: String,
    /// An https URL, or `record:<64 hex digits>`.
    link: String,
    /// The date of the source, ISO 8601.
    on: String,
    /// `low`, `moderate` or `high`.
    #[schema(value_type = String)]
    confidence: Confidence,
}

/// One entry as it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchItem {
    /// `watch:<uuid>`.
    id: String,
    /// Who states it.
    party: String,
    /// The record of this version.
    record: String,
    technology: String,
    why: String,
    /// The language of both, `en` or `fr`.
    language: String,
    owner: String,
    /// When it is expected to matter: an ISO 8601 year, month or day; empty for unknown.
    from: String,
    until: String,
    /// `research`, `shown`, `early`, `spreading` or `common`.
    #[schema(value_type = String)]
    maturity: Maturity,
    /// When somebody looks at it again, ISO 8601.
    review: String,
    /// True when that day has passed.
    overdue: bool,
    /// Why it is watched no longer; empty while it is.
    retired: String,
    evidence: Vec<WatchSource>,
    /// The marking of this version.
    tlp: String,
}

/// The watch-list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WatchItems {
    entries: Vec<WatchItem>,
}

/// Every entry that you may see as it stands, the next review first.
#[utoipa::path(get, path = "/api/v1/picture/watch", tag = "picture", responses(
    (status = 200, description = "the entries", body = WatchItems),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
    (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
))]
pub async fn watch_list(
    State(app): State<App>,
    visitor: May<PictureRead>,
) -> Result<Json<WatchItems>, PageError> {
    app.blocking(move |app| {
        let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
        let entries = list(&sight)?.into_iter().map(|entry| item(entry, visitor.now)).collect();
        Ok(Json(WatchItems { entries }))
    })
    .await
}

/// One entry as it stands.
#[utoipa::path(get, path = "/api/v1/picture/watch/{party}/{id}", tag = "picture",
    params(
        ("party" = String, Path, pattern = "^party:[0-9a-f]{32}$", description = "who states it"),
        ("id" = String, Path, pattern = "^watch:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", description = "which"),
    ),
    responses(
        (status = 200, description = "the entry", body = WatchItem),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "there is none, or you may not see it", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn watch_entry(
    State(app): State<App>,
    visitor: May<PictureRead>,
    Path((party, id)): Path<(String, String)>,
) -> Result<Json<WatchItem>, PageError> {
    app.blocking(move |app| {
        let party: PartyId = party.parse().map_err(|_| PageError::NotFound)?;
        let id: WatchId = id.parse().map_err(|_| PageError::NotFound)?;
        let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now, None)?;
        let found = entry(&sight, party, id)?.ok_or(PageError::NotFound)?;
        Ok(Json(item(found, visitor.now)))
    })
    .await
}

fn item(entry: Entry, now: model::Timestamp) -> WatchItem {
    let overdue = entry.is_overdue(now.to_zoned(model::time::TimeZone::UTC).date());
    let source = |source: Evidence| WatchSource {
        says: source.says,
        link: source.link,
        on: source.on.to_string(),
        confidence: source.confidence,
    };
    let said = entry.said;
    WatchItem {
        id: said.watch.to_string(),
        party: entry.party.to_string(),
        record: entry.record.to_string(),
        technology: said.technology,
        why: said.why,
        language: said.language,
        owner: said.owner,
        from: said.from,
        until: said.until,
        maturity: said.maturity,
        review: said.review.to_string(),
        overdue,
        retired: said.retired,
        evidence: said.evidence.into_iter().map(source).collect(),
        tlp: entry.marking.tlp.to_string(),
    }
}
