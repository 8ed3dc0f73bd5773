//! Lines of the log that strangers can cause: so many a second, and how many were left out.

use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use crate::bucket::Bucket;
use crate::edge;

/// Lines a second, and as many at once.
const PER_S: u32 = 10;

/// Whether one more line is written.
#[derive(Debug)]
pub struct Seldom {
    began: Instant,
    state: Mutex<(Bucket, u64)>,
}

impl Default for Seldom {
    fn default() -> Self {
        Self { began: edge::monotonic(), state: Mutex::default() }
    }
}

impl Seldom {
    /// How many lines were left out since the last one, when another may be written now.
    pub fn may_say(&self) -> Option<u64> {
        self.may_say_at(self.began.elapsed().as_nanos() as u64)
    }

    fn may_say_at(&self, now_ns: u64) -> Option<u64> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.0.take(PER_S, now_ns) {
            Ok(()) => Some(std::mem::take(&mut state.1)),
            Err(_) => {
                state.1 += 1;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_leaves_ten_lines_a_second_and_their_number() {
        let seldom = Seldom::default();
        let said: Vec<_> = (0..1_000).filter_map(|n| seldom.may_say_at(n * 1_000)).collect();
        assert_eq!(said, [0; 10]);
        assert_eq!(seldom.may_say_at(100_000_000), Some(990));
        assert_eq!(seldom.may_say_at(100_000_001), None);
        assert_eq!(seldom.may_say_at(2_000_000_000), Some(1));
    }
}
