//! JSON strings, borrowed as they are written.

use std::borrow::Cow;

const LOW: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Position of the first quote, backslash or control character at or after `pos`, else the length.
///
/// Eight bytes a step in plain integer arithmetic: strings are most of a threat report, and this
/// loop decides how fast they are read. Bytes above the first hit may be misjudged by the borrow
/// of the subtraction, which is why only the lowest is used.
pub(crate) fn string_stop(bytes: &[u8], mut pos: usize) -> usize {
    while let Some(chunk) = bytes.get(pos..).and_then(<[u8]>::first_chunk::<8>) {
        let word = u64::from_le_bytes(*chunk);
        let quote = word ^ (LOW * 0x22);
        let slash = word ^ (LOW * 0x5c);
        let hits = (quote.wrapping_sub(LOW) & !quote)
            | (slash.wrapping_sub(LOW) & !slash)
            | (word.wrapping_sub(LOW * 0x20) & !word);
        let hits = hits & HIGH;
        if hits != 0 {
            return pos + (hits.trailing_zeros() / 8) as usize;
        }
        pos += 8;
    }
    while let Some(&byte) = bytes.get(pos) {
        if byte == b'"' || byte == b'\\' || byte < 0x20 {
            return pos;
        }
        pos += 1;
    }
    bytes.len()
}

/// A validated JSON string: the text between the quotes, and whether it holds escapes.
#[derive(Debug, Clone, Copy)]
pub struct Text<'a> {
    raw: &'a str,
    escaped: bool,
}

impl<'a> Text<'a> {
    pub(crate) const fn new(raw: &'a str, escaped: bool) -> Self {
        Self { raw, escaped }
    }

    /// The bytes between the quotes, escapes and all.
    pub const fn raw(&self) -> &'a str {
        self.raw
    }

    /// The string itself; borrowed unless it holds escapes.
    pub fn decode(&self) -> Cow<'a, str> {
        if self.escaped { Cow::Owned(unescape(self.raw)) } else { Cow::Borrowed(self.raw) }
    }

    /// Whether the string equals `other`.
    pub fn is(&self, other: &str) -> bool {
        if self.escaped { self.decode() == other } else { self.raw == other }
    }

    /// The string when it is written without escapes, which names and ids always are.
    pub const fn plain(&self) -> Option<&'a str> {
        if self.escaped { None } else { Some(self.raw) }
    }
}

/// Undoes the escapes of a string that the cursor has validated; what it cannot read is dropped.
fn unescape(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let escape = &rest[at + 1..];
        let Some(kind) = escape.chars().next() else { break };
        rest = &escape[kind.len_utf8()..];
        match kind {
            'b' => out.push('\u{8}'),
            'f' => out.push('\u{c}'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            'u' => rest = unescape_unit(rest, &mut out),
            other => out.push(other),
        }
    }
    out.push_str(rest);
    out
}

/// Reads `XXXX`, and `XXXX\uXXXX` for a surrogate pair; returns what follows.
fn unescape_unit<'a>(rest: &'a str, out: &mut String) -> &'a str {
    let Some(first) = hex4(rest.as_bytes()) else { return rest };
    let rest = &rest[4..];
    if let Some(character) = char::from_u32(u32::from(first)) {
        out.push(character);
        return rest;
    }
    let second = rest.strip_prefix("\\u").and_then(|pair| hex4(pair.as_bytes()));
    if let Some(second) = second {
        out.extend(char::decode_utf16([first, second]).filter_map(Result::ok));
        return &rest[6..];
    }
    rest
}

/// Four hexadecimal digits.
pub(crate) fn hex4(bytes: &[u8]) -> Option<u16> {
    let digits = bytes.first_chunk::<4>()?;
    let mut value = 0u16;
    for digit in digits {
        value = (value << 4) | (*digit as char).to_digit(16)? as u16;
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stop_is_found_at_every_alignment() {
        for lead in 0..20 {
            for stop in [b'"', b'\\', 0u8, 0x1f] {
                let mut bytes = vec![b'a'; lead];
                bytes.push(stop);
                bytes.extend_from_slice("é…xyzxyzxyz".as_bytes());
                assert_eq!(string_stop(&bytes, 0), lead);
            }
        }
        assert_eq!(string_stop("é…\u{7f}\u{80}äöüß".as_bytes(), 0), "é…\u{7f}\u{80}äöüß".len());
    }

    #[test]
    fn escapes_are_undone() {
        let text = Text::new(r#"a\n\u00e9\ud83d\ude00\"\/"#, true);
        assert_eq!(text.decode(), "a\né😀\"/");
    }
}
