//! What a kill left half done beside the ledger: finished when the ledger speaks of it, undone when it does not.
//!
//! The ledger itself needs none of this; these are the few steps that touch another file after a record.

mod rotation;

pub(crate) use rotation::{is_recorded, settle_keys};
