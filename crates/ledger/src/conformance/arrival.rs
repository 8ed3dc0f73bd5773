//! Stories of appending and reading: what was acknowledged is there, in order, once.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use bytes::Bytes;
use model::{Digest, PartyId, Position, Realm, RecordId};

use super::Fresh;
use super::fixture::{Author, all};
use crate::merkle::leaf_hash;
use crate::{AppendError, LogId, LogKey, MAX_BODY_BYTES, WriteError};

/// Header, body and openings come back byte for byte, at the places the receipt told.
pub fn entries_come_back_in_order_with_what_was_given(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = ledger.log(&author.key).expect("a log");
    let drafts = author.drafts(0, 700, 900);
    let first = ledger.append(log, drafts[..300].to_vec()).expect("appended");
    let second = ledger.append(log, drafts[300..].to_vec()).expect("appended");
    assert_eq!((first.first, first.count, first.first_seq, first.size), (Position(0), 300, 1, 300));
    assert_eq!((second.first, second.count, second.first_seq, second.size), (Position(300), 400, 301, 700));
    assert_eq!((second.last_seq(), ledger.last_seq(), ledger.size(log)), (700, 700, 700));
    let seen = all(&ledger);
    assert_eq!(seen.len(), drafts.len());
    for (place, (seen, draft)) in seen.iter().zip(&drafts).enumerate() {
        assert_eq!((seen.seq, seen.position, seen.log), (place as u64 + 1, place as u64, log));
        assert_eq!(seen.header.as_deref(), Some(&draft.header[..]));
        assert_eq!(seen.body.as_deref(), draft.body.as_deref());
        assert_eq!(seen.openings.as_deref(), draft.openings.as_deref());
    }
    assert_eq!(seen[300].at_us, second.first_at_us);
    let nothing = ledger.append(log, Vec::new()).expect("an empty batch is fine");
    assert_eq!((nothing.count, nothing.first_seq, nothing.last_seq(), ledger.last_seq()), (0, 0, 0, 700));
}

/// One row of numbers over all logs, positions per log.
pub fn arrival_numbers_have_no_gap_over_several_logs(fresh: Fresh<'_>) {
    let ledger = fresh();
    let authors = [Author::new(1), Author::new(2), Author::new(3)];
    let logs: Vec<LogId> = authors.iter().map(|author| ledger.log(&author.key).expect("a log")).collect();
    for round in 0..40 {
        let (author, log) = (&authors[round % 3], logs[round % 3]);
        let size = ledger.size(log);
        ledger.append(log, author.drafts(size, size + 1 + round as u64 % 4, 50)).expect("appended");
    }
    let mut sizes = [0; 3];
    for (place, seen) in all(&ledger).iter().enumerate() {
        let which = logs.iter().position(|log| *log == seen.log).expect("a known log");
        assert_eq!((seen.seq, seen.position), (place as u64 + 1, sizes[which]));
        sizes[which] += 1;
    }
    assert_eq!(sizes.to_vec(), logs.iter().map(|log| ledger.size(*log)).collect::<Vec<_>>());
}

/// The law's clock is another matter; the ledger's own times order entries.
pub fn commit_times_only_grow_even_when_the_clock_jumps_back(fresh: Fresh<'_>) {
    // The clock of the given ledger moves; what is tested is that times differ and grow within and across batches.
    let (ledger, author) = (fresh(), Author::new(1));
    let log = author.fill(&ledger, 500);
    ledger.append(log, vec![author.draft(500, 10)]).expect("appended");
    let times: Vec<i64> = all(&ledger).iter().map(|seen| seen.at_us).collect();
    assert!(times.windows(2).all(|pair| pair[0] < pair[1]));
    assert_eq!(ledger.last_at_us(), times.last().copied());
    // And with a clock that jumps, on the engine that needs nothing else.
    let now = Arc::new(AtomicI64::new(1_000));
    let clock = Arc::clone(&now);
    let jumping = crate::Ledger::memory(crate::Options::new(move || clock.load(Ordering::Relaxed)));
    let log = author.fill(&jumping, 3);
    now.store(5, Ordering::Relaxed);
    let receipt = jumping.append(log, vec![author.draft(3, 10)]).expect("appended");
    assert_eq!(receipt.first_at_us, 1_003);
}

/// Limits count entries and bytes; one entry is always given.
pub fn a_reader_stops_at_its_limits_and_always_gets_ahead(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    author.fill(&ledger, 50);
    let reader = ledger.reader().expect("a reader");
    let count =
        |from, max_count, max_bytes| reader.entries(from, max_count, max_bytes, |_| ()).expect("read");
    assert_eq!(count(1, 7, usize::MAX), 7);
    assert_eq!(count(1, 100, 1), 1);
    assert_eq!(count(45, 100, usize::MAX), 6);
    assert_eq!((count(51, 100, usize::MAX), count(1, 0, usize::MAX)), (0, 0));
}

/// Ascending with and without gaps, descending, repeated, unknown.
pub fn bodies_are_found_by_arrival_number_in_any_order(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    author.fill(&ledger, 300);
    let reader = ledger.reader().expect("a reader");
    let asked = [3, 4, 5, 9, 30, 31, 300, 299, 1, 1, 500, 501, 2, 0];
    let mut found = Vec::new();
    reader.bodies(&asked, |seq, body| found.push((seq, body.map(<[u8]>::to_vec)))).expect("read");
    assert_eq!(found.len(), asked.len());
    for (asked, (seq, body)) in asked.iter().zip(found) {
        assert_eq!(*asked, seq);
        let expected =
            (1..=300).contains(asked).then(|| author.draft(asked - 1, 80).body.expect("a body").to_vec());
        assert_eq!(body, expected, "seq {asked}");
    }
}

/// By position, by record id, and as a range of one log among others.
pub fn a_place_in_a_log_is_found_by_position_and_by_record(fresh: Fresh<'_>) {
    let ledger = fresh();
    let (one, two) = (Author::new(1), Author::new(2));
    let (first, second) = (author_log(&ledger, &one), author_log(&ledger, &two));
    for round in 0..5 {
        ledger.append(first, one.drafts(round * 100, round * 100 + 100, 60)).expect("appended");
        ledger.append(second, two.drafts(round * 10, round * 10 + 10, 60)).expect("appended");
    }
    let reader = ledger.reader().expect("a reader");
    let mut header = Vec::new();
    assert!(
        reader
            .at(second, Position(37), |entry| header = entry.header.expect("a header").to_vec())
            .expect("read")
    );
    assert_eq!(header, two.draft(37, 60).header);
    assert!(!reader.at(second, Position(50), |_| ()).expect("read"));
    let wanted = RecordId(Digest(leaf_hash(&one.draft(477, 60).header)));
    assert_eq!(reader.find_record(&[second, first], &wanted).expect("read"), Some((first, Position(477))));
    assert_eq!(reader.find_record(&[second], &wanted).expect("read"), None);
    let mut places = Vec::new();
    reader.range(first, Position(95), 10, usize::MAX, |entry| places.push(entry.position.0)).expect("read");
    assert_eq!(places, (95..105).collect::<Vec<_>>());
}

fn author_log(ledger: &crate::Ledger, author: &Author) -> LogId {
    ledger.log(&author.key).expect("a log")
}

/// A key has one number, which leads back to it.
pub fn a_log_is_created_once_and_found_again(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    assert_eq!(ledger.find(&author.key), None);
    let log = ledger.log(&author.key).expect("a log");
    let drill = LogKey { realm: Realm::Exercise("drill-1".to_owned()), ..author.key.clone() };
    let exercise = ledger.log(&drill).expect("a log");
    assert_ne!(log, exercise);
    assert_eq!((ledger.log(&author.key).expect("a log"), ledger.find(&author.key)), (log, Some(log)));
    assert_eq!(ledger.key(exercise), Some(drill.clone()));
    assert_eq!(ledger.logs(), vec![(log, author.key, 0), (exercise, drill, 0)]);
}

/// A number that was never given.
pub fn an_unknown_log_is_refused(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    author.fill(&ledger, 1);
    for number in [0, 2, u32::MAX] {
        let log = LogId::from_number(number);
        let refused = ledger.append(log, vec![author.draft(0, 10)]);
        assert_eq!(refused, Err(AppendError::Write(WriteError::UnknownLog(log))));
        assert_eq!((ledger.size(log), ledger.key(log)), (0, None));
    }
    assert_eq!(ledger.find(&LogKey { party: PartyId([9; 16]), realm: Realm::Real }), None);
    assert_eq!(ledger.last_seq(), 1);
}

/// Whoever answers the same thing carries the same key; the second one is refused whole.
pub fn what_carries_a_key_is_appended_once(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = ledger.log(&author.key).expect("a log");
    let once = |from, to, keys: &[u8]| {
        let keys = keys.iter().map(|key| [*key; 16]).collect();
        ledger.append_once(log, author.drafts(from, to, 40), keys)
    };
    assert_eq!(once(0, 2, &[1, 2]).expect("appended").size, 2);
    assert_eq!(once(2, 4, &[3, 2]).expect_err("refused"), AppendError::Repeated);
    assert_eq!(once(4, 5, &[3]).expect("the key of what was refused is free").size, 3);
    let unknown = ledger.append_once(LogId(77), author.drafts(5, 6, 40), vec![[4; 16]]);
    assert!(matches!(unknown, Err(AppendError::Write(WriteError::UnknownLog(_)))), "{unknown:?}");
    assert_eq!(once(5, 6, &[4]).expect("and so is that of what had no log").size, 4);
    assert_eq!(all(&ledger).len(), 4);
}

/// Nothing of a batch is stored when one record is too large.
pub fn what_is_too_large_is_refused_with_its_place(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = ledger.log(&author.key).expect("a log");
    let mut drafts = author.drafts(0, 3, 10);
    drafts[1].body = Some(Bytes::from(vec![b'x'; MAX_BODY_BYTES + 1]));
    let refused = ledger.append(log, drafts);
    assert!(matches!(refused, Err(AppendError::TooLarge { index: 1, part: "body", .. })), "{refused:?}");
    assert_eq!(ledger.last_seq(), 0);
}

/// Views follow by these calls.
pub fn listeners_hear_of_every_commit(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let heard = Arc::new(AtomicU64::new(0));
    let ear = Arc::clone(&heard);
    ledger.on_commit(Box::new(move |last_seq| {
        ear.fetch_max(last_seq, Ordering::SeqCst);
    }));
    author.fill(&ledger, 10);
    // The callers are answered before the listeners are called; a second answer proves the first call is over.
    ledger.log(&Author::new(2).key).expect("a log");
    assert_eq!(heard.load(Ordering::SeqCst), 10);
}
