//! All gates of HTTP on one router: console, API, TAXII, health, metrics.

use std::convert::Infallible;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use desk::Desk;
use desk::links::Statuses;
use desk::pages::App;
use exchange::ingest::Intaker;
use exchange::search::Search;
use exchange::taxii::{Taxii, TaxiiOptions};
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;

use crate::doors;
use crate::metrics::Metrics;

/// How the router is reached.
#[derive(Debug, Clone, Default)]
pub struct Site {
    /// True when browsers and clients reach it over TLS, here or at a proxy.
    pub tls: bool,
    /// The URL under which they do, without a final slash.
    pub public_url: Option<String>,
    /// Bounds of TAXII other than the defaults.
    pub taxii: Option<TaxiiOptions>,
    /// True when this listener may serve `/metrics`.
    pub metrics: bool,
}

/// The router of one node.
pub fn router(
    desk: Arc<Desk>,
    intaker: Arc<Intaker>,
    links: Option<Arc<Statuses>>,
    site: &Site,
) -> Result<Router> {
    let metrics = Arc::new(Metrics::new(Arc::clone(&desk), links.clone()));
    let search =
        Search::open(&desk).context("cannot open the search index search.db; remove it, it is made anew")?;
    let app = App::new(Arc::clone(&desk), doors::site(&desk, links, site.tls));
    let console = console(app, search, Arc::clone(&intaker))?;
    let taxii = taxii(&desk, intaker, site);
    let mut side = Router::new();
    if site.metrics {
        side = side.merge(metrics_router(Arc::clone(&metrics)));
    }
    // TAXII answers everything below its path in its own media type, errors too; so the way parts before routing.
    let gates = tower::service_fn(move |request: Request| {
        let taxii = is_taxii(request.uri().path()).then(|| taxii.clone());
        let gate = taxii.unwrap_or_else(|| console.clone());
        let metrics = Arc::clone(&metrics);
        async move { Ok::<_, Infallible>(measured(gate, request, &metrics).await) }
    });
    Ok(side.fallback_service(gates).layer(CatchPanicLayer::new()))
}

/// `/metrics` alone, for a listener of its own.
pub fn metrics_router(metrics: Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(move || async move { metrics.answer() }))
}

fn console(app: App, search: Arc<Search>, intaker: Arc<Intaker>) -> Result<Router> {
    let document = crate::openapi::text()?;
    let described = get(move || async move {
        ([(http::header::CONTENT_TYPE, "application/json")], document).into_response()
    });
    let described: Router = Router::new().route("/api/v1/openapi.json", described);
    let own = desk::pages::router(app.clone()).merge(described);
    Ok(own
        .merge(accord::routes(app.clone()))
        .merge(notify::routes(app.clone()))
        .merge(exchange::pages::routes(app, search, intaker)))
}

fn taxii(desk: &Arc<Desk>, intaker: Arc<Intaker>, site: &Site) -> Router {
    let options = TaxiiOptions {
        public_url: site.public_url.clone(),
        tls: site.tls,
        ..site.taxii.clone().unwrap_or_default()
    };
    exchange::taxii::routes(Taxii::new(Arc::clone(desk), intaker, options))
}

fn is_taxii(path: &str) -> bool {
    path.strip_prefix("/taxii2").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

async fn measured(gate: Router, request: Request, metrics: &Metrics) -> Response<Body> {
    let name = if is_taxii(request.uri().path()) { "taxii" } else { "console" };
    let began = desk::edge::monotonic();
    let Ok(response) = gate.oneshot(request).await;
    metrics.request(name, response.status().as_u16(), began.elapsed());
    response
}
