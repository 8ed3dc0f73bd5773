//! What moves, for programs.

use axum::Json;
use axum::extract::State;
use desk::pages::{App, May, PageError, Problem};
use model::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::PictureRead;
use crate::ask;
use crate::trends::Trend;

/// One subject.
#[derive(Debug, Serialize, ToSchema)]
pub struct TrendItem {
    /// STIX id, sector, region, or ISO 3166-1 code; empty when the caller may not know what it is.
    id: String,
    /// What people call it, in the caller's language.
    name: String,
    /// `new`, `back`, `rising`, `steady` or `fading`.
    moved: &'static str,
    /// How often it was spoken of in the period.
    now: u64,
    /// How often in the period before.
    before: u64,
    /// Step by step, the oldest first.
    series: Vec<u64>,
    /// Who spoke of it in both periods: `party:<32 hex digits>`.
    by: Vec<String>,
    /// The strictest marking of what was counted.
    tlp: String,
}

/// What moves in one topic.
#[derive(Debug, Serialize, ToSchema)]
pub struct Trends {
    /// The topic.
    topic: &'static str,
    /// Days of the period.
    days: i64,
    /// Days of one step of a series.
    step: i64,
    /// The instant to which this is true, RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The most frequent first.
    trends: Vec<TrendItem>,
}

/// What is new, rising and fading, as far as the caller may see it.
#[utoipa::path(get, path = "/api/v1/picture/trends", tag = "picture",
    params(
        ("topic" = Option<String>, Query, pattern = "^(|actors|campaigns|malware|techniques|vulnerabilities|sectors|countries)$", description = "what is compared; `actors` when absent"),
        ("days" = Option<String>, Query, pattern = "^(|7|28|91|364)$", description = "days of the period; 28 when absent"),
        ("at" = Option<String>, Query, format = DateTime, description = "RFC 3339, or a day; what arrived later is left out"),
    ),
    responses(
        (status = 200, description = "one item for each subject", body = Trends),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a parameter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn trends(State(app): State<App>, visitor: May<PictureRead>) -> Result<Json<Trends>, PageError> {
    app.blocking(move |app| {
        let topic = super::topic(&visitor)?;
        let period = ask::period(&ask::text(&visitor, "days"))?;
        let sight = ask::sight(app, &visitor)?;
        let found = crate::trends::trends(&sight, visitor.locale, topic, period)?;
        Ok(Json(Trends {
            topic: topic.code(),
            days: period.days,
            step: period.step,
            at: sight.at,
            trends: found.into_iter().map(item).collect(),
        }))
    })
    .await
}

fn item(trend: Trend) -> TrendItem {
    TrendItem {
        id: trend.label.id,
        name: trend.label.text,
        moved: trend.moved.code(),
        now: trend.now,
        before: trend.before,
        series: trend.series,
        by: trend.authors.iter().map(ToString::to_string).collect(),
        tlp: trend.marking.tlp.to_string(),
    }
}
