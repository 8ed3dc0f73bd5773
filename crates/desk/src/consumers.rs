//! Consumers at every gate: what each is to the verdict, and how much it may ask.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use model::Realm;
use records::consumer::{Consumer, Relation};
use share::{Receiver, Standing};

use crate::bucket::Bucket;
use crate::desk::Desk;
use crate::edge;

/// How much one consumer may ask of this node, whatever its record allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConsumerLimits {
    /// Requests worked on at once.
    pub at_once: usize,
    /// Requests each second to one route; 0 leaves it to the consumer's record.
    pub route_rate_per_s: u32,
}

impl Default for ConsumerLimits {
    fn default() -> Self {
        Self { at_once: 64, route_rate_per_s: 0 }
    }
}

/// What consumers have used. Names are those on the record and routes those of the program: there are few of both.
#[derive(Debug)]
pub(crate) struct Budgets {
    began: Instant,
    limits: OnceLock<ConsumerLimits>,
    by_name: Mutex<HashMap<String, Use>>,
}

#[derive(Debug, Default)]
struct Use {
    all: Bucket,
    by_route: HashMap<String, Bucket>,
    at_once: Arc<AtomicUsize>,
}

/// A consumer's request that is let in; its place is free again when this is dropped.
#[derive(Debug)]
pub struct Admitted(Arc<AtomicUsize>);

impl Drop for Admitted {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Budgets {
    pub(crate) fn new(began: Instant) -> Self {
        Self { began, limits: OnceLock::new(), by_name: Mutex::default() }
    }

    /// Counts one request. When it is one too many, the time until the next may be let in.
    fn take(
        &self,
        name: &str,
        rate_per_s: Option<u32>,
        route: &str,
        now: Instant,
    ) -> Result<Admitted, Duration> {
        let limits = self.limits.get().copied().unwrap_or_default();
        let now_ns = now.saturating_duration_since(self.began).as_nanos() as u64;
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        let used = by_name.entry(name.to_owned()).or_default();
        if used.at_once.load(Ordering::Acquire) >= limits.at_once {
            return Err(Duration::from_secs(1));
        }
        // Both are asked before either is charged: who is refused by one loses nothing of the other.
        let (mut all, mut one) = (used.all, used.by_route.get(route).copied().unwrap_or_default());
        let wait = |refused: u64| Duration::from_nanos(refused);
        rate_per_s.map_or(Ok(()), |rate| all.take(rate, now_ns)).map_err(wait)?;
        if limits.route_rate_per_s > 0 {
            one.take(limits.route_rate_per_s, now_ns).map_err(wait)?;
            used.by_route.insert(route.to_owned(), one);
        }
        used.all = all;
        used.at_once.fetch_add(1, Ordering::AcqRel);
        Ok(Admitted(Arc::clone(&used.at_once)))
    }
}

/// The receiver that a consumer is at every gate.
pub fn receiver_of(consumer: &Consumer, realm: Realm) -> Receiver {
    let standing = match (consumer.party, consumer.relation) {
        (Some(party), _) => Standing::Party(party),
        (None, Relation::Organisation) => Standing::Organisation,
        (None, Relation::Client) => Standing::Client,
        (None, Relation::Community) => Standing::Community,
        (None, Relation::Public) => Standing::Public,
    };
    let agreements = Some(consumer.agreements.iter().copied().collect());
    Receiver { realm, standing, clearance: consumer.clearance, agreements }
}

impl Desk {
    /// The receiver that a consumer is at every gate of this desk.
    pub fn receiver_of(&self, consumer: &Consumer) -> Receiver {
        receiver_of(consumer, self.realm.clone())
    }

    /// Bounds what each consumer may ask, once, before anybody asks.
    pub fn bound_consumers(&self, limits: ConsumerLimits) {
        let _ = self.budgets.limits.set(limits); // the first word counts
    }

    /// Counts a request of a consumer to a route, over whichever gate it comes. When it asks more than its record or this
    /// node allows, the whole seconds it should wait.
    pub fn admit(&self, consumer: &Consumer, route: &str) -> Result<Admitted, u64> {
        let taken = self.budgets.take(&consumer.name, consumer.rate_per_s, route, edge::monotonic());
        taken.map_err(|wait| wait.as_secs_f64().ceil().max(1.0) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budgets(at_once: usize, route_rate_per_s: u32) -> (Budgets, Instant) {
        let start = edge::monotonic();
        let budgets = Budgets::new(start);
        budgets.limits.set(ConsumerLimits { at_once, route_rate_per_s }).expect("not yet set");
        (budgets, start)
    }

    #[test]
    fn a_consumer_may_ask_as_often_as_its_rate_and_again_after_a_while() {
        let (budgets, start) = budgets(100, 0);
        let take = |name, at| budgets.take(name, Some(4), "GET /a", at).map(drop);
        for _ in 0..4 {
            assert_eq!(take("soc", start), Ok(()));
        }
        assert_eq!(take("soc", start), Err(Duration::from_millis(250)));
        assert_eq!(take("other", start), Ok(()));
        assert_eq!(take("soc", start + Duration::from_millis(250)), Ok(()));
        assert!(take("soc", start + Duration::from_millis(260)).is_err());
    }

    #[test]
    fn each_route_has_a_rate_of_its_own_and_a_refusal_there_costs_nothing_elsewhere() {
        let (budgets, start) = budgets(100, 2);
        let take = |route| budgets.take("soc", Some(5), route, start).map(drop);
        assert_eq!((take("GET /a"), take("GET /a")), (Ok(()), Ok(())));
        assert_eq!(take("GET /a"), Err(Duration::from_millis(500)));
        assert_eq!((take("GET /b"), take("GET /b")), (Ok(()), Ok(())));
        assert_eq!(take("GET /c"), Ok(()), "the fifth of the consumer's own rate");
        assert!(take("GET /d").is_err());
    }

    #[test]
    fn so_many_requests_at_once_and_one_more_when_one_has_ended() {
        let (budgets, start) = budgets(2, 0);
        let take = || budgets.take("soc", None, "GET /a", start);
        let (first, _second) = (take().expect("a place"), take().expect("a place"));
        assert_eq!(take().map(drop), Err(Duration::from_secs(1)));
        assert!(budgets.take("other", None, "GET /a", start).is_ok());
        drop(first);
        assert!(take().is_ok());
    }
}
