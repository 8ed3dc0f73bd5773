//! Metrics for Prometheus: how far ledger, views and links are, and what HTTP does.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::response::{IntoResponse as _, Response};
use desk::Desk;
use desk::links::{LinkState, Statuses};
use http::StatusCode;
use http::header::CONTENT_TYPE;
use ledger::State;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

use crate::admission::Admission;

type Labels = Vec<(&'static str, String)>;
type Gauges = Family<Labels, Gauge<i64>>;

/// What is measured as it happens; the rest is read when asked.
pub struct Metrics {
    desk: Arc<Desk>,
    links: Option<Arc<Statuses>>,
    admission: Arc<Admission>,
    requests: Family<Labels, Counter<u64, AtomicU64>>,
    seconds: Family<Labels, Histogram>,
    waits: Histogram,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

/// Upper bounds of the time buckets, seconds.
const BUCKETS: [f64; 8] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0];

impl Metrics {
    /// Metrics of one desk, its links, and what it is asked.
    pub fn new(desk: Arc<Desk>, links: Option<Arc<Statuses>>, admission: Arc<Admission>) -> Self {
        let seconds = Family::new_with_constructor((|| Histogram::new(BUCKETS)) as fn() -> Histogram);
        Self { desk, links, admission, requests: Family::default(), seconds, waits: Histogram::new(BUCKETS) }
    }

    /// Counts one answered request.
    pub fn request(&self, gate: &str, status: u16, took: Duration) {
        let class = format!("{}xx", status / 100);
        let gate = ("gate", gate.to_owned());
        self.requests.get_or_create(&vec![gate.clone(), ("status", class)]).inc();
        self.seconds.get_or_create(&vec![gate]).observe(took.as_secs_f64());
    }

    /// Counts how late one request was when it was looked at.
    pub fn waited(&self, late: Duration) {
        self.waits.observe(late.as_secs_f64());
    }

    /// Everything in the text format of OpenMetrics 1.0.
    pub fn answer(&self) -> Response {
        let mut text = String::new();
        if encode(&mut text, &self.registry()).is_err() {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
        ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], text).into_response()
    }

    fn registry(&self) -> Registry {
        let mut registry = Registry::with_prefix("entente");
        registry.register("http_requests", "Requests answered", self.requests.clone());
        registry.register("http_seconds", "Time until the answer began", self.seconds.clone());
        registry.register("http_wait_seconds", "Time that requests waited for a thread", self.waits.clone());
        let (late, shed) = self.admission.measures();
        let (late_s, told) = (Gauge::<f64, AtomicU64>::default(), Counter::<u64>::default());
        late_s.set(late.as_secs_f64());
        told.inc_by(shed);
        registry.register("http_late_seconds", "How long requests wait for a thread", late_s);
        registry.register(
            "http_shed",
            "Requests told to come back because the node has too much to do",
            told,
        );
        self.register_ledger(&mut registry);
        self.register_links(&mut registry);
        registry
    }

    fn register_ledger(&self, registry: &mut Registry) {
        let ready = i64::from(matches!(self.desk.ledger.state(), State::Ready));
        let failing = i64::from(self.desk.views.failure().is_some());
        gauge(registry, "ledger_ready", "1 while the ledger takes writes", ready);
        let log = self.desk.folder.join("ledger.db-wal");
        let log_bytes = std::fs::metadata(log).map_or(0, |file| file.len() as i64);
        gauge(registry, "ledger_log_bytes", "Size of the write-ahead log of the ledger", log_bytes);
        let free = rustix::fs::statvfs(&self.desk.folder);
        let free_bytes = free.map_or(0, |disk| disk.f_bavail.saturating_mul(disk.f_frsize) as i64);
        gauge(registry, "disk_free_bytes", "Free space on the disk of the data folder", free_bytes);
        gauge(registry, "ledger_arrived", "Entries that have arrived", self.desk.ledger.last_seq() as i64);
        gauge(registry, "views_folded", "Entries that the views show", self.desk.views.folded() as i64);
        gauge(registry, "views_failing", "1 while the views cannot follow", failing);
        let sizes = Gauges::default();
        for (_, key, size) in self.desk.ledger.logs() {
            sizes.get_or_create(&vec![("party", key.party.to_string())]).set(size as i64);
        }
        registry.register("log_records", "Records of each log", sizes);
    }

    fn register_links(&self, registry: &mut Registry) {
        let Some(links) = &self.links else { return };
        let (up, held, acknowledged) = (Gauges::default(), Gauges::default(), Gauges::default());
        for (peer, status) in links.all() {
            let labels = vec![("party", peer.to_string())];
            up.get_or_create(&labels).set(i64::from(status.state == LinkState::Up));
            held.get_or_create(&labels).set(status.held as i64);
            acknowledged.get_or_create(&labels).set(status.acked as i64);
        }
        registry.register("link_up", "1 while a session is open", up);
        registry.register("link_held", "Records of the peer that are here", held);
        registry.register("link_acknowledged", "Own records that the peer holds", acknowledged);
    }
}

fn gauge(registry: &mut Registry, name: &str, help: &str, value: i64) {
    let gauge = Gauge::<i64>::default();
    gauge.set(value);
    registry.register(name, help, gauge);
}
