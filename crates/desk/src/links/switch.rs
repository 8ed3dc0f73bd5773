//! Which half of a session a frame belongs to, once the peer has greeted as the party that it must be.

use link::Frame;
use model::{PartyId, Realm};

/// One of the two halves, if it is for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Half {
    /// Ours goes out.
    Feed,
    /// The peer's comes in.
    Follow,
    /// It is about the connection alone, and answered with this.
    Neither(Option<Frame>),
}

/// Looks at every frame that comes in.
#[derive(Debug)]
pub(super) struct Switch {
    peer: PartyId,
    realm: String,
    greeted: bool,
}

impl Switch {
    pub fn new(peer: PartyId, realm: &Realm) -> Self {
        Self { peer, realm: realm.to_string(), greeted: false }
    }

    /// Where the frame goes; or why the session ends.
    pub fn half_of(&mut self, frame: &Frame) -> Result<Half, String> {
        let Self { peer, realm, greeted } = self;
        if let Frame::Hello { realm: theirs, party, .. } = frame
            && (party != peer || theirs != realm)
        {
            return Err(format!("the peer speaks as {party} in realm {theirs}, expected {peer} in {realm}"));
        }
        *greeted |= matches!(frame, Frame::Hello { .. });
        if !*greeted && !matches!(frame, Frame::Bye { .. }) {
            return Err("the peer sent something before its greeting; upgrade the older node".to_owned());
        }
        Ok(match frame {
            Frame::Ping => Half::Neither(Some(Frame::Pong)),
            Frame::Pong => Half::Neither(None),
            Frame::Hello { .. } | Frame::Ack { .. } | Frame::Ask { .. } => Half::Feed,
            Frame::Batch { .. }
            | Frame::Reveal { .. }
            | Frame::UpToDate { .. }
            | Frame::Keys { .. }
            | Frame::Bye { .. } => Half::Follow,
        })
    }
}
