//! One flipped byte anywhere in `ledger.db` is found by verification, or the file does not open.

use std::fs;
use std::path::Path;

use ledger::{Ledger, conformance};
use model::Position;

use crate::folder::folder;

/// Numbers that look random and are the same on every run (Knuth's MMIX generator).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

/// A closed ledger with everything in it, and the bytes of its file.
fn sound(folder: &Path) -> Vec<u8> {
    let ledger = Ledger::open(folder, conformance::options()).unwrap();
    conformance::eventful(&ledger);
    drop(ledger);
    let ledger = Ledger::open(folder, conformance::options()).unwrap();
    assert_eq!(conformance::verify(&ledger).faults, []);
    drop(ledger);
    fs::read(folder.join("ledger.db")).unwrap()
}

/// What verification says about the file with the byte at `place` changed.
fn found(folder: &Path, sound: &[u8], place: usize, change: u8) -> Option<String> {
    let mut bytes = sound.to_vec();
    bytes[place] ^= change;
    fs::write(folder.join("ledger.db"), bytes).unwrap();
    let ledger = match Ledger::open(folder, conformance::options()) {
        Ok(ledger) => ledger,
        Err(error) => return Some(error.to_string()),
    };
    match ledger.verify(&conformance::keys_of, &mut |_| ()) {
        Ok(verified) => verified.faults.first().map(ToString::to_string),
        Err(error) => Some(error.to_string()),
    }
}

fn flip_many(count: usize, seed: u64) {
    let folder = folder();
    let sound = sound(&folder);
    let mut numbers = Numbers(seed);
    for _ in 0..count {
        let (place, change) = (numbers.below(sound.len()), 1 << numbers.below(8));
        assert!(
            found(&folder, &sound, place, change).is_some(),
            "byte {place} of {} xor {change}",
            sound.len()
        );
    }
    fs::write(folder.join("ledger.db"), &sound).unwrap();
    assert!(conformance::verify(&Ledger::open(&folder, conformance::options()).unwrap()).is_sound());
}

#[test]
fn one_flipped_bit_anywhere_in_the_file_is_found() {
    flip_many(60, 7);
}

#[test]
#[ignore = "takes minutes; run by hand"]
fn thousands_of_flipped_bits_are_all_found() {
    flip_many(5_000, 8);
}

/// A file whose bytes can be changed one at a time, and the ledger in its folder looked at as `entente ledger verify`
/// does beside a running node: without writing anything.
struct Patient {
    folder: std::path::PathBuf,
    file: fs::File,
    length: u64,
}

impl Patient {
    /// Two dozen entries and everything else that a ledger holds. With `log`, as a killed process leaves it: half of
    /// it in the database file, the rest in the write-ahead log.
    fn small(log: bool) -> Self {
        let (source, folder) = (folder(), folder());
        let (own, peer) = (conformance::Author::new(1), conformance::Author::new(2));
        let ledger = Ledger::open(&source, conformance::options()).unwrap();
        let mine = ledger.log(&own.key).unwrap();
        ledger.append(mine, own.drafts(0, 12, 80)).unwrap();
        ledger.checkpoint(mine, &own.keys).unwrap();
        drop(ledger);
        let ledger = Ledger::open(&source, conformance::options()).unwrap();
        let theirs = ledger.log(&peer.key).unwrap();
        ledger.append(theirs, peer.drafts(0, 12, 80)).unwrap();
        ledger.checkpoint(theirs, &peer.keys).unwrap();
        ledger.erase(mine, Position(3)).unwrap();
        let lie = ledger::CheckpointNote::sign(&peer.key.origin(), 5, model::Digest([1; 32]), &peer.keys);
        ledger.check(theirs, &lie, peer.keys.verifying()).expect_err("two stories");
        ledger.append(mine, own.drafts(12, 14, 80)).unwrap();
        let closed = if log {
            None
        } else {
            drop(ledger);
            Some(())
        };
        fs::create_dir_all(&folder).unwrap();
        for name in ["ledger.db", "ledger.db-sums", "ledger.db-wal"] {
            if source.join(name).exists() {
                fs::copy(source.join(name), folder.join(name)).unwrap();
            }
        }
        let wal = fs::metadata(folder.join("ledger.db-wal")).map_or(0, |file| file.len());
        assert_eq!(wal > 0, closed.is_none(), "{wal} bytes of log");
        let file = fs::OpenOptions::new().read(true).write(true).open(folder.join("ledger.db")).unwrap();
        let length = file.metadata().unwrap().len();
        let patient = Self { folder, file, length };
        assert_eq!(patient.fault(), None, "sound before");
        patient
    }

    fn fault(&self) -> Option<String> {
        let ledger = match Ledger::open_reading(&self.folder, conformance::options()) {
            Ok(ledger) => ledger,
            Err(error) => return Some(error.to_string()),
        };
        match ledger.verify(&conformance::keys_of, &mut |_| ()) {
            Ok(verified) => verified.faults.first().map(ToString::to_string),
            Err(error) => Some(error.to_string()),
        }
    }

    /// What is said while the byte at `place` is another.
    fn changed(&self, place: u64, change: u8) -> Option<String> {
        use std::os::unix::fs::FileExt as _;
        let mut byte = [0];
        self.file.read_exact_at(&mut byte, place).unwrap();
        self.file.write_all_at(&[byte[0] ^ change], place).unwrap();
        let fault = self.fault();
        self.file.write_all_at(&byte, place).unwrap();
        fault
    }
}

const PAGE: u64 = 16_384;

#[test]
fn a_changed_byte_on_any_page_is_found_and_its_place_is_named_with_and_without_a_log() {
    let mut numbers = Numbers(9);
    for log in [false, true] {
        let patient = Patient::small(log);
        for page in 0..patient.length / PAGE {
            let anywhere =
                [0, 7, PAGE - 1].into_iter().chain((0..3).map(|_| numbers.below(PAGE as usize) as u64));
            for within in anywhere.collect::<Vec<_>>() {
                let (place, change) = (page * PAGE + within, 1 << numbers.below(8));
                let fault = patient.changed(place, change);
                let fault =
                    fault.unwrap_or_else(|| panic!("byte {place} xor {change} was missed, log: {log}"));
                let named = ["position ", "arrival ", "page ", "ledger.db", "log "]
                    .iter()
                    .any(|word| fault.contains(word));
                assert!(named, "byte {place}: {fault}");
            }
        }
        assert_eq!(patient.fault(), None, "sound again");
    }
}

#[test]
#[ignore = "changes every byte of a ledger; takes long, run by hand"]
fn every_single_changed_byte_is_found() {
    for log in [false, true] {
        let patient = Patient::small(log);
        let mut missed = Vec::new();
        for place in 0..patient.length {
            // The bit changes with the place, so that all eight come up many times on every page.
            if patient.changed(place, 1 << (place % 8)).is_none() {
                missed.push(place);
            }
        }
        println!(
            "log {log}: {} bytes changed, {} found, missed: {missed:?}",
            patient.length,
            patient.length - missed.len() as u64
        );
        assert!(missed.is_empty(), "log: {log}");
    }
}

#[test]
fn a_changed_record_is_named_by_its_position() {
    let folder = folder();
    let sound = sound(&folder);
    let author = conformance::Author::new(1);
    // The salt of record 17 stands in its header alone, and the header reads the same with another salt.
    let header = author.draft(17, 80).header;
    let place = sound.windows(header.len()).position(|bytes| bytes == header).unwrap();
    let salt = header.windows(8).position(|bytes| bytes == b"\"salt\":\"").unwrap() + 9;
    let fault = found(&folder, &sound, place + salt, 1).unwrap();
    assert!(fault.contains("position 17, "), "{fault}");
    let body = author.draft(18, 80).body.unwrap();
    let place = sound.windows(body.len()).position(|bytes| bytes == body).unwrap();
    let fault = found(&folder, &sound, place + 20, 1).unwrap();
    assert!(fault.contains("position 18, ") && fault.contains("body"), "{fault}");
}

#[test]
fn an_erased_body_is_nowhere_in_the_files() {
    let folder = folder();
    let ledger = Ledger::open(&folder, conformance::options()).unwrap();
    let author = conformance::Author::new(1);
    let log = ledger.log(&author.key).unwrap();
    let secret = b"name and telephone number of a person";
    let mut draft = author.draft(0, 80);
    draft.body = Some(bytes::Bytes::from_static(secret));
    ledger.append(log, author.drafts(1, 4, 500)).unwrap();
    ledger.append(log, vec![draft]).unwrap();
    let somewhere = |file: &str| {
        let bytes = fs::read(folder.join(file)).unwrap_or_default();
        bytes.windows(secret.len()).any(|part| part == secret)
    };
    assert!(somewhere("ledger.db-wal"));
    ledger.erase(log, Position(3)).unwrap();
    assert!(!somewhere("ledger.db") && !somewhere("ledger.db-wal"));
}

#[test]
fn killed_between_moving_pages_and_noting_their_sums_it_is_sound_and_a_flipped_bit_is_still_found() {
    let patient = Patient::small(true);
    let moved = folder();
    fs::create_dir_all(&moved).unwrap();
    for name in ["ledger.db", "ledger.db-sums", "ledger.db-wal"] {
        fs::copy(patient.folder.join(name), moved.join(name)).unwrap();
    }
    let ledger = Ledger::open(&moved, conformance::options()).unwrap(); // moves what the log holds
    let sums = |folder: &Path| fs::read(folder.join("ledger.db-sums")).unwrap();
    assert_ne!(sums(&moved), sums(&patient.folder), "nothing was moved");
    fs::copy(moved.join("ledger.db"), patient.folder.join("ledger.db")).unwrap();
    assert_eq!(patient.fault(), None);
    let length = patient.file.metadata().unwrap().len();
    for place in (0..8).map(|part| length / 8 * part + 777) {
        assert!(patient.changed(place, 4).is_some(), "byte {place} of {length}");
    }
    drop(ledger);
}
