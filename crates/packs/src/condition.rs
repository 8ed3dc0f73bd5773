//! When a stage, or one limb of its clock, applies: on a class of entity, a fact, a number, or an order in time.

use serde::Deserialize;

use crate::anchor::{Anchor, AnchorError};
use crate::period::{Period, PeriodError};

/// One condition. What is unknown does not exclude a stage, unless `certain` says that it must be known.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "Written")]
pub struct Condition {
    /// What is asked.
    pub test: Test,
    /// The answer that the stage needs.
    pub is: bool,
    /// Unknown does not suffice.
    pub certain: bool,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// Is the entity of this class?
    Class(String),
    /// Is the fact true? Unknown, it is judged by an order in time, if one is given.
    Truth(String, Option<Compare>),
    /// At least so many.
    AtLeast(String, f64),
    /// More than so many.
    MoreThan(String, f64),
    /// Fewer than so many.
    Below(String, f64),
    /// Is one moment later than another?
    Later(Compare),
}

/// `later > than+plus`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compare {
    /// The moment that may be later.
    pub later: Anchor,
    /// Than this one,
    pub than: Anchor,
    /// and so much after it.
    pub plus: Option<Period>,
}

/// Why a condition cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// None or several of the questions.
    #[error("a condition asks one thing; give exactly one of `fact`, `class` and `compare`")]
    Question,
    /// A number and a truth at once.
    #[error("give one of `is`, `at_least`, `more_than` and `below`; numbers belong to `fact`")]
    Answer,
    /// Not a comparison.
    #[error("{0:?} is no comparison; write `a > b` or `a > b+PT24H`")]
    Compare(String),
    /// A moment in it.
    #[error(transparent)]
    Anchor(#[from] AnchorError),
    /// The period in it.
    #[error(transparent)]
    Period(#[from] PeriodError),
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    fact: Option<String>,
    class: Option<String>,
    compare: Option<String>,
    judged_by: Option<String>,
    is: Option<bool>,
    at_least: Option<Count>,
    more_than: Option<Count>,
    below: Option<Count>,
    #[serde(default)]
    certain: bool,
}

/// A number, written with or without a point.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(untagged)]
enum Count {
    Whole(i32),
    Part(f64),
}

impl Count {
    fn number(self) -> f64 {
        match self {
            Self::Whole(number) => f64::from(number),
            Self::Part(number) => number,
        }
    }
}

impl TryFrom<Written> for Condition {
    type Error = ConditionError;

    fn try_from(written: Written) -> Result<Self, ConditionError> {
        let judged_by = written.judged_by.as_deref().map(str::parse).transpose()?;
        let numbers = [written.at_least, written.more_than, written.below].map(|n| n.map(Count::number));
        let (test, is) = match (written.fact, written.class, written.compare) {
            (Some(fact), None, None) => match (written.is, numbers) {
                (Some(is), [None, None, None]) => (Test::Truth(fact, judged_by), is),
                (None, [Some(n), None, None]) => (Test::AtLeast(fact, n), true),
                (None, [None, Some(n), None]) => (Test::MoreThan(fact, n), true),
                (None, [None, None, Some(n)]) => (Test::Below(fact, n), true),
                _ => return Err(ConditionError::Answer),
            },
            (None, Some(class), None) => (
                Test::Class(class),
                written.is.filter(|_| numbers == [None; 3]).ok_or(ConditionError::Answer)?,
            ),
            (None, None, Some(compare)) => (
                Test::Later(compare.parse()?),
                written.is.filter(|_| numbers == [None; 3]).ok_or(ConditionError::Answer)?,
            ),
            _ => return Err(ConditionError::Question),
        };
        Ok(Self { test, is, certain: written.certain })
    }
}

impl std::str::FromStr for Compare {
    type Err = ConditionError;

    fn from_str(text: &str) -> Result<Self, ConditionError> {
        let fault = || ConditionError::Compare(text.chars().take(80).collect());
        let (later, rest) = text.split_once('>').ok_or_else(fault)?;
        let (than, plus) = match rest.split_once('+') {
            Some((than, plus)) => (than, Some(plus.trim().parse()?)),
            None => (rest, None),
        };
        Ok(Self { later: later.trim().parse()?, than: than.trim().parse()?, plus })
    }
}

impl Condition {
    /// The anchors that it looks at.
    pub fn anchors(&self) -> Vec<&Anchor> {
        match &self.test {
            Test::Later(compare) | Test::Truth(_, Some(compare)) => vec![&compare.later, &compare.than],
            Test::Class(_)
            | Test::Truth(_, None)
            | Test::AtLeast(..)
            | Test::MoreThan(..)
            | Test::Below(..) => Vec::new(),
        }
    }

    /// The fact that it looks at, when it looks at one.
    pub fn fact(&self) -> Option<&str> {
        match &self.test {
            Test::Truth(fact, _)
            | Test::AtLeast(fact, _)
            | Test::MoreThan(fact, _)
            | Test::Below(fact, _) => Some(fact),
            Test::Class(_) | Test::Later(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Condition, Test};

    #[derive(serde::Deserialize)]
    struct Holder {
        when: Condition,
    }

    fn read(text: &str) -> Result<Condition, toml::de::Error> {
        toml::from_str::<Holder>(&format!("when = {text}")).map(|holder| holder.when)
    }

    #[test]
    fn a_condition_asks_exactly_one_thing() {
        let later =
            read(r#"{ compare = "classified_major > aware+PT24H", is = false }"#).expect("a condition");
        assert!(matches!(later.test, Test::Later(_)) && !later.is && !later.certain);
        assert!(read(r#"{ fact = "affected_individuals", at_least = 500 }"#).is_ok());
        for bad in [
            "{ is = true }",
            r#"{ fact = "a", class = "b", is = true }"#,
            r#"{ fact = "a" }"#,
            r#"{ fact = "a", is = true, below = 3 }"#,
            r#"{ compare = "a < b", is = true }"#,
            r#"{ class = "a", at_least = 2 }"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }
}
