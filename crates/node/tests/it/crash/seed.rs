//! Numbers that look random and are the same for the same seed (SplitMix64).

/// Where the numbers come from.
pub struct Seed(u64);

impl Seed {
    /// The numbers of the `nth` world of a seed.
    pub fn new(seed: u64, nth: u64) -> Self {
        Self(seed.wrapping_add(nth.wrapping_mul(0xa076_1d64_78bd_642f)))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A part of one, from 0.0 to just below 1.0.
    pub fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
