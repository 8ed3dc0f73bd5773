//! How fast the ledger appends, reads, proves and verifies: `cargo bench -p ledger`.
//!
//! Records have a header of about 400 bytes and a body of 900, as STIX objects from feeds do. Every append is
//! durable (one fsync per group) before it counts.

use std::path::PathBuf;
use std::sync::{
    LazyLock,
    atomic::{AtomicU32, Ordering},
};

use bytes::Bytes;
use divan::counter::{BytesCount, ItemsCount};
use ledger::{Draft, Ledger, LogId, conformance};
use model::Position;

fn main() {
    divan::main();
}

static NEXT: AtomicU32 = AtomicU32::new(0);

fn folder() -> PathBuf {
    let base = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ledger-bench");
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    if number == 0 {
        drop(std::fs::remove_dir_all(&base));
    }
    base.join(number.to_string())
}

/// An empty ledger with one log.
fn empty() -> (Ledger, LogId) {
    let ledger = Ledger::open(&folder(), conformance::options()).expect("opens");
    let log = ledger.log(&conformance::Author::new(1).key).expect("a log");
    (ledger, log)
}

/// A thousand records; each is appended as often as needed, since the ledger does not mind.
static BATCH: LazyLock<Vec<Draft>> = LazyLock::new(|| {
    let author = conformance::Author::new(1);
    let mut drafts = author.drafts(0, 1000, 900);
    for draft in &mut drafts {
        draft.openings = None;
    }
    drafts
});

/// A hundred thousand records.
static FULL: LazyLock<(Ledger, LogId)> = LazyLock::new(|| {
    let (ledger, log) = empty();
    for _ in 0..100 {
        ledger.append(log, BATCH.clone()).expect("appends");
    }
    (ledger, log)
});

/// Two hundred batches of a thousand, one caller.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn append_in_batches_of_1000(bencher: divan::Bencher) {
    bencher
        .counter(ItemsCount::new(200_000_usize))
        .with_inputs(|| (empty(), vec![BATCH.clone(); 200]))
        .bench_values(|((ledger, log), batches)| {
            for batch in batches {
                ledger.append(log, batch).expect("appends");
            }
            ledger
        });
}

/// Two hundred batches of a thousand; the next is handed over while the last is written.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn append_in_batches_of_1000_two_callers(bencher: divan::Bencher) {
    bencher
        .counter(ItemsCount::new(200_000_usize))
        .with_inputs(|| (empty(), vec![vec![BATCH.clone(); 100]; 2]))
        .bench_values(|((ledger, log), callers)| {
            std::thread::scope(|scope| {
                for batches in callers {
                    let ledger = &ledger;
                    scope.spawn(move || {
                        for batch in batches {
                            ledger.append(log, batch).expect("appends");
                        }
                    });
                }
            });
            ledger
        });
}

/// 64 callers, one record per call, each waiting for its fsync.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn append_single_entries_from_64_callers(bencher: divan::Bencher) {
    const EACH: usize = 100;
    bencher.counter(ItemsCount::new(64 * EACH)).with_inputs(empty).bench_values(|(ledger, log)| {
        std::thread::scope(|scope| {
            for _ in 0..64 {
                scope.spawn(|| {
                    for draft in BATCH.iter().take(EACH) {
                        ledger.append(log, vec![draft.clone()]).expect("appends");
                    }
                });
            }
        });
        ledger
    });
}

/// One caller, one record per call.
#[divan::bench(sample_count = 5, sample_size = 100)]
fn append_single_entries_from_one_caller(bencher: divan::Bencher) {
    let (ledger, log) = empty();
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench_local(|| ledger.append(log, vec![BATCH[0].clone()]).expect("appends"));
}

/// Everything in order of arrival.
#[divan::bench(sample_count = 10)]
fn entries(bencher: divan::Bencher) {
    let reader = FULL.0.reader().expect("a reader");
    bencher.counter(ItemsCount::new(100_000_usize)).bench_local(|| {
        let mut bytes = 0;
        reader
            .entries(1, 100_000, usize::MAX, |entry| bytes += entry.body.map_or(0, <[u8]>::len))
            .expect("reads");
        bytes
    });
}

/// The bodies of one page of a thousand, without gaps, every third, and far apart.
#[divan::bench(args = [1, 3, 97], sample_count = 50)]
fn bodies_of_1000(bencher: divan::Bencher, step: u64) {
    let reader = FULL.0.reader().expect("a reader");
    let seqs: Vec<u64> = (1..=1000).map(|n| n * step).collect();
    bencher.counter(ItemsCount::new(1000_usize)).bench_local(|| {
        let mut bytes = 0;
        reader.bodies(&seqs, |_, body| bytes += body.map_or(0, <[u8]>::len)).expect("reads");
        bytes
    });
}

/// One proof among a hundred thousand.
#[divan::bench]
fn inclusion_proof(bencher: divan::Bencher) {
    let reader = FULL.0.reader().expect("a reader");
    bencher.bench_local(|| reader.prove_inclusion(FULL.1, Position(54_321), 100_000).expect("a proof"));
}

/// Root, two signatures, stored durably; the log grows by one record in between.
#[divan::bench(sample_count = 20, sample_size = 5)]
fn checkpoint_after_one_more_record(bencher: divan::Bencher) {
    let (ledger, log) = empty();
    let keys = conformance::Author::new(1).keys;
    bencher.bench_local(|| {
        ledger.append(log, vec![BATCH[0].clone()]).expect("appends");
        ledger.checkpoint(log, &keys).expect("signs")
    });
}

/// Everything computed again, pages compared.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn verify(bencher: divan::Bencher) {
    bencher.counter(ItemsCount::new(100_000_usize)).bench_local(|| {
        let verified = FULL.0.verify(&|_| Vec::new(), &mut |_| ()).expect("reads");
        assert!(verified.is_sound());
    });
}

/// Leaf hash of a header, for comparison with the above.
#[divan::bench]
fn leaf_hash(bencher: divan::Bencher) {
    let header: Bytes = BATCH[0].header.clone();
    bencher.counter(BytesCount::new(header.len())).bench_local(|| ledger::merkle::leaf_hash(&header));
}
