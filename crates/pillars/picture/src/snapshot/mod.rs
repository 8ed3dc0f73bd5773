//! The joint snapshot: one picture that two parties sign, with the origin of every claim.
//!
//! The walk: `count` makes claims of what may go to the other party → `propose` writes them and signs → the link carries the
//! record → `differ` counts the same here, of what may go back, and lists each difference with its reason → `answer` signs,
//! declines or asks for a change → `document` is what both have, and can be checked offline.

mod answer;
mod count;
mod covered;
mod differ;
mod document;
mod fold;
mod held;
mod propose;

pub use answer::{AnswerError, Answering, answer};
pub use covered::{Covered, covered};
pub use differ::differences;
pub use document::{DocumentError, Lacking, MOST_BYTES, Signatory, Signed, Verified, document, verify};
pub use held::{Answered, Held, held, list};
pub use propose::{ProposeError, Proposing, propose};

pub(crate) use differ::{Compared, Row, compare};
pub(crate) use fold::{fold, is_ours};
