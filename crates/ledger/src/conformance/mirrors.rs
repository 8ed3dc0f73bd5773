//! Stories of two ledgers: the author's and a mirror of it (I3).

use bytes::Bytes;
use model::{Digest, Position, Realm};

use super::Fresh;
use super::fixture::{Author, all, items};
use crate::{
    CheckpointError, CheckpointNote, Ledger, LogId, LogKey, MirrorBatch, MirrorError, MirrorItem, Receipt,
};

/// Brings the mirror from `from` to `to`.
fn copy(
    (source, log): (&Ledger, LogId),
    (mirror, copy): (&Ledger, LogId),
    author: &Author,
    (from, to): (u64, u64),
    withhold: fn(u64) -> bool,
) -> Result<Receipt, MirrorError> {
    let checkpoint = source.checkpoint_at(log, to, &author.keys).expect("signed");
    let items = items(source, log, from, to, withhold);
    send(mirror, copy, author, from, items, &checkpoint)
}

fn send(
    mirror: &Ledger,
    log: LogId,
    author: &Author,
    first: u64,
    items: Vec<MirrorItem>,
    checkpoint: &CheckpointNote,
) -> Result<Receipt, MirrorError> {
    mirror
        .mirror(log, MirrorBatch { first: Position(first), items, checkpoint, keys: author.keys.verifying() })
}

/// Same root, same records, and the leaf alone where something is withheld; arrival numbers are the mirror's own.
pub fn a_mirror_equals_its_author_also_with_withheld_records(fresh: Fresh<'_>) {
    let (source, mirror, author) = (fresh(), fresh(), Author::new(1));
    let log = author.fill(&source, 700);
    Author::new(2).fill(&mirror, 5);
    let held = mirror.log(&author.key).expect("a log");
    for stretch in [(0, 1), (1, 256), (256, 600), (600, 600), (600, 700)] {
        let receipt =
            copy((&source, log), (&mirror, held), &author, stretch, |n| n % 5 == 2).expect("mirrored");
        assert_eq!(
            (receipt.first.0, receipt.count, receipt.size),
            (stretch.0, stretch.1 - stretch.0, stretch.1)
        );
    }
    assert_eq!((mirror.size(held), mirror.last_seq()), (700, 705));
    let root = |ledger: &Ledger, log| ledger.reader().expect("a reader").root(log, 700).expect("a root");
    assert_eq!(root(&mirror, held), root(&source, log));
    let newest = mirror.reader().expect("a reader").checkpoint_upto(held, u64::MAX >> 24).expect("read");
    assert_eq!(newest.expect("stored").size(), 700);
    for (original, copy) in all(&source).iter().zip(&all(&mirror)[5..]) {
        let withheld = original.position % 5 == 2;
        assert_eq!(copy.header, original.header.clone().filter(|_| !withheld));
        assert_eq!(copy.leaf.is_some(), withheld);
    }
    let proof = mirror.reader().expect("a reader").prove_inclusion(held, Position(2), 700).expect("a proof");
    assert!(proof.holds());
}

/// Each of these changes the root; nothing of the batch is kept.
pub fn a_mirror_refuses_what_was_altered_reordered_or_dropped(fresh: Fresh<'_>) {
    let (source, author) = (fresh(), Author::new(1));
    let log = author.fill(&source, 20);
    let checkpoint = source.checkpoint(log, &author.keys).expect("signed");
    let good = items(&source, log, 0, 20, |n| n == 3);
    let mirror = fresh();
    let held = mirror.log(&author.key).expect("a log");
    let mut swapped = good.clone();
    swapped.swap(4, 5);
    let mut other_leaf = good.clone();
    other_leaf[3] = MirrorItem::Withheld { leaf: Digest([7; 32]) };
    let mut other_record = good.clone();
    let stranger = author.draft(99, 80);
    other_record[8] = MirrorItem::Record { header: stranger.header, body: stranger.body, openings: None };
    for bad in [swapped, other_leaf, other_record] {
        assert_eq!(send(&mirror, held, &author, 0, bad, &checkpoint), Err(MirrorError::WrongRoot));
    }
    let short = send(&mirror, held, &author, 0, good[..19].to_vec(), &checkpoint);
    assert_eq!(short, Err(MirrorError::OtherSize { ends: 19, signed: 20 }));
    let forged = CheckpointNote::sign(&author.key.origin(), 20, checkpoint.root(), &Author::new(2).keys);
    assert!(matches!(
        send(&mirror, held, &author, 0, good.clone(), &forged),
        Err(MirrorError::Checkpoint(_))
    ));
    assert_eq!((mirror.size(held), mirror.last_seq()), (0, 0));
    assert_eq!(send(&mirror, held, &author, 0, good, &checkpoint).expect("mirrored").count, 20);
}

/// The place is named.
pub fn a_mirror_refuses_a_body_that_is_not_the_promised_one(fresh: Fresh<'_>) {
    let (source, mirror, author) = (fresh(), fresh(), Author::new(1));
    let log = author.fill(&source, 10);
    let checkpoint = source.checkpoint(log, &author.keys).expect("signed");
    let held = mirror.log(&author.key).expect("a log");
    let mut bad = items(&source, log, 0, 10, |_| false);
    let MirrorItem::Record { body, .. } = &mut bad[6] else { unreachable!("nothing was withheld") };
    *body = Some(Bytes::from_static(b"{\"n\":6,\"other\":true}"));
    assert_eq!(send(&mirror, held, &author, 0, bad, &checkpoint), Err(MirrorError::WrongBody(Position(6))));
    let mut bad = items(&source, log, 0, 10, |_| false);
    bad[2] = MirrorItem::Record { header: Bytes::from_static(b"{}"), body: None, openings: None };
    let refused = send(&mirror, held, &author, 0, bad, &checkpoint);
    assert!(matches!(refused, Err(MirrorError::WrongHeader { position: Position(2), .. })), "{refused:?}");
    assert_eq!(mirror.last_seq(), 0);
}

/// I6, at the door of the ledger.
pub fn a_mirror_refuses_records_of_another_party_or_realm(fresh: Fresh<'_>) {
    let (source, mirror, author) = (fresh(), fresh(), Author::new(1));
    let log = author.fill(&source, 3);
    let drill = LogKey { realm: Realm::Exercise("drill-1".to_owned()), ..author.key.clone() };
    let held = mirror.log(&drill).expect("a log");
    let root = source.reader().expect("a reader").root(log, 3).expect("a root");
    let checkpoint = CheckpointNote::sign(&drill.origin(), 3, root, &author.keys);
    let refused = send(&mirror, held, &author, 0, items(&source, log, 0, 3, |_| false), &checkpoint);
    assert!(matches!(refused, Err(MirrorError::WrongHeader { position: Position(0), .. })), "{refused:?}");
}

/// A batch that begins elsewhere is answered with the place to ask for.
pub fn a_mirror_tells_where_to_go_on(fresh: Fresh<'_>) {
    let (source, mirror, author) = (fresh(), fresh(), Author::new(1));
    let log = author.fill(&source, 30);
    let held = mirror.log(&author.key).expect("a log");
    copy((&source, log), (&mirror, held), &author, (0, 10), |_| false).expect("mirrored");
    for first in [5, 20] {
        let refused = copy((&source, log), (&mirror, held), &author, (first, 30), |_| false);
        assert_eq!(refused, Err(MirrorError::Behind { expected: 10, actual: first }));
    }
    copy((&source, log), (&mirror, held), &author, (10, 30), |_| false).expect("mirrored");
}

/// Two roots for one size: refused, and both notes kept.
pub fn two_stories_by_one_author_are_kept_as_evidence(fresh: Fresh<'_>) {
    let (source, mirror, author) = (fresh(), fresh(), Author::new(1));
    let log = author.fill(&source, 12);
    let held = mirror.log(&author.key).expect("a log");
    copy((&source, log), (&mirror, held), &author, (0, 12), |_| false).expect("mirrored");
    let known = source.checkpoint(log, &author.keys).expect("signed");
    let other = CheckpointNote::sign(&author.key.origin(), 12, Digest([9; 32]), &author.keys);
    let verdict = mirror.check(held, &other, author.keys.verifying());
    assert_eq!(verdict, Err(CheckpointError::Equivocation { size: 12 }));
    let refused = send(&mirror, held, &author, 12, Vec::new(), &other);
    assert_eq!(refused, Err(MirrorError::Checkpoint(CheckpointError::Equivocation { size: 12 })));
    let evidence = mirror.reader().expect("a reader").evidence().expect("read");
    assert_eq!(evidence.len(), 1, "seen twice, kept once");
    assert_eq!((evidence[0].log, evidence[0].size), (held, 12));
    assert_eq!((&evidence[0].known[..], &evidence[0].contrary[..]), (known.as_bytes(), other.as_bytes()));
    let stranger = CheckpointNote::sign(&author.key.origin(), 12, Digest([9; 32]), &Author::new(2).keys);
    assert!(matches!(mirror.check(held, &stranger, author.keys.verifying()), Err(CheckpointError::Note(_))));
    assert_eq!(
        mirror.reader().expect("a reader").evidence().expect("read").len(),
        1,
        "a forger proves nothing"
    );
}

/// Replays are recognised: true, but not new.
pub fn a_repeated_old_checkpoint_changes_nothing(fresh: Fresh<'_>) {
    let (source, mirror, author) = (fresh(), fresh(), Author::new(1));
    let log = author.fill(&source, 12);
    let held = mirror.log(&author.key).expect("a log");
    copy((&source, log), (&mirror, held), &author, (0, 12), |_| false).expect("mirrored");
    let old = source.checkpoint_at(log, 5, &author.keys).expect("signed");
    assert_eq!(mirror.check(held, &old, author.keys.verifying()), Ok(()));
    let again = send(&mirror, held, &author, 0, items(&source, log, 0, 5, |_| false), &old);
    assert_eq!(again, Err(MirrorError::Behind { expected: 12, actual: 0 }));
    let backwards = send(&mirror, held, &author, 5, Vec::new(), &old);
    assert_eq!(backwards, Err(MirrorError::Behind { expected: 12, actual: 5 }));
    assert_eq!((mirror.size(held), mirror.last_seq()), (12, 12));
}
