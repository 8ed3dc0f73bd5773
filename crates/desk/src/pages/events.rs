//! Server-sent events: which topics changed, so that pages refresh the parts that show them.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE};
use http::request::Parts;
use hyper::body::Frame;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{OwnedSemaphorePermit, broadcast, mpsc};

use super::app::App;
use super::error::PageError;
use super::may::May;
use super::visitor::Visitor;
use crate::access::OverviewRead;

/// A comment this often keeps proxies from closing the stream, and shows us who has left.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Changes are gathered this long: a page needs no more than a few refreshes a second.
const GATHER: Duration = Duration::from_millis(250);
/// A stream ends after this long and the browser opens a new one, so that an ended session is noticed.
const LIFETIME_BEATS: u32 = 40;

pub(super) async fn stream(
    _: May<OverviewRead>,
    State(app): State<App>,
    parts: Parts,
) -> Result<Response, PageError> {
    let permit = app.streams.clone().try_acquire_owned().map_err(|_| PageError::Busy)?;
    let (sender, receiver) = mpsc::channel(4);
    let changes = app.desk.views.changes();
    tokio::spawn(tell(changes, sender, permit, parts, app));
    let headers = [(CONTENT_TYPE, "text/event-stream"), (CACHE_CONTROL, "no-store")];
    Ok((headers, Body::new(Events(receiver))).into_response())
}

/// Writes events until the reader leaves or the stream has lived its time.
async fn tell(
    mut changes: broadcast::Receiver<&'static str>,
    sender: mpsc::Sender<Bytes>,
    permit: OwnedSemaphorePermit,
    reader: Parts,
    app: App,
) {
    let mut beats = 0;
    let mut next = Bytes::from_static(b"retry: 2000\n\n");
    while sender.send(next).await.is_ok() && beats < LIFETIME_BEATS {
        next = match tokio::time::timeout(HEARTBEAT, changes.recv()).await {
            Err(_) => {
                beats += 1;
                Bytes::from_static(b": still here\n\n")
            }
            Ok(Ok(first)) => gather(&mut changes, first).await,
            // Too slow to hear everything: name every topic a page may show.
            Ok(Err(RecvError::Lagged(_))) => {
                changed("accord exchange ledger links notices notify parties picture")
            }
            Ok(Err(RecvError::Closed)) => break,
        };
        // A session that was ended, or a guest whose stay is over, is told nothing more.
        if Visitor::of(&reader, &app).await.is_none() {
            break;
        }
    }
    drop(permit);
}

async fn gather(changes: &mut broadcast::Receiver<&'static str>, first: &'static str) -> Bytes {
    tokio::time::sleep(GATHER).await;
    let mut topics = vec![first];
    while let Ok(topic) = changes.try_recv() {
        if !topics.contains(&topic) {
            topics.push(topic);
        }
    }
    changed(&topics.join(" "))
}

fn changed(topics: &str) -> Bytes {
    Bytes::from(format!("event: changed\ndata: {topics}\n\n"))
}

/// A response body fed by a channel.
struct Events(mpsc::Receiver<Bytes>);

impl hyper::body::Body for Events {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|next| next.map(|bytes| Ok(Frame::data(bytes))))
    }
}
