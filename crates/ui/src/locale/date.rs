//! Dates and times, written the way of each language. Hours run to 24 in both: an officer never asks
//! whether 2:05 was at night.

use model::time::{TimeZone, Timestamp, Zoned};

use super::Locale;

const MONTHS_EN: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MONTHS_FR: [&str; 12] =
    ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."];

impl Locale {
    /// 25 Nov 2026 or 25 nov. 2026, in `zone`.
    pub fn date(self, at: Timestamp, zone: &TimeZone) -> String {
        self.civil_date(&at.to_zoned(zone.clone()))
    }

    /// 25 Nov 2026, 14:05 UTC, in UTC.
    pub fn utc(self, at: Timestamp) -> String {
        self.moment(&at.to_zoned(TimeZone::UTC), "UTC")
    }

    /// 25 Nov 2026, 15:05 CET, in `zone` and with its abbreviation.
    pub fn local(self, at: Timestamp, zone: &TimeZone) -> String {
        let zoned = at.to_zoned(zone.clone());
        let abbreviation = zoned.time_zone().to_offset_info(at).abbreviation().to_owned();
        self.moment(&zoned, &abbreviation)
    }

    /// 14:05, in `zone`.
    pub fn clock(self, at: Timestamp, zone: &TimeZone) -> String {
        at.to_zoned(zone.clone()).strftime("%H:%M").to_string()
    }

    fn moment(self, at: &Zoned, zone: &str) -> String {
        let comma = match self {
            Locale::En => ",",
            Locale::Fr => " à",
        };
        format!("{}{comma} {} {zone}", self.civil_date(at), at.strftime("%H:%M"))
    }

    fn civil_date(self, at: &Zoned) -> String {
        let month = usize::from(at.month().unsigned_abs()).saturating_sub(1).min(11);
        match (self, at.day()) {
            (Locale::En, day) => format!("{day} {} {}", MONTHS_EN[month], at.year()),
            // The first of a month is an ordinal in French.
            (Locale::Fr, 1) => format!("1er {} {}", MONTHS_FR[month], at.year()),
            (Locale::Fr, day) => format!("{day} {} {}", MONTHS_FR[month], at.year()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_the_way_of_each_language() {
        let at: Timestamp = "2026-11-25T14:05:09Z".parse().expect("a timestamp");
        let paris = TimeZone::get("Europe/Paris").expect("a zone");
        assert_eq!(Locale::En.utc(at), "25 Nov 2026, 14:05 UTC");
        assert_eq!(Locale::Fr.utc(at), "25 nov. 2026 à 14:05 UTC");
        assert_eq!(Locale::Fr.local(at, &paris), "25 nov. 2026 à 15:05 CET");
        assert_eq!(
            Locale::Fr.date("2026-05-01T00:00:00Z".parse().expect("a timestamp"), &TimeZone::UTC),
            "1er mai 2026"
        );
        assert_eq!(Locale::En.clock(at, &paris), "15:05");
    }
}
