//! One session without a socket: bytes in, bytes out, one step at a time. The halves are those of a session over TLS;
//! what is missing is the connection, its silence and its pauses.

use std::sync::Arc;

use bytes::{Buf as _, Bytes};
use link::{Frame, MAX_FRAME_BYTES};
use model::PartyId;

use super::feed::Feed;
use super::follow::Following;
use super::seat::{Caller, Seat};
use super::session::ALREADY;
use super::status::Statuses;
use super::stopped::stopped;
use super::switch::{Half, Switch};
use crate::desk::Desk;

/// Both halves of a session with one peer.
pub struct Session {
    switch: Switch,
    feed: Feed,
    following: Following,
    statuses: Arc<Statuses>,
    peer: PartyId,
}

/// What is left to say when a session ends, and why it does.
#[derive(Debug)]
pub struct Ended {
    /// The last frame, if the peer is told.
    pub farewell: Option<Bytes>,
    /// Why.
    pub reason: String,
}

impl From<String> for Ended {
    fn from(reason: String) -> Self {
        Self { farewell: None, reason }
    }
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").field("peer", &self.peer).finish_non_exhaustive()
    }
}

impl Session {
    /// Opens a session and says what is sent first; or why there is none.
    pub fn open(desk: &Arc<Desk>, peer: PartyId, statuses: &Arc<Statuses>) -> Result<(Self, Bytes), Ended> {
        if let Some(stopped) = stopped(&desk.local, &peer) {
            let reason = stopped.in_vain();
            let farewell = Some(Frame::Bye { reason: reason.clone() }.encode());
            return Err(Ended { farewell, reason });
        }
        let Some(seat) = Seat::free(statuses, peer, Caller::Us) else {
            return Err(ALREADY.to_owned().into());
        };
        let following = Following::open(Arc::clone(desk), peer, Arc::clone(statuses))
            .map_err(|error| error.to_string())?
            .of_session(Arc::clone(&seat));
        let hello = following.hello().encode();
        let switch = Switch::new(peer, &desk.realm);
        let feed = Feed::new(Arc::clone(desk), peer, Arc::clone(statuses), seat);
        Ok((Self { switch, feed, following, statuses: Arc::clone(statuses), peer }, hello))
    }

    /// Takes the bytes of one frame, its length first as it travels, and answers.
    pub fn receive(&mut self, bytes: &Bytes) -> Result<Option<Bytes>, Ended> {
        let frame = whole(bytes)?;
        match self.switch.half_of(&frame)? {
            Half::Neither(answer) => Ok(answer.map(|frame| frame.encode())),
            Half::Feed => Ok(self.feed.receive(&frame).map(|()| None)?),
            Half::Follow => match self.following.step(frame)? {
                Some(farewell @ Frame::Bye { .. }) => {
                    let bytes = farewell.encode();
                    let Frame::Bye { reason } = farewell else { return Ok(None) };
                    Err(Ended { farewell: Some(bytes), reason })
                }
                answer => Ok(answer.map(|frame| frame.encode())),
            },
        }
    }

    /// What is due by now: questions of the following half, and one frame of the feeding half.
    pub fn turn(&mut self) -> Result<Vec<Bytes>, Ended> {
        let questions = self.following.ask();
        let due = self.feed.turn()?;
        Ok(questions.into_iter().chain(due).map(|frame| frame.encode()).collect())
    }

    /// What is said when nothing was for a while.
    pub fn speak(&mut self) -> Result<Bytes, Ended> {
        Ok(self.feed.speak()?.encode())
    }

    /// Ends the session here.
    pub fn close(self, reason: &str) {
        self.statuses.change(self.peer, |status| status.last_error = Some(reason.to_owned()));
    }
}

/// The one frame in `bytes`.
fn whole(bytes: &Bytes) -> Result<Frame, String> {
    let mut rest = bytes.clone();
    if rest.remaining() < 4 {
        return Err("the connection closed inside a frame".to_owned());
    }
    let length = rest.get_u32() as usize;
    if length > MAX_FRAME_BYTES {
        return Err(format!("the peer announced a frame of {length} bytes, more than {MAX_FRAME_BYTES}"));
    }
    if length != rest.remaining() {
        return Err("the connection closed inside a frame".to_owned());
    }
    Frame::decode(rest).map_err(|error| error.to_string())
}
