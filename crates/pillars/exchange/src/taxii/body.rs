//! The body of a POST: read whole within its bound, or refused at once and thrown away.

use std::future::poll_fn;
use std::pin::Pin;
use std::time::Duration;

use axum::body::{Body, HttpBody as _};
use bytes::{Bytes, BytesMut};
use http::{HeaderMap, StatusCode, Version, header};

use super::TaxiiOptions;
use super::answer::Failure;

/// Room made for what a client only announces, bytes.
const AT_FIRST: usize = 1 << 20;
/// A client that sends nothing of its body for so long is gone.
const SILENCE: Duration = Duration::from_secs(30);
/// A refused body is read on for so long, and so far, at most.
const LINGER: (Duration, u64) = (Duration::from_secs(30), 2 << 30);

/// Reads a body within its bounds of size and time.
pub(super) async fn read(
    version: Version,
    headers: &HeaderMap,
    body: Body,
    options: &TaxiiOptions,
) -> Result<Bytes, Failure> {
    let whole = gather(version, headers, body, options.max_content_length);
    tokio::time::timeout(options.body_time, whole).await.map_err(|_| slow(options.body_time))?
}

async fn gather(
    version: Version,
    headers: &HeaderMap,
    mut body: Body,
    limit: usize,
) -> Result<Bytes, Failure> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let announced: u64 = announced.unwrap_or(0);
    if announced > limit as u64 {
        return Err(refuse(version, headers, body, limit));
    }
    let mut held = BytesMut::with_capacity(AT_FIRST.min(announced as usize));
    while let Some(data) = tokio::time::timeout(SILENCE, next(&mut body)).await.map_err(|_| silent())? {
        let data = data.map_err(|cause| {
            Failure::bad_request(&format!("the body ended early: {cause}; send it again"))
        })?;
        if held.len() + data.len() > limit {
            return Err(refuse(version, headers, body, limit));
        }
        held.extend_from_slice(&data);
    }
    Ok(held.freeze())
}

fn silent() -> Failure {
    let description = &format!("nothing came for {} seconds; send the body again", SILENCE.as_secs());
    Failure::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the body ended early", description)
}

fn slow(allowed: Duration) -> Failure {
    let allowed = allowed.as_secs();
    let description = &format!("the body took longer than {allowed} seconds; send less at once");
    Failure::new(StatusCode::REQUEST_TIMEOUT, "timeout", "the body came too slowly", description)
}

fn refuse(version: Version, headers: &HeaderMap, body: Body, limit: usize) -> Failure {
    // A client that waits to be asked, or has streams of its own, has nothing under way that must be read.
    if version <= Version::HTTP_11 && !headers.contains_key(header::EXPECT) {
        tokio::spawn(tokio::time::timeout(LINGER.0, throw_away(body)));
    }
    Failure::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        "too-large",
        "the body is too large",
        &format!("send at most {limit} bytes at once (max_content_length of the API root)"),
    )
}

/// Most clients write everything before they read. A connection closed on unread bytes is reset, and the answer lost.
async fn throw_away(mut body: Body) {
    let mut read = 0;
    while let Some(Ok(data)) = next(&mut body).await {
        read += data.len() as u64;
        if read > LINGER.1 {
            return;
        }
    }
}

async fn next(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    loop {
        match poll_fn(|cx| Pin::new(&mut *body).poll_frame(cx)).await? {
            Err(cause) => return Some(Err(cause)),
            Ok(frame) => {
                if let Ok(data) = frame.into_data() {
                    return Some(Ok(data));
                }
            }
        }
    }
}
