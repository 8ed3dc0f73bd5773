//! The watch-list: technologies that may come to matter, who looks after each, what it rests on, and when somebody looks
//! again. Each version is a record, and goes where its marking and its agreement let it.

mod command;
mod entry;
mod horizon;
mod notices;

pub(crate) mod fold;

pub use command::{Change, WatchError, Why, add_evidence, retire, revise, start};
pub(crate) use entry::{Entry, entry, history, href, list};
pub use notices::REVIEWS;
