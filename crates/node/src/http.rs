//! All gates of HTTP on one router: console, API, TAXII, health, metrics.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::{from_fn, map_response};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use desk::Desk;
use desk::links::Statuses;
use desk::notice::Couriers;
use desk::pages::App;
use desk::past::Bounds;
use desk::sso::Sso;
use exchange::ingest::Intaker;
use exchange::search::Search;
use exchange::taxii::{Taxii, TaxiiOptions};
use tower::ServiceExt as _;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;

use crate::admission::{self, Admission};
use crate::armour;
use crate::doors;
use crate::metrics::Metrics;
use crate::packed;
use crate::past;
use crate::server::Late;

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
    /// The organisation's identity provider, when there is one.
    pub sso: Option<Arc<Sso>>,
    /// What the node takes on at once.
    pub admission: Arc<Admission>,
    /// The regimes whose reports anybody may send by a public form.
    pub public_reports: Vec<String>,
    /// How much of the past is kept ready at once.
    pub past: Bounds,
    /// How notices leave the console.
    pub couriers: Option<Arc<Couriers>>,
}

/// What is served.
#[derive(Debug)]
pub struct Gates {
    /// All gates.
    pub router: Router,
    /// What they measure.
    pub metrics: Arc<Metrics>,
    /// The console behind them, for what it does by itself.
    pub app: App,
}

/// The gates of one node.
pub fn router(
    desk: Arc<Desk>,
    intaker: Arc<Intaker>,
    links: Option<Arc<Statuses>>,
    site: &Site,
) -> Result<Gates> {
    let metrics = Arc::new(Metrics::new(Arc::clone(&desk), links.clone(), Arc::clone(&site.admission)));
    let search =
        Search::open(&desk).context("cannot open the search index search.db; remove it, it is made anew")?;
    let plugged = doors::site(&desk, Arc::clone(&search), links, Arc::clone(&intaker), site.tls);
    let public_reports = site.public_reports.clone();
    let (sso, origin, couriers) = (site.sso.clone(), site.public_url.clone(), site.couriers.clone());
    let app =
        App::new(Arc::clone(&desk), desk::pages::Site { public_reports, sso, origin, couriers, ..plugged });
    let itself = app.clone();
    let console = console(app.clone(), search, Arc::clone(&intaker))?;
    let past = past::gate(app.clone(), console.clone(), site.past)?.layer(from_fn(packed::pages));
    let assets = console.clone().layer(CompressionLayer::new());
    let console = console.layer(from_fn(packed::pages));
    let taxii = taxii(&desk, intaker, site);
    let admission = Arc::clone(&site.admission);
    let (mut side, measured) = (Router::new(), Arc::clone(&metrics));
    if site.metrics {
        side = side.merge(measures(Arc::clone(&metrics)));
    }
    // TAXII answers everything below its path in its own media type, errors too; so the way parts before routing.
    let gates = tower::service_fn(move |request: Request| {
        let path = request.uri().path();
        let (gate, name) = match path {
            _ if is_taxii(path) => (taxii.clone(), "taxii"),
            _ if path.starts_with("/assets/") => (assets.clone(), "console"),
            _ if desk::pages::asks(request.uri()) => (past.clone(), "console"),
            _ => (console.clone(), "console"),
        };
        let (metrics, admission, app) = (Arc::clone(&metrics), Arc::clone(&admission), app.clone());
        async move {
            let began = desk::edge::monotonic();
            metrics.waited(request.extensions().get::<Late>().map_or(Duration::ZERO, |late| late.0));
            let response = admitted(gate, (name == "taxii", app), request, &admission).await;
            metrics.request(name, response.status().as_u16(), began.elapsed());
            Ok::<_, Infallible>(response)
        }
    });
    let tls = site.tls;
    let dressed = map_response(move |response: Response| armour::put_on(response, tls));
    let router = side.fallback_service(gates).layer(CatchPanicLayer::new()).layer(dressed);
    Ok(Gates { router, metrics: measured, app: itself })
}

/// `/metrics`, and whether the process is alive, for a listener of its own: it answers when the other is full.
pub fn metrics_router(metrics: Arc<Metrics>) -> Router {
    let alive = Router::new().route("/health", get(|| async { "ok\n" }));
    alive.merge(measures(metrics))
}

fn measures(metrics: Arc<Metrics>) -> Router {
    Router::new().route("/metrics", get(move || async move { metrics.answer() }))
}

pub(crate) fn console(app: App, search: Arc<Search>, intaker: Arc<Intaker>) -> Result<Router> {
    let document = crate::openapi::text()?;
    let json = [(http::header::CONTENT_TYPE, "application/json")];
    let describe = move || async move { (json, document).into_response() };
    let described: Router = Router::new().route("/api/v1/openapi.json", get(describe));
    let own = desk::pages::router(app.clone()).merge(described);
    Ok(own
        .merge(accord::routes(app.clone()))
        .merge(notify::routes(app.clone()))
        .merge(picture::routes(app.clone()))
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

/// Lets the gate answer, when there is room for one more.
async fn admitted(
    gate: Router,
    (taxii, app): (bool, App),
    request: Request,
    admission: &Admission,
) -> Response<Body> {
    let request = if taxii { Ok(request) } else { admission.whole(request).await };
    let request = match request {
        Ok(request) => request,
        Err(refused) => return refused,
    };
    if admission::is_probe(request.uri().path()) {
        let Ok(response) = gate.oneshot(request).await;
        return response;
    }
    let late = request.extensions().get::<Late>().map_or(Duration::ZERO, |late| late.0);
    // TAXII knows programs only.
    let (method, headers) = (request.method(), request.headers());
    let person = async || !taxii && app.is_person(headers).await;
    match admission.enter(method, late, person).await {
        Err(shed) => {
            let answer = admission::busy(request, taxii, shed);
            admission.hold().await;
            answer
        }
        Ok(_admitted) => {
            let Ok(response) = gate.oneshot(request).await;
            response
        }
    }
}
