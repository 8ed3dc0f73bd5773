//! Just enough of Rust's lexical rules to find strings and functions without a compiler.
//!
//! A full parser would be a large dependency for three questions: where does a function end,
//! what is code and what is comment, and which string literals does a file hold.

/// A source file taken apart.
pub struct Scan {
    /// The source with comments, strings and characters blanked; same length and same lines.
    pub code: Vec<u8>,
    /// The contents of all string literals, as written.
    pub strings: Vec<String>,
}

/// One function with a body.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub first_line: usize,
    pub lines: usize,
}

/// Takes a source apart. Text that is not valid Rust yields something harmless, never a panic.
pub fn scan(source: &str) -> Scan {
    let bytes = source.as_bytes();
    let mut scan = Scan { code: bytes.to_vec(), strings: Vec::new() };
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let end = at + token(rest, at.checked_sub(1).map(|before| bytes[before]));
        if end > at {
            if let Some(text) = literal(&source[at..end]) {
                scan.strings.push(text.to_owned());
            }
            blank(&mut scan.code[at..end]);
            at = end;
        } else {
            at += 1;
        }
    }
    scan
}

/// The length of the comment, string or character that starts here; 0 when none does.
fn token(rest: &[u8], before: Option<u8>) -> usize {
    match rest {
        [b'/', b'/', ..] => rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len()),
        [b'/', b'*', ..] => block_comment(rest),
        [b'"', ..] => quoted(rest),
        [b'r', b'"' | b'#', ..] if !before.is_some_and(is_word) => {
            raw(&rest[1..]).map_or(0, |length| length + 1)
        }
        [b'b' | b'c', b'r', ..] if !before.is_some_and(is_word) => {
            raw(&rest[2..]).map_or(0, |length| length + 2)
        }
        [b'\'', ..] => character(rest),
        _ => 0,
    }
}

fn block_comment(rest: &[u8]) -> usize {
    let (mut depth, mut at) = (0_usize, 0);
    while at < rest.len() {
        match rest.get(at..at + 2) {
            Some(b"/*") => (depth, at) = (depth + 1, at + 2),
            Some(b"*/") => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

fn quoted(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    rest.len()
}

/// `#"…"#` with any number of hashes, without the letter before it.
fn raw(rest: &[u8]) -> Option<usize> {
    let hashes = rest.iter().take_while(|byte| **byte == b'#').count();
    if rest.get(hashes) != Some(&b'"') {
        return None;
    }
    let end: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
    let from = hashes + 1;
    let found = rest[from..].windows(end.len()).position(|window| window == end);
    Some(found.map_or(rest.len(), |position| from + position + end.len()))
}

/// A character literal; a lifetime is none and has length 0.
fn character(rest: &[u8]) -> usize {
    if rest.get(1) == Some(&b'\\') {
        let close = rest.iter().skip(3).position(|byte| *byte == b'\'');
        return close.map_or(rest.len(), |position| position + 4);
    }
    let width = match rest.get(1) {
        Some(0x00..=0x7f) => 1,
        Some(0x80..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(_) => 4,
        None => return 0,
    };
    if rest.get(1 + width) == Some(&b'\'') { width + 2 } else { 0 }
}

/// The content when the token is a string literal.
fn literal(token: &str) -> Option<&str> {
    if !token.starts_with(['"', 'r', 'b', 'c']) {
        return None;
    }
    let open = token.find('"')?;
    let close = token.rfind('"').filter(|close| *close > open)?;
    Some(&token[open + 1..close])
}

fn blank(code: &mut [u8]) {
    for byte in code.iter_mut().filter(|byte| **byte != b'\n') {
        *byte = b' ';
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Every function with a body, nested ones too, measured from `fn` to its closing brace.
pub fn functions(scan: &Scan) -> Vec<Function> {
    let code = &scan.code;
    let starts = (0..code.len()).filter(|at| {
        code[*at..].starts_with(b"fn ") && !at.checked_sub(1).is_some_and(|before| is_word(code[before]))
    });
    starts.filter_map(|at| function(code, at)).collect()
}

fn function(code: &[u8], at: usize) -> Option<Function> {
    let name: Vec<u8> = code[at + 3..].iter().copied().take_while(|byte| is_word(*byte)).collect();
    let open = at + body(&code[at..])?;
    let close = open + braces(&code[open..])?;
    let line_of = |position: usize| 1 + code[..position].iter().filter(|byte| **byte == b'\n').count();
    let first_line = line_of(at);
    Some(Function { name: String::from_utf8(name).ok()?, first_line, lines: line_of(close) - first_line + 1 })
}

/// Where the body opens; none for a declaration that ends with a semicolon.
fn body(code: &[u8]) -> Option<usize> {
    let mut depth = 0_i32;
    for (at, byte) in code.iter().enumerate() {
        match byte {
            b'(' | b'[' => depth += 1,
            b')' | b']' => depth -= 1,
            b'{' if depth == 0 => return Some(at),
            b';' if depth == 0 => return None,
            _ => {}
        }
    }
    None
}

/// Where the brace that opens at the start is closed.
fn braces(code: &[u8]) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in code.iter().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found_and_comments_are_not() {
        let source = r###"fn a<'a>(x: &'a str) { // "no"
            t("one"); let c = '"'; let d = '\''; /* "no /* nested */ " */ u(r#"two "quoted""#, b"three\"", 'é');
        }"###;
        assert_eq!(scan(source).strings, ["one", r#"two "quoted""#, r#"three\""#]);
    }

    #[test]
    fn functions_are_measured_through_braces_in_strings() {
        let source = "trait T { fn none(&self, x: [u8; 4]); }\nfn one(x: [u8; 4]) -> bool {\n    let y = \"}\"; '}' == '{'\n}\nimpl X {\n    const fn two() {}\n}\n";
        let found = functions(&scan(source));
        assert_eq!(found[0], Function { name: "one".into(), first_line: 2, lines: 3 });
        assert_eq!(found[1], Function { name: "two".into(), first_line: 6, lines: 1 });
        assert_eq!(found.len(), 2);
    }

    #[test]
    fn broken_text_does_no_harm() {
        for source in
            ["fn a( {", "\"open", "/* open", "'", "r#\"open", "fn ", "fn é() {", "'\\", "'\\'", "'é"]
        {
            functions(&scan(source));
        }
    }
}
