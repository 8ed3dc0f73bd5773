//! The vocabulary of the federation: the header every record carries, and one file per record kind.
//!
//! A record is a header (compact JSON, below a kilobyte) and a body (JSON of its kind, or somebody's
//! document verbatim). Trust signs bytes: both are kept exactly as they were sealed or received.
//! Kinds live for ever: what `.v1` means today it means in ten years (golden tests).

mod header;
mod kind;
mod reader;
mod recipients;
mod seal;

pub mod assignment;
pub mod audit;
pub mod card;
pub mod cause;
pub mod consumer;
pub mod cosign;
pub mod delivery;
pub mod determination;
pub mod erasure;
pub mod evidence;
pub mod fact;
pub mod filing;
pub mod forward;
pub mod group;
pub mod handling;
pub mod handover;
pub mod incident;
pub mod mailbox;
pub mod mailing;
pub mod message;
pub mod notice_receipt;
pub mod obligation;
pub mod pack;
pub mod pledge;
pub mod practice;
pub mod proposal;
pub mod publication;
pub mod receipt;
pub mod release_decision;
pub mod release_draft;
pub mod release_rule;
pub mod reminder;
pub mod report;
pub mod retraction;
pub mod rotation;
pub mod screening;
pub mod signature;
pub mod snapshot;
pub mod submission;
pub mod trust;
pub mod warning;
pub mod watch;
pub mod withdrawal;

pub use header::{Header, HeaderError, Marked, leaf_hash};
pub use kind::{Body, Reach, is_known, reach};
pub use reader::{HeaderReader, Reading};
pub use recipients::{Opening, Recipients, named_digest};
pub use seal::{Seal, Sealed, Stamp};
