//! From where a clock runs: a fact, the real submission of a stage, its limit, or the end of a year.

use serde::Deserialize;

/// The start of a clock.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
pub enum Anchor {
    /// An instant of the incident record: `aware`, `discovered`, …
    Fact(String),
    /// When that stage was really submitted, never its limit.
    Submitted(String),
    /// When that stage was received: the clock of the other side.
    Received(String),
    /// The limit of that stage.
    Due(String),
    /// The last day of the calendar year of a fact.
    YearEnd(String),
}

/// The text is no anchor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no anchor; write a fact, submitted(stage), received(stage), due(stage) or year_end(fact)")]
pub struct AnchorError(String);

impl std::str::FromStr for Anchor {
    type Err = AnchorError;

    fn from_str(text: &str) -> Result<Self, AnchorError> {
        let fault = || AnchorError(text.chars().take(80).collect());
        let plain = |word: &str| {
            let fits = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'.' || b == b'-';
            let good = !word.is_empty() && word.len() <= 60 && word.bytes().all(fits);
            good.then(|| word.to_owned()).ok_or_else(fault)
        };
        let Some((head, rest)) = text.split_once('(') else { return Ok(Self::Fact(plain(text)?)) };
        let inside = plain(rest.strip_suffix(')').ok_or_else(fault)?)?;
        match head {
            "submitted" => Ok(Self::Submitted(inside)),
            "received" => Ok(Self::Received(inside)),
            "due" => Ok(Self::Due(inside)),
            "year_end" => Ok(Self::YearEnd(inside)),
            _ => Err(fault()),
        }
    }
}

impl TryFrom<String> for Anchor {
    type Error = AnchorError;

    fn try_from(text: String) -> Result<Self, AnchorError> {
        text.parse()
    }
}

impl Anchor {
    /// The stage that it speaks of, if it does.
    pub fn stage(&self) -> Option<&str> {
        match self {
            Self::Submitted(stage) | Self::Received(stage) | Self::Due(stage) => Some(stage),
            Self::Fact(_) | Self::YearEnd(_) => None,
        }
    }

    /// The fact that it speaks of, if it does.
    pub fn fact(&self) -> Option<&str> {
        match self {
            Self::Fact(fact) | Self::YearEnd(fact) => Some(fact),
            Self::Submitted(_) | Self::Received(_) | Self::Due(_) => None,
        }
    }
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Fact(fact) => f.write_str(fact),
            Self::Submitted(stage) => write!(f, "submitted({stage})"),
            Self::Received(stage) => write!(f, "received({stage})"),
            Self::Due(stage) => write!(f, "due({stage})"),
            Self::YearEnd(fact) => write!(f, "year_end({fact})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Anchor;

    #[test]
    fn anchors_are_read_and_written_alike() {
        for text in
            ["aware", "submitted(nis2.in)", "due(sec.105)", "year_end(discovered)", "received(nis2.ew)"]
        {
            let anchor: Anchor = text.parse().expect("an anchor");
            assert_eq!(anchor.to_string(), text);
        }
        for text in ["", "sent(x)", "submitted(", "submitted()", "a b"] {
            assert!(text.parse::<Anchor>().is_err(), "{text}");
        }
    }
}
