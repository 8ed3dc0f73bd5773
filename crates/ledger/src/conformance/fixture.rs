//! Authors with keys and records for the stories, the same on every run.

use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use model::{Marking, Position, Realm, Timestamp, Tlp};
use records::{Marked, Seal};

use crate::keys::PartyKeys;
use crate::{Draft, EntryRef, Ledger, LogId, LogKey, MirrorItem, Options};

/// Options with a clock that moves by a microsecond per look.
pub fn options() -> Options {
    let now = AtomicI64::new(1_764_000_000_000_000);
    Options::new(move || now.fetch_add(1, Ordering::Relaxed))
}

/// A party with a log of its own.
#[derive(Debug)]
pub struct Author {
    /// Its keys.
    pub keys: PartyKeys,
    /// Its log.
    pub key: LogKey,
}

impl Author {
    /// The author number `seed`, in reality.
    pub fn new(seed: u8) -> Self {
        let keys = PartyKeys::from_seeds([[seed; 32], [seed; 32]]).expect("seeds give keys");
        let key = LogKey { party: keys.verifying().party_id(), realm: Realm::Real };
        Self { keys, key }
    }

    /// Records `from..to`, each with a body of its own of about `body_bytes`.
    pub fn drafts(&self, from: u64, to: u64, body_bytes: usize) -> Vec<Draft> {
        (from..to).map(|number| self.draft(number, body_bytes)).collect()
    }

    /// Record `number`.
    pub fn draft(&self, number: u64, body_bytes: usize) -> Draft {
        let about = [format!("indicator--{number:036}")];
        let seal = Seal {
            author: self.key.party,
            realm: &self.key.realm,
            stated_at: Timestamp::UNIX_EPOCH,
            kind: "exchange.object.v1",
            object_type: "indicator",
            marked: Marked::Known(Marking { tlp: Tlp::Green, pap: None }),
            under: &[],
            to: None,
            group: None,
            about: &about,
        };
        let mut body = format!("{{\"n\":{number},\"fill\":\"").into_bytes();
        body.resize(body.len().max(body_bytes.saturating_sub(2)), b'x');
        body.extend_from_slice(b"\"}");
        let mut salt = [0; 16];
        salt[..8].copy_from_slice(&number.to_be_bytes());
        let sealed = seal.bytes(body, salt);
        let openings = number.is_multiple_of(3).then(|| Bytes::from(format!("[\"opening {number}\"]")));
        Draft { header: sealed.header.into(), body: Some(sealed.body), openings }
    }

    /// A ledger with this author's log, holding `count` records.
    pub(super) fn fill(&self, ledger: &Ledger, count: u64) -> LogId {
        let log = ledger.log(&self.key).expect("a log");
        for from in (0..count).step_by(1000) {
            ledger.append(log, self.drafts(from, count.min(from + 1000), 80)).expect("appended");
        }
        log
    }
}

/// Positions `from..to` of the author's log as a peer gets them; those for which `withhold` holds as leaves alone.
pub(super) fn items(
    ledger: &Ledger,
    log: LogId,
    from: u64,
    to: u64,
    withhold: fn(u64) -> bool,
) -> Vec<MirrorItem> {
    let mut items = Vec::new();
    let reader = ledger.reader().expect("a reader");
    reader
        .range(log, Position(from), (to - from) as usize, usize::MAX, |entry| {
            items.push(item(entry, withhold))
        })
        .expect("read");
    items
}

fn item(entry: EntryRef<'_>, withhold: fn(u64) -> bool) -> MirrorItem {
    if withhold(entry.position.0) {
        return MirrorItem::Withheld { leaf: entry.record_id().0 };
    }
    MirrorItem::Record {
        header: Bytes::copy_from_slice(entry.header.expect("the author's own record")),
        body: entry.body.map(Bytes::copy_from_slice),
        openings: None,
    }
}

/// An entry, owned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub seq: u64,
    pub at_us: i64,
    pub log: LogId,
    pub position: u64,
    pub leaf: Option<Vec<u8>>,
    pub header: Option<Vec<u8>>,
    pub body: Option<Vec<u8>>,
    pub openings: Option<Vec<u8>>,
}

impl From<EntryRef<'_>> for Seen {
    fn from(entry: EntryRef<'_>) -> Self {
        let own = |part: Option<&[u8]>| part.map(<[u8]>::to_vec);
        Self {
            seq: entry.seq,
            at_us: entry.at_us,
            log: entry.log,
            position: entry.position.0,
            leaf: own(entry.leaf),
            header: own(entry.header),
            body: own(entry.body),
            openings: own(entry.openings),
        }
    }
}

/// Everything in order of arrival.
pub(super) fn all(ledger: &Ledger) -> Vec<Seen> {
    let mut seen: Vec<Seen> = Vec::new();
    ledger
        .reader()
        .expect("a reader")
        .entries(1, usize::MAX, usize::MAX, |entry| seen.push(entry.into()))
        .expect("read");
    seen
}
