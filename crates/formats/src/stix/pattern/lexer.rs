//! Words of the pattern language.

use std::borrow::Cow;

use super::parse::{Fault, PatternError};

/// A word.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    /// Keyword or identifier; the parser tells them apart.
    Word(&'a str),
    Text(Cow<'a, str>),
    Time(&'a str),
    Hex(&'a str),
    Binary(&'a str),
    Int(i64),
    Float(f64),
    /// An operator or bracket.
    Sign(&'static str),
    End,
}

pub(super) struct Lexer<'a> {
    text: &'a str,
    pos: usize,
}

/// Two characters before one, so that `<=` is not read as `<`.
const SIGNS: [&str; 17] =
    ["==", "!=", "<>", "<=", ">=", "=", "<", ">", "[", "]", "(", ")", ":", ".", ",", "*", "-"];

impl<'a> Lexer<'a> {
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, pos: 0 }
    }

    /// The next word and where it begins.
    pub(super) fn next(&mut self) -> Result<(usize, Token<'a>), PatternError> {
        self.skip_blank()?;
        let start = self.pos;
        let rest = &self.text[start..];
        let Some(first) = rest.bytes().next() else { return Ok((start, Token::End)) };
        let second = rest.as_bytes().get(1).copied().unwrap_or_default();
        let token = match first {
            b'\'' => self.string()?,
            b't' | b'h' | b'b' if second == b'\'' => self.literal(first)?,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => self.word(),
            b'0'..=b'9' | b'+' => self.number()?,
            b'-' | b'.' if second.is_ascii_digit() || (first == b'-' && second == b'.') => self.number()?,
            _ => self.sign()?,
        };
        Ok((start, token))
    }

    fn skip_blank(&mut self) -> Result<(), PatternError> {
        loop {
            let rest = &self.text[self.pos..];
            let blank = rest.len() - rest.trim_start_matches(is_blank).len();
            self.pos += blank;
            let rest = &rest[blank..];
            if rest.starts_with("/*") {
                let end =
                    rest.find("*/").ok_or(PatternError { offset: self.pos, fault: Fault::OpenComment })?;
                self.pos += end + 2;
            } else if rest.starts_with("//") {
                self.pos += rest.find(['\r', '\n']).unwrap_or(rest.len());
            } else {
                return Ok(());
            }
        }
    }

    fn word(&mut self) -> Token<'a> {
        let rest = &self.text[self.pos..];
        let end =
            rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        self.pos += end;
        Token::Word(&rest[..end])
    }

    /// A string: only `\'` and `\\` are escapes (§9.2).
    fn string(&mut self) -> Result<Token<'a>, PatternError> {
        let start = self.pos + 1;
        let bytes = self.text.as_bytes();
        let (mut at, mut escaped) = (start, false);
        loop {
            let stop =
                bytes.get(at..).and_then(|rest| memchr::memchr2(b'\'', b'\\', rest)).map(|found| at + found);
            let Some(stop) = stop else {
                return Err(PatternError { offset: self.pos, fault: Fault::OpenString });
            };
            if bytes[stop] == b'\'' {
                self.pos = stop + 1;
                let raw = &self.text[start..stop];
                let text = if escaped { Cow::Owned(unescape(raw)) } else { Cow::Borrowed(raw) };
                return Ok(Token::Text(text));
            }
            if !matches!(bytes.get(stop + 1), Some(b'\'' | b'\\')) {
                return Err(PatternError { offset: stop, fault: Fault::Escape });
            }
            escaped = true;
            at = stop + 2;
        }
    }

    /// `t'…'`, `h'…'`, `b'…'`.
    fn literal(&mut self, kind: u8) -> Result<Token<'a>, PatternError> {
        let start = self.pos + 2;
        let fault = |fault| PatternError { offset: start - 2, fault };
        let length = self.text[start..].find('\'').ok_or(fault(Fault::OpenString))?;
        let body = &self.text[start..start + length];
        self.pos = start + length + 1;
        match kind {
            b't' if is_time(body) => Ok(Token::Time(body)),
            b't' => Err(fault(Fault::Time)),
            b'h' if body.len().is_multiple_of(2) && body.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                Ok(Token::Hex(body))
            }
            b'h' => Err(fault(Fault::Hex)),
            _ if is_base64(body) => Ok(Token::Binary(body)),
            _ => Err(fault(Fault::Binary)),
        }
    }

    fn number(&mut self) -> Result<Token<'a>, PatternError> {
        let start = self.pos;
        let rest = &self.text[start..];
        let body = rest.trim_start_matches(['+', '-']);
        let sign = rest.len() - body.len();
        let end = body.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(body.len());
        let digits = &body[..end];
        self.pos += sign + end;
        let fault = PatternError { offset: start, fault: Fault::Number };
        if sign > 1 || digits.is_empty() || digits.ends_with('.') || digits.matches('.').count() > 1 {
            return Err(fault);
        }
        let text = rest[..sign + end].trim_start_matches('+');
        if digits.contains('.') {
            return text.parse().map(Token::Float).map_err(|_| fault);
        }
        if digits.len() > 1 && digits.starts_with('0') {
            return Err(fault);
        }
        text.parse().map(Token::Int).map_err(|_| fault)
    }

    fn sign(&mut self) -> Result<Token<'a>, PatternError> {
        let rest = &self.text[self.pos..];
        let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
        let sign = sign.ok_or(PatternError { offset: self.pos, fault: Fault::Character })?;
        self.pos += sign.len();
        Ok(Token::Sign(match sign {
            "==" => "=",
            "<>" => "!=",
            sign => sign,
        }))
    }
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{b}' | '\u{c}') || (c > '\u{7f}' && c.is_whitespace())
}

fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut characters = raw.chars();
    while let Some(character) = characters.next() {
        out.extend(if character == '\\' { characters.next() } else { Some(character) });
    }
    out
}

/// The grammar of timestamp literals: months, days, hours in range, but no calendar (30 February
/// is grammatical and is remarked, not refused).
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(head) = bytes.first_chunk::<19>() else { return false };
    let number = |from: usize, to: usize| {
        head[from..to].iter().try_fold(0u32, |value, digit| {
            digit.is_ascii_digit().then(|| value * 10 + u32::from(digit - b'0'))
        })
    };
    let in_range = |from: usize, least: u32, most: u32| {
        number(from, from + 2).is_some_and(|n| (least..=most).contains(&n))
    };
    let fraction = match &bytes[19..] {
        b"Z" => true,
        [b'.', digits @ .., b'Z'] => !digits.is_empty() && digits.iter().all(u8::is_ascii_digit),
        _ => false,
    };
    number(0, 4).is_some()
        && [head[4], head[7], head[10], head[13], head[16]] == *b"--T::"
        && in_range(5, 1, 12)
        && in_range(8, 1, 31)
        && in_range(11, 0, 23)
        && in_range(14, 0, 59)
        && in_range(17, 0, 60)
        && fraction
}

fn is_base64(text: &str) -> bool {
    let body = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    !text.is_empty()
        && text.len().is_multiple_of(4)
        && body.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/')
}
