//! Stories of verification: a sound ledger is called sound, whatever happened in it.

use model::{Digest, Position};

use super::Fresh;
use super::fixture::{Author, items};
use crate::keys::VerifyingKeys;
use crate::{CheckpointNote, Ledger, LogKey, MirrorBatch, Verified};

/// The keys of the authors in these stories.
pub fn keys_of(key: &LogKey) -> Vec<VerifyingKeys> {
    let authors = [1, 2, 3].map(Author::new);
    authors.iter().filter(|author| author.key == *key).map(|author| author.keys.verifying().clone()).collect()
}

/// A ledger with everything in it: an own log, a mirror with withheld and revealed records, erased bodies,
/// checkpoints, evidence.
pub fn eventful(ledger: &Ledger) {
    let (own, peer) = (Author::new(1), Author::new(2));
    let source = Ledger::memory(super::options());
    let theirs = peer.fill(&source, 400);
    let log = own.fill(ledger, 300);
    let held = ledger.log(&peer.key).expect("a log");
    for (from, to) in [(0, 100), (100, 290), (290, 400)] {
        let checkpoint = source.checkpoint_at(theirs, to, &peer.keys).expect("signed");
        let items = items(&source, theirs, from, to, |n| n % 4 == 1);
        let batch = MirrorBatch {
            first: Position(from),
            items,
            checkpoint: &checkpoint,
            keys: peer.keys.verifying(),
        };
        ledger.mirror(held, batch).expect("mirrored");
        ledger.append(log, own.drafts(300 + from, 300 + to, 60)).expect("appended");
    }
    let full = items(&source, theirs, 0, 400, |_| false);
    let revealed = [5, 397].map(|place: u64| (Position(place), full[place as usize].clone()));
    ledger.reveal(held, revealed.to_vec()).expect("revealed");
    ledger.erase(log, Position(33)).expect("erased");
    ledger.erase(held, Position(397)).expect("erased");
    ledger.checkpoint(log, &own.keys).expect("signed");
    let lie = CheckpointNote::sign(&peer.key.origin(), 290, Digest([1; 32]), &peer.keys);
    ledger.check(held, &lie, peer.keys.verifying()).expect_err("two stories");
    ledger.append(log, own.drafts(700, 710, 60)).expect("appended");
}

/// Verifies with the keys of the authors.
pub fn verify(ledger: &Ledger) -> Verified {
    ledger.verify(&keys_of, &mut |_| ()).expect("readable")
}

/// Nothing is wrong with it, and everything was counted.
pub fn an_eventful_ledger_verifies(fresh: Fresh<'_>) {
    let ledger = fresh();
    eventful(&ledger);
    let verified = verify(&ledger);
    assert_eq!(verified.faults, []);
    assert_eq!((verified.entries, verified.withheld, verified.revealed), (1112, 100, 2));
    assert_eq!((verified.bodies, verified.without_body), (1010, 2));
    assert_eq!((verified.checkpoints, verified.signatures), (verified.checkpoints, verified.checkpoints));
    assert!(verified.checkpoints >= 2);
}

/// A stored checkpoint by other keys than the party's is a fault.
pub fn a_checkpoint_by_other_keys_does_not_verify(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = author.fill(&ledger, 10);
    ledger.checkpoint(log, &author.keys).expect("signed");
    let others = |_: &LogKey| vec![Author::new(3).keys.verifying().clone()];
    let verified = ledger.verify(&others, &mut |_| ()).expect("readable");
    assert_eq!(verified.faults.len(), 1);
    assert_eq!(verified.faults[0].position, Some(Position(9)));
    let unknown = ledger.verify(&|_| Vec::new(), &mut |_| ()).expect("readable");
    assert_eq!((unknown.faults.len(), unknown.checkpoints, unknown.signatures), (0, 1, 0));
}
