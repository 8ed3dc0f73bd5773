//! Prints a tree as a pattern; parsing it gives the same tree.

use std::fmt::{self, Display, Formatter, Write};

use super::ast::{
    Comparison, Constant, Observation, Operator, Path, Pattern, Predicate, Qualifier, Step, Test,
};

impl Display for Pattern<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.root.fmt(f)
    }
}

impl Display for Observation<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Observation::Single(comparison) => write!(f, "[{comparison}]"),
            Observation::And(parts) => join(f, parts, " AND ", |part| rank(part) >= 2),
            Observation::Or(parts) => join(f, parts, " OR ", |part| rank(part) >= 3),
            Observation::FollowedBy(parts) => join(f, parts, " FOLLOWEDBY ", |part| rank(part) >= 4),
            Observation::Qualified(inner, qualifiers) => {
                let bracketed = !matches!(**inner, Observation::Single(_));
                if bracketed {
                    write!(f, "({inner})")?
                } else {
                    inner.fmt(f)?
                }
                qualifiers.iter().try_for_each(|qualifier| write!(f, " {qualifier}"))
            }
        }
    }
}

/// How loosely an observation binds; a part needs brackets when it binds no tighter than its whole.
const fn rank(observation: &Observation<'_>) -> u8 {
    match observation {
        Observation::Single(_) | Observation::Qualified(..) => 1,
        Observation::And(_) => 2,
        Observation::Or(_) => 3,
        Observation::FollowedBy(_) => 4,
    }
}

fn join<T: Display>(
    f: &mut Formatter<'_>,
    parts: &[T],
    word: &str,
    bracketed: impl Fn(&T) -> bool,
) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        if bracketed(part) { write!(f, "({part})")? } else { part.fmt(f)? }
    }
    Ok(())
}

impl Display for Qualifier<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Qualifier::Within(seconds) => write!(f, "WITHIN {seconds} SECONDS"),
            Qualifier::Repeats(times) => write!(f, "REPEATS {times} TIMES"),
            Qualifier::StartStop(from, to) => write!(f, "START t'{from}' STOP t'{to}'"),
        }
    }
}

impl Display for Comparison<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Comparison::And(parts) => join(f, parts, " AND ", |part| !matches!(part, Comparison::Test(_))),
            Comparison::Or(parts) => join(f, parts, " OR ", |part| matches!(part, Comparison::Or(_))),
            Comparison::Test(test) => test.fmt(f),
        }
    }
}

impl Display for Test<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let not = if self.negated { "NOT " } else { "" };
        if matches!(self.predicate, Predicate::Exists) {
            return write!(f, "{not}EXISTS {}", self.path);
        }
        write!(f, "{} {not}", self.path)?;
        match &self.predicate {
            Predicate::Compare(operator, constant) => write!(f, "{operator} {constant}"),
            Predicate::In(constants) => {
                f.write_str("IN (")?;
                join(f, constants, ", ", |_| false)?;
                f.write_char(')')
            }
            Predicate::Like(text) => write!(f, "LIKE {}", Quoted(text)),
            Predicate::Matches(text) => write!(f, "MATCHES {}", Quoted(text)),
            Predicate::IsSubset(text) => write!(f, "ISSUBSET {}", Quoted(text)),
            Predicate::IsSuperset(text) => write!(f, "ISSUPERSET {}", Quoted(text)),
            Predicate::Exists => Ok(()),
        }
    }
}

impl Display for Operator {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Operator::Equal => "=",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
        })
    }
}

impl Display for Constant<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Constant::Int(number) => number.fmt(f),
            // A float keeps its point, or it would be read back as an integer.
            Constant::Float(number) if number.fract() == 0.0 => write!(f, "{number:.1}"),
            Constant::Float(number) => number.fmt(f),
            Constant::Text(text) => Quoted(text).fmt(f),
            Constant::Bool(value) => value.fmt(f),
            Constant::Time(time) => write!(f, "t'{time}'"),
            Constant::Hex(digits) => write!(f, "h'{digits}'"),
            Constant::Binary(base64) => write!(f, "b'{base64}'"),
        }
    }
}

impl Constant<'_> {
    /// The value without quotes, for search.
    pub fn plain_text(&self) -> String {
        match self {
            Constant::Text(text) | Constant::Time(text) | Constant::Hex(text) | Constant::Binary(text) => {
                text.to_string()
            }
            other => other.to_string(),
        }
    }
}

impl Display for Path<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.object_type, self.steps_text())
    }
}

impl Path<'_> {
    /// The path without the type.
    pub fn steps_text(&self) -> String {
        let mut out = String::new();
        for (index, step) in self.steps.iter().enumerate() {
            let _ = match step {
                Step::Key(key) => {
                    let point = if index > 0 { "." } else { "" };
                    if is_bare(key) {
                        write!(out, "{point}{key}")
                    } else {
                        write!(out, "{point}{}", Quoted(key))
                    }
                }
                Step::Index(index) => write!(out, "[{index}]"),
                Step::Any => write!(out, "[*]"),
            };
        }
        out
    }
}

/// Whether a key can stand without quotes. Upper-case words are quoted, because some are keywords.
fn is_bare(key: &str) -> bool {
    let mut bytes = key.bytes();
    let keyword = key.bytes().all(|byte| byte.is_ascii_uppercase()) || matches!(key, "true" | "false");
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        && !keyword
}

struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('\'')?;
        for character in self.0.chars() {
            if matches!(character, '\'' | '\\') {
                f.write_char('\\')?;
            }
            f.write_char(character)?;
        }
        f.write_char('\'')
    }
}
