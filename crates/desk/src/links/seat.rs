//! The one seat that each peer has at this node: who sits there, when a newcomer gets it, and when it is really free again.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::PartyId;
use tokio::sync::{Notify, watch};

use super::status::{LinkState, Statuses};
use crate::edge;

/// Within this time a session has heard the peer's greeting, or the peer was never there.
const GREETING: Duration = Duration::from_secs(10);
/// A peer that is asked whether it is still there answers within this time.
const ANSWER: Duration = Duration::from_secs(5);
/// How long the halves of a session that gave way may take to finish what they are at.
const LETTING_GO: Duration = Duration::from_secs(15);
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Who called whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caller {
    /// This node.
    Us,
    /// The peer.
    Peer,
}

/// What is known of the session that has the seat.
#[derive(Debug)]
struct Sitting {
    caller: Caller,
    began: Instant,
    /// How often anything was heard.
    heard: watch::Sender<u64>,
    /// A newcomer is at the door.
    challenged: AtomicBool,
    doubted: Notify,
    gives_way: Notify,
}

/// The seats of all peers.
#[derive(Debug, Default)]
pub(super) struct Seats(Mutex<BTreeMap<PartyId, Arc<Sitting>>>);

/// The right to hold a session with a peer. Both halves of a session keep one: the seat is free when the last is dropped.
#[derive(Debug)]
pub(super) struct Seat {
    peer: PartyId,
    statuses: Arc<Statuses>,
    sitting: Arc<Sitting>,
}

impl Seat {
    /// The seat if it is free; what is known of who has it otherwise.
    fn sit(statuses: &Arc<Statuses>, peer: PartyId, caller: Caller) -> Result<Arc<Self>, Arc<Sitting>> {
        let mut seats = statuses.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sitting) = seats.get(&peer) {
            return Err(Arc::clone(sitting));
        }
        let sitting = Arc::new(Sitting {
            caller,
            began: edge::monotonic(),
            heard: watch::Sender::new(0),
            challenged: AtomicBool::new(false),
            doubted: Notify::new(),
            gives_way: Notify::new(),
        });
        seats.insert(peer, Arc::clone(&sitting));
        statuses.change(peer, |link| (link.state, link.since_us) = (LinkState::Up, edge::now_us()));
        Ok(Arc::new(Self { peer, statuses: Arc::clone(statuses), sitting }))
    }

    /// The seat if it is free.
    pub fn free(statuses: &Arc<Statuses>, peer: PartyId, caller: Caller) -> Option<Arc<Self>> {
        Self::sit(statuses, peer, caller).ok()
    }

    /// The seat for a newcomer, whom its certificate has proved. A session that answers keeps it; one that does not gives
    /// way: what stood behind it may have been stopped, or cut off, and its party goes on from another machine.
    pub async fn for_newcomer(
        statuses: &Arc<Statuses>,
        me: PartyId,
        peer: PartyId,
        caller: Caller,
    ) -> Option<Arc<Self>> {
        let sitting = match Self::sit(statuses, peer, caller) {
            Ok(seat) => return Some(seat),
            Err(sitting) => sitting,
        };
        if sitting.challenged.swap(true, Ordering::SeqCst) {
            return None; // one newcomer at a time
        }
        if !sitting.yields_to(me, peer, caller).await {
            sitting.challenged.store(false, Ordering::SeqCst);
            return None;
        }
        sitting.gives_way.notify_one();
        let freed = async {
            loop {
                if let Some(seat) = Self::free(statuses, peer, caller) {
                    return seat;
                }
                tokio::time::sleep(LOOK_EVERY).await;
            }
        };
        tokio::time::timeout(LETTING_GO, freed).await.ok()
    }

    /// Something was heard from the peer.
    pub fn hear(&self) {
        self.sitting.heard.send_modify(|times| *times += 1);
    }

    /// Waits until a newcomer makes it doubtful that the peer is still there.
    pub async fn doubted(&self) {
        self.sitting.doubted.notified().await;
    }

    /// Waits until the session must end for a newcomer.
    pub async fn gives_way(&self) {
        self.sitting.gives_way.notified().await;
    }
}

impl Sitting {
    async fn yields_to(&self, me: PartyId, peer: PartyId, newcomer: Caller) -> bool {
        let mut heard = self.heard.subscribe();
        let young = *heard.borrow_and_update() == 0 && self.began.elapsed() < GREETING;
        if young && self.caller != newcomer {
            // Both called at the same moment, and both sides choose the same call: that of the smaller id.
            return newcomer == if me < peer { Caller::Us } else { Caller::Peer };
        }
        self.doubted.notify_one();
        tokio::time::timeout(ANSWER, heard.changed()).await.is_err()
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut seats = self.statuses.seats.0.lock().unwrap_or_else(PoisonError::into_inner);
        seats.remove(&self.peer);
        self.statuses
            .change(self.peer, |link| (link.state, link.since_us) = (LinkState::Down, edge::now_us()));
    }
}
