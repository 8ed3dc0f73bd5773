//! All that was said on the lines of a story, as one number: the same seed must give the same.

use model::Digest;

/// A running digest over frames in their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Heard(u64, [u8; 32]);

impl Heard {
    /// Takes one frame. Real ML-DSA signs with fresh randomness, so without signatures of our own the lengths alone can
    /// be the same.
    pub fn hear(&mut self, frame: &[u8]) {
        self.0 += 1;
        let said = if cfg!(feature = "own-signatures") { frame } else { &frame[..4] };
        self.1 = Digest::of(&[&self.1[..], said].concat()).0;
    }
}
