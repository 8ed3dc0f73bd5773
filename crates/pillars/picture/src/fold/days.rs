//! Counts by day, packed: one row holds what was said of a thing in 128 days under one class.
//!
//! A row for each day would be three hundred bytes and a step of the database for each count; most figures add up all days of
//! thousands of things. Packed, a count is two bytes, and a million statements are read in some milliseconds.

/// Days in one row.
const BLOCK: i64 = 128;

/// The row of a day, and the day's place in it.
pub(crate) const fn place(day: i64) -> (i64, u8) {
    (day.div_euclid(BLOCK), day.rem_euclid(BLOCK) as u8)
}

/// Calls `each` with every day of a row and its count, the earliest first. What is cut short ends there.
pub(crate) fn read(block: i64, mut packed: &[u8], mut each: impl FnMut(i64, u64)) {
    while let Some((offset, rest)) = packed.split_first() {
        let Some((count, rest)) = number(rest) else { return };
        each(block * BLOCK + i64::from(*offset), count);
        packed = rest;
    }
}

/// The row with these changes; empty when nothing is left in it. No count falls below nothing.
pub(super) fn changed(packed: &[u8], changes: &[(u8, i64)]) -> Vec<u8> {
    let mut days = [0_u64; BLOCK as usize];
    read(0, packed, |day, count| {
        if let Some(slot) = usize::try_from(day).ok().and_then(|day| days.get_mut(day)) {
            *slot = count;
        }
    });
    for (offset, by) in changes {
        if let Some(slot) = days.get_mut(usize::from(*offset)) {
            *slot = slot.saturating_add_signed(*by);
        }
    }
    let mut written = Vec::with_capacity(packed.len() + 2 * changes.len());
    for (offset, mut count) in (0_u8..).zip(days).filter(|(_, count)| *count > 0) {
        written.push(offset);
        while count >= 0x80 {
            written.push(count as u8 | 0x80);
            count >>= 7;
        }
        written.push(count as u8);
    }
    written
}

/// A number in groups of seven bits, the lowest first, and what follows it.
fn number(packed: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0_u64;
    for (n, byte) in packed.iter().take(10).enumerate() {
        value |= u64::from(byte & 0x7f).checked_shl(7 * n as u32)?;
        if byte & 0x80 == 0 {
            return Some((value, &packed[n + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    use super::*;

    proptest! {
        #[test]
        fn a_row_holds_what_was_counted_however_the_counts_came(
            said in prop::collection::vec((0_u8..128, -3_i64..400), 0..60), cut in 0_usize..60,
        ) {
            let mut wanted: BTreeMap<u8, u64> = BTreeMap::new();
            for (offset, by) in &said {
                let count = wanted.entry(*offset).or_default();
                *count = count.saturating_add_signed(*by);
            }
            wanted.retain(|_, count| *count > 0);
            let (first, second) = said.split_at(cut.min(said.len()));
            let packed = changed(&changed(&[], first), second);
            let mut found = BTreeMap::new();
            read(-2, &packed, |day, count| {
                assert_eq!(place(day).0, -2);
                found.insert(place(day).1, count);
            });
            prop_assert_eq!(found, wanted);
        }

        #[test]
        fn a_damaged_row_is_read_as_far_as_it_goes(packed: Vec<u8>) {
            let mut days = 0;
            read(0, &packed, |_, _| days += 1);
            prop_assert!(days <= packed.len() / 2);
            changed(&packed, &[(7, 1)]);
        }
    }
}
