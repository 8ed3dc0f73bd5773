//! Numbers and sizes, written the way of each language.

use super::Locale;

/// French groups digits with a narrow no-break space (U+202F), as the Imprimerie nationale does.
const NARROW: char = '\u{202f}';
/// Between a number and its unit or per cent sign.
const NO_BREAK: char = '\u{a0}';

impl Locale {
    /// 1,234,567 or 1 234 567.
    pub fn integer(self, value: i64) -> String {
        let mut text = String::new();
        if value < 0 {
            text.push('\u{2212}'); // a minus sign, as wide as the digits
        }
        self.group(&mut text, &value.unsigned_abs().to_string());
        text
    }

    /// [`Self::integer`] for counts.
    pub fn count(self, value: u64) -> String {
        let mut text = String::new();
        self.group(&mut text, &value.to_string());
        text
    }

    /// 1,234.5 or 1 234,5, with exactly `digits` fraction digits; – for what is not a number.
    pub fn decimal(self, value: f64, digits: usize) -> String {
        if !value.is_finite() {
            return "–".to_owned();
        }
        let plain = format!("{:.*}", digits.min(9), value.abs());
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let mut text = String::new();
        if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            text.push('\u{2212}');
        }
        self.group(&mut text, whole);
        if !fraction.is_empty() {
            text.push(match self {
                Locale::En => '.',
                Locale::Fr => ',',
            });
            text.push_str(fraction);
        }
        text
    }

    /// `0.123` as 12.3% or 12,3 %.
    pub fn percent(self, share: f64, digits: usize) -> String {
        let number = self.decimal(share * 100.0, digits);
        match self {
            Locale::En => format!("{number}%"),
            Locale::Fr => format!("{number}{NARROW}%"),
        }
    }

    /// +12, −3 or ±0, for changes.
    pub fn signed(self, value: i64) -> String {
        match value {
            0 => "±0".to_owned(),
            1.. => format!("+{}", self.integer(value)),
            _ => self.integer(value),
        }
    }

    /// A size in decimal units: 1.2 MB or 1,2 Mo.
    pub fn bytes(self, size: u64) -> String {
        let units = match self {
            Locale::En => ["B", "kB", "MB", "GB", "TB"],
            Locale::Fr => ["o", "ko", "Mo", "Go", "To"],
        };
        let (mut value, mut unit) = (size as f64, 0);
        while value >= 999.5 && unit + 1 < units.len() {
            value /= 1000.0;
            unit += 1;
        }
        let digits = usize::from(unit > 0 && value < 99.95);
        format!("{}{NO_BREAK}{}", self.decimal(value, digits), units[unit])
    }

    fn group(self, text: &mut String, digits: &str) {
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                text.push(match self {
                    Locale::En => ',',
                    Locale::Fr => NARROW,
                });
            }
            text.push(digit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_the_way_of_each_language() {
        assert_eq!(Locale::En.integer(-1_234_567), "−1,234,567");
        assert_eq!(Locale::Fr.integer(1_234), "1\u{202f}234");
        assert_eq!(Locale::En.decimal(1234.56, 1), "1,234.6");
        assert_eq!(Locale::Fr.decimal(-0.04, 1), "0,0");
        assert_eq!(Locale::Fr.percent(0.123, 1), "12,3\u{202f}%");
        assert_eq!(Locale::En.percent(1.0, 0), "100%");
        assert_eq!(Locale::En.signed(0), "±0");
        assert_eq!(Locale::En.decimal(f64::NAN, 2), "–");
    }

    #[test]
    fn sizes_use_decimal_units_in_the_words_of_the_language() {
        assert_eq!(Locale::En.bytes(999), "999\u{a0}B");
        assert_eq!(Locale::En.bytes(999_950), "1.0\u{a0}MB");
        assert_eq!(Locale::Fr.bytes(1_234_567), "1,2\u{a0}Mo");
        assert_eq!(Locale::Fr.bytes(u64::MAX), "18\u{202f}446\u{202f}744\u{a0}To");
    }
}
