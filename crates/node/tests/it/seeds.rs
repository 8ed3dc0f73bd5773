//! The targets of `fuzz/` over their committed seeds and changes of them, the same ones each time.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

#[path = "../../../../fuzz/src/targets/house.rs"]
mod house_targets;
#[path = "../../../../fuzz/src/targets/ledger.rs"]
mod ledger_targets;
#[path = "../../../../fuzz/src/targets/mod.rs"]
mod targets;

/// Changes made of each seed.
const CHANGES: u64 = 40;

#[test]
fn every_parser_bears_its_seeds_and_changes_of_them() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    for (name, run) in targets::TARGETS.iter().chain(ledger_targets::TARGETS).chain(house_targets::TARGETS) {
        let files = files(&seeds.join(name));
        assert!(!files.is_empty(), "fuzz/seeds/{name} is empty");
        for file in files {
            let bytes = std::fs::read(&file).expect("a seed");
            for n in 0..=CHANGES {
                let input = if n == 0 { bytes.clone() } else { changed(&bytes, n) };
                let bore = catch_unwind(AssertUnwindSafe(|| run(&input))).is_ok();
                assert!(bore, "{name} fails on change {n} of {}: {input:?}", file.display());
            }
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> = entries.collect();
    files.sort();
    files
}

/// The `n`-th change: cut, bits flipped, bytes put in over which parsers stumble, a part doubled, a part left out.
fn changed(bytes: &[u8], n: u64) -> Vec<u8> {
    const TROUBLE: [&[u8]; 10] = [
        b"\0",
        b"\"",
        b"\\",
        b"{",
        b"]",
        b"\xff\xff\xff\xff",
        b"\xed\xa0\x80",
        b"1e999",
        b"\r\n\r\n",
        b"%00",
    ];
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ (n << 32) ^ bytes.len() as u64);
    let mut out = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(out.len() + 1);
        let end = at + chance.below((out.len() - at + 1).min(200));
        match chance.below(5) {
            0 => out.truncate(at),
            1 if at < out.len() => out[at] ^= 1 << chance.below(8),
            2 => drop(out.splice(at..at, TROUBLE[chance.below(TROUBLE.len())].iter().copied())),
            3 => {
                let part = out[at..end].to_vec();
                drop(out.splice(at..at, part));
            }
            _ => drop(out.drain(at..end)),
        }
    }
    out
}

/// A small generator with a fixed beginning (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end.max(1) as u64) as usize
    }
}
