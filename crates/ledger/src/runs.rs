//! Runs: how places of a log map to arrival numbers, in few rows.

/// An unbroken run: positions `first_pos..` of one log arrived as `first_seq..`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub first_pos: u64,
    pub first_seq: u64,
    pub count: u64,
}

impl Run {
    /// Position after the last one.
    pub fn end(&self) -> u64 {
        self.first_pos + self.count
    }

    /// Whether a position lies in it.
    pub fn holds(&self, pos: u64) -> bool {
        (self.first_pos..self.end()).contains(&pos)
    }

    /// The arrival number of a position in it.
    pub fn seq_of(&self, pos: u64) -> u64 {
        self.first_seq + (pos - self.first_pos)
    }

    /// Extends the run by `count` records when they continue it on both sides; otherwise the new run.
    pub fn extended(self, pos: u64, seq: u64, count: u64) -> Result<Run, Run> {
        if pos == self.end() && seq == self.first_seq + self.count {
            Ok(Run { count: self.count + count, ..self })
        } else {
            Err(Run { first_pos: pos, first_seq: seq, count })
        }
    }
}
