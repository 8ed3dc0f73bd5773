//! The verdict: may this record go to that party? One pure, total function, asked by every gate.
//!
//! It reads only what is in its arguments: the record's release class, the receiver, the book of signed
//! agreements and groups, and the time. It upholds I1, I5 and I6; `tests/it` holds the properties.

mod book;
mod class;
mod reason;
mod receiver;
mod under;
mod verdict;
mod widens;

pub use book::{Book, InForce, SignedAgreement};
pub use class::Class;
pub use reason::Reason;
pub use receiver::{Receiver, Standing};
pub use verdict::{Basis, Verdict, verdict};
pub use widens::widens;
