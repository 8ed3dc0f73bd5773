//! Instants. `stated_at` (by the author), `received_at` (by the ledger) and `now` (given by the edge)
//! are three names for three things.

pub use jiff::civil;
pub use jiff::tz::TimeZone;
pub use jiff::{SignedDuration, Timestamp, Zoned};

/// RFC 3339 in UTC with exactly three fraction digits, as our own records write it.
pub fn millis(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// RFC 3339 in UTC with exactly six fraction digits (TAXII 2.1 §1.5 timestamps).
pub fn micros(at: Timestamp) -> String {
    format!("{at:.6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fractions_have_a_fixed_number_of_digits() {
        let at: Timestamp = "2026-11-25T02:03:04.5Z".parse().expect("a timestamp");
        assert_eq!(millis(at), "2026-11-25T02:03:04.500Z");
        assert_eq!(micros(at), "2026-11-25T02:03:04.500000Z");
    }
}
