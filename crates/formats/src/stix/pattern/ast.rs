//! The tree of a pattern. Texts borrow from the pattern unless they held escapes.

use std::borrow::Cow;

/// A whole pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Pattern<'a> {
    /// The observation expression.
    pub root: Observation<'a>,
}

/// What must have been observed (§9.5).
#[derive(Debug, Clone, PartialEq)]
pub enum Observation<'a> {
    /// `[ … ]`: one observation that satisfies the comparison.
    Single(Comparison<'a>),
    /// All of these.
    And(Vec<Observation<'a>>),
    /// Any of these.
    Or(Vec<Observation<'a>>),
    /// These, in this order in time.
    FollowedBy(Vec<Observation<'a>>),
    /// An observation with qualifiers (§9.5.1).
    Qualified(Box<Observation<'a>>, Vec<Qualifier<'a>>),
}

/// A restriction in time or number.
#[derive(Debug, Clone, PartialEq)]
pub enum Qualifier<'a> {
    /// `WITHIN n SECONDS`.
    Within(f64),
    /// `REPEATS n TIMES`.
    Repeats(u64),
    /// `START t'…' STOP t'…'`.
    StartStop(Cow<'a, str>, Cow<'a, str>),
}

/// What one observation must satisfy (§9.6).
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison<'a> {
    /// All of these.
    And(Vec<Comparison<'a>>),
    /// Any of these.
    Or(Vec<Comparison<'a>>),
    /// One test.
    Test(Test<'a>),
}

/// A test of one object path.
#[derive(Debug, Clone, PartialEq)]
pub struct Test<'a> {
    /// The path.
    pub path: Path<'a>,
    /// Whether `NOT` stands before the operator.
    pub negated: bool,
    /// Operator and constant.
    pub predicate: Predicate<'a>,
}

/// An operator with its constant.
#[derive(Debug, Clone, PartialEq)]
pub enum Predicate<'a> {
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Compare(Operator, Constant<'a>),
    /// `IN ( … )`.
    In(Vec<Constant<'a>>),
    /// `LIKE`: `%` any text, `_` one character.
    Like(Cow<'a, str>),
    /// `MATCHES`: a PCRE; whoever runs it bounds time and memory.
    Matches(Cow<'a, str>),
    /// `ISSUBSET` of a network.
    IsSubset(Cow<'a, str>),
    /// `ISSUPERSET` of a network.
    IsSuperset(Cow<'a, str>),
    /// `EXISTS`.
    Exists,
}

/// A comparison operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operator {
    /// `=`.
    Equal,
    /// `!=`.
    NotEqual,
    /// `<`.
    Less,
    /// `<=`.
    LessOrEqual,
    /// `>`.
    Greater,
    /// `>=`.
    GreaterOrEqual,
}

/// A constant (§9.2).
#[derive(Debug, Clone, PartialEq)]
pub enum Constant<'a> {
    /// Integer.
    Int(i64),
    /// Number with a point.
    Float(f64),
    /// String.
    Text(Cow<'a, str>),
    /// `true` or `false`.
    Bool(bool),
    /// `t'…'`, without the quotes.
    Time(Cow<'a, str>),
    /// `h'…'`, digits as written.
    Hex(Cow<'a, str>),
    /// `b'…'`, base64 as written.
    Binary(Cow<'a, str>),
}

/// `type:property.step[0].step`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path<'a> {
    /// The type of the object.
    pub object_type: Cow<'a, str>,
    /// The steps; the first is always a key.
    pub steps: Vec<Step<'a>>,
}

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<'a> {
    /// A property or dictionary key.
    Key(Cow<'a, str>),
    /// An item of a list; negative counts from the end.
    Index(i64),
    /// Any item of a list.
    Any,
}

/// A value that a pattern looks for, for search: `domain-name`, `value`, `evil.example`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match<'p> {
    /// The type of the object.
    pub object_type: &'p str,
    /// The path without the type, such as `hashes.'SHA-256'`.
    pub path: String,
    /// The value as text.
    pub value: String,
}

impl<'a> Pattern<'a> {
    /// Every test, in the order written.
    pub fn tests(&self) -> Vec<&Test<'a>> {
        let mut found = Vec::new();
        collect(&self.root, &mut found);
        found
    }

    /// Every value that the pattern looks for by `=` or `IN`.
    pub fn matches(&self) -> Vec<Match<'_>> {
        let mut found = Vec::new();
        for test in self.tests() {
            let constants = match &test.predicate {
                Predicate::Compare(Operator::Equal, constant) if !test.negated => {
                    std::slice::from_ref(constant)
                }
                Predicate::In(constants) if !test.negated => constants,
                _ => continue,
            };
            for constant in constants {
                let (object_type, path) = (&*test.path.object_type, test.path.steps_text());
                found.push(Match { object_type, path, value: constant.plain_text() });
            }
        }
        found
    }
}

fn collect<'p, 'a>(observation: &'p Observation<'a>, found: &mut Vec<&'p Test<'a>>) {
    match observation {
        Observation::Single(comparison) => comparison.collect(found),
        Observation::And(parts) | Observation::Or(parts) | Observation::FollowedBy(parts) => {
            parts.iter().for_each(|part| collect(part, found));
        }
        Observation::Qualified(inner, _) => collect(inner, found),
    }
}

impl<'a> Comparison<'a> {
    fn collect<'p>(&'p self, found: &mut Vec<&'p Test<'a>>) {
        match self {
            Comparison::And(parts) | Comparison::Or(parts) => {
                parts.iter().for_each(|part| part.collect(found))
            }
            Comparison::Test(test) => found.push(test),
        }
    }
}
