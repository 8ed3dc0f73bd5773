//! The one task that brings this node's works into the stream and the stream into this node's `ledger.db`.
//!
//! What callers ask for is gathered into commits. A commit's pack is stored first; then its parts are sent, each to be
//! stored only where this node expects it (`Nats-Expected-Last-Sequence`), several commits behind one another without
//! waiting; these also name the message they follow (`Nats-Expected-Last-Msg-Id`), since another node's could stand at
//! the expected sequence. As long as nobody else writes, every expectation holds. When one fails, because another node was first, or
//! because a server went down with what it had not stored yet, nothing more is sent until it is certain what the stream
//! holds (`recover`); what is missing is then sent again. So a commit is in the stream once, whoever dies when.
//!
//! Works are not judged before they are sent: applying them in the order of the stream refuses the same ones on every
//! node, and the caller hears the answer of his own node's fold.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::BytesMut;
use tokio::sync::mpsc::{self, UnboundedReceiver, UnboundedSender};

use super::commit::{Id, hex};
use super::fetch::{Fetched, read_commit};
use super::flight::Flight;
use super::pack::Piece;
use super::shared::Shared;
use super::wire::{Wire, WireError, acknowledged};
use crate::sqlite::{Sqlite, Taken};
use crate::work::{Commit, Cursor, Done, Outcome, Refusal, Stamp, Work};

/// Bytes that one commit takes from the queue, so that it is one message of headers and one of bodies.
const COMMIT_BYTES: usize = 1 << 20;

/// Commits under way at once, and their bytes.
const MAX_FLIGHTS: usize = 16;
const MAX_FLYING_BYTES: usize = 12 << 20;

/// Bytes handed to the writer of `ledger.db` and not yet committed there.
const MAX_FOLDING_BYTES: usize = 8 << 20;

/// How long, once something has gone wrong, the answers to what else is under way are waited for.
const GRACE: Duration = Duration::from_millis(500);

/// How long a busy node leaves the stream to one that asks for a turn.
const GAP: Duration = Duration::from_millis(30);

/// How often the end of the stream is asked for, in case no other node told of it.
const TICK: Duration = Duration::from_millis(500);

/// What other tasks tell this one.
pub(super) enum Event {
    Packed { attempt: u64, piece: Piece, result: Result<(), WireError> },
    Stored { attempt: u64, id: Id, expected: u64, result: Result<u64, WireError> },
    Silent { attempt: u64 },
    Folded { cursor: Cursor, bytes: usize, result: Result<Vec<Result<Outcome, Refusal>>, Refusal> },
    Last(u64),
    TurnIsOver,
}

/// Parts of a commit of which more must come.
pub(super) struct Assembly {
    pub id: Id,
    pub first_seq: u64,
    pub have: u32,
    content: BytesMut,
}

impl Assembly {
    pub fn new(id: Id, first_seq: u64, have: u32) -> Self {
        Self { id, first_seq, have, content: BytesMut::new() }
    }
}

pub(super) struct Sequencer {
    pub wire: Wire,
    pub shared: Arc<Shared>,
    pub local: Arc<Sqlite>,
    pub flights: VecDeque<Flight>,
    flying_bytes: usize,
    /// Parts and packs sent and not yet answered.
    pub airborne: usize,
    /// Who waits for which commit, in the order of its works.
    pub waiting: HashMap<Id, Vec<Done>>,
    pub events: UnboundedReceiver<Event>,
    teller: UnboundedSender<Event>,
    /// Where the stream ends when everything sent is stored, and that commit's id.
    pub tip: Cursor,
    /// The name of the message sent last, and how many parts have no answer yet.
    last_sent: String,
    unanswered: usize,
    /// How often the stream has been looked at again, or was to be. What is answered to an earlier attempt counts no more.
    /// Part of each message's name, so that no server takes a message for a repeated one: what is sent again was looked
    /// for in the stream and is not there.
    pub attempt: u64,
    /// The last sequence looked at, and the last whole commit handed to the fold.
    pub looked: u64,
    pub handed: Cursor,
    /// The last commit that `ledger.db` holds.
    pub applied: Cursor,
    pub assembly: Option<Assembly>,
    folding: usize,
    folding_bytes: usize,
    /// The highest sequence anybody has told of.
    known_last: u64,
    /// Why nothing may be sent before the stream has been looked at again.
    pub doubt: Option<String>,
    /// A pack was not stored, so that its stream may have no leader.
    pub unpacked: bool,
    /// Where the stream ended when it was looked at last.
    pub ended: u64,
    /// The fold refused or failed; the stream is read again from where `ledger.db` is.
    pub refold: bool,
    /// The stream was found not to be the one this node has followed.
    pub strayed: bool,
    pub closing: bool,
    /// Races lost since a commit of this node was stored.
    pub fruitless: u32,
    /// Another node has asked for a turn: nothing new is sent for a moment.
    yielding: bool,
    pub name: [u8; 8],
    counter: u64,
}

impl Sequencer {
    pub fn new(wire: Wire, shared: Arc<Shared>, local: Arc<Sqlite>, at: Cursor, name: [u8; 8]) -> Self {
        let (teller, events) = mpsc::unbounded_channel();
        Self {
            wire,
            shared,
            local,
            flights: VecDeque::new(),
            flying_bytes: 0,
            airborne: 0,
            waiting: HashMap::new(),
            events,
            teller,
            tip: at,
            last_sent: String::new(),
            unanswered: 0,
            attempt: 0,
            looked: at.seq,
            handed: at,
            applied: at,
            assembly: None,
            folding: 0,
            folding_bytes: 0,
            known_last: at.seq,
            doubt: Some("just started".to_owned()),
            unpacked: false,
            ended: at.seq,
            refold: false,
            strayed: false,
            closing: false,
            fruitless: 0,
            yielding: false,
            name,
            counter: 0,
        }
    }

    /// Works until the ledger is closed and everything acknowledged is folded, or nothing can be done any more.
    pub async fn run(mut self) {
        let mut grown = self.wire.listen().await.ok();
        let mut turns = self.wire.listen_turns().await.ok();
        let mut renewed = self.wire.renewed.clone();
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            self.go_on().await;
            if self.closing && (self.is_idle() || self.doubt.is_some()) {
                break;
            }
            let shared = Arc::clone(&self.shared);
            tokio::select! {
                () = shared.wake.notified() => {}
                Some(event) = self.events.recv() => self.on(event),
                last = super::shared::heard(&mut grown) => self.known_last = self.known_last.max(last),
                asker = super::shared::next(&mut turns) => self.leave_a_gap(&asker),
                Ok(()) = renewed.changed() => self.forsake("the connection was lost"),
                _ = ticks.tick() => self.ask_for_the_end(),
            }
        }
        self.refuse_all("the ledger is closing");
    }

    fn is_idle(&self) -> bool {
        self.flights.is_empty() && self.airborne == 0 && self.folding == 0
    }

    async fn go_on(&mut self) {
        while let Ok(event) = self.events.try_recv() {
            self.on(event);
        }
        if self.doubt.is_none() && self.airborne == 0 && self.known_last > self.tip.seq {
            self.doubt("another node has written");
        }
        if self.doubt.is_some() && self.airborne == 0 {
            self.recover().await;
        }
        if self.doubt.is_some() {
            return;
        }
        self.hand_landed().await;
        self.take_jobs().await;
        self.send().await;
    }

    /// Nothing may be sent any more before the stream has been looked at; soon, also when servers are silent.
    fn doubt(&mut self, reason: &str) {
        if self.doubt.is_none() {
            self.doubt = Some(reason.to_owned());
            let (attempt, teller) = (self.attempt, self.teller.clone());
            tokio::spawn(async move {
                tokio::time::sleep(GRACE).await;
                drop(teller.send(Event::Silent { attempt }));
            });
        }
    }

    /// What is under way may or may not be stored: nobody waits for the answers any more, the stream will tell.
    fn forsake(&mut self, reason: &str) {
        if self.airborne > 0 {
            self.doubt(reason);
            (self.airborne, self.unanswered) = (0, 0);
            self.attempt += 1;
        }
    }

    /// Sends nothing new for a moment, so that the node that asked can be first once.
    fn leave_a_gap(&mut self, asker: &[u8]) {
        if asker != self.name && !self.yielding {
            self.yielding = true;
            let teller = self.teller.clone();
            tokio::spawn(async move {
                tokio::time::sleep(GAP).await;
                drop(teller.send(Event::TurnIsOver));
            });
        }
    }

    /// The leader is asked in the background; nobody waits for it.
    fn ask_for_the_end(&mut self) {
        let (wire, teller) = (self.wire.clone(), self.teller.clone());
        tokio::spawn(async move {
            if let Ok(last) = wire.last_sequence().await {
                drop(teller.send(Event::Last(last)));
            }
        });
    }

    pub fn on(&mut self, event: Event) {
        match event {
            Event::Packed { attempt, .. } | Event::Stored { attempt, .. } | Event::Silent { attempt }
                if attempt != self.attempt => {}
            Event::Packed { piece, result, .. } => {
                self.airborne -= 1;
                match result {
                    Ok(()) => self.flight(&piece.id, |flight| flight.packed(piece.index)),
                    Err(error) => {
                        self.unpacked = true;
                        self.doubt(&error.to_string());
                    }
                }
            }
            Event::Silent { .. } if self.doubt.is_some() => self.forsake("servers are silent"),
            Event::Silent { .. } => {}
            Event::Stored { id, expected, result, .. } => {
                self.airborne -= 1;
                self.unanswered -= 1;
                match result {
                    Ok(sequence) if sequence == expected + 1 => {
                        self.known_last = self.known_last.max(sequence);
                        self.fruitless = 0;
                        self.flight(&id, |flight| flight.acked += 1);
                    }
                    Ok(sequence) => self.doubt(&format!("stored at {sequence} instead of {}", expected + 1)),
                    Err(error) => self.doubt(&error.to_string()),
                }
            }
            Event::Folded { cursor, bytes, result } => self.folded(cursor, bytes, result),
            Event::TurnIsOver => self.yielding = false,
            Event::Last(last) => self.known_last = self.known_last.max(last),
        }
    }

    fn flight(&mut self, id: &Id, change: impl FnOnce(&mut Flight)) {
        if let Some(flight) = self.flights.iter_mut().find(|flight| flight.id == *id) {
            change(flight);
        }
    }

    fn folded(
        &mut self,
        cursor: Cursor,
        bytes: usize,
        result: Result<Vec<Result<Outcome, Refusal>>, Refusal>,
    ) {
        self.folding -= 1;
        self.folding_bytes -= bytes;
        let Ok(outcomes) = result else {
            self.refold = true;
            self.doubt("this node's own ledger.db takes no writes");
            return;
        };
        self.applied = cursor;
        self.shared.reached(cursor.seq, self.known_last);
        for (done, outcome) in self.waiting.remove(&cursor.id).into_iter().flatten().zip(outcomes) {
            done(outcome);
        }
    }

    /// Gathers what callers ask for into commits, and sends their packs.
    async fn take_jobs(&mut self) {
        while self.flights.len() < MAX_FLIGHTS && self.flying_bytes < MAX_FLYING_BYTES {
            match self.shared.queue.take(COMMIT_BYTES, Duration::ZERO) {
                Taken::Jobs(jobs) => {
                    let (works, dones) = jobs.into_iter().map(|job| (job.work, job.done)).unzip();
                    self.take_off(works, dones).await;
                }
                Taken::Idle => return,
                Taken::Closed => {
                    self.closing = true;
                    return;
                }
            }
        }
    }

    async fn take_off(&mut self, works: Vec<Work>, dones: Vec<Done>) {
        self.counter += 1;
        let mut id = Id::default();
        id[..8].copy_from_slice(&self.name);
        id[8..].copy_from_slice(&self.counter.to_be_bytes());
        let stamp = Stamp { at_us: (self.local.options().clock)(), ..Stamp::default() };
        let flight = Flight::new(id, works, stamp, self.wire.message_bytes());
        self.flying_bytes += flight.bytes;
        self.send_packs(&flight).await;
        self.flights.push_back(flight);
        self.waiting.insert(id, dones);
    }

    /// Sends what is not yet known to be stored of a flight's packs.
    pub async fn send_packs(&mut self, flight: &Flight) {
        for (piece, content) in flight.unpacked() {
            let sending = self.wire.send_pack(piece, content).await;
            self.airborne += 1;
            let (attempt, wire, teller) = (self.attempt, self.wire.clone(), self.teller.clone());
            tokio::spawn(async move {
                let result = match sending {
                    Ok(publishing) => wire.packed(piece, publishing).await,
                    Err(error) => Err(error),
                };
                drop(teller.send(Event::Packed { attempt, piece, result }));
            });
        }
    }

    /// Sends parts whose turn it is: those of the first flights whose packs are stored.
    async fn send(&mut self) {
        for place in 0..self.flights.len() {
            let flight = &mut self.flights[place];
            let begun = flight.sent > 0;
            if !flight.is_packed() || self.doubt.is_some() || self.yielding && !begun {
                return;
            }
            if flight.sent == 0 {
                (flight.first_seq, flight.before) = (self.tip.seq + 1, self.tip.id);
            }
            while flight.sent < flight.parts() {
                let expected = self.tip.seq;
                let (id, message) = (flight.id, flight.part(flight.sent));
                flight.ever_sent = true;
                let name = format!("{}.{}.{}", hex(&id), flight.sent, self.attempt);
                let after = (self.unanswered > 0).then_some(&*self.last_sent);
                match self.wire.send_part(&name, expected, after, message).await {
                    Ok(publishing) => {
                        self.last_sent = name;
                        self.unanswered += 1;
                        flight.sent += 1;
                        self.tip.seq += 1;
                        self.airborne += 1;
                        let (attempt, teller) = (self.attempt, self.teller.clone());
                        tokio::spawn(async move {
                            let result = acknowledged(publishing).await;
                            drop(teller.send(Event::Stored { attempt, id, expected, result }));
                        });
                    }
                    Err(error) => {
                        self.doubt(&error.to_string());
                        return;
                    }
                }
            }
            self.tip.id = flight.id;
        }
    }

    /// Folds own commits that are in the stream and due, without reading them back.
    async fn hand_landed(&mut self) {
        let mut told = false;
        while let Some(flight) = self.flights.front_mut() {
            if !flight.has_landed() || self.looked + 1 < flight.first_seq {
                break;
            }
            let (seq, Some(flight)) = (flight.last_seq(), self.flights.pop_front()) else { break };
            self.assembly = None;
            self.looked = seq;
            self.flying_bytes -= flight.bytes;
            told = true;
            self.hand(Cursor { seq, id: flight.id }, flight.stamp, flight.works, flight.bytes).await;
        }
        if told {
            self.wire.tell(self.looked).await;
        }
    }

    /// Looks at the next message of the stream; folds the commit that it completes.
    pub async fn look(&mut self, fetched: Fetched) -> Result<(), WireError> {
        let Fetched { sequence, head, slice, pack } = fetched;
        self.looked = sequence;
        if head.index == 0 {
            if head.before != self.handed.id {
                self.strayed = true;
                let reason = format!("the stream is not the one this node has followed (message {sequence})");
                return Err(WireError(reason));
            }
            self.assembly = Some(Assembly::new(head.id, sequence, 0));
        }
        let Some(assembly) = &mut self.assembly else { return Ok(()) };
        if assembly.id != head.id || assembly.have != head.index {
            // A part whose beginning is void is void itself.
            self.assembly = None;
            return Ok(());
        }
        assembly.have += 1;
        if assembly.have < head.count {
            assembly.content.extend_from_slice(&slice);
            return Ok(());
        }
        let content = if head.count == 1 {
            slice
        } else {
            assembly.content.extend_from_slice(&slice);
            std::mem::take(&mut assembly.content).freeze()
        };
        self.assembly = None;
        let cursor = Cursor { seq: sequence, id: head.id };
        if let Some(place) = self.flights.iter().position(|flight| flight.id == head.id)
            && let Some(flight) = self.flights.remove(place)
        {
            self.flying_bytes -= flight.bytes;
            self.hand(cursor, flight.stamp, flight.works, flight.bytes).await;
            return Ok(());
        }
        let bytes = content.len() + pack.as_ref().map_or(0, bytes::Bytes::len);
        let (stamp, works) = read_commit(&self.wire, cursor.id, content, pack).await?;
        self.hand(cursor, stamp, works, bytes).await;
        Ok(())
    }

    /// Gives a commit to the writer of `ledger.db`, when it is not too far behind.
    async fn hand(&mut self, cursor: Cursor, stamp: Stamp, works: Vec<Work>, bytes: usize) {
        while self.folding > 0 && self.folding_bytes + bytes > MAX_FOLDING_BYTES {
            self.wait_for_an_event().await;
        }
        let after = std::mem::replace(&mut self.handed, cursor).seq;
        let outcomes = Arc::new(OnceLock::new());
        let (slip, teller) = (Arc::clone(&outcomes), self.teller.clone());
        self.folding += 1;
        self.folding_bytes += bytes;
        let work = Work::Commit(Box::new(Commit { after, cursor, stamp, works, outcomes }));
        let done = move |answer: Result<Outcome, Refusal>| {
            let result = answer.map(|_| slip.get().cloned().unwrap_or_default());
            drop(teller.send(Event::Folded { cursor, bytes, result }));
        };
        self.local.submit(work, bytes, Box::new(done));
    }

    /// Waits until everything handed to the fold is answered.
    pub async fn settle_fold(&mut self) {
        while self.folding > 0 {
            self.wait_for_an_event().await;
        }
    }

    async fn wait_for_an_event(&mut self) {
        if let Some(event) = self.events.recv().await {
            self.on(event);
        }
    }

    /// What certainly is not in the stream is refused: never sent, or not even gathered.
    pub fn refuse_unsent(&mut self, reason: &str) {
        while let Taken::Jobs(jobs) = self.shared.queue.take(COMMIT_BYTES, Duration::ZERO) {
            for job in jobs {
                (job.done)(Err(read_only(reason)));
            }
        }
        while self.flights.back().is_some_and(|flight| !flight.ever_sent) {
            self.refuse_last_flight(reason);
        }
    }

    /// The stream has ended without them.
    pub fn refuse_flights(&mut self, reason: &str) {
        while !self.flights.is_empty() {
            self.refuse_last_flight(reason);
        }
    }

    fn refuse_last_flight(&mut self, reason: &str) {
        if let Some(flight) = self.flights.pop_back() {
            self.flying_bytes -= flight.bytes;
            for done in self.waiting.remove(&flight.id).into_iter().flatten() {
                done(Err(read_only(reason)));
            }
        }
    }

    /// Callers have waited long enough to hear whether their work is in the stream.
    pub fn give_up_waiting(&mut self, reason: &str) {
        let reason =
            format!("it is not known whether this was stored, look before you send it again: {reason}");
        for done in self.waiting.drain().flat_map(|(_, dones)| dones) {
            done(Err(read_only(&reason)));
        }
    }

    fn refuse_all(&mut self, reason: &str) {
        self.refuse_unsent(reason);
        for done in self.waiting.drain().flat_map(|(_, dones)| dones) {
            done(Err(crate::WriteError::Closed.into()));
        }
    }
}

fn read_only(reason: &str) -> Refusal {
    crate::WriteError::ReadOnly { reason: reason.to_owned() }.into()
}
