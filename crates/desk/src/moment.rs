//! Where in the ledger a moment lies: entries are in the order of their commit time.

use ledger::ReadError;
use model::Timestamp;

use crate::desk::Desk;

impl Desk {
    /// How many entries arrived before `at`, which is the arrival number of the last of them. Some twenty looks find it.
    pub fn entries_before(&self, at: Timestamp) -> Result<u64, ReadError> {
        let reader = self.ledger.reader()?;
        let (mut low, mut high) = (0, self.ledger.last_seq());
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let mut older = false;
            reader.entry(middle, |entry| older = entry.at_us < at.as_microsecond())?;
            if older {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        Ok(low)
    }
}
