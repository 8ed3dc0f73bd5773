//! Links: the driver of `link`'s state machines over TLS 1.3, one session per peer.
//!
//! A session has two halves that never wait for each other: `follow` stores the peer's log, `feed` sends ours.
//! Offline the same frames travel as a file (`file`).

pub mod certificate;
mod dispatch;
mod feed;
mod file;
mod follow;
mod held;
mod hub;
mod objected;
mod outcome;
mod prepare;
mod rekey;
mod seat;
mod session;
mod status;
mod stepwise;
mod stopped;
mod switch;
mod tls;

pub use dispatch::{Dispatched, acknowledged, dispatched_to, refusals, refused_by};
pub use file::{FileError, Imported, export, import};
pub use hub::{Hub, HubError, HubOptions};
pub use outcome::{Outcome, outcome};
pub(crate) use rekey::rekey;
pub use status::{LinkState, LinkStatus, Statuses};
pub use stepwise::{Ended, Session};
pub use stopped::{Cause, Stopped, resume, stopped};
pub use tls::TlsError;
