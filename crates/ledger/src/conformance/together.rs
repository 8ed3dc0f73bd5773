//! Stories of many callers at once.

use std::sync::mpsc;
use std::thread;

use super::Fresh;
use super::fixture::{Author, all};

/// Each thread's receipts are its own, places are given once, and everything is there.
pub fn callers_in_many_threads_lose_and_double_nothing(fresh: Fresh<'_>) {
    let ledger = fresh();
    let authors = [Author::new(1), Author::new(2)];
    let logs = authors.each_ref().map(|author| ledger.log(&author.key).expect("a log"));
    let mut places: Vec<(u32, u64)> = thread::scope(|scope| {
        let workers: Vec<_> = (0..8_u64)
            .map(|worker| {
                let (ledger, author, log) =
                    (ledger.clone(), &authors[worker as usize % 2], logs[worker as usize % 2]);
                scope.spawn(move || {
                    let mut places = Vec::new();
                    for round in 0..25 {
                        let number = worker * 1000 + round * 10;
                        let drafts = author.drafts(number, number + 1 + round % 3, 40);
                        let receipt = ledger.append(log, drafts.clone()).expect("appended");
                        for (offset, draft) in drafts.iter().enumerate() {
                            let place = model::Position(receipt.first.0 + offset as u64);
                            let reader = ledger.reader().expect("a reader");
                            let mut same = false;
                            reader
                                .at(log, place, |entry| same = entry.header == Some(&draft.header[..]))
                                .expect("read");
                            assert!(same, "read your own write");
                            places.push((log.number(), place.0));
                        }
                    }
                    places
                })
            })
            .collect();
        workers.into_iter().flat_map(|worker| worker.join().expect("a worker")).collect()
    });
    places.sort_unstable();
    let total = places.len();
    places.dedup();
    assert_eq!(places.len(), total, "no place was given twice");
    assert_eq!(all(&ledger).len(), total);
    let seqs: Vec<u64> = all(&ledger).iter().map(|seen| seen.seq).collect();
    assert_eq!(seqs, (1..=total as u64).collect::<Vec<_>>());
}

/// `append_with` answers every caller exactly once, after the entry can be read.
pub fn callbacks_are_called_once_with_a_durable_receipt(fresh: Fresh<'_>) {
    let (ledger, author) = (fresh(), Author::new(1));
    let log = ledger.log(&author.key).expect("a log");
    let (sender, receiver) = mpsc::channel();
    for number in 0..200 {
        let (sender, ledger_) = (sender.clone(), ledger.clone());
        ledger.append_with(
            log,
            vec![author.draft(number, 40)],
            Box::new(move |receipt| {
                let receipt = receipt.expect("appended");
                assert!(ledger_.last_seq() >= receipt.last_seq(), "published before it is answered");
                sender.send(receipt.first.0).expect("the test listens");
            }),
        );
    }
    drop(sender);
    let places: Vec<u64> = receiver.iter().collect();
    assert_eq!(places, (0..200).collect::<Vec<_>>());
}
