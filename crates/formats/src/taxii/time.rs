//! TAXII timestamps: written with exactly six fraction digits, read with any (§2).

use std::fmt;

use jiff::Timestamp;

/// A timestamp as TAXII writes it, `2026-11-25T09:30:00.000000Z`, on the stack.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaxiiTime([u8; 27]);

impl TaxiiTime {
    /// From microseconds since 1970; instants outside the years 0000 to 9999 are held at the edge.
    pub fn from_micros(micros: i64) -> Self {
        let micros = micros.clamp(-62_167_219_200_000_000, 253_402_300_799_999_999);
        let (seconds, fraction) = (micros.div_euclid(1_000_000), micros.rem_euclid(1_000_000));
        let (days, of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let (year, month, day) = civil(days);
        let mut out = *b"0000-00-00T00:00:00.000000Z";
        digits(&mut out[0..4], year);
        digits(&mut out[5..7], month);
        digits(&mut out[8..10], day);
        digits(&mut out[11..13], of_day / 3600);
        digits(&mut out[14..16], of_day / 60 % 60);
        digits(&mut out[17..19], of_day % 60);
        digits(&mut out[20..26], fraction);
        Self(out)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        // Only ASCII was written.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for TaxiiTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TaxiiTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

fn digits(out: &mut [u8], mut number: i64) {
    for place in out.iter_mut().rev() {
        *place = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

/// Year, month and day of a number of days since 1970, counted in years that begin in March.
fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + i64::from(month <= 2), month, day)
}

/// Reads a timestamp of another party as microseconds, rounded down: any number of digits, `Z` or
/// an offset (whose `+` a careless client sends as a space), `T` or a space, or no zone at all
/// (then UTC, as IntelMQ means it). `None` when it is no time.
pub fn parse_time(text: &str) -> Option<i64> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    if let Some(time) = crate::stix::StixTime::parse(text) {
        return Some(time.micros());
    }
    let trimmed = shorten_fraction(text);
    let read =
        |text: &str| text.parse::<Timestamp>().ok().map(|time| time.as_nanosecond().div_euclid(1000) as i64);
    read(&trimmed).or_else(|| read(&format!("{trimmed}Z"))).or_else(|| {
        let (date_time, offset) = trimmed.rsplit_once(' ')?;
        read(&format!("{date_time}+{offset}"))
    })
}

/// Cuts a fraction to nine digits, which is all that the general reader takes.
fn shorten_fraction(text: &str) -> String {
    let Some((head, tail)) = text.split_once('.') else { return text.to_owned() };
    let end = tail.find(|c: char| !c.is_ascii_digit()).unwrap_or(tail.len());
    format!("{head}.{}{}", &tail[..end.min(9)], &tail[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn times_of_others_are_read_generously() {
        let noon = 1_764_072_000_000_000;
        for text in [
            "2025-11-25T12:00:00Z",
            "2025-11-25T12:00:00.000Z",
            "2025-11-25T13:00:00+01:00",
            "2025-11-25T13:00:00 01:00",
            "2025-11-25 12:00:00",
            "2025-11-25T12:00:00.000000000000Z",
            "2025-11-25T12:00:00",
        ] {
            assert_eq!(parse_time(text), Some(noon), "{text}");
        }
        for text in ["", "yesterday", "2025-11-25", "1764072000", "2025-02-30T00:00:00Z"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn six_digits_are_written_and_read_back(micros in -62_135_596_800_000_000i64..253_402_207_200_000_000) {
            let text = TaxiiTime::from_micros(micros).to_string();
            prop_assert_eq!(&text, &format!("{:.6}", Timestamp::from_microsecond(micros).expect("in range")));
            prop_assert_eq!(parse_time(&text), Some(micros));
        }

        #[test]
        fn any_text_is_survived(text in ".{0,70}") {
            let _ = parse_time(&text);
        }
    }
}
