//! Stories of the ledger as it stood at an earlier arrival.

use model::Position;

use super::Fresh;
use super::fixture::{Author, all, items};
use crate::{AppendError, MirrorBatch, WriteError};

/// At every arrival number, what a cut shows is what the whole ledger showed then: entries, sizes, places, roots.
pub fn what_came_later_is_not_in_the_ledger_as_it_stood(fresh: Fresh<'_>) {
    let (us, them) = (Author::new(1), Author::new(2));
    let source = fresh();
    let theirs = them.fill(&source, 6);
    let note = source.checkpoint(theirs, &them.keys).expect("signed");
    let ledger = fresh();
    let own = us.fill(&ledger, 3);
    let held = ledger.log(&them.key).expect("a log");
    let items_ = items(&source, theirs, 0, 6, |place| place % 2 == 0);
    let batch =
        MirrorBatch { first: Position(0), items: items_, checkpoint: &note, keys: them.keys.verifying() };
    ledger.mirror(held, batch).expect("mirrored");
    let full = items(&source, theirs, 0, 6, |_| false);
    ledger.reveal(held, vec![(Position(2), full[2].clone())]).expect("revealed");
    ledger.append(own, us.drafts(3, 5, 80)).expect("appended");
    let whole = all(&ledger);
    assert_eq!(whole.len(), 12);
    for seq in 0..=12 {
        let past = ledger.until(seq).expect("a cut");
        assert_eq!(all(&past), whole[..seq as usize], "up to {seq}");
        assert_eq!(past.last_seq(), seq);
        let ours = whole[..seq as usize].iter().filter(|seen| seen.log == own).count() as u64;
        assert_eq!(past.size(own), ours);
        let reader = past.reader().expect("a reader");
        let asked: Vec<u64> = (1..=12).collect();
        reader
            .bodies(&asked, |at, body| assert!(at <= seq || body.is_none(), "{at} at {seq}"))
            .expect("read");
        assert!(!reader.entry(seq + 1, |_| ()).expect("read"));
        assert_eq!(
            reader.root(own, ours).expect("a root"),
            ledger.reader().expect("a reader").root(own, ours).expect("a root")
        );
        // Revealed as the tenth: until then its place holds the hash that came first.
        let place = reader.seq_at(held, Position(2)).expect("read");
        assert_eq!(place, [(10, 10), (6, 6)].iter().find(|(from, _)| seq >= *from).map(|(_, at)| *at));
        let mut places = Vec::new();
        reader
            .range(held, Position(0), 100, usize::MAX, |entry| {
                places.push((entry.position.0, entry.header.is_some()))
            })
            .expect("read");
        let there = seq.saturating_sub(3).min(6);
        let known = |place: u64| place % 2 == 1 || (place == 2 && seq >= 10);
        assert_eq!(places, (0..there).map(|place| (place, known(place))).collect::<Vec<_>>());
    }
    assert_eq!(ledger.until(2).expect("a cut").logs().len(), 1, "the other log did not hold anything yet");
}

/// Every write is refused with what to do, and the ledger itself goes on.
pub fn the_past_takes_no_writes(fresh: Fresh<'_>) {
    let author = Author::new(1);
    let ledger = fresh();
    let log = author.fill(&ledger, 3);
    let past = ledger.until(2).expect("a cut");
    let refused = past.append(log, author.drafts(3, 4, 80));
    assert_eq!(refused.map(drop), Err(AppendError::Write(WriteError::Past)));
    assert!(past.erase(log, Position(0)).is_err());
    assert!(past.log(&Author::new(2).key).is_err());
    ledger.append(log, author.drafts(3, 4, 80)).expect("appended");
    assert_eq!((past.last_seq(), ledger.last_seq()), (2, 4));
}
