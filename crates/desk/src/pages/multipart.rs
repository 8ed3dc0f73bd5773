//! Forms with a file (RFC 7578), read whole: the body is bounded before it comes here.

use http::HeaderMap;
use http::header::CONTENT_TYPE;

/// Parts of one form at most.
const MAX_PARTS: usize = 256;

/// The boundary between the parts, when the body is such a form.
pub(super) fn boundary(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let (media, parameters) = kind.split_once(';')?;
    if !media.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let (_, value) =
        parameters.split(';').filter_map(|one| one.split_once('=')).find(|(n, _)| n.trim() == "boundary")?;
    let value = value.trim().trim_matches('"');
    (!value.is_empty() && value.len() <= 70).then(|| value.to_owned())
}

/// One part of a form.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The name of the field.
    pub name: String,
    /// The name of the file, when it is one.
    pub file: Option<String>,
    /// What it holds; a file that was not chosen is empty.
    pub value: &'a [u8],
}

/// Name and value of every part; `None` when one is not UTF-8. A file that was not chosen is empty.
pub(super) fn texts(body: &[u8], boundary: &str) -> Option<Vec<(String, String)>> {
    let text = |part: Part<'_>| Some((part.name, std::str::from_utf8(part.value).ok()?.to_owned()));
    parts(body, boundary).into_iter().map(text).collect()
}

/// Every part as it is.
pub(super) fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<Part<'a>> {
    let line = format!("--{boundary}");
    let mut found = Vec::new();
    let mut rest = match memchr::memmem::find(body, line.as_bytes()) {
        Some(at) => &body[at + line.len()..],
        None => return found,
    };
    let end = format!("\r\n{line}");
    while found.len() < MAX_PARTS && !rest.starts_with(b"--") {
        let Some(at) = memchr::memmem::find(rest, end.as_bytes()) else { break };
        found.extend(part(rest[..at].strip_prefix(b"\r\n").unwrap_or(&rest[..at])));
        rest = &rest[at + end.len()..];
    }
    found
}

fn part(bytes: &[u8]) -> Option<Part<'_>> {
    let at = memchr::memmem::find(bytes, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..at]).ok()?;
    let disposition =
        head.split("\r\n").find(|line| line.to_ascii_lowercase().starts_with("content-disposition:"))?;
    let name =
        disposition.split(';').find_map(|one| one.trim().strip_prefix("name=\"")?.strip_suffix('"'))?;
    // HTML: a quotation mark within the name is sent as %22, so the last one ends it.
    let file = disposition.split_once("filename=\"").and_then(|(_, rest)| rest.rsplit_once('"'));
    let file = file.map(|(file, _)| file.to_owned());
    Some(Part { name: name.to_owned(), file, value: &bytes[at + 4..] })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &[u8] = b"--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n--xyz\r\nContent-Disposition: \
form-data; name=\"file\"; filename=\"a.json\"\r\nContent-Type: application/json\r\n\r\n{\"a\":\r\n1}\r\n--xyz--\r\n";

    #[test]
    fn a_form_with_a_file_gives_names_and_values() {
        let read = texts(FORM, "xyz").expect("text");
        assert_eq!(read, [("csrf".into(), "abc".into()), ("file".into(), "{\"a\":\r\n1}".to_owned())]);
    }

    #[test]
    fn a_cut_form_gives_what_is_whole() {
        for length in 0..FORM.len() {
            assert!(texts(&FORM[..length], "xyz").expect("text").len() <= 2);
        }
        assert_eq!(texts(b"nothing of the kind", "xyz"), Some(Vec::new()));
        let bytes = b"--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xyz--";
        assert_eq!(texts(bytes, "xyz"), None, "what is not text is refused, not mended");
    }

    #[test]
    fn a_file_keeps_its_name_and_every_byte() {
        let bytes = b"--xyz\r\nContent-Disposition: form-data; name=\"a\"; filename=\"one; two.pdf\"\r\n\r\n\xff\0\r\n\r\n--xyz--";
        let read = parts(bytes, "xyz");
        let whole = Part { name: "a".into(), file: Some("one; two.pdf".into()), value: b"\xff\0\r\n" };
        assert_eq!(read, [whole]);
        assert_eq!(parts(FORM, "xyz")[0].file, None);
    }
}
