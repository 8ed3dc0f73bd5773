//! How long: `PT24H`, `PT120M`, `P14D`, `P1M`, `P2Y` as in ISO 8601, and `4BD` for business days.

use serde::Deserialize;

/// A period as a law states it. How it is counted is another matter: see `Counting`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "String")]
pub enum Period {
    /// Minutes; hours are sixty of them.
    Minutes(i64),
    /// Days.
    Days(i64),
    /// Calendar months.
    Months(i64),
    /// Business days.
    BusinessDays(i64),
}

/// The text is no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no period; write PT24H, PT30M, P14D, P1M, P2Y or 4BD")]
pub struct PeriodError(String);

/// No law here counts further than this many of anything.
const MOST: i64 = 10_000;

impl Period {
    /// Whether nothing passes.
    pub fn is_zero(self) -> bool {
        matches!(self, Self::Minutes(0) | Self::Days(0) | Self::Months(0) | Self::BusinessDays(0))
    }
}

impl std::str::FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let fault = || PeriodError(text.chars().take(40).collect());
        let count = |digits: &str| {
            let known = digits.bytes().all(|b| b.is_ascii_digit()) && digits.len() <= 5;
            let number = known.then(|| digits.parse::<i64>().ok()).flatten();
            number.filter(|number| *number <= MOST).ok_or_else(fault)
        };
        if let Some(digits) = text.strip_suffix("BD") {
            return Ok(Self::BusinessDays(count(digits)?));
        }
        let (body, clock) = match text.strip_prefix("PT") {
            Some(body) => (body, true),
            None => (text.strip_prefix('P').ok_or_else(fault)?, false),
        };
        let unit = body.chars().last().ok_or_else(fault)?;
        let number = count(&body[..body.len() - unit.len_utf8()])?;
        match (clock, unit) {
            (true, 'H') => Ok(Self::Minutes(number * 60)),
            (true, 'M') => Ok(Self::Minutes(number)),
            (false, 'D') => Ok(Self::Days(number)),
            (false, 'M') => Ok(Self::Months(number)),
            (false, 'Y') => Ok(Self::Months(number * 12)),
            _ => Err(fault()),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = PeriodError;

    fn try_from(text: String) -> Result<Self, PeriodError> {
        text.parse()
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Minutes(n) if n % 60 == 0 => write!(f, "PT{}H", n / 60),
            Self::Minutes(n) => write!(f, "PT{n}M"),
            Self::Days(n) => write!(f, "P{n}D"),
            Self::Months(n) if n % 12 == 0 && *n > 0 => write!(f, "P{}Y", n / 12),
            Self::Months(n) => write!(f, "P{n}M"),
            Self::BusinessDays(n) => write!(f, "{n}BD"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Period;

    #[test]
    fn periods_are_read_and_written_alike() {
        for text in ["PT24H", "PT30M", "P14D", "P1M", "P2Y", "4BD", "P0D"] {
            let period: Period = text.parse().expect("a period");
            assert_eq!(period.to_string(), text);
        }
        assert_eq!("PT120M".parse(), Ok(Period::Minutes(120)));
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in ["", "P", "PT", "24H", "PT24D", "P1H", "P-1D", "P1.5D", "P99999D", "BD", "Pé"] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }
}
