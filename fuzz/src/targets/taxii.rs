//! TAXII: what a client asks for, and what another server answers.

use formats::json::Limits;
use formats::taxii::{
    Collections, Cursor, Discovery, Query, Status, accept, answer_body, follow, parse_time, post_body, read,
    read_page, read_trouble, retry_after,
};

/// A query that reads is written to one that reads the same.
pub fn query(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(query) = Query::parse(text) else { return };
    let written = query.to_query_string();
    let mut again = Query::parse(&written).unwrap_or_else(|error| panic!("{written:?} of {text:?}: {error}"));
    // What nobody knows is ignored, and told as a warning; it is not written again.
    again.ignored.clone_from(&query.ignored);
    assert_eq!(again, query, "{written}");
    let _ = (query.lasting(), query.filter.is_plain(), query.filter.to_query());
}

fn mac(bytes: &[u8]) -> [u8; 16] {
    let mut tag = [0x5a_u8; 16];
    for (n, byte) in bytes.iter().enumerate() {
        tag[n % 16] = tag[n % 16].rotate_left(3) ^ byte;
    }
    tag
}

/// A foreign cursor is refused; one of ours, made of whatever query, comes back as it was.
pub fn cursor(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = Cursor::decode(text, "objects", mac);
    // The same bytes as the inside of a cursor with a good tag: nothing in it may be believed either.
    let mut inside = bytes.to_vec();
    let tag = mac(&inside);
    inside.extend_from_slice(&tag);
    let _ = Cursor::decode(&base64(&inside), "objects", mac);
    if let Ok(mut query) = Query::parse(text) {
        (query.limit, query.next, query.ignored) = (None, None, Vec::new());
        let cursor = Cursor { collection: "objects".to_owned(), position: bytes.len() as u64, query };
        if let Ok(back) = Cursor::decode(&cursor.encode(mac), "objects", mac) {
            assert_eq!(back, cursor);
        }
    }
}

/// Base64 for URLs without padding, as cursors are written.
fn base64(bytes: &[u8]) -> String {
    model::to_base64(bytes).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

/// Whatever a server that is pulled from answers.
pub fn answer(bytes: &[u8]) {
    let page = read_page(bytes, Limits { max_objects: 500, ..Limits::default() });
    let _ = follow(&page, std::str::from_utf8(bytes).ok(), Some("before"), Some(0));
    let trouble = read_trouble(503, bytes);
    assert!(
        trouble.title.chars().count() <= 300 && trouble.description.is_none_or(|d| d.chars().count() <= 300)
    );
    let _ =
        (read::<Discovery>(bytes).is_ok(), read::<Collections>(bytes).is_ok(), read::<Status>(bytes).is_ok());
}

/// Header fields, which come as text.
pub fn headers(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let _ = (accept(Some(text)), post_body(Some(text)), answer_body(Some(text)), parse_time(text));
    let _ = retry_after(text, model::Timestamp::UNIX_EPOCH);
}
