//! Recursive descent over the grammar of §9.4 to §9.7. `AND` binds tighter than `OR`, `OR` tighter
//! than `FOLLOWEDBY`; a qualifier belongs to the expression just before it.

use std::borrow::Cow;

use super::ast::{
    Comparison, Constant, Observation, Operator, Path, Pattern, Predicate, Qualifier, Step, Test,
};
use super::lexer::{Lexer, Token};

const MAX_BYTES: usize = 256 << 10;
const MAX_DEPTH: u32 = 64;

/// Why a pattern could not be read, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (character {offset} of the pattern)")]
pub struct PatternError {
    /// Byte offset into the pattern.
    pub offset: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Another word was expected.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What could stand here.
        expected: &'static str,
        /// What stands here.
        found: String,
    },
    /// A string without end.
    #[error("a string is not closed; add a quote")]
    OpenString,
    /// A comment without end.
    #[error("a comment is not closed; add */")]
    OpenComment,
    /// An escape other than `\'` and `\\`.
    #[error("only \\' and \\\\ are escapes in a pattern; double the backslash")]
    Escape,
    /// A malformed timestamp literal.
    #[error("a timestamp literal has the form t'2026-01-31T12:00:00Z'")]
    Time,
    /// A malformed hex literal.
    #[error("a hex literal has an even number of hexadecimal digits")]
    Hex,
    /// A malformed binary literal.
    #[error("a binary literal is padded base64")]
    Binary,
    /// A malformed or too large number.
    #[error("not a number that the pattern language knows")]
    Number,
    /// A character that has no place in a pattern.
    #[error("this character has no meaning outside a string")]
    Character,
    /// A property name with a hyphen.
    #[error("a name with a hyphen must be quoted, as in hashes.'SHA-256'")]
    Hyphen,
    /// The same qualifier twice.
    #[error("an expression has at most one qualifier of each kind")]
    TwoQualifiers,
    /// Nested too deeply.
    #[error("nested deeper than 64 levels")]
    TooDeep,
    /// Too long.
    #[error("longer than 262144 bytes")]
    TooLong,
}

type Parsed<T> = Result<T, PatternError>;

/// Parses a pattern.
pub fn parse(text: &str) -> Parsed<Pattern<'_>> {
    if text.len() > MAX_BYTES {
        return Err(PatternError { offset: MAX_BYTES, fault: Fault::TooLong });
    }
    let mut lexer = Lexer::new(text);
    let (at, token) = lexer.next()?;
    let mut parser = Parser { lexer, at, token, depth: 0 };
    let root = parser.followed_by()?;
    if parser.token != Token::End {
        return parser.expected("AND, OR, FOLLOWEDBY, a qualifier or the end");
    }
    Ok(Pattern { root })
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    at: usize,
    token: Token<'a>,
    depth: u32,
}

impl<'a> Parser<'a> {
    fn advance(&mut self) -> Parsed<Token<'a>> {
        let (at, token) = self.lexer.next()?;
        self.at = at;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn expected<T>(&self, expected: &'static str) -> Parsed<T> {
        let found = match &self.token {
            Token::Word(word) => format!("{:?}", word.chars().take(40).collect::<String>()),
            Token::Text(_) => "a string".to_owned(),
            Token::Time(_) => "a timestamp".to_owned(),
            Token::Hex(_) | Token::Binary(_) => "binary data".to_owned(),
            Token::Int(_) | Token::Float(_) => "a number".to_owned(),
            Token::Sign(sign) => format!("{sign:?}"),
            Token::End => "the end".to_owned(),
        };
        Err(PatternError { offset: self.at, fault: Fault::Expected { expected, found } })
    }

    fn fault<T>(&self, fault: Fault) -> Parsed<T> {
        Err(PatternError { offset: self.at, fault })
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.token, Token::Word(found) if found == word)
    }

    fn at_sign(&self, sign: &str) -> bool {
        matches!(self.token, Token::Sign(found) if found == sign)
    }

    fn take_word(&mut self, word: &str) -> Parsed<bool> {
        let here = self.at_word(word);
        if here {
            self.advance()?;
        }
        Ok(here)
    }

    fn sign(&mut self, sign: &'static str, expected: &'static str) -> Parsed<()> {
        if !self.at_sign(sign) {
            return self.expected(expected);
        }
        self.advance().map(|_| ())
    }

    fn word(&mut self, word: &'static str) -> Parsed<()> {
        if self.take_word(word)? { Ok(()) } else { self.expected(word) }
    }

    fn enter(&mut self) -> Parsed<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH { self.fault(Fault::TooDeep) } else { Ok(()) }
    }

    fn followed_by(&mut self) -> Parsed<Observation<'a>> {
        let first = self.observation_or()?;
        if !self.at_word("FOLLOWEDBY") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("FOLLOWEDBY")? {
            parts.push(self.observation_or()?);
        }
        Ok(Observation::FollowedBy(parts))
    }

    fn observation_or(&mut self) -> Parsed<Observation<'a>> {
        let first = self.observation_and()?;
        if !self.at_word("OR") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("OR")? {
            parts.push(self.observation_and()?);
        }
        Ok(Observation::Or(parts))
    }

    fn observation_and(&mut self) -> Parsed<Observation<'a>> {
        let first = self.observation()?;
        if !self.at_word("AND") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("AND")? {
            parts.push(self.observation()?);
        }
        Ok(Observation::And(parts))
    }

    fn observation(&mut self) -> Parsed<Observation<'a>> {
        let inner = if self.at_sign("[") {
            self.advance()?;
            let comparison = self.comparison_or()?;
            self.sign("]", "AND, OR or ]")?;
            Observation::Single(comparison)
        } else if self.at_sign("(") {
            self.advance()?;
            self.enter()?;
            let inner = self.followed_by()?;
            self.sign(")", "AND, OR, FOLLOWEDBY, a qualifier or )")?;
            self.depth -= 1;
            inner
        } else {
            return self.expected("[ or (");
        };
        let qualifiers = self.qualifiers()?;
        Ok(if qualifiers.is_empty() { inner } else { Observation::Qualified(Box::new(inner), qualifiers) })
    }

    fn qualifiers(&mut self) -> Parsed<Vec<Qualifier<'a>>> {
        let mut list: Vec<Qualifier<'a>> = Vec::new();
        loop {
            let start = self.at;
            let next = if self.take_word("WITHIN")? {
                let seconds = self.positive("a number of seconds")?;
                self.word("SECONDS")?;
                Qualifier::Within(seconds)
            } else if self.take_word("REPEATS")? {
                let Token::Int(times @ 0..) = self.token else {
                    return self.expected("a whole number of times");
                };
                self.advance()?;
                self.word("TIMES")?;
                Qualifier::Repeats(times.unsigned_abs())
            } else if self.take_word("START")? {
                let from = self.time()?;
                self.word("STOP")?;
                Qualifier::StartStop(from, self.time()?)
            } else {
                return Ok(list);
            };
            let same = |other: &Qualifier<'_>| std::mem::discriminant(other) == std::mem::discriminant(&next);
            if list.iter().any(same) {
                return Err(PatternError { offset: start, fault: Fault::TwoQualifiers });
            }
            list.push(next);
        }
    }

    fn positive(&mut self, expected: &'static str) -> Parsed<f64> {
        let number = match self.token {
            Token::Int(number @ 0..) => number as f64,
            Token::Float(number) if number >= 0.0 => number,
            _ => return self.expected(expected),
        };
        self.advance()?;
        Ok(number)
    }

    fn time(&mut self) -> Parsed<Cow<'a, str>> {
        let Token::Time(time) = self.token else { return self.expected("a timestamp t'…'") };
        self.advance()?;
        Ok(Cow::Borrowed(time))
    }

    fn comparison_or(&mut self) -> Parsed<Comparison<'a>> {
        let first = self.comparison_and()?;
        if !self.at_word("OR") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("OR")? {
            parts.push(self.comparison_and()?);
        }
        Ok(Comparison::Or(parts))
    }

    fn comparison_and(&mut self) -> Parsed<Comparison<'a>> {
        let first = self.test()?;
        if !self.at_word("AND") {
            return Ok(first);
        }
        let mut parts = vec![first];
        while self.take_word("AND")? {
            parts.push(self.test()?);
        }
        Ok(Comparison::And(parts))
    }

    fn test(&mut self) -> Parsed<Comparison<'a>> {
        if self.at_sign("(") {
            self.advance()?;
            self.enter()?;
            let inner = self.comparison_or()?;
            self.sign(")", "AND, OR or )")?;
            self.depth -= 1;
            return Ok(inner);
        }
        if self.at_word("NOT") || self.at_word("EXISTS") {
            let negated = self.take_word("NOT")?;
            self.word("EXISTS")?;
            let path = self.path()?;
            return Ok(Comparison::Test(Test { path, negated, predicate: Predicate::Exists }));
        }
        let path = self.path()?;
        let negated = self.take_word("NOT")?;
        let predicate = self.predicate()?;
        Ok(Comparison::Test(Test { path, negated, predicate }))
    }

    fn predicate(&mut self) -> Parsed<Predicate<'a>> {
        let operator = match &self.token {
            Token::Sign("=") => Operator::Equal,
            Token::Sign("!=") => Operator::NotEqual,
            Token::Sign("<") => Operator::Less,
            Token::Sign("<=") => Operator::LessOrEqual,
            Token::Sign(">") => Operator::Greater,
            Token::Sign(">=") => Operator::GreaterOrEqual,
            Token::Word(word) => return self.word_predicate(word),
            _ => return self.expected("a comparison operator"),
        };
        self.advance()?;
        let ordered = !matches!(operator, Operator::Equal | Operator::NotEqual);
        if ordered && (self.at_word("true") || self.at_word("false")) {
            return self.expected("a constant that can be ordered");
        }
        Ok(Predicate::Compare(operator, self.constant()?))
    }

    fn word_predicate(&mut self, word: &str) -> Parsed<Predicate<'a>> {
        let make: fn(Cow<'a, str>) -> Predicate<'a> = match word {
            "IN" => {
                self.advance()?;
                return self.set();
            }
            "LIKE" => Predicate::Like,
            "MATCHES" => Predicate::Matches,
            "ISSUBSET" => Predicate::IsSubset,
            "ISSUPERSET" => Predicate::IsSuperset,
            _ => return self.expected("a comparison operator"),
        };
        self.advance()?;
        match self.token {
            Token::Text(_) => match self.advance()? {
                Token::Text(text) => Ok(make(text)),
                _ => self.expected("a string"),
            },
            _ => self.expected("a string"),
        }
    }

    fn set(&mut self) -> Parsed<Predicate<'a>> {
        self.sign("(", "( after IN")?;
        let mut constants = Vec::new();
        if !self.at_sign(")") {
            constants.push(self.constant()?);
            while self.at_sign(",") {
                self.advance()?;
                constants.push(self.constant()?);
            }
        }
        self.sign(")", "a comma or )")?;
        Ok(Predicate::In(constants))
    }

    fn constant(&mut self) -> Parsed<Constant<'a>> {
        let boolean = self.at_word("true") || self.at_word("false");
        if !boolean && matches!(self.token, Token::Word(_) | Token::Sign(_) | Token::End) {
            return self.expected("a constant: 'text', a number, true, false, t'…', h'…' or b'…'");
        }
        Ok(match self.advance()? {
            Token::Int(number) => Constant::Int(number),
            Token::Float(number) => Constant::Float(number),
            Token::Text(text) => Constant::Text(text),
            Token::Time(time) => Constant::Time(Cow::Borrowed(time)),
            Token::Hex(digits) => Constant::Hex(Cow::Borrowed(digits)),
            Token::Binary(base64) => Constant::Binary(Cow::Borrowed(base64)),
            Token::Word(word) => Constant::Bool(word == "true"),
            Token::Sign(_) | Token::End => return self.expected("a constant"),
        })
    }

    fn path(&mut self) -> Parsed<Path<'a>> {
        let Token::Word(object_type) = self.token else {
            return self.expected("an object path such as file:name");
        };
        if is_keyword(object_type) {
            return self.expected("an object path such as file:name");
        }
        self.advance()?;
        self.sign(":", "a colon after the object type")?;
        let mut steps = vec![Step::Key(self.key()?)];
        loop {
            if self.at_sign(".") {
                self.advance()?;
                steps.push(Step::Key(self.key()?));
            } else if self.at_sign("[") {
                self.advance()?;
                steps.push(self.index()?);
                self.sign("]", "] after the index")?;
            } else {
                return Ok(Path { object_type: Cow::Borrowed(object_type), steps });
            }
        }
    }

    fn key(&mut self) -> Parsed<Cow<'a, str>> {
        match &self.token {
            Token::Word(word) if word.contains('-') => self.fault(Fault::Hyphen),
            Token::Word(word) if !is_keyword(word) => {
                let word = *word;
                self.advance()?;
                Ok(Cow::Borrowed(word))
            }
            Token::Text(_) => match self.advance()? {
                Token::Text(text) => Ok(text),
                _ => self.expected("a property name"),
            },
            _ => self.expected("a property name"),
        }
    }

    fn index(&mut self) -> Parsed<Step<'a>> {
        let step = match self.token {
            Token::Int(index) => Step::Index(index),
            Token::Sign("*") => Step::Any,
            _ => return self.expected("an index or *"),
        };
        self.advance()?;
        Ok(step)
    }
}

/// Words that the lexer of the standard never reads as identifiers.
fn is_keyword(word: &str) -> bool {
    matches!(
        word,
        "AND"
            | "OR"
            | "NOT"
            | "FOLLOWEDBY"
            | "LIKE"
            | "MATCHES"
            | "ISSUPERSET"
            | "ISSUBSET"
            | "EXISTS"
            | "LAST"
            | "IN"
            | "START"
            | "STOP"
            | "SECONDS"
            | "true"
            | "false"
            | "WITHIN"
            | "REPEATS"
            | "TIMES"
    )
}
