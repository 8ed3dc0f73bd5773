//! One session: frames in from a stream, frames out to it, both halves running until one ends.

use std::sync::Arc;

use bytes::{Bytes, BytesMut};
use link::{Frame, MAX_FRAME_BYTES};
use model::PartyId;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::mpsc;

use super::feed::{self, Feed};
use super::follow::{self, Following};
use super::seat::{Caller, Seat};
use super::status::Statuses;
use super::stopped::stopped;
use super::switch::{Half, Switch};
use crate::desk::Desk;

/// How long the last frames may take to be written.
const FAREWELL: std::time::Duration = std::time::Duration::from_secs(2);
/// A peer that says nothing for this long is gone; it speaks at least every [`super::feed::SPEAK_EVERY`].
const SILENCE: std::time::Duration = std::time::Duration::from_secs(90);

/// Frames waiting for a half; beyond it the peer waits.
const QUEUE: usize = 8;
/// Frames waiting for the line: more than both halves have under way without an answer.
const OUT: usize = 16;

/// Why a second session is not opened.
pub(super) const ALREADY: &str = "a session with this party is open already";

/// Runs a session with `peer` and returns why it ended.
pub(super) async fn run<S>(
    desk: Arc<Desk>,
    peer: PartyId,
    stream: S,
    statuses: Arc<Statuses>,
    caller: Caller,
) -> String
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    if let Some(stopped) = stopped(&desk.local, &peer) {
        return turn_away(stream, stopped.in_vain()).await;
    }
    let Some(seat) = Seat::for_newcomer(&statuses, desk.me, peer, caller).await else {
        return turn_away(stream, ALREADY.to_owned()).await;
    };
    let (read, write) = tokio::io::split(stream);
    let (out, outgoing) = mpsc::channel(OUT);
    let following = match Following::open(Arc::clone(&desk), peer, Arc::clone(&statuses)) {
        Ok(following) => following.of_session(Arc::clone(&seat)),
        Err(error) => return error.to_string(),
    };
    if out.send(following.hello().encode()).await.is_err() {
        return "the connection closed".to_owned();
    }
    let (to_follow, for_follow) = mpsc::channel(QUEUE);
    let (to_feed, for_feed) = mpsc::channel(QUEUE * 8);
    let switch = Switch::new(peer, &desk.realm);
    let feed = Feed::new(desk, peer, Arc::clone(&statuses), Arc::clone(&seat));
    let mut writer = tokio::spawn(send(write, outgoing));
    let reason = tokio::select! {
        reason = receive(read, &seat, switch, Halves { to_follow, to_feed, back: out.clone() }) => reason,
        reason = prove(&seat, out.clone()) => reason,
        reason = &mut writer => reason.unwrap_or_else(|_| "the node is stopping".to_owned()),
        reason = follow::run(following, for_follow, out.clone()) => reason,
        reason = feed::run(feed, for_feed, out) => reason,
    };
    // Both halves are gone and with them the queue's senders: what they said last, such as why, is still written.
    // A writer that has ended must not be asked again.
    if !writer.is_finished() && tokio::time::timeout(FAREWELL, &mut writer).await.is_err() {
        writer.abort();
    }
    statuses.change(peer, |status| status.last_error = Some(reason.clone()));
    reason
}

/// Asks the peer whether it is still there when a newcomer says that it is the peer; returns when that one gets the seat.
async fn prove(seat: &Seat, out: mpsc::Sender<Bytes>) -> String {
    let asking = async {
        loop {
            seat.doubted().await;
            if out.send(Frame::Ping.encode()).await.is_err() {
                std::future::pending::<()>().await; // the writer has ended, and says why
            }
        }
    };
    tokio::select! {
        () = seat.gives_way() => "the peer called anew, and nothing answered here any more".to_owned(),
        () = asking => String::new(),
    }
}

/// Tells a peer that it calls in vain, and why.
async fn turn_away<S: AsyncWrite>(stream: S, reason: String) -> String {
    tokio::pin!(stream);
    let farewell = async {
        stream.write_all(&Frame::Bye { reason: reason.clone() }.encode()).await?;
        stream.shutdown().await
    };
    let _ = tokio::time::timeout(FAREWELL, farewell).await; // a peer that has gone needs no answer
    reason
}

/// Where frames go.
struct Halves {
    to_follow: mpsc::Sender<Frame>,
    to_feed: mpsc::Sender<Frame>,
    /// To the peer.
    back: mpsc::Sender<Bytes>,
}

/// Reads frames and hands each to its half.
async fn receive<R: AsyncRead>(read: R, seat: &Seat, mut switch: Switch, halves: Halves) -> String {
    tokio::pin!(read);
    loop {
        let frame = match read_frame(&mut read, seat).await {
            Ok(frame) => frame,
            Err(reason) => return reason,
        };
        let taken = match switch.half_of(&frame) {
            Ok(Half::Feed) => halves.to_feed.send(frame).await.is_ok(),
            Ok(Half::Follow) => halves.to_follow.send(frame).await.is_ok(),
            Ok(Half::Neither(None)) => true,
            Ok(Half::Neither(Some(answer))) => halves.back.send(answer.encode()).await.is_ok(),
            Err(reason) => return reason,
        };
        if !taken {
            return "the session ended".to_owned();
        }
    }
}

/// The buffer grows with what really arrives, never to what is only announced.
async fn read_frame<R: AsyncRead + Unpin>(read: &mut R, seat: &Seat) -> Result<Frame, String> {
    let length = unless_silent(read.read_u32()).await? as usize;
    seat.hear();
    if length > MAX_FRAME_BYTES {
        return Err(format!("the peer announced a frame of {length} bytes, more than {MAX_FRAME_BYTES}"));
    }
    let mut buffer = BytesMut::with_capacity(length.min(1 << 20));
    let mut limited = read.take(length as u64);
    while buffer.len() < length {
        if unless_silent(limited.read_buf(&mut buffer)).await? == 0 {
            return Err("the connection closed inside a frame".to_owned());
        }
        seat.hear();
    }
    Frame::decode(buffer.freeze()).map_err(|error| error.to_string())
}

/// What the connection gives, as long as the peer does not fall silent.
async fn unless_silent<T>(moving: impl Future<Output = std::io::Result<T>>) -> Result<T, String> {
    match tokio::time::timeout(SILENCE, moving).await {
        Ok(Ok(moved)) => Ok(moved),
        Ok(Err(error)) => Err(format!("the connection closed: {error}")),
        Err(_) => Err(format!("nothing moved on the connection for {} seconds", SILENCE.as_secs())),
    }
}

/// Writes what is queued, flushing when the queue is empty.
async fn send<W: AsyncWrite>(write: W, mut outgoing: mpsc::Receiver<Bytes>) -> String {
    tokio::pin!(write);
    while let Some(mut bytes) = outgoing.recv().await {
        while !bytes.is_empty() {
            match unless_silent(write.write_buf(&mut bytes)).await {
                Ok(0) => return "the connection takes no more".to_owned(),
                Ok(_) => {}
                Err(reason) => return reason,
            }
        }
        if outgoing.is_empty()
            && let Err(reason) = unless_silent(write.flush()).await
        {
            return reason;
        }
    }
    "the session ended".to_owned()
}
