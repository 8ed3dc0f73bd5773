//! Patterns that parse and still cannot do what their author meant. They are accepted, stored and
//! labelled: the reference validator accepts them too, and other products exchange them.

use std::collections::BTreeSet;

use super::super::time::StixTime;
use super::ast::{Comparison, Constant, Observation, Operator, Pattern, Predicate, Qualifier, Step, Test};

/// What is odd about a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    /// Tests of different object types joined by AND in one pair of brackets.
    #[error("can never match: one observation cannot be {0} at once; use [ … ] AND [ … ] or OR")]
    DifferentTypes(String),
    /// The same path must equal two values.
    #[error("can never match: {0} cannot equal two values at once; use OR")]
    Contradiction(String),
    /// A number compared with a string.
    #[error("{0} is a number, the constant is a string: strictly, this never matches; remove the quotes")]
    QuotedNumber(String),
    /// `IN ()`.
    #[error("can never match: the set after IN is empty")]
    EmptySet,
    /// `REPEATS 0` or `WITHIN 0`.
    #[error("a qualifier of zero; use a positive number")]
    ZeroQualifier,
    /// `START` not before `STOP`.
    #[error("can never match: START must be before STOP")]
    StartAfterStop,
    /// A timestamp that is no day of the calendar.
    #[error("{0} is no day of the calendar")]
    NoSuchDay(String),
}

impl Remark {
    /// The section of the standard.
    pub const fn clause(&self) -> &'static str {
        match self {
            Remark::DifferentTypes(_) => "§9.5",
            Remark::Contradiction(_) | Remark::EmptySet | Remark::QuotedNumber(_) => "§9.6.1",
            Remark::ZeroQualifier | Remark::StartAfterStop => "§9.5.1",
            Remark::NoSuchDay(_) => "§9.2",
        }
    }

    /// Stable kebab-case name.
    pub const fn code(&self) -> &'static str {
        match self {
            Remark::DifferentTypes(_)
            | Remark::Contradiction(_)
            | Remark::EmptySet
            | Remark::StartAfterStop => "pattern-never-matches",
            Remark::QuotedNumber(_) => "pattern-quoted-number",
            Remark::ZeroQualifier => "pattern-zero-qualifier",
            Remark::NoSuchDay(_) => "pattern-no-such-day",
        }
    }
}

/// Looks a pattern over. At most a few dozen remarks; each kind matters once.
pub fn remarks(pattern: &Pattern<'_>) -> Vec<Remark> {
    let mut found = Vec::new();
    observation(&pattern.root, &mut found);
    found.truncate(20);
    found
}

fn observation(node: &Observation<'_>, found: &mut Vec<Remark>) {
    match node {
        Observation::Single(comparison) => {
            types(comparison, found);
        }
        Observation::And(parts) | Observation::Or(parts) | Observation::FollowedBy(parts) => {
            parts.iter().for_each(|part| observation(part, found));
        }
        Observation::Qualified(inner, qualifiers) => {
            observation(inner, found);
            qualifiers.iter().for_each(|qualifier| qualified(qualifier, found));
        }
    }
}

fn qualified(qualifier: &Qualifier<'_>, found: &mut Vec<Remark>) {
    match qualifier {
        Qualifier::Within(seconds) if *seconds <= 0.0 => found.push(Remark::ZeroQualifier),
        Qualifier::Repeats(0) => found.push(Remark::ZeroQualifier),
        Qualifier::StartStop(from, to) => match (StixTime::parse(from), StixTime::parse(to)) {
            (Some(from), Some(to)) if from >= to => found.push(Remark::StartAfterStop),
            (Some(_), Some(_)) => {}
            (None, _) => found.push(Remark::NoSuchDay(from.to_string())),
            (_, None) => found.push(Remark::NoSuchDay(to.to_string())),
        },
        Qualifier::Within(_) | Qualifier::Repeats(_) => {}
    }
}

/// The object types of which one observation could satisfy the comparison.
fn types<'p>(node: &'p Comparison<'_>, found: &mut Vec<Remark>) -> BTreeSet<&'p str> {
    match node {
        Comparison::Test(test) => {
            constants(test, found);
            BTreeSet::from([&*test.path.object_type])
        }
        Comparison::Or(parts) => parts.iter().flat_map(|part| types(part, found)).collect(),
        Comparison::And(parts) => {
            let each: Vec<BTreeSet<&str>> = parts.iter().map(|part| types(part, found)).collect();
            let common = each.iter().skip(1).fold(each[0].clone(), |left, right| &left & right);
            if common.is_empty() && each.iter().all(|types| !types.is_empty()) {
                let all: BTreeSet<&str> = each.iter().flatten().copied().collect();
                let names = all.into_iter().take(4).collect::<Vec<_>>().join(" and ");
                found.push(Remark::DifferentTypes(names));
            }
            contradictions(parts, found);
            common
        }
    }
}

fn constants(test: &Test<'_>, found: &mut Vec<Remark>) {
    if matches!(&test.predicate, Predicate::In(list) if list.is_empty()) && !test.negated {
        found.push(Remark::EmptySet);
    }
    let [Step::Key(property)] = test.path.steps.as_slice() else { return };
    let is_number = matches!(
        (&*test.path.object_type, &**property),
        (
            "network-traffic",
            "src_port" | "dst_port" | "src_byte_count" | "dst_byte_count" | "src_packets" | "dst_packets"
        ) | ("autonomous-system", "number")
            | ("file", "size")
            | ("process", "pid")
    );
    if is_number && matches!(test.predicate, Predicate::Compare(_, Constant::Text(_))) {
        found.push(Remark::QuotedNumber(test.path.to_string()));
    }
}

/// Two equalities of one path without `[*]` exclude each other unless their values are the same.
fn contradictions(parts: &[Comparison<'_>], found: &mut Vec<Remark>) {
    /// Quadratic, so only for what people write by hand.
    const MOST: usize = 64;
    let equal: Vec<(&Test<'_>, &Constant<'_>)> = parts
        .iter()
        .filter_map(|part| match part {
            Comparison::Test(
                test @ Test {
                    negated: false, predicate: Predicate::Compare(Operator::Equal, constant), ..
                },
            ) => Some((test, constant)),
            _ => None,
        })
        .filter(|(test, _)| !test.path.steps.contains(&Step::Any))
        .take(MOST)
        .collect();
    for (index, (test, constant)) in equal.iter().enumerate() {
        let clash =
            equal[index + 1..].iter().any(|(other, value)| other.path == test.path && value != constant);
        if clash {
            found.push(Remark::Contradiction(test.path.to_string()));
        }
    }
}
