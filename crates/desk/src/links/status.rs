//! What pages show of each link.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use model::PartyId;

use super::seat::Seats;

/// The state of one link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LinkState {
    /// No session, and none being opened.
    #[default]
    Down,
    /// Being dialled, again and again.
    Dialling,
    /// A session is open.
    Up,
}

/// One link as of now.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkStatus {
    /// The state.
    pub state: LinkState,
    /// Since when, µs.
    pub since_us: i64,
    /// Records of the peer that we hold.
    pub held: u64,
    /// Our records that the peer holds.
    pub acked: u64,
    /// Size of the peer's newest checkpoint that verified.
    pub verified: u64,
    /// When it verified, µs.
    pub verified_us: i64,
    /// Why the last session ended.
    pub last_error: Option<String>,
}

/// Every link of a desk.
#[derive(Debug, Default)]
pub struct Statuses {
    links: Mutex<BTreeMap<PartyId, LinkStatus>>,
    pub(super) seats: Seats,
}

impl Statuses {
    /// A copy for a page.
    pub fn all(&self) -> BTreeMap<PartyId, LinkStatus> {
        self.links.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn change(&self, peer: PartyId, change: impl FnOnce(&mut LinkStatus)) {
        change(self.links.lock().unwrap_or_else(PoisonError::into_inner).entry(peer).or_default());
    }

    /// Says that the peer is being dialled, unless a session is open.
    pub(super) fn dialling(&self, peer: PartyId, error: Option<String>) {
        self.change(peer, |link| {
            if link.state != LinkState::Up {
                link.state = LinkState::Dialling;
                link.last_error = error.or(link.last_error.take());
            }
        });
    }

    pub(super) fn is_up(&self, peer: &PartyId) -> bool {
        let links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
        links.get(peer).is_some_and(|link| link.state == LinkState::Up)
    }
}
