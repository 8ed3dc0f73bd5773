//! The way into the past: who asks for it, which instant, and the pages of that desk.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use http::{HeaderValue, Method, StatusCode, Uri};
use model::Timestamp;
use tower::ServiceExt as _;
use ui::{query, t};

use super::asked::{Asked, AskedError, asked};
use super::{AT, is_recorded, keep, preparing, written, zone};
use crate::pages::app::App;
use crate::pages::error::PageError;
use crate::pages::finish;
use crate::pages::visitor::{self, Visitor};
use crate::past::{Found, Shelf};

/// What the gate needs.
pub struct Gate {
    /// The pages of the present.
    pub console: Router,
    /// The desks of the past, each as its pages.
    pub shelf: Shelf<Router>,
    /// Paths whose pages look back by themselves.
    pub by_themselves: &'static [&'static str],
}

impl std::fmt::Debug for Gate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Gate").field("shelf", &self.shelf).finish_non_exhaustive()
    }
}

/// A page of ours in memory.
const MAX_PAGE_BYTES: usize = 16 << 20;

/// Whether an address asks for a page of the past.
pub fn asks(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or("");
    query.split('&').any(|pair| pair.starts_with("at=")) && is_recorded(uri.path())
}

/// Answers every request that [`asks`] for the past.
pub fn gate(gate: Gate, app: App) -> Router {
    let gate = Arc::new(gate);
    let through = move |State(app): State<App>, request: Request| {
        let gate = Arc::clone(&gate);
        async move { through(&gate, app, request).await }
    };
    finish(Router::new().fallback(through), app)
}

async fn through(gate: &Arc<Gate>, app: App, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    // Who is not signed in is led to the sign-in, as everywhere.
    let Some(visitor) = Visitor::of(&parts, &app).await else {
        return show(&gate.console, Request::from_parts(parts, body)).await;
    };
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        return PageError::Conflict(t!(visitor.locale, "past-no-change").into()).into_response();
    }
    let path = visitor::path(&parts);
    let text = query::value(&path, AT).unwrap_or_default();
    if text.trim().is_empty() {
        return to(&query::with(&path, &[(AT, None)])); // a form sends an empty field for the present
    }
    let at = match asked(&text, &zone(&visitor), visitor.came_at) {
        Ok(Asked::Past(at)) => at,
        Ok(Asked::Present) => return to(&query::with(&path, &[(AT, None)])),
        Err(error) => return PageError::Wrong(why(&visitor, error).into()).into_response(),
    };
    if text != written(at) {
        return to(&query::with(&path, &[(AT, Some(&written(at)))]));
    }
    let itself = gate.by_themselves.iter().any(|page| parts.uri.path().starts_with(page));
    let pages = if itself {
        gate.console.clone()
    } else {
        let gate = Arc::clone(gate);
        match app.blocking(move |app| find(app, &gate, at)).await {
            Ok(Found::Ready(pages)) => pages,
            Ok(Found::Preparing { folded, of }) => return preparing::answer(&app, &visitor, folded, of),
            Ok(Found::Full) => return PageError::Busy.into_response(),
            Ok(Found::Failed(why)) => return PageError::broken(why).into_response(),
            Err(error) => return error.into_response(),
        }
    };
    let answer = show(&pages, Request::from_parts(parts, body)).await;
    kept(answer, at).await
}

/// The pages as the ledger stood at that instant.
fn find(app: &App, gate: &Gate, at: Timestamp) -> Result<Found<Router>, PageError> {
    Ok(gate.shelf.find(app.desk.entries_before(at)?))
}

/// Why there is no such instant, for people.
pub(in crate::pages) fn why(visitor: &Visitor, error: AskedError) -> String {
    match error {
        AskedError::Unreadable => t!(visitor.locale, "past-unreadable").into_owned(),
        AskedError::ToCome => t!(visitor.locale, "past-to-come").into_owned(),
    }
}

async fn show(pages: &Router, request: Request) -> Response {
    let Ok(answer) = pages.clone().oneshot(request).await;
    answer
}

fn to(path: &str) -> Response {
    let mut answer = StatusCode::SEE_OTHER.into_response();
    let location = HeaderValue::from_str(visitor::local_path(path));
    answer.headers_mut().insert(LOCATION, location.unwrap_or(HeaderValue::from_static("/")));
    answer
}

/// The answer with the instant in its links, or in where it leads.
async fn kept(answer: Response, at: Timestamp) -> Response {
    let (mut head, body) = answer.into_parts();
    let text = |name| head.headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(location) = text(LOCATION).filter(|location| is_recorded(location)) {
        let with = keep::with(location, &written(at));
        if let Ok(location) = HeaderValue::from_str(&with) {
            head.headers.insert(LOCATION, location);
        }
        return Response::from_parts(head, body);
    }
    if !text(CONTENT_TYPE).is_some_and(|kind| kind.starts_with("text/html")) {
        return Response::from_parts(head, body);
    }
    let page = match to_bytes(body, MAX_PAGE_BYTES).await {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) => return PageError::broken(error).into_response(),
    };
    head.headers.remove(CONTENT_LENGTH);
    Response::from_parts(head, Body::from(keep::keep(&page, &written(at))))
}
