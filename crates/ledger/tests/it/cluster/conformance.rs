//! The one suite, with one server.

use std::cell::RefCell;

use ledger::{Ledger, conformance};

use super::servers::Servers;
use crate::folder::folder;

thread_local! {
    /// Lives as long as the thread of the story.
    static SERVERS: RefCell<Vec<Servers>> = const { RefCell::new(Vec::new()) };
}

fn fresh() -> Ledger {
    SERVERS.with_borrow_mut(|kept| {
        let servers = Servers::one(&folder());
        let ledger =
            Ledger::open_cluster(&folder(), &servers.cluster("story"), conformance::options()).unwrap();
        kept.push(servers);
        ledger
    })
}

ledger::conformance_stories!(fresh);

#[test]
fn everything_is_there_after_opening_again() {
    let (servers, folder) = (Servers::one(&folder()), folder());
    conformance::reopen::everything_is_there_after_opening_again(&|| {
        Ledger::open_cluster(&folder, &servers.cluster("story"), conformance::options()).unwrap()
    });
}
