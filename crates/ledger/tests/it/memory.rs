//! The engine without a disk.

ledger::conformance_stories!(|| ledger::Ledger::memory(ledger::conformance::options()));
