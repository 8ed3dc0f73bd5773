//! One session: frames in from a stream, frames out to it, both halves running until one ends.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use link::{Frame, MAX_FRAME_BYTES};
use model::PartyId;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc;

use super::feed::{self, Feed};
use super::follow::{self, Following};
use super::status::{LinkState, Statuses};
use super::stopped::{Stopped, stopped};
use super::switch::{Half, Switch};
use crate::desk::Desk;
use crate::edge;

/// How long the last frames may take to be written.
const FAREWELL: std::time::Duration = std::time::Duration::from_secs(2);
/// A peer that says nothing for this long is gone; it speaks at least every [`super::feed::SPEAK_EVERY`].
const SILENCE: std::time::Duration = std::time::Duration::from_secs(90);

/// Frames waiting in each direction; beyond it the peer waits.
const QUEUE: usize = 8;

/// Runs a session with `peer` and returns why it ended.
pub(super) async fn run<S>(desk: Arc<Desk>, peer: PartyId, stream: S, statuses: Arc<Statuses>) -> String
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    if let Some(stopped) = stopped(&desk.local, &peer) {
        return turn_away(stream, &stopped).await;
    }
    // Both may call at the same moment: the second session would only repeat the first.
    if !statuses.claim(peer) {
        return "a session with this party is open already".to_owned();
    }
    let (read, write) = tokio::io::split(stream);
    let (out, outgoing) = mpsc::channel(QUEUE);
    let following = match Following::open(Arc::clone(&desk), peer, Arc::clone(&statuses)) {
        Ok(following) => following.stopping(),
        Err(error) => {
            statuses.change(peer, |status| status.state = LinkState::Down);
            return error.to_string();
        }
    };
    if out.send(following.hello().encode()).await.is_err() {
        return "the connection closed".to_owned();
    }
    let (to_follow, for_follow) = mpsc::channel(QUEUE);
    let (to_feed, for_feed) = mpsc::channel(QUEUE * 8);
    let switch = Switch::new(peer, &desk.realm);
    let feed = Feed::new(desk, peer, Arc::clone(&statuses));
    let mut writer = tokio::spawn(send(write, outgoing));
    let reason = tokio::select! {
        reason = receive(read, switch, to_follow, to_feed) => reason,
        reason = &mut writer => reason.unwrap_or_else(|_| "the node is stopping".to_owned()),
        reason = follow::run(following, for_follow, out.clone()) => reason,
        reason = feed::run(feed, for_feed, out) => reason,
    };
    // Both halves are gone and with them the queue's senders: what they said last, such as why, is still written.
    // A writer that has ended must not be asked again.
    if !writer.is_finished() && tokio::time::timeout(FAREWELL, &mut writer).await.is_err() {
        writer.abort();
    }
    statuses.change(peer, |status| {
        (status.state, status.since_us) = (LinkState::Down, edge::now_us());
        status.last_error = Some(reason.clone());
    });
    reason
}

/// Tells a peer whose link is stopped that it calls in vain.
async fn turn_away<S: AsyncWrite>(stream: S, stopped: &Stopped) -> String {
    tokio::pin!(stream);
    let reason = stopped.in_vain();
    let farewell = async {
        stream.write_all(&Frame::Bye { reason: reason.clone() }.encode()).await?;
        stream.shutdown().await
    };
    let _ = tokio::time::timeout(FAREWELL, farewell).await; // a peer that has gone needs no answer
    reason
}

/// Reads frames and hands each to its half.
async fn receive<R: AsyncRead>(
    read: R,
    mut switch: Switch,
    to_follow: mpsc::Sender<Frame>,
    to_feed: mpsc::Sender<Frame>,
) -> String {
    tokio::pin!(read);
    loop {
        let length = match tokio::time::timeout(SILENCE, read.read_u32()).await {
            Ok(Ok(length)) => length as usize,
            Ok(Err(error)) => return format!("the connection closed: {error}"),
            Err(_) => return format!("the peer said nothing for {} seconds", SILENCE.as_secs()),
        };
        if length > MAX_FRAME_BYTES {
            return format!("the peer announced a frame of {length} bytes, more than {MAX_FRAME_BYTES}");
        }
        let frame = match read_frame(&mut read, length).await {
            Ok(frame) => frame,
            Err(reason) => return reason,
        };
        let half = match switch.half_of(&frame) {
            Ok(Half::Feed) => &to_feed,
            Ok(Half::Follow) => &to_follow,
            Err(reason) => return reason,
        };
        if half.send(frame).await.is_err() {
            return "the session ended".to_owned();
        }
    }
}

/// The buffer grows with what really arrives, never to what is only announced.
async fn read_frame<R: AsyncRead + Unpin>(read: &mut R, length: usize) -> Result<Frame, String> {
    let mut buffer = BytesMut::with_capacity(length.min(1 << 20));
    let mut limited = read.take(length as u64);
    while buffer.len() < length {
        match limited.read_buf(&mut buffer).await {
            Ok(0) => return Err("the connection closed inside a frame".to_owned()),
            Ok(_) => {}
            Err(error) => return Err(format!("the connection closed: {error}")),
        }
    }
    Frame::decode(buffer.freeze()).map_err(|error| error.to_string())
}

/// Writes what is queued, flushing when the queue is empty.
async fn send<W: AsyncWrite>(write: W, mut outgoing: mpsc::Receiver<Bytes>) -> String {
    tokio::pin!(write);
    while let Some(bytes) = outgoing.recv().await {
        let mut result = write.write_all(&bytes).await;
        if result.is_ok() && outgoing.is_empty() {
            result = write.flush().await;
        }
        if let Err(error) = result {
            return format!("the connection closed: {error}");
        }
    }
    "the session ended".to_owned()
}
