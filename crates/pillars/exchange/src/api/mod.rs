//! Objects for programs: `/api/v1/exchange/objects`, read only, with the same verdict as every other gate.

mod caller;
mod item;
mod retraction;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use axum::{Json, Router};
use desk::pages::{App, PageError, Problem};
use serde::Deserialize;
use utoipa::OpenApi;

use crate::access::{DeliveryRead, ObjectRead};
use crate::pages::InRoom;
use crate::receipts::answers;
use crate::retracted::retractions_of;
use crate::search::{Browse, Sight, State as Reach, Statement, browse, explain, statements};
use caller::Caller;
pub use item::{ObjectDetail, ObjectItem, ObjectList, ReleaseItem, Releases, StatementItem};
pub use retraction::{AnswerItem, RetractionItem, Retractions};

/// Rows when the caller names no limit, and at most.
const DEFAULT_LIMIT: usize = 100;
const MAX_LIMIT: usize = 1_000;

/// Filters of the list; an unreadable value is an error, not "everything".
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    q: String,
    r#type: String,
    tlp: String,
    author: String,
    under: String,
    state: String,
    limit: String,
    next: String,
}

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/api/v1/exchange/objects", get(list))
        .route("/api/v1/exchange/objects/{id}", get(one))
        .route("/api/v1/exchange/objects/{id}/releases", get(releases))
        .route("/api/v1/exchange/objects/{id}/retractions", get(retractions))
}

/// Objects that the caller may read, newest first.
#[utoipa::path(get, path = "/api/v1/exchange/objects", tag = "exchange",
    params(
        ("q" = Option<String>, Query, description = "words that all occur, or one STIX id; defanged addresses are understood"),
        ("type" = Option<String>, Query, description = "STIX type"),
        ("tlp" = Option<String>, Query, pattern = "^(|(TLP:)?(CLEAR|GREEN|AMBER|AMBER[+]STRICT|RED))$", description = "marking in force, such as AMBER+STRICT"),
        ("author" = Option<String>, Query, pattern = "^(|party:[0-9a-f]{32})$", description = "`party:<32 hex digits>`"),
        ("under" = Option<String>, Query, pattern = "^(|agreement:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$", description = "`agreement:<uuid>`"),
        ("state" = Option<String>, Query, pattern = "^(|released|withheld)$", description = "`released` to somebody outside, or `withheld` from all"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 1000, description = "rows of one page, 1 to 1000, else 100"),
        ("next" = Option<String>, Query, pattern = "^(|[0-9]{1,18})$", description = "`next` of the page before, with the same filters"),
    ),
    responses(
        (status = 200, description = "one page", body = ObjectList),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a filter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn list(
    State(app): State<App>,
    caller: Caller<ObjectRead>,
    room: InRoom,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Result<Json<ObjectList>, PageError> {
    let Query(asked) = asked.map_err(|error| PageError::Wrong(error.body_text().into()))?;
    app.blocking(move |app| {
        let sight = Sight::new(&app.desk, &caller.receiver, caller.now)?;
        let mut listing = browse(&room.search, &sight, &asked.browse(&caller)?)?;
        listing.rows.iter_mut().for_each(|row| caller.keep_own(&mut row.class.under));
        Ok(Json(ObjectList::of(listing)))
    })
    .await
}

/// One object: every statement of it that the caller may read, newest version first, each byte for byte.
#[utoipa::path(get, path = "/api/v1/exchange/objects/{id}", tag = "exchange",
    params(("id" = String, Path, description = "STIX id")),
    responses(
        (status = 200, description = "the object", body = ObjectDetail),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn one(
    State(app): State<App>,
    caller: Caller<ObjectRead>,
    Path(id): Path<String>,
) -> Result<Json<ObjectDetail>, PageError> {
    app.blocking(move |app| {
        let sight = Sight::new(&app.desk, &caller.receiver, caller.now)?;
        let mut held = statements(&sight, &id)?;
        if held.is_empty() {
            return Err(PageError::NotFound);
        }
        held.iter_mut().for_each(|statement| caller.keep_own(&mut statement.class.under));
        Ok(Json(ObjectDetail::of(id, held)))
    })
    .await
}

/// Which statement is asked about.
#[derive(Debug, Deserialize)]
pub struct Which {
    /// The version of the object.
    version: Option<String>,
}

/// Who received one statement, the newest unless a version is named, and why not. For members of the organisation only: who else is served
/// is no consumer's business.
#[utoipa::path(get, path = "/api/v1/exchange/objects/{id}/releases", tag = "exchange",
    params(
        ("id" = String, Path, description = "STIX id"),
        ("version" = Option<String>, Query, description = "the version of the object, as its `modified`; the newest when absent"),
    ),
    responses(
        (status = 200, description = "one row for each party and consumer", body = Releases),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "the caller is a consumer", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn releases(
    State(app): State<App>,
    caller: Caller<DeliveryRead>,
    Path(id): Path<String>,
    Query(which): Query<Which>,
) -> Result<Json<Releases>, PageError> {
    if !caller.is_member {
        return Err(PageError::Forbidden);
    }
    app.blocking(move |app| {
        let sight = Sight::new(&app.desk, &caller.receiver, caller.now)?;
        let held = statements(&sight, &id)?;
        let asked = |held: &&Statement| which.version.as_ref().is_none_or(|version| held.version == *version);
        let statement = held.iter().find(asked).ok_or(PageError::NotFound)?;
        let rows = explain(&app.desk, statement, caller.now)?;
        Ok(Json(Releases::of(id, statement, rows)))
    })
    .await
}

/// What was taken back of an object or narrowed, who was asked, and who confirmed when. For members of the
/// organisation only.
#[utoipa::path(get, path = "/api/v1/exchange/objects/{id}/retractions", tag = "exchange",
    params(("id" = String, Path, description = "STIX id")),
    responses(
        (status = 200, description = "newest retraction first", body = Retractions),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "the caller is a consumer", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn retractions(
    State(app): State<App>,
    caller: Caller<DeliveryRead>,
    Path(id): Path<String>,
) -> Result<Json<Retractions>, PageError> {
    if !caller.is_member {
        return Err(PageError::Forbidden);
    }
    app.blocking(move |app| {
        let desk = &app.desk;
        let found = retractions_of(desk, &id, |entry| caller.may_read(desk, entry))?;
        if found.is_empty() {
            return Err(PageError::NotFound);
        }
        let mut all = Vec::new();
        for retracted in found {
            let rows = answers(&desk.ledger, &desk.local, &desk.views, retracted.seq)?;
            all.push(RetractionItem::of(retracted, rows));
        }
        Ok(Json(Retractions::of(id, all)))
    })
    .await
}

impl Asked {
    fn browse<P>(&self, caller: &Caller<P>) -> Result<Browse<'_>, PageError> {
        // Whether somebody else is served is no consumer's business.
        if !caller.is_member && !self.state.is_empty() {
            return Err(PageError::Forbidden);
        }
        let state = match self.state.as_str() {
            "" => None,
            "released" => Some(Reach::Released),
            "withheld" => Some(Reach::Withheld),
            other => {
                return Err(PageError::Wrong(
                    format!("state {other:?} is neither `released` nor `withheld`").into(),
                ));
            }
        };
        let limit = read("limit", &self.limit)?.unwrap_or(DEFAULT_LIMIT);
        if !(1..=MAX_LIMIT).contains(&limit) {
            return Err(PageError::Wrong(format!("limit {limit} is not between 1 and {MAX_LIMIT}").into()));
        }
        Ok(Browse {
            words: &self.q,
            object_type: &self.r#type,
            tlp: read("tlp", &self.tlp)?,
            author: read("author", &self.author)?,
            under: read("under", &self.under)?,
            state,
            before: read("next", &self.next)?,
            limit,
            ..Browse::default()
        })
    }
}

/// An absent value is no filter; one that cannot be read is an error that names the parameter.
fn read<T: std::str::FromStr<Err: std::fmt::Display>>(
    name: &str,
    text: &str,
) -> Result<Option<T>, PageError> {
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|error| PageError::Wrong(format!("{name}: {error}").into()))
}

#[derive(OpenApi)]
#[openapi(paths(list, one, releases, retractions), tags((name = "exchange")))]
struct Described;

/// The description of these paths, to be merged into the node's document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}
