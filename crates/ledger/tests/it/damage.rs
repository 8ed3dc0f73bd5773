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
