//! What several benches use: the clock, numbers from the command line, the bare engine.
#![allow(dead_code, reason = "several benches share these files and each uses a part of them")]

pub mod bare;
pub mod forks;

use std::time::Instant;

/// The time of day is nothing to a bench, only how much has passed.
#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
pub fn now() -> Instant {
    Instant::now()
}

/// The number after `name` on the command line.
pub fn number(name: &str) -> Option<u64> {
    let mut arguments = std::env::args().skip_while(|argument| argument != name).skip(1);
    arguments.next().and_then(|text| text.parse().ok())
}
