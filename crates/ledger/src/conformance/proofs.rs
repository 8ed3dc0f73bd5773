//! Stories of trees: proofs, checkpoints, erasure.

use model::Position;

use super::Fresh;
use super::fixture::{Author, all};
use crate::merkle::{verify_consistency, verify_inclusion};
use crate::{CheckpointNote, EraseError, ReadError};

/// Sizes around one and two tiles, and in between.
const SIZES: [u64; 10] = [1, 2, 3, 255, 256, 257, 511, 512, 513, 700];

/// Inclusion and consistency, verified with nothing but roots.
pub fn proofs_hold_at_every_size_around_tile_borders(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = author.fill(&ledger, 700);
    let reader = ledger.reader().expect("a reader");
    let root = |size| reader.root(log, size).expect("a root").0;
    for size in SIZES {
        for index in [0, 1, size / 2, size.saturating_sub(1)].into_iter().filter(|index| *index < size) {
            let proof = reader.prove_inclusion(log, Position(index), size).expect("a proof");
            assert!(proof.holds() && proof.root.0 == root(size), "{index} in {size}");
            let path: Vec<[u8; 32]> = proof.path.iter().map(|hash| hash.0).collect();
            assert!(
                verify_inclusion(&proof.leaf.0, index ^ 1, size, &path, &root(size)).is_err() || size == 1
            );
        }
        for old in SIZES.into_iter().filter(|old| *old <= size) {
            let proof = reader.prove_consistency(log, old, size).expect("a proof");
            let proof: Vec<[u8; 32]> = proof.iter().map(|hash| hash.0).collect();
            assert_eq!(
                verify_consistency(old, size, &proof, &root(old), &root(size)),
                Ok(()),
                "{old} in {size}"
            );
        }
    }
    assert!(matches!(reader.root(log, 701), Err(ReadError::Beyond { asked: 701, size: 700 })));
    assert!(reader.prove_inclusion(log, Position(700), 700).is_err());
}

/// Origin, size, root, both signatures; the same note while nothing is added.
pub fn checkpoints_are_signed_and_agree_with_the_tree(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = ledger.log(&author.key).expect("a log");
    let empty = ledger.checkpoint(log, &author.keys).expect("signed");
    assert_eq!(empty.size(), 0);
    author.fill(&ledger, 300);
    let note = ledger.checkpoint(log, &author.keys).expect("signed");
    assert_eq!(note, ledger.checkpoint(log, &author.keys).expect("signed"));
    assert_eq!((note.size(), note.origin()), (300, author.key.origin().as_str()));
    assert_eq!(note.root(), ledger.reader().expect("a reader").root(log, 300).expect("a root"));
    assert_eq!(CheckpointNote::parse(note.as_bytes()), Ok(note.clone()));
    assert_eq!(note.verify(&author.key.origin(), author.keys.verifying()), Ok(()));
    assert!(note.verify(&author.key.origin(), Author::new(2).keys.verifying()).is_err());
    assert_eq!(ledger.check(log, &note, author.keys.verifying()), Ok(()));
}

/// An author cuts batches where it likes.
pub fn a_checkpoint_of_an_earlier_size_is_consistent_with_a_later_one(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = author.fill(&ledger, 600);
    let (old, new) = (ledger.checkpoint_at(log, 256, &author.keys), ledger.checkpoint(log, &author.keys));
    let (old, new) = (old.expect("signed"), new.expect("signed"));
    let proof = ledger.reader().expect("a reader").prove_consistency(log, 256, 600).expect("a proof");
    let proof: Vec<[u8; 32]> = proof.iter().map(|hash| hash.0).collect();
    assert_eq!(verify_consistency(256, 600, &proof, &old.root().0, &new.root().0), Ok(()));
    assert!(ledger.checkpoint_at(log, 601, &author.keys).is_err());
}

/// Header, root and proof stay; the body does not.
pub fn an_erased_body_is_gone_and_proofs_still_hold(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = author.fill(&ledger, 20);
    let before = all(&ledger);
    let root = ledger.reader().expect("a reader").root(log, 20).expect("a root");
    ledger.erase(log, Position(7)).expect("erased");
    ledger.erase(log, Position(7)).expect("erasing twice is fine");
    assert_eq!(ledger.erase(log, Position(20)), Err(EraseError::NoRecord(Position(20))));
    let after = all(&ledger);
    for (before, after) in before.iter().zip(&after) {
        let erased = before.position == 7;
        assert_eq!(after.body, before.body.clone().filter(|_| !erased));
        assert_eq!((&after.header, after.seq, after.at_us), (&before.header, before.seq, before.at_us));
    }
    let reader = ledger.reader().expect("a reader");
    assert_eq!(reader.root(log, 20).expect("a root"), root);
    assert!(reader.prove_inclusion(log, Position(7), 20).expect("a proof").holds());
}
