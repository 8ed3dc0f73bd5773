//! STIX timestamps: the text is kept as received, versions are compared by instant.

use std::cmp::Ordering;

/// A timestamp as STIX writes it (STIX 2.1 §2.16): RFC 3339 in UTC with `Z` and any number of
/// fraction digits. Two are equal when they name the same instant: `…00.5Z` = `…00.500Z`.
#[derive(Debug, Clone, Copy)]
pub struct StixTime<'a> {
    text: &'a str,
    seconds: i64,
    nanos: u32,
    digits: u8,
}

impl<'a> StixTime<'a> {
    /// Reads a timestamp; `None` when the text is not of the form or names no day of the calendar.
    /// The leap second `:60` counts as the second after it, as in POSIX time.
    pub fn parse(text: &'a str) -> Option<Self> {
        let bytes = text.as_bytes();
        let head = bytes.first_chunk::<19>()?;
        if [head[4], head[7], head[10], head[13], head[16]] != *b"--T::" {
            return None;
        }
        let (year, month, day) = (pair(head, 0)? * 100 + pair(head, 2)?, pair(head, 5)?, pair(head, 8)?);
        let (hour, minute, second) = (pair(head, 11)?, pair(head, 14)?, pair(head, 17)?);
        if !(1..=12).contains(&month) || day == 0 || day > days_in(year, month) {
            return None;
        }
        if hour > 23 || minute > 59 || second > 60 {
            return None;
        }
        let (nanos, digits) = match &bytes[19..] {
            b"Z" => (0, 0),
            [b'.', digits @ .., b'Z'] if !digits.is_empty() => (fraction(digits)?, digits.len()),
            _ => return None,
        };
        let seconds =
            days_from_epoch(year, month, day) * 86_400 + i64::from(hour * 3600 + minute * 60 + second);
        Some(Self { text, seconds, nanos, digits: digits.min(255) as u8 })
    }

    /// The text as received.
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// Microseconds since 1970, rounded down.
    pub const fn micros(&self) -> i64 {
        self.seconds * 1_000_000 + (self.nanos / 1000) as i64
    }

    /// Seconds since 1970 and nanoseconds; digits beyond the ninth are ignored.
    pub const fn instant(&self) -> (i64, u32) {
        (self.seconds, self.nanos)
    }

    /// Fraction digits as written; `created` and `modified` must have three.
    pub const fn fraction_digits(&self) -> u8 {
        self.digits
    }

    /// The instant as the rest of Entente keeps time; `None` outside its years.
    pub fn timestamp(&self) -> Option<jiff::Timestamp> {
        jiff::Timestamp::new(self.seconds, i32::try_from(self.nanos).ok()?).ok()
    }

    /// The form in which python-stix2 hashes it: no trailing zeros in the fraction.
    pub fn normalised(&self) -> String {
        let head = &self.text[..19];
        let fraction = self.text[19..].trim_matches(['.', 'Z']).trim_end_matches('0');
        if fraction.is_empty() { format!("{head}Z") } else { format!("{head}.{fraction}Z") }
    }
}

impl PartialEq for StixTime<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for StixTime<'_> {}

impl PartialOrd for StixTime<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StixTime<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

fn pair(bytes: &[u8; 19], at: usize) -> Option<u32> {
    let (tens, ones) = (bytes[at].wrapping_sub(b'0'), bytes[at + 1].wrapping_sub(b'0'));
    if tens > 9 || ones > 9 { None } else { Some(u32::from(tens) * 10 + u32::from(ones)) }
}

/// The first nine digits as nanoseconds.
fn fraction(digits: &[u8]) -> Option<u32> {
    let (mut nanos, mut scale) = (0u32, 100_000_000u32);
    for digit in digits {
        let digit = digit.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        nanos += u32::from(digit) * scale;
        scale /= 10;
    }
    Some(nanos)
}

const fn days_in(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days since 1970-01-01 in the proleptic Gregorian calendar, counting years from March so that
/// the leap day is the last of its year.
fn days_from_epoch(year: u32, month: u32, day: u32) -> i64 {
    let shifted = i64::from(year) - i64::from(month <= 2);
    let (era, of_era) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let month_from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + i64::from(day) - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digits_are_kept_and_instants_compared() {
        let short = StixTime::parse("2024-02-29T23:59:59.5Z").expect("valid");
        let long = StixTime::parse("2024-02-29T23:59:59.500000000000Z").expect("valid");
        assert_eq!(short, long);
        assert_eq!((short.fraction_digits(), long.fraction_digits()), (1, 12));
        assert_eq!(long.as_str(), "2024-02-29T23:59:59.500000000000Z");
        assert_eq!(long.normalised(), "2024-02-29T23:59:59.5Z");
        assert_eq!(
            StixTime::parse("2024-02-29T23:59:59.000Z").map(|t| t.normalised()).as_deref(),
            Some("2024-02-29T23:59:59Z")
        );
    }

    #[test]
    fn other_forms_are_refused() {
        for text in [
            "2023-02-29T00:00:00Z",
            "2023-01-01T00:00:00",
            "2023-01-01T00:00:00+00:00",
            "2023-01-01 00:00:00Z",
            "2023-01-01T00:00:00.Z",
            "2023-01-01T24:00:00Z",
            "2023-13-01T00:00:00Z",
            "2023-01-01t00:00:00z",
            "",
            "2023-01-01T00:00:00.1x2Z",
            "２023-01-01T00:00:00Z",
        ] {
            assert!(StixTime::parse(text).is_none(), "{text}");
        }
        assert!(StixTime::parse("2016-12-31T23:59:60Z").is_some(), "leap seconds are allowed");
    }

    proptest! {
        #[test]
        fn the_instant_is_what_jiff_says(micros in -62_135_596_800_000_000i64..253_402_207_200_000_000) {
            let expected = jiff::Timestamp::from_microsecond(micros).expect("in range");
            let text = format!("{expected:.6}");
            let time = StixTime::parse(&text).expect("jiff writes RFC 3339");
            prop_assert_eq!(time.micros(), micros);
            prop_assert_eq!(time.timestamp(), Some(expected));
        }

        #[test]
        fn any_text_is_survived(text in ".{0,40}") {
            let _ = StixTime::parse(&text);
        }
    }
}
