//! Whether a key may be in the views: a Bloom filter, so that an object that is new costs no look-up.
//!
//! Blocked as in Putze, Sanders and Singler, "Cache-, Hash- and Space-Efficient Bloom Filters" (2007): all bits of a
//! key lie in one cache line. Keys are SHA-256 already, so their own bits choose block and bits. Filters of doubling
//! size stand one behind the other; twelve bits for each key leave about one false "perhaps" in a hundred, which
//! costs the look-up that would have been made anyway.

use desk::sql::SqlError;

/// Words of 64 bits in one block: a cache line.
const WORDS: usize = 8;
/// Bits set for each key.
const BITS: u32 = 6;
/// Room for so many keys in the smallest filter.
const SMALLEST: usize = 1 << 15;
/// Bits provided for each key.
const BITS_PER_KEY: usize = 12;

/// Keys that were seen, with false positives and no false negatives.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    filters: Vec<Filter>,
}

#[derive(Debug)]
struct Filter {
    blocks: Vec<[u64; WORDS]>,
    room: usize,
    held: usize,
}

impl Seen {
    /// Room for `expected` keys in one filter.
    fn with_room(expected: usize) -> Self {
        Self { filters: vec![Filter::new(expected)] }
    }

    /// Every key of the index, with room for as many again.
    pub fn load(connection: &rusqlite::Connection) -> Result<Self, SqlError> {
        let held: i64 =
            connection.query_row("SELECT coalesce(sum(n), 0) FROM exchange_count", [], |row| row.get(0))?;
        let mut seen = Self::with_room(held.max(0) as usize * 2);
        let mut keys = connection.prepare("SELECT key FROM exchange_key")?;
        let mut rows = keys.query([])?;
        while let Some(row) = rows.next()? {
            seen.insert(row.get(0)?);
        }
        Ok(seen)
    }

    /// False only when the key was never inserted.
    pub fn perhaps(&self, key: i64) -> bool {
        self.filters.iter().rev().any(|filter| filter.perhaps(key))
    }

    /// Remembers a key.
    pub fn insert(&mut self, key: i64) {
        match self.filters.last_mut() {
            Some(filter) if filter.held < filter.room => filter.insert(key),
            last => {
                let mut next = Filter::new(last.map_or(SMALLEST, |full| full.room * 2));
                next.insert(key);
                self.filters.push(next);
            }
        }
    }
}

impl Filter {
    fn new(expected: usize) -> Self {
        let room = expected.max(SMALLEST);
        let blocks = (room * BITS_PER_KEY).div_ceil(WORDS * 64);
        Self { blocks: vec![[0; WORDS]; blocks], room, held: 0 }
    }

    fn perhaps(&self, key: i64) -> bool {
        let block = &self.blocks[self.block(key)];
        bits(key).all(|(word, bit)| block[word] & bit != 0)
    }

    fn insert(&mut self, key: i64) {
        let at = self.block(key);
        for (word, bit) in bits(key) {
            self.blocks[at][word] |= bit;
        }
        self.held += 1;
    }

    /// The high half of the key chooses the block, by multiplication instead of division.
    fn block(&self, key: i64) -> usize {
        let high = (key as u64) >> 32;
        ((high * self.blocks.len() as u64) >> 32) as usize
    }
}

/// Word and bit of each of a key's places, nine bits of the low half spread over 64 for each.
fn bits(key: i64) -> impl Iterator<Item = (usize, u64)> {
    let spread = (key as u64 & 0xffff_ffff).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (0..BITS).map(move |n| {
        let nine = (spread >> (n * 9)) & 0x1ff;
        ((nine >> 6) as usize, 1 << (nine & 63))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::key_of;

    #[test]
    fn what_was_inserted_is_always_found_and_what_was_not_hardly_ever() {
        let key = |n: u32| key_of(&format!("indicator--{n}"));
        let mut seen = Seen::default();
        for n in 0..200_000 {
            seen.insert(key(n));
        }
        assert!((0..200_000).all(|n| seen.perhaps(key(n))));
        let wrong = (200_000..300_000).filter(|n| seen.perhaps(key(*n))).count();
        assert!(wrong < 4_000, "{wrong} of 100,000 keys were taken for others");
    }
}
