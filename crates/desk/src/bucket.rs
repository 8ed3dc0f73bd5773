//! A token bucket in whole nanoseconds: the same requests at the same instants get the same answers on every machine.
//!
//! It is kept as one number, the instant at which the bucket is full again (the generic cell rate algorithm): a request
//! moves that instant on by its share of a second, and is refused when it would lie more than a burst ahead.

const SECOND_NS: u64 = 1_000_000_000;

/// What one asker has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Bucket {
    full_at_ns: u64,
}

impl Bucket {
    /// Takes one of `per_s` requests a second, of which as many may come at once. Otherwise the nanoseconds to wait.
    pub(crate) fn take(&mut self, per_s: u32, now_ns: u64) -> Result<(), u64> {
        let share = SECOND_NS / u64::from(per_s.max(1));
        let room = share.saturating_mul(u64::from(per_s.max(1)));
        let full_at = self.full_at_ns.max(now_ns).saturating_add(share);
        match full_at.saturating_sub(now_ns).checked_sub(room) {
            None | Some(0) => {
                self.full_at_ns = full_at;
                Ok(())
            }
            Some(wait_ns) => Err(wait_ns),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_burst_is_taken_at_once_and_each_share_of_a_second_gives_one_more() {
        let mut bucket = Bucket::default();
        let start = 77 * SECOND_NS;
        for _ in 0..4 {
            assert_eq!(bucket.take(4, start), Ok(()));
        }
        assert_eq!(bucket.take(4, start), Err(SECOND_NS / 4));
        assert_eq!(bucket.take(4, start + SECOND_NS / 4), Ok(()));
        assert_eq!(bucket.take(4, start + SECOND_NS / 4 + 1), Err(SECOND_NS / 4 - 1));
    }

    proptest! {
        #[test]
        fn never_more_than_a_burst_and_the_rate_pass_and_who_waits_as_told_gets_in(
            per_s in 1..5_000_u32, gaps in prop::collection::vec(0..400_000_000_u64, 1..200)
        ) {
            let (mut bucket, mut now, mut passed) = (Bucket::default(), 0, 0_u64);
            for gap in gaps {
                now += gap;
                match bucket.take(per_s, now) {
                    Ok(()) => passed += 1,
                    Err(wait) => prop_assert_eq!(bucket.clone().take(per_s, now + wait), Ok(())),
                }
                // One share is a little less than a whole one where a second does not divide: at most one more in 10⁴ s.
                let most = u64::from(per_s) + now / (SECOND_NS / u64::from(per_s)) + 1;
                prop_assert!(passed <= most, "{} passed of {}", passed, most);
            }
        }
    }
}
