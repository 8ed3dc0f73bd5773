//! TAXII 2.1 server: strict in what it sends, tolerant in what it accepts (OASIS Standard, 10 June 2021).
//!
//! `/taxii2/` is discovery; each agreement is an API root `/taxii2/<name>/` with one collection. What a consumer
//! sees is what the verdict releases to it. Paths work with and without the final slash, never by redirect.

mod answer;
mod auth;
mod body;
mod delete;
mod manifest;
mod objects;
mod post;
mod refused;
mod roots;
mod shelf;
mod status;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::routing::get;
use desk::Desk;
use desk::seldom::Seldom;

use crate::ingest::Intaker;

/// What the server is told when it starts.
#[derive(Debug, Clone)]
pub struct TaxiiOptions {
    /// The URL under which consumers reach this node, without a final slash; else the Host header is believed.
    pub public_url: Option<String>,
    /// True when the listener speaks TLS.
    pub tls: bool,
    /// The largest body of a POST, bytes.
    pub max_content_length: usize,
    /// How long the whole body of a POST may take to come.
    pub body_time: Duration,
    /// Objects on a page when the client names no limit.
    pub default_limit: usize,
    /// Objects on a page at most.
    pub max_limit: usize,
}

impl Default for TaxiiOptions {
    fn default() -> Self {
        Self {
            public_url: None,
            tls: false,
            max_content_length: 100 << 20,
            body_time: Duration::from_secs(300),
            default_limit: 5_000,
            max_limit: 10_000,
        }
    }
}

/// The server's state.
#[derive(Debug)]
pub struct Taxii {
    desk: Arc<Desk>,
    intaker: Arc<Intaker>,
    options: TaxiiOptions,
    /// The last arrival that each consumer posted: its next read shows at least that.
    posted: Mutex<HashMap<String, u64>>,
    shelf: shelf::Shelf,
    /// One page is made ahead at a time.
    reading_ahead: Arc<tokio::sync::Semaphore>,
    /// Refusals in the log.
    refusals: Seldom,
}

/// How long a consumer's read waits for its own write to be folded.
const PATIENCE: Duration = Duration::from_secs(5);

impl Taxii {
    /// A server for `desk`.
    pub fn new(desk: Arc<Desk>, intaker: Arc<Intaker>, options: TaxiiOptions) -> Arc<Self> {
        Arc::new(Self {
            desk,
            intaker,
            options,
            posted: Mutex::new(HashMap::new()),
            shelf: shelf::Shelf::default(),
            reading_ahead: Arc::new(tokio::sync::Semaphore::new(1)),
            refusals: Seldom::default(),
        })
    }

    fn note_posted(&self, consumer: &str, seq: u64) {
        let mut posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
        let last = posted.entry(consumer.to_owned()).or_default();
        *last = (*last).max(seq);
    }

    /// Waits until the consumer's own writes are folded; a late view is served as it is.
    async fn read_own_writes(&self, consumer: &str) {
        let wanted = {
            let posted = self.posted.lock().unwrap_or_else(PoisonError::into_inner);
            posted.get(consumer).copied().unwrap_or(0)
        };
        if wanted > self.desk.views.folded() {
            let _ = self.desk.views.wait(wanted, PATIENCE).await;
        }
    }
}

/// The answer of a node that has too much to do, given before anything is looked up.
pub fn busy(wait_s: u64) -> axum::response::Response {
    axum::response::IntoResponse::into_response(answer::Failure::busy(wait_s))
}

/// The routes of the server.
pub fn routes(taxii: Arc<Taxii>) -> Router {
    let mut router = Router::new();
    for slash in ["", "/"] {
        let at = |path: &str| format!("/taxii2{path}{slash}");
        router = router
            .route(&at(""), get(roots::discovery))
            .route(&at("/{root}"), get(roots::root))
            .route(&at("/{root}/status/{id}"), get(status::status))
            .route(&at("/{root}/collections"), get(roots::collections))
            .route(&at("/{root}/collections/{id}"), get(roots::collection))
            .route(&at("/{root}/collections/{id}/manifest"), get(manifest::manifest))
            .route(&at("/{root}/collections/{id}/objects"), get(objects::objects).post(post::post))
            .route(
                &at("/{root}/collections/{id}/objects/{object}"),
                get(objects::object).delete(delete::delete),
            )
            .route(&at("/{root}/collections/{id}/objects/{object}/versions"), get(manifest::versions));
    }
    let noted = axum::middleware::from_fn_with_state(Arc::clone(&taxii), refused::note);
    let router = router.fallback(answer::unknown).method_not_allowed_fallback(answer::not_allowed);
    router.layer(noted).with_state(taxii)
}
