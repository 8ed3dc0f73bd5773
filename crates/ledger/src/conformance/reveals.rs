//! Stories of records that were withheld first and released later.

use bytes::Bytes;
use model::Position;

use super::Fresh;
use super::fixture::{Author, all, items};
use crate::{Ledger, LogId, MirrorBatch, MirrorItem, RevealError};

/// A mirror of ten records of which the even ones are withheld, and what would be revealed.
fn half_withheld(fresh: Fresh<'_>, author: &Author) -> (Ledger, LogId, Vec<MirrorItem>) {
    let source = fresh();
    let log = author.fill(&source, 10);
    let checkpoint = source.checkpoint(log, &author.keys).expect("signed");
    let mirror = fresh();
    let held = mirror.log(&author.key).expect("a log");
    let items_ = items(&source, log, 0, 10, |n| n % 2 == 0);
    let batch = MirrorBatch {
        first: Position(0),
        items: items_,
        checkpoint: &checkpoint,
        keys: author.keys.verifying(),
    };
    mirror.mirror(held, batch).expect("mirrored");
    let full = items(&source, log, 0, 10, |_| false);
    (mirror, held, full)
}

/// A new arrival number at the old place; reading by position shows it, the tree is unchanged.
pub fn a_revealed_record_arrives_anew_at_its_old_place(fresh: Fresh<'_>) {
    let author = Author::new(1);
    let (mirror, held, full) = half_withheld(fresh, &author);
    let root = mirror.reader().expect("a reader").root(held, 10).expect("a root");
    let wanted = [4, 2].map(|place| (Position(place), full[place as usize].clone())).to_vec();
    let receipt = mirror.reveal(held, wanted).expect("revealed");
    assert_eq!((receipt.first_seq, receipt.count, receipt.size), (11, 2, 10));
    assert_eq!((mirror.last_seq(), mirror.size(held)), (12, 10));
    let seen = all(&mirror);
    assert_eq!(
        seen[10..].iter().map(|seen| (seen.seq, seen.position)).collect::<Vec<_>>(),
        [(11, 4), (12, 2)]
    );
    assert!(seen[4].leaf.is_some(), "what came first stays as it was");
    let reader = mirror.reader().expect("a reader");
    assert_eq!(reader.seq_at(held, Position(2)).expect("read"), Some(12));
    let mut places = Vec::new();
    reader
        .range(held, Position(0), 100, usize::MAX, |entry| {
            places.push((entry.position.0, entry.header.is_some()))
        })
        .expect("read");
    let known = |place: u64| place % 2 == 1 || place == 2 || place == 4;
    assert_eq!(places, (0..10).map(|place| (place, known(place))).collect::<Vec<_>>());
    assert_eq!(reader.root(held, 10).expect("a root"), root);
    assert!(reader.prove_inclusion(held, Position(4), 10).expect("a proof").holds());
    mirror.erase(held, Position(4)).expect("erased");
    assert_eq!(all(&mirror)[10].body, None);
}

/// Another header, another body, a place that is known already or twice: refused, and nothing of the call is kept.
pub fn revealing_needs_the_withheld_header_itself(fresh: Fresh<'_>) {
    let author = Author::new(1);
    let (mirror, held, full) = half_withheld(fresh, &author);
    let at = |place: u64, item: &MirrorItem| (Position(place), item.clone());
    let good = at(2, &full[2]);
    let refused = |records| mirror.reveal(held, records).expect_err("refused");
    assert_eq!(refused(vec![good.clone(), at(4, &full[6])]), RevealError::WrongLeaf(Position(4)));
    assert_eq!(refused(vec![good.clone(), at(3, &full[3])]), RevealError::NotWithheld(Position(3)));
    assert_eq!(refused(vec![good.clone(), at(10, &full[4])]), RevealError::NotWithheld(Position(10)));
    assert_eq!(refused(vec![good.clone(), good.clone()]), RevealError::NotWithheld(Position(2)));
    let mut other_body = full[4].clone();
    if let MirrorItem::Record { body, .. } = &mut other_body {
        *body = Some(Bytes::from_static(b"x"));
    }
    assert_eq!(refused(vec![good.clone(), at(4, &other_body)]), RevealError::WrongBody(Position(4)));
    assert_eq!(mirror.last_seq(), 10);
    mirror.reveal(held, vec![good.clone()]).expect("revealed");
    assert_eq!(refused(vec![good]), RevealError::NotWithheld(Position(2)));
}
