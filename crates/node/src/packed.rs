//! Pages of the console, compressed for who can read that (RFC 9110, §8.4.1.3), without telling by their length what they hold.
//!
//! The length of a compressed page depends on how often its text repeats: who could choose a part of many answers and measure all of
//! them might guess the rest (BREACH). No other site can make a browser ask for a page as somebody (cookies are `SameSite=Strict`), no
//! page holds a secret of its session, and each answer is longer by a random number of bytes, which drowns what one guess would change.

use std::io::Write as _;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use desk::edge;
use flate2::{Compression, GzBuilder};
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, VARY};
use http::{HeaderMap, HeaderValue, StatusCode};

/// Shorter pages gain nothing, bytes.
const LEAST: u64 = 1_400;
/// Longer pages go out as they are, bytes: packing them would keep a core from others.
const MOST: u64 = 2_000_000;
/// Most bytes that are added; one less than a power of two.
const PADDING: u16 = 511;
/// How hard it is tried: a page of 80 kB takes less than a millisecond.
const LEVEL: u32 = 3;

/// Compresses a page; other answers pass.
pub async fn pages(request: Request, next: Next) -> Response {
    let reads = reads_gzip(request.headers());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    if !headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html")) {
        return response;
    }
    headers.append(VARY, HeaderValue::from_static("accept-encoding"));
    let (mut parts, body) = response.into_parts();
    let length = axum::body::HttpBody::size_hint(&body).exact().unwrap_or(0);
    if !reads || !(LEAST..=MOST).contains(&length) || parts.headers.contains_key(CONTENT_ENCODING) {
        return Response::from_parts(parts, body);
    }
    // The page is in memory already.
    let Ok(page) = to_bytes(body, MOST as usize).await else {
        parts.status = StatusCode::INTERNAL_SERVER_ERROR;
        return Response::from_parts(parts, Body::empty());
    };
    let packed = pack(&page);
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    Response::from_parts(parts, Body::from(packed))
}

/// As gzip (RFC 1952), with padding in the field that readers skip.
fn pack(page: &[u8]) -> Vec<u8> {
    let mut chance = [0; 2];
    edge::random(&mut chance);
    let padding = vec![0; usize::from(u16::from_be_bytes(chance) & PADDING)];
    let out = Vec::with_capacity(page.len() / 4);
    let mut packer = GzBuilder::new().extra(padding).write(out, Compression::new(LEVEL));
    // Writing to memory does not fail.
    let written = packer.write_all(page).and_then(|()| packer.finish());
    written.unwrap_or_default()
}

fn reads_gzip(headers: &HeaderMap) -> bool {
    let lists = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|list| list.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>().unwrap_or(0.0);
        name.trim().eq_ignore_ascii_case("gzip") && weight > 0.0
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::io::Read as _;

    use axum::Router;
    use axum::middleware::from_fn;
    use axum::response::{Html, IntoResponse};
    use tower::ServiceExt as _;

    use super::*;

    fn page() -> String {
        "<tr><td>intrusion-set</td><td>TLP:AMBER</td></tr>".repeat(500)
    }

    async fn ask(path: &str, accept: &str) -> Response {
        let answer = |uri: http::Uri| async move {
            match uri.path() {
                "/page" => Html(page()).into_response(),
                "/short" => Html("<p>").into_response(),
                _ => page().into_response(),
            }
        };
        let router = Router::new().fallback(answer).layer(from_fn(pages));
        let request = Request::get(path).header(ACCEPT_ENCODING, accept).body(Body::empty());
        router.oneshot(request.expect("a request")).await.expect("an answer")
    }

    async fn bytes(response: Response) -> Vec<u8> {
        to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec()
    }

    #[tokio::test]
    async fn a_page_is_packed_for_who_reads_it_and_its_length_tells_nothing() {
        let mut lengths = BTreeSet::new();
        for _ in 0..20 {
            let answer = ask("/page", "br, gzip;q=0.5").await;
            assert_eq!(answer.headers()[CONTENT_ENCODING], "gzip");
            assert_eq!(answer.headers()[VARY], "accept-encoding");
            let packed = bytes(answer).await;
            let mut text = String::new();
            flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut text).expect("gzip");
            assert_eq!(text, page());
            lengths.insert(packed.len());
        }
        assert!(lengths.len() > 10, "{lengths:?}");
    }

    #[tokio::test]
    async fn others_get_what_they_asked_for() {
        for (path, accept) in
            [("/page", ""), ("/page", "br"), ("/page", "gzip;q=0"), ("/short", "gzip"), ("/data", "gzip")]
        {
            let answer = ask(path, accept).await;
            assert!(!answer.headers().contains_key(CONTENT_ENCODING), "{path} {accept}");
            let whole = if path == "/short" { "<p>".to_owned() } else { page() };
            assert_eq!(bytes(answer).await, whole.into_bytes(), "{path} {accept}");
        }
    }
}
