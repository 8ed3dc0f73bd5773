//! A ledger that moves into a cluster and back.

use ledger::{Ledger, MoveError, conformance};

use super::servers::Servers;
use super::together::assert_same;
use crate::folder::folder;

#[test]
fn a_ledger_moved_into_a_cluster_and_back_is_the_same_to_everybody() {
    let servers = Servers::one(&folder());
    let cluster = servers.cluster("party");
    let place = folder();
    let original = Ledger::open(&place, conformance::options()).unwrap();
    conformance::eventful(&original);
    let moved = original.move_into(&cluster, &mut |_| ()).unwrap();
    assert_eq!((moved.entries, moved.held, moved.logs), (original.last_seq(), 0, 2));
    let again = original.move_into(&cluster, &mut |_| ()).unwrap();
    assert_eq!(again.held, again.entries, "the second time everything was there");
    let node = folder();
    let fold = Ledger::open_cluster(&node, &cluster, conformance::options()).unwrap();
    original.compare(&fold).unwrap();
    assert_same(&original, &fold);
    let evidence = |ledger: &Ledger| ledger.reader().unwrap().evidence().unwrap();
    assert_eq!(evidence(&original), evidence(&fold));
    assert!(conformance::verify(&fold).is_sound());
    // It goes on there, and comes back with what was added.
    let author = conformance::Author::new(1);
    let log = fold.find(&author.key).unwrap();
    fold.append(log, author.drafts(9000, 9010, 60)).unwrap();
    assert!(matches!(original.compare(&fold), Err(MoveError::Differs(_))));
    let entries = fold.last_seq();
    cluster.seal().unwrap();
    assert!(fold.append(log, author.drafts(9010, 9011, 60)).is_err(), "a sealed stream takes nothing");
    drop(fold);
    ledger::leave_cluster(&node, &cluster, conformance::options()).unwrap();
    let back = Ledger::open(&node, conformance::options()).unwrap();
    assert_eq!(back.last_seq(), entries);
    back.append(log, author.drafts(9011, 9020, 60)).unwrap();
    assert!(conformance::verify(&back).is_sound());
}

#[test]
fn a_move_goes_on_where_it_stopped_and_never_into_the_ledger_of_somebody_else() {
    let servers = Servers::one(&folder());
    let cluster = servers.cluster("party");
    let author = conformance::Author::new(1);
    let ledger = Ledger::open(&folder(), conformance::options()).unwrap();
    let log = ledger.log(&author.key).unwrap();
    ledger.append(log, author.drafts(0, 500, 600)).unwrap();
    ledger.move_into(&cluster, &mut |_| ()).unwrap();
    // As if it had been cut off there: what comes later is missing in the stream.
    ledger.append(log, author.drafts(500, 3000, 600)).unwrap();
    let mut heard = Vec::new();
    let moved = ledger.move_into(&cluster, &mut |entries| heard.push(entries)).unwrap();
    assert_eq!((moved.held, moved.entries, heard.last()), (500, 3000, Some(&3000)));
    let fold = Ledger::open_cluster(&folder(), &cluster, conformance::options()).unwrap();
    assert_same(&ledger, &fold);
    let stranger = Ledger::open(&folder(), conformance::options()).unwrap();
    let theirs = stranger.log(&author.key).unwrap();
    stranger.append(theirs, author.drafts(7, 12, 600)).unwrap();
    assert_eq!(stranger.move_into(&cluster, &mut |_| ()), Err(MoveError::OtherLedger(1)));
}
