//! Walks arrays and objects that have been validated, without checking them again.

use super::document::{Raw, Value};
use super::text::{Text, string_stop};

/// Items of an array.
#[derive(Debug, Clone)]
pub struct Elements<'a>(Walk<'a>);

/// Members of an object.
#[derive(Debug, Clone)]
pub struct Members<'a>(Walk<'a>);

/// Walks the items of a validated array.
pub fn elements(raw: Raw<'_>) -> Elements<'_> {
    Elements(Walk { text: raw.0, pos: 1 })
}

/// Walks the members of a validated object.
pub fn members(raw: Raw<'_>) -> Members<'_> {
    Members(Walk { text: raw.0, pos: 1 })
}

impl<'a> Iterator for Elements<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        self.0.value()
    }
}

impl<'a> Iterator for Members<'a> {
    type Item = (Text<'a>, Value<'a>);

    fn next(&mut self) -> Option<(Text<'a>, Value<'a>)> {
        let key = self.0.value()?.text()?;
        Some((key, self.0.value()?))
    }
}

#[derive(Debug, Clone)]
struct Walk<'a> {
    text: &'a str,
    pos: usize,
}

impl<'a> Walk<'a> {
    /// The next value; commas, colons and whitespace before it are skipped.
    fn value(&mut self) -> Option<Value<'a>> {
        let bytes = self.text.as_bytes();
        while let b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' = bytes.get(self.pos)? {
            self.pos += 1;
        }
        let start = self.pos;
        match bytes[start] {
            b'"' => {
                let (end, escaped) = string_end(bytes, start);
                self.pos = end;
                Some(Value::Text(Text::new(self.text.get(start + 1..end - 1)?, escaped)))
            }
            open @ (b'{' | b'[') => {
                self.pos = nest_end(bytes, start);
                let raw = Raw(self.text.get(start..self.pos)?);
                Some(if open == b'{' { Value::Object(raw) } else { Value::Array(raw) })
            }
            b'}' | b']' => None,
            _ => {
                while !matches!(
                    bytes.get(self.pos),
                    None | Some(b' ' | b'\n' | b'\r' | b'\t' | b',' | b']' | b'}')
                ) {
                    self.pos += 1;
                }
                Some(match self.text.get(start..self.pos)? {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    "null" => Value::Null,
                    number => Value::Number(number),
                })
            }
        }
    }
}

/// Position after the closing quote of the string that opens at `start`, and whether it has escapes.
fn string_end(bytes: &[u8], start: usize) -> (usize, bool) {
    let (mut at, mut escaped) = (start + 1, false);
    loop {
        at = string_stop(bytes, at);
        match bytes.get(at) {
            Some(b'\\') => {
                escaped = true;
                at += 2;
            }
            Some(b'"') | None => return ((at + 1).min(bytes.len()).max(start + 2), escaped),
            Some(_) => at += 1,
        }
    }
}

/// Position after the bracket that closes the one at `start`.
fn nest_end(bytes: &[u8], start: usize) -> usize {
    let (mut at, mut depth) = (start, 0u32);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at).0;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::super::{Document, Limits};
    use super::*;

    #[test]
    fn nested_values_are_walked_in_order() {
        let text = br#"{"a":[ 1 , "x\"]" , {"k":[2],"l":null} , [] , true ]}"#;
        let document = Document::parse(text, &Limits::default()).expect("valid");
        let Some(Value::Array(list)) = document.get("a") else { panic!("a list") };
        let kinds: Vec<&str> = elements(*list).map(|value| value.kind()).collect();
        assert_eq!(kinds, ["a number", "a string", "an object", "a list", "a boolean"]);
        let Some(Value::Object(object)) = elements(*list).nth(2) else { panic!("an object") };
        let keys: Vec<String> = members(object).map(|(key, _)| key.decode().into_owned()).collect();
        assert_eq!(keys, ["k", "l"]);
    }
}
