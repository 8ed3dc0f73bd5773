//! Views: tables folded from the ledger by arrival number, rebuildable at any time (I4).

mod agreements;
mod amended;
pub mod audit;
mod by_hand;
pub mod classes;
mod consumers;
mod entry;
mod erased;
mod groups;
mod parties;
mod rebuild;
pub mod release;
mod schema;
mod store;
mod thread;
mod withheld;

pub use agreements::{AgreementState, SignedBy, VersionState};
pub use amended::Amendments;
pub use consumers::Consumers;
pub use entry::{Entry, Erased, FoldError, Folding, Memory};
pub use groups::Groups;
pub use parties::{Parties, Party};
pub use rebuild::{Rebuilt, rebuild};
pub use store::{Known, Perspective, Views, ViewsError, WaitError};
