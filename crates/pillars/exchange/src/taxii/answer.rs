//! Answers: every one, errors included, carries the TAXII media type with its version.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use formats::taxii::{CONTENT_TYPE, Problem, TaxiiTime};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use desk::edge;

/// An error of the server (TAXII 2.1 §3.6).
#[derive(Debug)]
pub(super) struct Failure {
    status: StatusCode,
    problem: Box<Problem>,
    /// Seconds after which it may go better.
    retry_after_s: Option<u64>,
}

impl Failure {
    pub fn new(status: StatusCode, code: &str, title: &str, description: &str) -> Self {
        let mut problem = Problem::new(status.as_u16(), code, title, description);
        problem.error_id = Some(edge::uuid().to_string());
        Self { status, problem: Box::new(problem), retry_after_s: None }
    }

    pub fn not_found(what: &str) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            "not-found",
            &format!("no such {what}"),
            "it does not exist, or it is not shown to you; check the URL and the agreement you are served under",
        )
    }

    pub fn forbidden(description: &str) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "not allowed", description)
    }

    pub fn bad_request(description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "the request cannot be answered", description)
    }

    /// Something on our side; the log has the cause under the same id.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        let failure = Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "internal",
            "the server could not answer",
            "try again later; the operator finds the cause in the log under error_id",
        );
        tracing::error!(error_id = failure.problem.error_id, %cause, "taxii request failed");
        failure
    }

    /// The ledger does not take writes at the moment.
    pub fn unavailable(cause: &dyn std::fmt::Display) -> Self {
        let failure = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "nothing was stored",
            &cause.to_string(),
        );
        Self { retry_after_s: Some(5), ..failure }
    }

    /// More is asked of the whole node than it can do at once.
    pub fn busy(wait_s: u64) -> Self {
        let failure = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "busy",
            "the node is busy",
            "nothing was done; ask again after as many seconds as Retry-After says",
        );
        Self { retry_after_s: Some(wait_s), ..failure }
    }

    /// The consumer asks more often than its record allows.
    pub fn too_often(wait_s: u64) -> Self {
        let failure = Self::new(
            StatusCode::TOO_MANY_REQUESTS,
            "too-many-requests",
            "you ask more often than was agreed",
            "wait as long as Retry-After says, or ask the operator for a higher rate",
        );
        Self { retry_after_s: Some(wait_s), ..failure }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = json(self.status, &self.problem);
        if self.status == StatusCode::UNAUTHORIZED {
            let challenge = HeaderValue::from_static("Basic realm=\"entente\", charset=\"UTF-8\", Bearer");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
        }
        if let Some(seconds) = self.retry_after_s {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response
    }
}

/// A resource as JSON.
pub(super) fn json(status: StatusCode, resource: &impl Serialize) -> Response {
    // Resources are plain structs with string keys: serialising them cannot fail.
    bytes(status, serde_json::to_vec(resource).unwrap_or_default())
}

/// Bytes that are JSON already.
pub(super) fn bytes(status: StatusCode, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(CONTENT_TYPE));
    response
}

/// The first and last date of a page (TAXII 2.1 §3.4).
pub(super) fn dated(mut response: Response, first_and_last: Option<(i64, i64)>) -> Response {
    if let Some((first, last)) = first_and_last {
        for (name, at) in [("x-taxii-date-added-first", first), ("x-taxii-date-added-last", last)] {
            if let Ok(value) = HeaderValue::from_str(TaxiiTime::from_micros(at).as_str()) {
                response.headers_mut().insert(name, value);
            }
        }
    }
    response
}

pub(super) async fn unknown() -> Failure {
    Failure::not_found("resource")
}

pub(super) async fn not_allowed() -> Failure {
    Failure::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method-not-allowed",
        "this resource does not take that method",
        "see TAXII 2.1 §4 and §5 for the methods of each resource",
    )
}
