//! Shared causes for programs: `/api/v1/notify/causes`, read only, with who has not reported yet.

use axum::Json;
use axum::extract::State;
use desk::pages::{App, May, PageError, Problem};
use records::cause::{Cause, Expected};
use serde::Serialize;
use utoipa::ToSchema;

use super::causes::{Shared, causes};
use super::commands::name_cause::is_name;
use super::pages::causes::counted;
use super::pages::readable;
use crate::access::ReportRead;
use crate::pages::after;

/// A cause with who reported it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseView {
    /// Its short name.
    cause: String,
    /// What people call it.
    title: String,
    /// What is known of it.
    text: String,
    /// How many are expected to report it.
    expected: usize,
    /// Names of those who reported it, in order of arrival.
    reported: Vec<String>,
    /// Those who are expected and have not.
    #[schema(value_type = Vec<Object>)]
    silent: Vec<Expected>,
}

/// Causes that the caller may read; reports that they may not read do not count.
#[derive(Debug, Serialize, ToSchema)]
pub struct CauseList {
    /// By short name.
    causes: Vec<CauseView>,
    /// What `after` asks for to go on; nothing at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Causes of one page: each may be expected of thousands.
const PAGE: usize = 50;

/// The shared causes that the caller may read, 50 at once, each with who has not reported yet.
#[utoipa::path(get, path = "/api/v1/notify/causes", tag = "notify", operation_id = "notify_causes",
    params(("after" = Option<String>, Query, pattern = "^[a-z0-9.-]{1,60}$", description = "`next` of the page before")),
    responses(
        (status = 200, description = "causes by short name", body = CauseList),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 403, description = "neither your role nor your token includes this", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`after` is no short name", body = Problem,
            content_type = "application/problem+json"),
    ))]
pub async fn list(State(app): State<App>, visitor: May<ReportRead>) -> Result<Json<CauseList>, PageError> {
    app.blocking(move |app| {
        let name = |text: &str| is_name(text).then(|| text.to_owned());
        let mut behind = after(&visitor, String::new(), name)?;
        let reports = counted(app, &visitor)?;
        let mut found: Vec<CauseView> = Vec::new();
        // Who may read little looks through much: a page at a time, to the end.
        loop {
            let page = causes(&app.desk.views, &reports, (&behind, PAGE))?;
            let Some(last) = page.last() else { return Ok(Json(CauseList { causes: found, next: None })) };
            behind.clone_from(&last.cause.cause);
            for shared in page {
                if !readable(app, &visitor, shared.seq)? {
                    continue;
                }
                // Only what may be read is a reason to go on.
                if found.len() == PAGE {
                    let next = found.last().map(|one| one.cause.clone());
                    return Ok(Json(CauseList { causes: found, next }));
                }
                found.push(view(shared));
            }
        }
    })
    .await
}

fn view(shared: Shared) -> CauseView {
    let Shared { cause: Cause { cause, title, text, expected, .. }, reported, silent, .. } = shared;
    CauseView { cause, title, text, expected: expected.len(), reported, silent }
}
