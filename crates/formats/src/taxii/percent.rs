//! Percent-encoding of query strings (RFC 3986), with `+` read as a space.

use std::borrow::Cow;

/// Decodes one name or value; `None` when an escape is broken or the bytes are no UTF-8.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains(['%', '+']) {
        return Some(Cow::Borrowed(text));
    }
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        out.push(match byte {
            b'+' => b' ',
            b'%' => {
                let (high, low) = (bytes.next()? as char, bytes.next()? as char);
                (high.to_digit(16)? * 16 + low.to_digit(16)?) as u8
            }
            other => other,
        });
    }
    String::from_utf8(out).ok().map(Cow::Owned)
}

/// Encodes everything but unreserved characters.
pub(super) fn encode(text: &str, out: &mut String) {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            out.push('%');
            out.push(DIGITS[usize::from(byte >> 4)] as char);
            out.push(DIGITS[usize::from(byte & 15)] as char);
        }
    }
}
