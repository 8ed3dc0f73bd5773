//! Consumers at every gate: what each is to the verdict, and how often it may ask.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::Realm;
use records::consumer::{Consumer, Relation};
use share::{Receiver, Standing};

use crate::desk::Desk;
use crate::edge;

/// What is left to consumers that have a rate; the others are not in it.
#[derive(Debug, Default)]
pub(crate) struct Budgets {
    by_name: Mutex<HashMap<String, Budget>>,
}

/// Requests that may be made at once, and since when that is so.
#[derive(Debug, Clone, Copy)]
struct Budget {
    requests: f64,
    at: Instant,
}

impl Budgets {
    /// A bucket of one second's requests, filled as time passes. Otherwise the time until the next is there.
    fn take(&self, name: &str, rate_per_s: u32, now: Instant) -> Result<(), Duration> {
        let rate = f64::from(rate_per_s.max(1));
        // Names are those of consumers on the record, so there are no more than that.
        let mut by_name = self.by_name.lock().unwrap_or_else(PoisonError::into_inner);
        let budget = by_name.entry(name.to_owned()).or_insert(Budget { requests: rate, at: now });
        let passed = now.saturating_duration_since(budget.at).as_secs_f64();
        let requests = (budget.requests + passed * rate).min(rate);
        *budget = Budget { requests, at: now };
        if requests < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - requests) / rate));
        }
        budget.requests -= 1.0;
        Ok(())
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

    /// Counts a request of a consumer, over whichever gate it comes. When it asks more often than its record allows,
    /// the whole seconds it should wait.
    pub fn admit(&self, consumer: &Consumer) -> Result<(), u64> {
        let Some(rate_per_s) = consumer.rate_per_s else { return Ok(()) };
        let taken = self.budgets.take(&consumer.name, rate_per_s, edge::monotonic());
        taken.map_err(|wait| wait.as_secs_f64().ceil().max(1.0) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_consumer_may_ask_as_often_as_its_rate_and_again_after_a_while() {
        let budgets = Budgets::default();
        let start = edge::monotonic();
        for _ in 0..4 {
            assert_eq!(budgets.take("soc", 4, start), Ok(()));
        }
        assert_eq!(budgets.take("soc", 4, start), Err(Duration::from_millis(250)));
        assert_eq!(budgets.take("other", 4, start), Ok(()));
        assert_eq!(budgets.take("soc", 4, start + Duration::from_millis(250)), Ok(()));
        assert!(budgets.take("soc", 4, start + Duration::from_millis(260)).is_err());
    }
}
