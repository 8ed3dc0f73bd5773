//! Full disks and crashes: nothing acknowledged is lost, nothing unacknowledged is shown, and it recovers by itself.

use std::fs;
use std::path::Path;

use ledger::{AppendError, Ledger, Options, State, WriteError, conformance};

use crate::folder::folder;

fn limited(limit_bytes: u64) -> Options {
    Options { limit_bytes: Some(limit_bytes), ..conformance::options() }
}

#[test]
fn a_full_disk_refuses_clearly_and_memory_and_disk_agree_afterwards() {
    let folder = folder();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&folder, limited(1 << 20)).unwrap();
    let log = ledger.log(&author.key).unwrap();
    let mut acknowledged = 0;
    let refused = loop {
        match ledger.append(log, author.drafts(acknowledged, acknowledged + 100, 900)) {
            Ok(receipt) => acknowledged = receipt.size,
            Err(error) => break error,
        }
    };
    assert!(
        matches!(&refused, AppendError::Write(WriteError::Disk { reason, .. }) if reason.contains("full"))
    );
    assert!(refused.to_string().contains("free space or change `data_dir`"), "{refused}");
    assert!(matches!(ledger.state(), State::ReadOnly { .. }));
    assert_eq!((ledger.size(log), ledger.last_seq()), (acknowledged, acknowledged));
    let root = ledger.reader().unwrap().root(log, acknowledged).unwrap();
    drop(ledger);
    // Somebody makes room.
    let ledger = Ledger::open(&folder, limited(8 << 20)).unwrap();
    assert_eq!(ledger.reader().unwrap().root(log, acknowledged).unwrap(), root);
    ledger.append(log, author.drafts(acknowledged, acknowledged + 100, 900)).unwrap();
    assert!(conformance::verify(&ledger).is_sound());
}

#[test]
fn a_read_only_ledger_recovers_when_a_write_succeeds_again() {
    let folder = folder();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&folder, limited(1 << 20)).unwrap();
    let log = ledger.log(&author.key).unwrap();
    let huge = ledger.append(log, author.drafts(0, 2000, 900));
    assert!(matches!(huge, Err(AppendError::Write(WriteError::Disk { .. }))));
    let refused = ledger.append(log, author.drafts(0, 1, 900));
    assert!(matches!(refused, Err(AppendError::Write(WriteError::ReadOnly { .. }))), "{refused:?}");
    // The refused call made the writer probe; small writes fit, so it takes them again.
    let receipt = ledger.append(log, author.drafts(0, 10, 900)).unwrap();
    assert_eq!((receipt.first_seq, receipt.size), (1, 10));
    assert_eq!(ledger.state(), State::Ready);
    assert!(conformance::verify(&ledger).is_sound());
}

/// What the disk would hold if the power went out now: the writer is idle when this is called.
fn copy_of(folder: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in ["ledger.db", "ledger.db-wal", "ledger.db-sums"] {
        fs::copy(folder.join(file), to.join(file)).unwrap();
    }
}

#[test]
fn after_a_crash_everything_acknowledged_is_there_and_verifies() {
    let (running, crashed) = (folder(), folder());
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&running, conformance::options()).unwrap();
    conformance::eventful(&ledger);
    let log = ledger.find(&author.key).unwrap();
    ledger.append(log, author.drafts(710, 720, 900)).unwrap();
    copy_of(&running, &crashed);
    let after = Ledger::open(&crashed, conformance::options()).unwrap();
    assert_eq!((after.last_seq(), after.logs()), (ledger.last_seq(), ledger.logs()));
    assert_eq!(conformance::verify(&after).faults, []);
    after.append(log, author.drafts(720, 1000, 900)).unwrap();
    assert_eq!(conformance::verify(&after).faults, []);
}

#[test]
fn a_torn_tail_of_the_write_ahead_log_costs_only_what_was_not_acknowledged() {
    let running = folder();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&running, conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    let sizes: Vec<(u64, u64)> = (0..12_u64)
        .map(|round| {
            let size = ledger.append(log, author.drafts(round * 30, round * 30 + 30, 400)).unwrap().size;
            (fs::metadata(running.join("ledger.db-wal")).unwrap().len(), size)
        })
        .collect();
    // At once: an idle ledger moves its log into the database by itself, and then a cut costs nothing.
    let still = folder();
    copy_of(&running, &still);
    let whole = sizes.last().unwrap().0;
    for cut in [1, 100, 16_384, 16_385, 40_000, 100_000, whole / 2, whole] {
        let crashed = folder();
        copy_of(&still, &crashed);
        let log_file = fs::File::options().write(true).open(crashed.join("ledger.db-wal")).unwrap();
        log_file.set_len(whole - cut).unwrap();
        let after = Ledger::open(&crashed, conformance::options()).unwrap();
        // Everything whose commit lies before the cut.
        let expected = sizes.iter().filter(|(bytes, _)| *bytes <= whole - cut).map(|(_, size)| *size).max();
        assert_eq!(after.last_seq(), expected.unwrap_or(0), "cut by {cut}");
        if let Some(log) = after.find(&author.key) {
            after.append(log, author.drafts(5000, 5300, 400)).unwrap();
        }
        assert_eq!(conformance::verify(&after).faults, []);
    }
}

#[test]
fn pages_and_sums_agree_after_a_load_that_moves_the_log_in_the_background() {
    let folder = folder();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&folder, conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            // A reader that often stands in the log.
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let from = ledger.last_seq() / 2;
                ledger.reader().unwrap().entries(from.max(1), 200, usize::MAX, |_| ()).unwrap();
                std::thread::yield_now();
            }
        });
        let drafts = author.drafts(0, 40, 8000);
        for _ in 0..80 {
            ledger.append(log, drafts.clone()).unwrap();
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
    assert_eq!(conformance::verify(&ledger).faults, []);
    drop(ledger);
    let wal = fs::metadata(folder.join("ledger.db-wal")).unwrap().len();
    assert_eq!(wal, 0, "a closed ledger leaves nothing in the log");
    assert_eq!(conformance::verify(&Ledger::open(&folder, conformance::options()).unwrap()).faults, []);
}

#[test]
fn a_reader_that_stands_in_the_log_makes_it_grow_and_once_it_ends_the_log_is_started_over() {
    let folder = folder();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&folder, conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    ledger.append(log, author.drafts(0, 2, 100)).unwrap();
    let drafts = author.drafts(0, 100, 9000);
    let burst = || (0..40).for_each(|_| assert!(ledger.append(log, drafts.clone()).is_ok()));
    let length = || fs::metadata(folder.join("ledger.db-wal")).unwrap().len();
    let mut stood = false;
    ledger
        .reader()
        .unwrap()
        .entries(1, 1, usize::MAX, |_| {
            // The statement is open: what is written from here on cannot leave the log.
            burst();
            stood = true;
        })
        .unwrap();
    assert!(stood);
    let grown = length();
    assert!(grown > 32 << 20, "{grown} bytes");
    burst();
    burst();
    assert!(length() <= grown.max(64 << 20), "{} bytes after {grown}", length());
    assert_eq!(conformance::verify(&ledger).faults, []);
}

/// Where the two halves of the crash test by hand meet.
fn killed() -> std::path::PathBuf {
    std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ledger-killed")
}

#[test]
#[ignore = "appends until it is killed; then run the next test"]
fn a_load_to_be_killed_at_any_instant() {
    let folder = killed();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&folder, conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    let drafts = author.drafts(0, 300, 900);
    let mut round = ledger.size(log);
    loop {
        round += 1;
        let batch = drafts[..1 + (round * 7919 % 300) as usize].to_vec();
        let size = ledger.append(log, batch).unwrap().size;
        fs::write(folder.join("acknowledged"), size.to_string()).unwrap();
        if round.is_multiple_of(5) {
            ledger.checkpoint(log, &author.keys).unwrap();
        }
        if round.is_multiple_of(11) {
            ledger.erase(log, model::Position(round * 31 % size)).unwrap();
        }
    }
}

#[test]
#[ignore = "run after the load has been killed"]
fn after_kill_9_everything_acknowledged_is_there_and_verifies() {
    let folder = killed();
    let text = fs::read_to_string(folder.join("acknowledged")).unwrap();
    let acknowledged: u64 = text.parse().unwrap_or(0);
    let ledger = Ledger::open(&folder, conformance::options()).unwrap();
    assert!(ledger.last_seq() >= acknowledged, "{} of {acknowledged}", ledger.last_seq());
    assert_eq!(conformance::verify(&ledger).faults, []);
}

#[test]
#[ignore = "needs a small filesystem mounted at target/tmp/ledger-full (tmpfs, size=12m)"]
fn a_really_full_filesystem_loses_nothing_and_recovers_when_room_is_made() {
    let mount = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("ledger-full");
    let ballast = mount.join("ballast");
    fs::write(&ballast, vec![0; 4 << 20]).unwrap();
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&mount.join("ledger"), conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    let refused = loop {
        let size = ledger.size(log);
        if let Err(error) = ledger.append(log, author.drafts(size, size + 50, 900)) {
            break error;
        }
    };
    assert!(refused.to_string().contains("free space or change `data_dir`"), "{refused}");
    let acknowledged = ledger.last_seq();
    assert!(ledger.append(log, author.drafts(0, 50, 900)).is_err());
    assert!(matches!(ledger.state(), State::ReadOnly { .. }));
    fs::remove_file(ballast).unwrap();
    // No write is needed: the writer probes about every second.
    let recovered = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        ledger.state() == State::Ready
    });
    assert!(recovered);
    assert_eq!(ledger.last_seq(), acknowledged);
    ledger.append(log, author.drafts(acknowledged, acknowledged + 50, 900)).unwrap();
    assert_eq!(conformance::verify(&ledger).faults, []);
}
