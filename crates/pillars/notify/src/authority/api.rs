//! Reports for programs: `/api/v1/notify/reports`, read only, and the figures of a quarter.

use axum::Json;
use axum::extract::{Path, State};
use desk::pages::{App, May, PageError, Problem};
use packs::Library;
use records::handling::Handling;
use records::report::Report;
use serde::Serialize;
use utoipa::ToSchema;

use super::docket::{Docket, Stand};
use super::duties::{Owed, owed};
use super::pages::{all, all_within, find, summary::period};
use super::statistics::{Summary, summary};
use crate::access::ReportRead;

/// A report with its steps and what is owed because of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportView {
    /// `new`, `triaged`, `asking`, `answered` or `closed`.
    #[schema(value_type = String)]
    stand: Stand,
    /// The body of `notify.report.v1`, without the hash of its code.
    #[schema(value_type = Object)]
    report: Report,
    /// The bodies of `notify.handling.v1`, in order.
    #[schema(value_type = Vec<Object>)]
    steps: Vec<Handling>,
    /// The authority's duties, the most urgent first.
    #[schema(value_type = Vec<Object>)]
    owed: Vec<Owed>,
}

/// Every report that the caller may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportList {
    reports: Vec<ReportView>,
}

fn view(docket: Docket) -> ReportView {
    let (stand, owed) = (docket.stand(), owed(Library::embedded(), &docket));
    ReportView { stand, owed, report: Report { code: String::new(), ..docket.report }, steps: docket.steps }
}

/// The reports that the caller may read, 2,000 at most.
#[utoipa::path(get, path = "/api/v1/notify/reports", tag = "notify", operation_id = "notify_reports", responses(
    (status = 200, description = "every report, the newest first", body = ReportList),
    (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
))]
pub async fn list(State(app): State<App>, visitor: May<ReportRead>) -> Result<Json<ReportList>, PageError> {
    app.blocking(move |app| {
        let reports = all(app, &visitor)?.into_iter().map(view).collect();
        Ok(Json(ReportList { reports }))
    })
    .await
}

/// One report.
#[utoipa::path(get, path = "/api/v1/notify/reports/{id}", tag = "notify", operation_id = "notify_report",
    params(("id" = String, Path, description = "`report:<uuid>`")),
    responses(
        (status = 200, description = "the report, its steps and what is owed", body = ReportView),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 404, description = "none that the caller may read", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn one(
    State(app): State<App>,
    visitor: May<ReportRead>,
    Path(id): Path<String>,
) -> Result<Json<ReportView>, PageError> {
    app.blocking(move |app| Ok(Json(view(find(app, &visitor, &id)?)))).await
}

/// The figures of a quarter, without names.
#[utoipa::path(get, path = "/api/v1/notify/summary", tag = "notify", operation_id = "notify_summary",
    params(("quarter" = Option<String>, Query, pattern = "^(19[789][0-9]|20[0-9]{2})-[1-4]$", description = "`2026-4`; the present one when left out")),
    responses(
        (status = 200, description = "figures, none of which stands for fewer than `k` reporters", body = Object),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`quarter` is none", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn figures(State(app): State<App>, visitor: May<ReportRead>) -> Result<Json<Summary>, PageError> {
    app.blocking(move |app| {
        let (from, until) = period(&visitor)?;
        Ok(Json(summary(&all_within(app, &visitor, (from, until))?, from, until)))
    })
    .await
}
