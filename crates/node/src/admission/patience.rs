//! How long a request may wait, as a function of times alone: the same waits at the same instants give the same answers.
//!
//! A queue that empties now and then only smooths a burst, and waiting in it is worth while. One that has not been empty for a
//! whole interval stands: everybody in it waits, nothing is gained, and the wait grows until clients give up on answers that are
//! still being made. Then only a short wait is allowed and the rest is told to come back (Nichols and Jacobson, "Controlling
//! Queue Delay", 2012, RFC 8289; for requests instead of packets Maurer, "Fail at Scale", 2015).

use std::time::Duration;

/// What is waited for, and how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// While queues empty now and then: the longest wait.
    pub calm: Duration,
    /// While a queue stands: the longest wait, and the lateness of the runtime from which on it counts as a queue.
    pub target: Duration,
    /// A queue stands when it has not been empty for so long.
    pub interval: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        let ms = Duration::from_millis;
        Self { calm: ms(1_000), target: ms(50), interval: ms(100) }
    }
}

/// The seconds of `Retry-After` at most.
const MAX_RETRY_S: u64 = 10;
/// Fewer requests in an interval are never too many.
const MANY: u64 = 32;

impl Patience {
    /// Whether somebody who is `late` by the time they are looked at, with so many `waiting` before them, shows that no queue
    /// stands.
    pub fn is_calm(&self, late: Duration, waiting: usize) -> bool {
        waiting == 0 && late <= self.target
    }

    /// Whether so many requests of one interval, of which so many were later than the target, show that more is asked of the
    /// threads that answer than they can do. Most must be late, for one that is shows nothing; and a node that is hardly asked
    /// gains nothing by refusing, whatever else keeps its machine busy.
    pub fn is_heavy(seen: u64, late: u64) -> bool {
        seen >= MANY && late > seen / 2
    }

    /// For how long a queue has stood at `now`, when the last sign of calm was at `calm_at`; nothing while it does not.
    pub fn stands(&self, calm_at: Duration, now: Duration) -> Option<Duration> {
        let since = now.saturating_sub(calm_at);
        (since > self.interval).then(|| since.saturating_sub(self.interval))
    }

    /// How much longer somebody may wait who is `late` already.
    pub fn left(&self, late: Duration, calm_at: Duration, now: Duration) -> Duration {
        let allowed = if self.stands(calm_at, now).is_some() { self.target } else { self.calm };
        allowed.saturating_sub(late)
    }

    /// When to come back: in a second, and later the longer the queue has stood, so that a crowd thins out.
    pub fn retry_s(&self, calm_at: Duration, now: Duration) -> u64 {
        let stood = self.stands(calm_at, now).unwrap_or_default();
        (1 + stood.as_secs() / 2).min(MAX_RETRY_S)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    fn brief() -> Patience {
        Patience { target: MS(25), ..Patience::default() }
    }

    #[test]
    fn a_burst_may_wait_long_and_a_standing_queue_only_briefly() {
        let patience = brief();
        let calm_at = MS(5_000);
        assert_eq!(patience.left(MS(3), calm_at, MS(5_100)), MS(997), "the interval is not over");
        assert_eq!(patience.left(MS(3), calm_at, MS(5_101)), MS(22), "it stands");
        assert_eq!(patience.left(MS(400), calm_at, MS(5_050)), MS(600), "who came late waits less");
        assert_eq!(patience.left(MS(26), calm_at, MS(9_000)), MS(0));
        assert!(patience.is_calm(MS(25), 0) && !patience.is_calm(MS(26), 0) && !patience.is_calm(MS(0), 1));
    }

    #[test]
    fn only_many_requests_of_which_most_are_late_show_that_it_is_too_much() {
        assert!(Patience::is_heavy(32, 17) && Patience::is_heavy(10_000, 10_000));
        assert!(!Patience::is_heavy(32, 16), "half of them are in time");
        assert!(!Patience::is_heavy(31, 31), "hardly anybody asks");
        assert!(!Patience::is_heavy(0, 0));
    }

    #[test]
    fn the_longer_it_stands_the_later_is_the_time_to_come_back() {
        let patience = brief();
        let at = |now| patience.retry_s(MS(0), MS(now));
        assert_eq!((at(0), at(100), at(1_900), at(2_100), at(8_100)), (1, 1, 1, 2, 5));
        assert_eq!(at(u64::MAX / 2), MAX_RETRY_S);
    }

    /// A queue in front of so many places, asked in whole milliseconds; every wait of somebody who got in.
    fn simulate(offered: &[u64], serves_ms: u64, places: usize, patience: &Patience) -> (Vec<u64>, usize) {
        let mut calm_at = Duration::ZERO;
        let mut free_at = vec![0_u64; places];
        let (mut waits, mut shed) = (Vec::new(), 0);
        for &now in offered {
            let place = free_at.iter_mut().min().expect("a place");
            let wait = place.saturating_sub(now);
            if patience.is_calm(Duration::ZERO, usize::from(wait > 0)) {
                calm_at = MS(now);
            }
            if MS(wait) <= patience.left(Duration::ZERO, calm_at, MS(now)) {
                *place = now.max(*place) + serves_ms;
                waits.push(wait);
            } else {
                shed += 1;
            }
        }
        (waits, shed)
    }

    #[test]
    fn under_ten_times_the_load_the_places_stay_busy_and_who_gets_in_has_hardly_waited() {
        let patience = brief();
        // Four places of 8 ms each serve 500 a second; 5,000 a second come for ten seconds.
        let offered: Vec<u64> = (0..50_000).map(|n| n / 5).collect();
        let (waits, shed) = simulate(&offered, 8, 4, &patience);
        assert!((4_950..=5_150).contains(&waits.len()), "served {}", waits.len());
        assert_eq!(waits.len() + shed, offered.len());
        // Who came before the queue was seen to stand waited longer; those are one interval's worth, and the first.
        let late = waits.iter().rposition(|wait| *wait > 25).map_or(0, |last| last + 1);
        assert!((1..=505).contains(&late), "the {late}th waited long");
    }

    #[test]
    fn a_burst_that_fits_into_the_calm_wait_is_served_whole() {
        let patience = brief();
        let burst: Vec<u64> = vec![0; 40];
        assert_eq!(simulate(&burst, 8, 4, &patience), ((0..10).flat_map(|n| [n * 8; 4]).collect(), 0));
    }

    proptest::proptest! {
        #[test]
        fn nobody_waits_longer_than_the_calm_wait_and_later_never_means_more(
            late in 0..5_000_u64, more in 0..5_000_u64, calm_at in 0..10_000_u64, since in 0..10_000_u64
        ) {
            let patience = brief();
            let left = |late| patience.left(MS(late), MS(calm_at), MS(calm_at + since));
            proptest::prop_assert!(left(late) + MS(late) <= patience.calm.max(MS(late)));
            proptest::prop_assert!(left(late + more) <= left(late));
            // The longer it has stood, the less may be waited.
            let later = patience.left(MS(late), MS(calm_at), MS(calm_at + since + more));
            proptest::prop_assert!(later <= left(late));
            // A clock that seems to go back is no reason to shed.
            proptest::prop_assert_eq!(patience.left(MS(0), MS(calm_at + 1), MS(calm_at)), patience.calm);
        }
    }
}
