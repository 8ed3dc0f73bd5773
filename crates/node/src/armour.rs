//! Headers that no answer goes without, whichever gate it leaves by; a page of the console brings its own, which stay.

use axum::response::Response;
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, HeaderValue};

/// A document for programs shows nothing, runs nothing and stands in no frame.
const FOR_PROGRAMS: &str = "default-src 'none'; frame-ancestors 'none'";

/// Adds what is missing.
pub async fn put_on(mut response: Response, tls: bool) -> Response {
    let headers = response.headers_mut();
    add(headers, X_CONTENT_TYPE_OPTIONS, "nosniff");
    add(headers, REFERRER_POLICY, "no-referrer");
    add(headers, CONTENT_SECURITY_POLICY, FOR_PROGRAMS);
    // What one caller may see, no cache keeps for the next.
    add(headers, CACHE_CONTROL, "no-store");
    if tls {
        add(headers, STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    response
}

fn add(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
