//! The landscape report, for programs.

use axum::Json;
use axum::extract::State;
use claims::Shown;
use desk::pages::{App, May, PageError, Problem};
use model::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use super::leak;
use crate::access::PictureRead;
use crate::guarded::Figure;
use crate::landscape::word;
use crate::pages::report::{Asked, checked, sentences};
use crate::trends::Trend;

/// One row of the report.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportRow {
    /// `actors`, `campaigns`, `malware`, `techniques`, `vulnerabilities`, `sectors` or `countries`.
    topic: &'static str,
    /// STIX id, sector, region, or ISO 3166-1 code.
    id: String,
    /// What people call it, in the caller's language.
    name: String,
    /// `new`, `back`, `rising`, `steady` or `fading`.
    moved: &'static str,
    /// How often it was spoken of in the period.
    now: u64,
    /// How often in the period before.
    before: u64,
    /// The strictest marking of what was counted.
    tlp: String,
}

/// One source.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportSource {
    /// `party:<32 hex digits>`.
    party: String,
    /// How often it spoke in the period.
    statements: u64,
}

/// One figure over at least three parties.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportFigure {
    /// `sectors` or `countries`.
    topic: &'static str,
    /// Sector, region, or ISO 3166-1 code.
    id: String,
    /// What people call it, in the caller's language.
    name: String,
    /// The figure; absent where it is smaller than `fewer_than`.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<u64>,
    /// It is smaller than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    fewer_than: Option<usize>,
}

/// The report.
#[derive(Debug, Serialize, ToSchema)]
pub struct Report {
    /// For whom it is.
    audience: String,
    /// Days of the period.
    days: i64,
    /// The instant to which it is true, RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// The strictest marking of anything in it.
    tlp: String,
    /// The bottom line in the caller's language.
    summary: Vec<String>,
    rows: Vec<ReportRow>,
    /// Figures by sector and country over more than may go itself; empty for the own organisation.
    figures: Vec<ReportFigure>,
    sources: Vec<ReportSource>,
}

/// The threat landscape of a period, of what everybody in the audience may have.
#[utoipa::path(get, path = "/api/v1/picture/report", tag = "picture",
    params(
        ("audience" = Option<String>, Query, pattern = "^(|organisation|(parties|community|public):agreement:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$", description = "for whom it is; the own organisation when absent"),
        ("days" = Option<String>, Query, pattern = "^(|7|28|91|364)$", description = "days of the period; 28 when absent"),
        ("at" = Option<String>, Query, format = DateTime, description = "RFC 3339, or a day; what arrived later is left out"),
    ),
    responses(
        (status = 200, description = "the report", body = Report),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "it would say what was left out; the detail names the entry", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a parameter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn report(State(app): State<App>, visitor: May<PictureRead>) -> Result<Json<Report>, PageError> {
    app.blocking(move |app| {
        let asked = Asked::of(app, &visitor)?;
        let report = checked(app, &visitor, &asked)?.map_err(|hit| leak(&hit))?;
        let mut rows = Vec::new();
        for section in &report.sections {
            rows.extend(section.rows.iter().map(|row| item(section.topic.code(), row)));
        }
        let source = |(party, count): (&model::PartyId, &u64)| ReportSource {
            party: party.to_string(),
            statements: *count,
        };
        Ok(Json(Report {
            audience: word(&asked.audience),
            days: asked.period.days,
            at: report.at,
            tlp: report.marking.map_or_else(|| "TLP:CLEAR".to_owned(), |marking| marking.tlp.to_string()),
            summary: sentences(visitor.locale, &report),
            rows,
            figures: report.figures.iter().filter(|figure| figure.goes_out()).map(figure).collect(),
            sources: report.sources.iter().map(source).collect(),
        }))
    })
    .await
}

fn figure(figure: &Figure) -> ReportFigure {
    let (count, fewer_than) = match figure.shown {
        Shown::Exactly(count) | Shown::Kept(count) => (Some(count), None),
        Shown::Fewer(than) => (None, Some(than)),
        Shown::Withheld => (None, None),
    };
    let topic = figure.topic.code();
    ReportFigure { topic, id: figure.subject.clone(), name: figure.name.clone(), count, fewer_than }
}

fn item(topic: &'static str, row: &Trend) -> ReportRow {
    ReportRow {
        topic,
        id: row.label.id.clone(),
        name: row.label.text.clone(),
        moved: row.moved.code(),
        now: row.now,
        before: row.before,
        tlp: row.marking.tlp.to_string(),
    }
}
