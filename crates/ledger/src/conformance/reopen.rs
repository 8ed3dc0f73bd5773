//! Stories of ledgers that are closed and opened again. The closure opens the same ledger each time.

use super::fixture::{Author, all};
use crate::Ledger;

/// Entries, sizes, roots, times and checkpoints are as they were, and appending goes on where it stopped.
pub fn everything_is_there_after_opening_again(open: &dyn Fn() -> Ledger) {
    let author = Author::new(1);
    let mut before = Vec::new();
    for (round, count) in [0, 1, 254, 2, 255, 300].into_iter().enumerate() {
        let ledger = open();
        assert_eq!(all(&ledger), before, "round {round}");
        let log = ledger.log(&author.key).expect("a log");
        let size = ledger.size(log);
        ledger.append(log, author.drafts(size, size + count, 60)).expect("appended");
        assert_eq!(ledger.last_seq(), size + count);
        let note = ledger.checkpoint(log, &author.keys).expect("signed");
        assert_eq!(ledger.reader().expect("a reader").root(log, size + count), Ok(note.root()));
        before = all(&ledger);
    }
    let ledger = open();
    let log = ledger.find(&author.key).expect("the log");
    let fresh = Ledger::memory(super::options());
    let expected = author.fill(&fresh, 812);
    // The same records give the same root, however they were batched.
    let root = |ledger: &Ledger, log| ledger.reader().expect("a reader").root(log, 812).expect("a root");
    let same = author.drafts(0, 812, 60);
    let again = Ledger::memory(super::options());
    let again_log = again.log(&author.key).expect("a log");
    again.append(again_log, same).expect("appended");
    assert_eq!(root(&ledger, log), root(&again, again_log));
    assert_ne!(root(&ledger, log), root(&fresh, expected), "other bodies, other headers");
}
