//! What the whole node takes on at once: a request beyond it is told to come back, before anything is looked up.
//!
//! Refusing early is what keeps the time of those let in bounded. Two things run short, and each is watched. Reading takes a
//! core, so it is done by a few at a time: who finds no turn waits, in order, as long as [`Patience`] allows for somebody who
//! is so late already. And before that every request waits for a thread of the runtime, which no count of requests at work can
//! see: when most requests of an interval were late by the time they were looked at, the late ones are told to come back, and
//! those that are not get in. Writes wait on the disk instead, all together, and need no turn.
//!
//! Some places and turns are kept for people who have signed in, so that an officer gets in while programs are told to wait.
//! `/health` and `/ready` are always answered, so that nobody restarts a node for being popular.

mod patience;
mod pulse;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::response::Response;
use desk::pages::{MAX_FORM_BYTES, plain};
use http::{Method, StatusCode};
use tokio::sync::{Semaphore, SemaphorePermit};

pub use patience::Patience;
use pulse::{BEAT, Pulse};
pub use pulse::{Lateness, Woken};

/// While a queue stands and many connections are open, one more is accepted in so long.
const ACCEPT_PAUSE: Duration = Duration::from_millis(5);
/// While too much is asked, an answer that tells somebody to come back is held so long: it costs nothing, and whoever asks again
/// at once cannot do so more often than that.
const HOLD: Duration = Duration::from_millis(250);
/// Answers held at once; beyond it they go out at once.
const MAX_HELD: usize = 8_192;
/// Between two lines of the log that say the node has too much to do.
const SAY_AGAIN: Duration = Duration::from_secs(60);

/// How much is taken on.
#[derive(Debug, Clone, Copy)]
pub struct AdmissionLimits {
    /// Requests worked on at once.
    pub requests: usize,
    /// Of them, those that read; 0 for two on each core.
    pub reads: usize,
    /// Requests of people, beyond those.
    pub people: usize,
    /// Of them, those that read.
    pub people_reads: usize,
    /// How long one waits for a turn.
    pub patience: Patience,
    /// How long the body of a form may take to come.
    pub form_time: Duration,
}

impl Default for AdmissionLimits {
    fn default() -> Self {
        Self {
            requests: 256,
            reads: 0,
            people: 32,
            people_reads: 2,
            patience: Patience::default(),
            form_time: Duration::from_secs(30),
        }
    }
}

/// A request at work, until this is dropped.
#[derive(Debug)]
pub struct Admitted<'a> {
    _place: SemaphorePermit<'a>,
    _turn: Option<SemaphorePermit<'a>>,
}

/// Why a request is told to come back, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shed {
    /// `full`: as many as the node takes on are at work. `late`: a turn would come too late.
    pub why: &'static str,
    pub retry_s: u64,
}

/// Places at work, and turns to read.
#[derive(Debug)]
struct Lane {
    places: Semaphore,
    turns: Semaphore,
}

impl Lane {
    fn new(places: usize, turns: usize) -> Self {
        Self { places: Semaphore::new(places), turns: Semaphore::new(turns) }
    }
}

/// The places of the node, and how late it is.
#[derive(Debug)]
pub struct Admission {
    all: Lane,
    people: Lane,
    limits: AdmissionLimits,
    pulse: Pulse,
    /// When it was last seen that no queue stands.
    calm_ns: AtomicU64,
    waiting: AtomicUsize,
    /// Requests of this interval, and those of them that were late.
    seen: AtomicU64,
    tardy: AtomicU64,
    /// Whether most requests of the last interval were late.
    heavy: AtomicBool,
    /// When somebody was last let in.
    let_in_ns: AtomicU64,
    shed: AtomicU64,
    held: AtomicUsize,
}

impl Default for Admission {
    fn default() -> Self {
        Self::new(AdmissionLimits::default())
    }
}

impl Admission {
    /// So many places.
    pub fn new(limits: AdmissionLimits) -> Self {
        let turns = match limits.reads {
            0 => 2 * std::thread::available_parallelism().map_or(2, usize::from),
            reads => reads,
        };
        Self {
            all: Lane::new(limits.requests, turns),
            people: Lane::new(limits.people, limits.people_reads),
            limits,
            pulse: Pulse::default(),
            calm_ns: AtomicU64::new(0),
            waiting: AtomicUsize::new(0),
            seen: AtomicU64::new(0),
            tardy: AtomicU64::new(0),
            heavy: AtomicBool::new(false),
            let_in_ns: AtomicU64::new(0),
            shed: AtomicU64::new(0),
            held: AtomicUsize::new(0),
        }
    }

    /// A place at work, and a turn for who reads, for a request that was `late` when it was read; or when to come back.
    /// Held until the answer begins; who takes it in slowly holds none. `person` says whether somebody who signed in asks;
    /// it is asked only when there is no room for everybody.
    pub async fn enter(
        &self,
        method: &Method,
        late: Duration,
        person: impl AsyncFnOnce() -> bool,
    ) -> Result<Admitted<'_>, Shed> {
        let now = self.pulse.now();
        let late = late.max(self.pulse.late(now));
        self.seen.fetch_add(1, Ordering::Relaxed);
        self.tardy.fetch_add(u64::from(late > self.limits.patience.target), Ordering::Relaxed);
        if let Some(admitted) = self.at_once(method, late, now) {
            return Ok(admitted);
        }
        if person().await
            && let Some(admitted) = self.kept(method).await
        {
            return Ok(admitted);
        }
        let entered = if reads(method) { self.in_turn(late, now).await } else { Err("late") };
        let entered =
            if self.all.places.available_permits() == 0 { entered.map_err(|_| "full") } else { entered };
        entered.map_err(|why| {
            self.shed.fetch_add(1, Ordering::Relaxed);
            Shed { why, retry_s: self.limits.patience.retry_s(self.calm_at(), self.pulse.now()) }
        })
    }

    /// Holds back the answer to somebody who is told to come back, while too much is asked.
    pub async fn hold(&self) {
        let held = Counted::new(&self.held);
        if self.stands() && held.0.load(Ordering::Relaxed) <= MAX_HELD {
            tokio::time::sleep(HOLD).await;
        }
    }

    /// A place that is free, without waiting.
    fn at_once(&self, method: &Method, late: Duration, now: Duration) -> Option<Admitted<'_>> {
        let place = self.all.places.try_acquire().ok()?;
        let too_late = self.is_too_late(late, now);
        let turn = if reads(method) {
            if too_late {
                return None;
            }
            Some(self.all.turns.try_acquire().ok()?)
        } else {
            // While the node is late, writes fill a quarter of the places.
            let most = self.limits.requests - self.limits.requests.div_ceil(4);
            if too_late && self.all.places.available_permits() < most {
                return None;
            }
            None
        };
        self.look(late, now);
        self.let_in_ns.fetch_max(now.as_nanos() as u64, Ordering::Relaxed);
        Some(Admitted { _place: place, _turn: turn })
    }

    /// Whether this one is told to come back although there may be room: most are late, and so is this one. When nobody has
    /// been let in for a moment, somebody is: a node that only refuses is of no use.
    fn is_too_late(&self, late: Duration, now: Duration) -> bool {
        let idle = now.saturating_sub(Duration::from_nanos(self.let_in_ns.load(Ordering::Relaxed)));
        self.heavy.load(Ordering::Relaxed) && late > self.limits.patience.target && idle < BEAT
    }

    /// A place, and a turn when it comes soon enough.
    async fn in_turn(&self, late: Duration, now: Duration) -> Result<Admitted<'_>, &'static str> {
        let place = self.all.places.try_acquire().map_err(|_| "full")?;
        if self.is_too_late(late, now) {
            return Err("late");
        }
        let left = self.limits.patience.left(late, self.calm_at(), now);
        let left = left.saturating_sub(self.pulse.now().saturating_sub(now));
        if left.is_zero() {
            return Err("late");
        }
        let _waits = Counted::new(&self.waiting);
        match tokio::time::timeout(left, self.all.turns.acquire()).await {
            Ok(Ok(turn)) => Ok(Admitted { _place: place, _turn: Some(turn) }),
            _ => Err("late"),
        }
    }

    /// A place and a turn of those kept for people.
    async fn kept(&self, method: &Method) -> Option<Admitted<'_>> {
        let place = self.people.places.try_acquire().ok()?;
        let turn = match reads(method) {
            true => {
                let wait = tokio::time::timeout(self.limits.patience.calm, self.people.turns.acquire());
                Some(wait.await.ok()?.ok()?)
            }
            false => None,
        };
        Some(Admitted { _place: place, _turn: turn })
    }

    fn calm_at(&self) -> Duration {
        Duration::from_nanos(self.calm_ns.load(Ordering::Relaxed))
    }

    /// Whether a queue stands: the node has more to do than it can.
    fn stands(&self) -> bool {
        self.limits.patience.stands(self.calm_at(), self.pulse.now()).is_some()
    }

    /// Notes whether it is calm.
    fn look(&self, late: Duration, now: Duration) {
        if self.heavy.load(Ordering::Relaxed) {
            return;
        }
        if self.limits.patience.is_calm(late, self.waiting.load(Ordering::Relaxed)) {
            self.calm_ns.fetch_max(now.as_nanos() as u64, Ordering::Relaxed);
        }
    }

    /// Looks at the requests of one interval.
    fn weigh(&self) {
        let (seen, late) = (self.seen.swap(0, Ordering::Relaxed), self.tardy.swap(0, Ordering::Relaxed));
        self.heavy.store(Patience::is_heavy(seen, late), Ordering::Relaxed);
    }

    /// How long a listener with so many of at most `most` connections waits before it takes one more.
    pub fn pause(&self, open: usize, most: usize) -> Option<Duration> {
        (open > most / 16 && self.stands()).then_some(ACCEPT_PAUSE)
    }

    /// How late the runtime is, and how many requests were told to come back.
    pub fn measures(&self) -> (Duration, u64) {
        (self.pulse.late(self.pulse.now()), self.shed.load(Ordering::Relaxed))
    }

    /// Beats as long as the runtime runs, and says in the log when the node has too much to do.
    pub async fn beat(self: Arc<Self>) {
        let (mut said_at, mut shed_before) = (None::<Duration>, 0);
        let mut weighed_at = self.pulse.now();
        loop {
            let due = self.pulse.now() + BEAT;
            tokio::time::sleep(BEAT).await;
            let now = self.pulse.now();
            let late = self.pulse.beat(due, now);
            if now >= weighed_at + self.limits.patience.interval {
                self.weigh();
                weighed_at = now;
            }
            // While no turn is free, nobody may be waiting only because nobody is let wait.
            if self.all.turns.available_permits() > 0 {
                self.look(late, now);
            }
            let shed = self.shed.load(Ordering::Relaxed);
            if shed > shed_before && said_at.is_none_or(|at| now > at + SAY_AGAIN) {
                let (late_ms, since) = (late.as_millis(), shed - shed_before);
                tracing::warn!(late_ms, shed = since, "too much is asked: requests are told to come back");
                (said_at, shed_before) = (Some(now), shed);
            }
        }
    }

    /// The request with its form read, so that nobody holds a place by sending slowly. Only those who are known may send
    /// more than a form, and that gate reads for itself.
    pub async fn whole(&self, request: Request) -> Result<Request, Response> {
        if reads(request.method()) {
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

/// Somebody who waits, until this is dropped.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

/// The answer to who is told to come back.
pub fn busy(request: Request, taxii: bool, shed: Shed) -> Response {
    if taxii {
        exchange::taxii::busy(shed.retry_s)
    } else {
        plain(&request.into_parts().0, StatusCode::SERVICE_UNAVAILABLE, Some(shed.retry_s))
    }
}

/// Probes cost nothing and are always answered.
pub fn is_probe(path: &str) -> bool {
    matches!(path, "/health" | "/ready")
}

#[cfg(test)]
mod tests;
