//! Reports for programs: `/api/v1/notify/reports`, read only, and the figures of a quarter.

use axum::Json;
use axum::extract::{Path, State};
use desk::pages::{App, May, PageError, Problem};
use packs::Library;
use records::handling::Handling;
use records::report::Report;
use serde::Serialize;
use utoipa::ToSchema;

use super::docket::{Docket, Place, Stand, listed};
use super::duties::{Owed, owed};
use super::pages::{all_within, find, readable, summary::period};
use super::statistics::{Summary, summary};
use crate::access::ReportRead;
use crate::pages::after;

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

/// Reports that the caller may read.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReportList {
    /// The newest first.
    reports: Vec<ReportView>,
    /// What `after` asks for to see those that came before; nothing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Reports of one page.
const PAGE: usize = 500;

fn view(docket: Docket) -> ReportView {
    let (stand, owed) = (docket.stand(), owed(Library::embedded(), &docket));
    ReportView { stand, owed, report: Report { code: String::new(), ..docket.report }, steps: docket.steps }
}

/// The reports that the caller may read, 500 at once.
#[utoipa::path(get, path = "/api/v1/notify/reports", tag = "notify", operation_id = "notify_reports",
    params(("after" = Option<String>, Query, pattern = "^[1-9][0-9]{0,15}[.][1-9][0-9]{0,15}$",
        description = "`next` of the page before")),
    responses(
        (status = 200, description = "reports, the newest first", body = ReportList),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`after` is no place in the list", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn list(State(app): State<App>, visitor: May<ReportRead>) -> Result<Json<ReportList>, PageError> {
    app.blocking(move |app| {
        let mut behind = after(&visitor, Place::START, Place::read)?;
        let (mut reports, mut last) = (Vec::new(), None);
        // Who may read little looks through much: a page at a time, to the end.
        loop {
            let page = listed(&app.desk.views, behind, PAGE)?;
            let Some(end) = page.last() else { return Ok(Json(ReportList { reports, next: None })) };
            behind = Place::of(end);
            for docket in page {
                if !readable(app, &visitor, docket.seq)? {
                    continue;
                }
                // Only what may be read is a reason to go on.
                if reports.len() == PAGE {
                    return Ok(Json(ReportList { reports, next: last }));
                }
                last = Some(Place::of(&docket).to_string());
                reports.push(view(docket));
            }
        }
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
