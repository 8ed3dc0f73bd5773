//! What the whole node takes on at once: a request beyond it is told to come back, before anything is looked up.
//!
//! Refusing early is what keeps the time of those let in bounded. Reading is done by a few at a time, for it takes a core
//! each: more of them would only take turns, and keep the node from saying no to the rest. Those few places are waited for
//! a moment, in order; writes wait on the disk instead, all together, and do not need one.
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

/// A request to read waits so long for its turn, and is then told to come back.
const PATIENCE: Duration = Duration::from_secs(1);

/// How much is taken on.
#[derive(Debug, Clone, Copy)]
pub struct AdmissionLimits {
    /// Requests worked on at once.
    pub requests: usize,
    /// Of them, those that read; 0 for four on each core.
    pub reads: usize,
    /// How long the body of a form may take to come.
    pub form_time: Duration,
}

impl Default for AdmissionLimits {
    fn default() -> Self {
        Self { requests: 256, reads: 0, form_time: Duration::from_secs(30) }
    }
}

/// A request at work, until this is dropped.
#[derive(Debug)]
pub struct Admitted<'a> {
    _place: SemaphorePermit<'a>,
    _turn: Option<SemaphorePermit<'a>>,
}

/// The places at work.
#[derive(Debug)]
pub struct Admission {
    places: Semaphore,
    turns: Semaphore,
    limits: AdmissionLimits,
}

impl Admission {
    /// So many places.
    pub fn new(limits: AdmissionLimits) -> Self {
        let turns = match limits.reads {
            0 => 4 * std::thread::available_parallelism().map_or(2, usize::from),
            reads => reads,
        };
        Self { places: Semaphore::new(limits.requests), turns: Semaphore::new(turns), limits }
    }

    /// A place at work, and a turn for who reads, unless all are taken. Held until the answer begins; who takes it in
    /// slowly holds none.
    pub async fn enter(&self, method: &Method) -> Option<Admitted<'_>> {
        let place = self.places.try_acquire().ok()?;
        let turn = match *method {
            Method::GET | Method::HEAD => {
                Some(tokio::time::timeout(PATIENCE, self.turns.acquire()).await.ok()?.ok()?)
            }
            _ => None,
        };
        Some(Admitted { _place: place, _turn: turn })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_reads_waits_a_moment_for_a_turn_and_who_writes_needs_none() {
        let limits = AdmissionLimits { requests: 3, reads: 1, ..AdmissionLimits::default() };
        let admission = Admission::new(limits);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
        runtime.block_on(async {
            let reading = admission.enter(&Method::GET).await.expect("the only turn");
            assert!(admission.enter(&Method::GET).await.is_none(), "told to come back");
            let writing = admission.enter(&Method::POST).await.expect("a place");
            let _more = admission.enter(&Method::POST).await.expect("the last place");
            assert!(admission.enter(&Method::POST).await.is_none());
            drop((reading, writing));
            assert!(admission.enter(&Method::GET).await.is_some());
        });
    }
}
