//! Validates JSON byte by byte: RFC 8259 as narrowed by I-JSON (RFC 7493).
//!
//! One pass, no allocation for values; recursion is bounded by [`Limits::depth`].

use std::borrow::Cow;
use std::collections::HashSet;

use super::document::{Raw, Value};
use super::limits::Limits;
use super::text::{Text, hex4, string_stop};

/// Why a text is not acceptable JSON.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonFault {
    /// The bytes are not UTF-8.
    #[error("not UTF-8; send the document as UTF-8 without a byte order mark")]
    Utf8,
    /// The bytes look like another encoding or container.
    #[error("this looks like {0}; convert the document to UTF-8 JSON first")]
    Encoding(&'static str),
    /// The text ends in the middle of a value.
    #[error("the text ends in the middle of a value; it was cut off")]
    Truncated,
    /// Another character was expected.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A number that JSON does not know (NaN, leading zeros, `+1`, `.5`).
    #[error("not a JSON number; NaN, Infinity, leading zeros and a bare point are not allowed")]
    Number,
    /// A number that no IEEE 754 double can hold (RFC 7493 §2.2, STIX 2.1 §2.6).
    #[error("a number beyond the range of a double, about 1.8e308; write a smaller one, or a string")]
    Range,
    /// A control character inside a string.
    #[error("control character {0:#04x} inside a string; write it as an escape")]
    Control(u8),
    /// An escape that JSON does not know.
    #[error("unknown escape in a string; only \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX exist")]
    Escape,
    /// Half of a surrogate pair.
    #[error("lone surrogate in a string; escape characters beyond U+FFFF as a pair")]
    Surrogate,
    /// The same key twice in one object.
    #[error("key {0:?} appears twice in one object; keep one of them")]
    DuplicateKey(String),
    /// Nested too deeply.
    #[error("nested deeper than {0} levels")]
    TooDeep(u32),
    /// A string is too long.
    #[error("a string is longer than {0} bytes")]
    LongString(usize),
    /// An array or object has too many items.
    #[error("an array or object has more than {0} items")]
    TooMany(usize),
    /// The whole object is too large.
    #[error("the object is larger than {0} bytes")]
    TooLarge(usize),
    /// Something follows the value.
    #[error("text follows the end of the object; send one object at a time")]
    Trailing,
    /// The value is not an object.
    #[error("not a JSON object")]
    NotAnObject,
}

/// A fault with its place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{fault} (byte {offset}, line {line}, column {column})")]
pub struct JsonError {
    /// Byte offset from the start of the object.
    pub offset: usize,
    /// Line, from 1.
    pub line: usize,
    /// Column in bytes, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: JsonFault,
}

impl JsonError {
    pub(crate) fn at(bytes: &[u8], offset: usize, fault: JsonFault) -> Self {
        let before = bytes.get(..offset).unwrap_or(bytes);
        let line = memchr::memchr_iter(b'\n', before).count() + 1;
        let column = before.len() - memchr::memrchr(b'\n', before).map_or(0, |at| at + 1) + 1;
        Self { offset, line, column, fault }
    }
}

/// A number as written is no longer than this.
const LONGEST_NUMBER: usize = 400;
/// Every number written in fewer characters is within range: `1e308` has five, `1e309` has too.
const SHORT: usize = 5;

/// Others read numbers into doubles, where what is beyond their range becomes an error or infinity.
fn is_in_range(number: &str) -> bool {
    number.len() < 300 && !number.bytes().any(|byte| matches!(byte, b'e' | b'E'))
        || number.parse::<f64>().is_ok_and(f64::is_finite)
}

type Faulty<T> = Result<T, JsonFault>;

/// What the cursor noticed in passing and the checks want to know.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Noticed {
    pub null: bool,
    pub empty: bool,
}

pub(crate) struct Cursor<'a, 'l> {
    text: &'a str,
    bytes: &'a [u8],
    pub(crate) pos: usize,
    depth: u32,
    limits: &'l Limits,
    keys: Vec<Text<'a>>,
    pub(crate) noticed: Noticed,
}

impl<'a, 'l> Cursor<'a, 'l> {
    pub(crate) fn new(text: &'a str, limits: &'l Limits) -> Self {
        let (bytes, noticed) = (text.as_bytes(), Noticed::default());
        Self { text, bytes, pos: 0, depth: 0, limits, keys: Vec::with_capacity(32), noticed }
    }

    pub(crate) fn whitespace(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.pos) {
            self.pos += 1;
        }
    }

    pub(crate) fn peek(&self) -> Faulty<u8> {
        self.bytes.get(self.pos).copied().ok_or(JsonFault::Truncated)
    }

    /// Reads one value and everything in it.
    pub(crate) fn value(&mut self) -> Faulty<Value<'a>> {
        let start = self.pos;
        match self.peek()? {
            b'"' => Ok(Value::Text(self.string()?)),
            b'{' => {
                self.object(|_, _, _| {})?;
                Ok(Value::Object(Raw(&self.text[start..self.pos])))
            }
            b'[' => {
                self.array()?;
                Ok(Value::Array(Raw(&self.text[start..self.pos])))
            }
            b't' => self.word("true", Value::Bool(true)),
            b'f' => self.word("false", Value::Bool(false)),
            b'n' => {
                let null = self.word("null", Value::Null)?;
                self.noticed.null = true;
                Ok(null)
            }
            b'-' | b'0'..=b'9' => Ok(Value::Number(self.number()?)),
            b'N' | b'I' | b'+' | b'.' => Err(JsonFault::Number),
            _ => Err(JsonFault::Expected("a JSON value")),
        }
    }

    fn word(&mut self, word: &'static str, value: Value<'a>) -> Faulty<Value<'a>> {
        let rest = &self.bytes[self.pos..];
        if rest.starts_with(word.as_bytes()) {
            self.pos += word.len();
            Ok(value)
        } else if word.as_bytes().starts_with(rest) {
            self.pos = self.bytes.len();
            Err(JsonFault::Truncated)
        } else if word == "null" && rest.starts_with(b"nan") {
            Err(JsonFault::Number)
        } else {
            Err(JsonFault::Expected("true, false or null"))
        }
    }

    fn enter(&mut self) -> Faulty<()> {
        self.depth += 1;
        if self.depth > self.limits.depth() {
            return Err(JsonFault::TooDeep(self.limits.depth()));
        }
        self.pos += 1;
        self.whitespace();
        Ok(())
    }

    fn leave(&mut self, items: usize) {
        self.depth -= 1;
        self.pos += 1;
        self.noticed.empty |= items == 0;
    }

    /// Reads an object; `each` sees every member with what was noticed in its value.
    pub(crate) fn object(&mut self, mut each: impl FnMut(Text<'a>, Value<'a>, Noticed)) -> Faulty<()> {
        self.enter()?;
        let (first_key, mut many, mut count) = (self.keys.len(), HashSet::new(), 0usize);
        if self.peek()? != b'}' {
            loop {
                if self.peek()? != b'"' {
                    return Err(JsonFault::Expected("a key in double quotes"));
                }
                let key_at = self.pos;
                let key = self.string()?;
                if self.is_double(key, first_key, &mut many) {
                    self.pos = key_at;
                    return Err(JsonFault::DuplicateKey(key.decode().chars().take(80).collect()));
                }
                self.whitespace();
                if self.peek()? != b':' {
                    return Err(JsonFault::Expected("a colon after the key"));
                }
                self.pos += 1;
                self.whitespace();
                let outer = std::mem::take(&mut self.noticed);
                let value = self.value()?;
                let inner = self.noticed;
                self.noticed = Noticed { null: outer.null | inner.null, empty: outer.empty | inner.empty };
                each(key, value, inner);
                count += 1;
                if !self.another(count, b'}', "a comma or } after the value")? {
                    break;
                }
            }
        }
        self.keys.truncate(first_key);
        self.leave(count);
        Ok(())
    }

    fn array(&mut self) -> Faulty<()> {
        self.enter()?;
        let mut count = 0usize;
        if self.peek()? != b']' {
            loop {
                self.value()?;
                count += 1;
                if !self.another(count, b']', "a comma or ] after the item")? {
                    break;
                }
            }
        }
        self.leave(count);
        Ok(())
    }

    /// After an item: true at a comma (and moves to the next item), false at the closing bracket.
    fn another(&mut self, count: usize, close: u8, wanted: &'static str) -> Faulty<bool> {
        self.whitespace();
        let byte = self.peek()?;
        if byte == close {
            return Ok(false);
        }
        if byte != b',' {
            return Err(JsonFault::Expected(wanted));
        }
        if count >= self.limits.max_array_items {
            return Err(JsonFault::TooMany(self.limits.max_array_items));
        }
        self.pos += 1;
        self.whitespace();
        Ok(true)
    }

    /// Whether the key was seen in this object: a scan while there are few, a set when many.
    fn is_double(&mut self, key: Text<'a>, first_key: usize, many: &mut HashSet<Cow<'a, str>>) -> bool {
        const FEW: usize = 32;
        let seen = &self.keys[first_key..];
        if seen.len() < FEW {
            let double = match key.plain() {
                Some(plain) => seen.iter().any(|other| other.is(plain)),
                None => seen.iter().any(|other| key.is(&other.decode())),
            };
            self.keys.push(key);
            return double;
        }
        if many.is_empty() {
            many.extend(seen.iter().map(Text::decode));
        }
        !many.insert(key.decode())
    }

    /// Reads a string; stands on the opening quote.
    pub(crate) fn string(&mut self) -> Faulty<Text<'a>> {
        let start = self.pos + 1;
        let (mut at, mut escaped) = (start, false);
        loop {
            at = string_stop(self.bytes, at);
            if at - start > self.limits.max_string_bytes {
                return Err(JsonFault::LongString(self.limits.max_string_bytes));
            }
            match self.bytes.get(at) {
                Some(b'"') => {
                    self.pos = at + 1;
                    return Ok(Text::new(&self.text[start..at], escaped));
                }
                Some(b'\\') => {
                    escaped = true;
                    self.pos = at;
                    at = self.escape(at + 1)?;
                }
                Some(&control) => {
                    self.pos = at;
                    return Err(JsonFault::Control(control));
                }
                None => {
                    self.pos = at;
                    return Err(JsonFault::Truncated);
                }
            }
        }
    }

    /// Checks the escape whose kind stands at `at`; returns the position after it.
    fn escape(&self, at: usize) -> Faulty<usize> {
        match self.bytes.get(at).ok_or(JsonFault::Truncated)? {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Ok(at + 1),
            b'u' => {
                let unit = hex4(&self.bytes[at + 1..]).ok_or(JsonFault::Escape)?;
                match unit {
                    0xD800..=0xDBFF => {
                        let pair = &self.bytes[at + 5..];
                        let low = pair.strip_prefix(b"\\u").and_then(hex4);
                        match low {
                            Some(0xDC00..=0xDFFF) => Ok(at + 11),
                            _ => Err(JsonFault::Surrogate),
                        }
                    }
                    0xDC00..=0xDFFF => Err(JsonFault::Surrogate),
                    _ => Ok(at + 5),
                }
            }
            _ => Err(JsonFault::Escape),
        }
    }

    /// Reads a number and returns it as written.
    fn number(&mut self) -> Faulty<&'a str> {
        let start = self.pos;
        let digits = |cursor: &mut Self| {
            let from = cursor.pos;
            while cursor.bytes.get(cursor.pos).is_some_and(u8::is_ascii_digit) {
                cursor.pos += 1;
            }
            if cursor.pos > from { Ok(()) } else { Err(JsonFault::Number) }
        };
        if self.bytes.get(self.pos) == Some(&b'-') {
            self.pos += 1;
        }
        let integer_at = self.pos;
        digits(self)?;
        if self.bytes[integer_at] == b'0' && self.pos > integer_at + 1 {
            return Err(JsonFault::Number);
        }
        if self.bytes.get(self.pos) == Some(&b'.') {
            self.pos += 1;
            digits(self)?;
        }
        if let Some(b'e' | b'E') = self.bytes.get(self.pos) {
            self.pos += 1;
            if let Some(b'+' | b'-') = self.bytes.get(self.pos) {
                self.pos += 1;
            }
            digits(self)?;
        }
        let number = &self.text[start..self.pos];
        if number.len() >= SHORT && (number.len() > LONGEST_NUMBER || !is_in_range(number)) {
            self.pos = start;
            return Err(JsonFault::Range);
        }
        Ok(number)
    }
}
