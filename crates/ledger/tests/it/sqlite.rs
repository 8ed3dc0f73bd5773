//! The engine on SQLite.

use ledger::{BackupError, Ledger, OpenError, State, conformance};

use crate::folder::folder;

ledger::conformance_stories!(|| Ledger::open(&folder(), conformance::options()).unwrap());

#[test]
fn everything_is_there_after_opening_again() {
    let folder = folder();
    conformance::reopen::everything_is_there_after_opening_again(&|| {
        Ledger::open(&folder, conformance::options()).unwrap()
    });
}

#[test]
fn a_second_opener_is_told_that_the_ledger_is_in_use() {
    let folder = folder();
    let first = Ledger::open(&folder, conformance::options()).unwrap();
    assert!(matches!(Ledger::open(&folder, conformance::options()), Err(OpenError::InUse(_))));
    drop(first);
    Ledger::open(&folder, conformance::options()).unwrap();
}

#[test]
fn a_backup_is_verified_and_opens_as_a_ledger_of_its_own() {
    let (from, to) = (folder(), folder());
    let ledger = Ledger::open(&from, conformance::options()).unwrap();
    conformance::eventful(&ledger);
    let verified = ledger.backup(&to, &conformance::keys_of, &mut |_| ()).unwrap();
    assert_eq!((verified.entries, verified.is_sound()), (ledger.last_seq(), true));
    assert!(matches!(ledger.backup(&to, &conformance::keys_of, &mut |_| ()), Err(BackupError::Exists(_))));
    let copy = Ledger::open(&to, conformance::options()).unwrap();
    assert_eq!((copy.last_seq(), copy.logs()), (ledger.last_seq(), ledger.logs()));
    let author = conformance::Author::new(1);
    copy.append(copy.find(&author.key).unwrap(), author.drafts(0, 5, 10)).unwrap();
    assert!(conformance::verify(&copy).is_sound());
}

#[test]
fn a_reader_process_sees_what_is_committed_and_can_write_nothing() {
    let folder = folder();
    let writer = Ledger::open(&folder, conformance::options()).unwrap();
    conformance::eventful(&writer);
    let reading = Ledger::open_reading(&folder, conformance::options()).unwrap();
    assert_eq!(reading.last_seq(), writer.last_seq());
    let author = conformance::Author::new(1);
    let log = reading.find(&author.key).unwrap();
    assert!(reading.append(log, author.drafts(0, 1, 10)).is_err());
    assert!(matches!(reading.state(), State::ReadOnly { .. }));
    writer.append(log, author.drafts(0, 300, 10)).unwrap();
    assert!(conformance::verify(&reading).is_sound(), "while the writer goes on");
}
