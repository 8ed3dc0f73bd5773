//! Reading what other servers answer, whatever they make of the standard.

use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::time::parse_time;
use crate::json::{Limits, SplitError, split};

/// One page of objects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// The objects as byte ranges of the body.
    pub objects: Vec<Range<usize>>,
    /// Pieces of the body that could not be read.
    pub flaws: Vec<SplitError>,
    /// Whether the server says that there is more.
    pub more: bool,
    /// The cursor it gives.
    pub next: Option<String>,
}

/// Reads a page: an envelope, but a bundle or a bare array is read too, and a page cut off in the
/// middle yields what came before.
pub fn read_page(body: &[u8], limits: Limits) -> Page {
    let mut page = Page::default();
    let mut pieces = split(body, limits);
    while let Some(piece) = pieces.next_range() {
        match piece {
            Ok(range) => page.objects.push(range),
            Err(flaw) => page.flaws.push(flaw),
        }
    }
    // An envelope without a list of objects looks like one object: `{}`, or `{"more":false}`.
    if let [only] = page.objects.as_slice()
        && let Some(head) = empty_envelope(&body[only.clone()])
    {
        page.objects.clear();
        (page.more, page.next) = head;
        return page;
    }
    let container = pieces.container();
    page.more = container.more.unwrap_or(false);
    page.next = container.next.clone().filter(|next| !next.is_empty());
    page
}

fn empty_envelope(object: &[u8]) -> Option<(bool, Option<String>)> {
    let value: Value = serde_json::from_slice(object).ok()?;
    let members = value.as_object()?;
    if members.contains_key("type") || members.contains_key("id") {
        return None;
    }
    let more = members.get("more").and_then(Value::as_bool).unwrap_or(false);
    let next = members.get("next").and_then(Value::as_str).map(str::to_owned);
    Some((more, next.filter(|next| !next.is_empty())))
}

/// How to go on after a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Follow {
    /// Ask again with this `next`, the same filters and the same limit.
    Next(String),
    /// Ask again with this `added_after` (microseconds) and without `next`.
    After(i64),
    /// The walk is complete; only now may the stored `added_after` move.
    Done,
    /// The server says that there is more but gives no way to it, or gives the same cursor again.
    Stuck,
}

/// Decides how to go on. `last_added` is the header `X-TAXII-Date-Added-Last`, `sent_next` and
/// `sent_after` what the request held. Following a server blindly can loop for ever: some say
/// `more` without `next`, some repeat a cursor.
pub fn follow(
    page: &Page,
    last_added: Option<&str>,
    sent_next: Option<&str>,
    sent_after: Option<i64>,
) -> Follow {
    if !page.more {
        return Follow::Done;
    }
    match page.next.as_deref() {
        Some(next) if Some(next) != sent_next => return Follow::Next(next.to_owned()),
        Some(_) => return Follow::Stuck,
        None => {}
    }
    match last_added.and_then(parse_time) {
        Some(after) if sent_after.is_none_or(|sent| after > sent) => Follow::After(after),
        _ => Follow::Stuck,
    }
}

/// How many seconds a server asks to be left alone: `Retry-After` in seconds or as a date (RFC 9110 §10.2.3),
/// of which the past means now.
pub fn retry_after(header: &str, now: jiff::Timestamp) -> Option<u64> {
    let header = header.trim();
    if !header.is_empty() && header.bytes().all(|b| b.is_ascii_digit()) {
        return Some(header.parse().unwrap_or(u64::MAX));
    }
    let until = jiff::fmt::rfc2822::parse(header).ok()?.timestamp();
    Some(u64::try_from(until.as_second().saturating_sub(now.as_second())).unwrap_or(0))
}

/// Reads any resource such as [`super::Discovery`] or [`super::Status`]; a byte order mark is ignored, missing members take
/// their defaults.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(body.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(body))
}

/// What another server says when it refuses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Trouble {
    /// In a few words.
    pub title: String,
    /// In more.
    pub description: Option<String>,
    /// A code or id to quote to its operator.
    pub reference: Option<String>,
}

/// Reads an error body: TAXII's, OpenTAXII's `{code,name,description}`, problem details, or text.
pub fn read_trouble(http_status: u16, body: &[u8]) -> Trouble {
    const LONGEST: usize = 300;
    let short = |text: &str| text.trim().chars().take(LONGEST).collect::<String>();
    let Ok(Value::Object(members)) = read::<Value>(&body[..body.len().min(1 << 20)]) else {
        let text = short(&String::from_utf8_lossy(&body[..body.len().min(4096)]));
        let description = Some(text).filter(|text| !text.is_empty() && !text.starts_with('<'));
        return Trouble { title: format!("HTTP {http_status}"), description, reference: None };
    };
    let text = |names: &[&str]| {
        let value = names.iter().find_map(|name| members.get(*name))?;
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        Some(short(&text)).filter(|text| !text.is_empty())
    };
    Trouble {
        title: text(&["title", "name", "error", "message"]).unwrap_or_else(|| format!("HTTP {http_status}")),
        description: text(&["description", "detail"]),
        reference: text(&["error_id", "error_code", "code", "instance"]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Collections, Discovery, Status, StatusKind};
    use super::*;

    #[test]
    fn pages_of_every_kind_are_read() {
        let read = |body: &str| read_page(body.as_bytes(), Limits::default());
        let page = read(r#"{"more":true,"next":"a","objects":[{"id":"1"},{"id":"2"}]}"#);
        assert_eq!((page.objects.len(), page.more, page.next.as_deref()), (2, true, Some("a")));
        assert_eq!(read("{}"), Page::default());
        assert_eq!(read(r#"{"more":false}"#), Page::default());
        assert!(read(r#"{"more":true,"next":"x","objects":[]}"#).more);
        assert_eq!(read(r#"{"type":"bundle","id":"b","objects":[{"id":"1"}]}"#).objects.len(), 1);
        let cut = read(r#"{"more":true,"objects":[{"id":"1"},{"id":"#);
        assert_eq!((cut.objects.len(), cut.flaws.len()), (1, 1));
    }

    #[test]
    fn a_walk_ends_or_says_that_it_is_stuck() {
        let page = |more, next: Option<&str>| Page { more, next: next.map(str::to_owned), ..Page::default() };
        assert_eq!(follow(&page(false, Some("a")), None, None, None), Follow::Done);
        assert_eq!(follow(&page(true, Some("b")), None, Some("a"), None), Follow::Next("b".into()));
        assert_eq!(follow(&page(true, Some("a")), None, Some("a"), None), Follow::Stuck);
        assert_eq!(follow(&page(true, None), None, None, None), Follow::Stuck);
        let last = Some("1970-01-01T00:00:00.000007Z");
        assert_eq!(follow(&page(true, None), last, None, None), Follow::After(7));
        assert_eq!(follow(&page(true, None), last, None, Some(7)), Follow::Stuck);
    }

    #[test]
    fn a_server_asks_for_patience_in_seconds_or_until_a_date() {
        let now = "2026-11-27T20:00:00Z".parse().expect("a time");
        assert_eq!(retry_after(" 120 ", now), Some(120));
        assert_eq!(retry_after("99999999999999999999999", now), Some(u64::MAX));
        assert_eq!(retry_after("Fri, 27 Nov 2026 20:01:00 GMT", now), Some(60));
        assert_eq!(retry_after("Fri, 27 Nov 2026 19:01:00 GMT", now), Some(0));
        assert_eq!(retry_after("soon", now), None);
        assert_eq!(retry_after("-5", now), None);
    }

    #[test]
    fn resources_and_errors_of_others_are_read() {
        let discovery: Discovery =
            read("\u{feff}{\"api_roots\":[\"https://a/\"],\"x_more\":1}".as_bytes()).expect("read");
        assert_eq!(discovery.api_roots, ["https://a/"]);
        let collections: Collections =
            read(br#"{"collections":[{"id":"c","can_read":true}]}"#).expect("read");
        assert!(collections.collections[0].can_read && !collections.collections[0].can_write);
        let status: Status = read(br#"{"id":"s","status":"working","total_count":3}"#).expect("read");
        assert_eq!(status.status, StatusKind::Pending);
        let trouble = read_trouble(404, br#"{"code":404,"name":"Not Found","description":"gone"}"#);
        assert_eq!((trouble.title.as_str(), trouble.reference.as_deref()), ("Not Found", Some("404")));
        assert_eq!(read_trouble(502, b"<html>").title, "HTTP 502");
        assert_eq!(read_trouble(500, b"busy").description.as_deref(), Some("busy"));
    }
}
