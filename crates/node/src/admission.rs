//! What the whole node takes on at once: a request beyond it is told to come back, before anything is looked up.
//!
//! Refusing early is what keeps the time of those let in bounded: work never queues, it is done now or not at all.
//! `/health` and `/ready` are always answered, so that nobody restarts a node for being popular.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use desk::pages::{MAX_FORM_BYTES, plain};
use http::{Method, StatusCode};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Seconds after which one may ask again.
const WAIT_S: u64 = 1;

/// How much is taken on.
#[derive(Debug, Clone, Copy)]
pub struct AdmissionLimits {
    /// Requests worked on at once.
    pub requests: usize,
    /// How long the body of a form may take to come.
    pub form_time: Duration,
}

impl Default for AdmissionLimits {
    fn default() -> Self {
        Self { requests: 256, form_time: Duration::from_secs(30) }
    }
}

/// The places at work.
#[derive(Debug)]
pub struct Admission {
    places: Semaphore,
    limits: AdmissionLimits,
}

impl Admission {
    /// So many places.
    pub fn new(limits: AdmissionLimits) -> Self {
        Self { places: Semaphore::new(limits.requests), limits }
    }

    /// A place at work, unless all are taken. Held until the answer begins; a slow reader holds none.
    pub fn enter(&self) -> Option<SemaphorePermit<'_>> {
        self.places.try_acquire().ok()
    }

    /// The request with its form read, so that nobody holds a place by sending slowly. Only those who are known may send
    /// more than a form, and that gate reads for itself.
    pub async fn whole(&self, request: Request) -> Result<Request, Response> {
        if matches!(*request.method(), Method::GET | Method::HEAD) {
            return Ok(request);
        }
        let (parts, body) = request.into_parts();
        // One byte more than fits lets the form say itself that it is too large.
        let read = tokio::time::timeout(self.limits.form_time, to_bytes(body, MAX_FORM_BYTES + 1)).await;
        match read {
            Ok(Ok(bytes)) => Ok(Request::from_parts(parts, Body::from(bytes))),
            Ok(Err(_)) => Err(plain(&parts, StatusCode::PAYLOAD_TOO_LARGE, None)),
            Err(_) => Err(plain(&parts, StatusCode::REQUEST_TIMEOUT, None)),
        }
    }
}

/// The answer to who comes when all places are taken.
pub fn busy(request: Request, taxii: bool) -> Response {
    if taxii {
        exchange::taxii::busy(WAIT_S)
    } else {
        plain(&request.into_parts().0, StatusCode::SERVICE_UNAVAILABLE, Some(WAIT_S))
    }
}

/// Probes cost nothing and are always answered.
pub fn is_probe(path: &str) -> bool {
    matches!(path, "/health" | "/ready")
}
