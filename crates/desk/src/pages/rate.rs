//! How often somebody may try a password: a token bucket for each name and address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Mutex;

use model::Timestamp;
use model::time::SignedDuration;

/// Attempts at once.
const BURST: f64 = 6.0;
/// Seconds until one more attempt.
const REFILL_S: f64 = 20.0;
/// Buckets remembered; a full one is no different from none.
const MAX_BUCKETS: usize = 20_000;

/// Who tries: an account's name from one address.
type Who = (String, Option<IpAddr>);

#[derive(Debug, Clone, Copy)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// Every bucket that is not full.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    buckets: Mutex<HashMap<Who, Bucket>>,
}

impl Attempts {
    /// Takes one attempt, or says how long to wait.
    pub(super) fn take(
        &self,
        name: &str,
        from: Option<IpAddr>,
        now: Timestamp,
    ) -> Result<(), SignedDuration> {
        let mut buckets = self.buckets.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if buckets.len() >= MAX_BUCKETS {
            buckets.retain(|_, bucket| filled(bucket, now) < BURST);
            forget_oldest(&mut buckets);
        }
        let who = (name.chars().take(64).collect(), from);
        let bucket = buckets.entry(who).or_insert(Bucket { tokens: BURST, at: now });
        let tokens = filled(bucket, now);
        if tokens < 1.0 {
            return Err(SignedDuration::from_secs(((1.0 - tokens) * REFILL_S).ceil() as i64));
        }
        *bucket = Bucket { tokens: tokens - 1.0, at: now };
        Ok(())
    }

    /// Somebody who got in has not been guessing.
    pub(super) fn forget(&self, name: &str, from: Option<IpAddr>) {
        let mut buckets = self.buckets.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        buckets.remove(&(name.chars().take(64).collect(), from));
    }
}

fn filled(bucket: &Bucket, now: Timestamp) -> f64 {
    let passed_s = now.duration_since(bucket.at).as_secs_f64().max(0.0);
    (bucket.tokens + passed_s / REFILL_S).min(BURST)
}

fn forget_oldest(buckets: &mut HashMap<Who, Bucket>) {
    if buckets.len() < MAX_BUCKETS {
        return;
    }
    let oldest = buckets.iter().min_by_key(|(_, bucket)| bucket.at).map(|(who, _)| who.clone());
    if let Some(who) = oldest {
        buckets.remove(&who);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_slows_down_and_time_gives_attempts_back() {
        let attempts = Attempts::default();
        let start = Timestamp::UNIX_EPOCH;
        for _ in 0..6 {
            assert_eq!(attempts.take("duty", None, start), Ok(()));
        }
        assert_eq!(attempts.take("duty", None, start), Err(SignedDuration::from_secs(20)));
        assert_eq!(attempts.take("other", None, start), Ok(()));
        let later = start + SignedDuration::from_secs(21);
        assert_eq!(attempts.take("duty", None, later), Ok(()));
        assert!(attempts.take("duty", None, later).is_err());
    }
}
