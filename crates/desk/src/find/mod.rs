//! Finding anything: one question, asked of every room that has something to find.
//!
//! A room contributes a [`Source`]; the node lists them, and no room knows another. Whatever a source returns, its
//! counts included, is within the verdict of the person who asks (I1): a source applies the verdict itself and nothing
//! here could do it afterwards.

mod ask;
mod facet;
mod fold;
mod hit;
mod near;
mod source;

pub use ask::{Ask, MOST_CHARS, Question};
pub use facet::{Facet, Facets, Filters, PERIODS, Values};
pub use fold::{folded, words};
pub use hit::{Finding, Hit};
pub use near::{allowed, distance, is_near};
pub use source::{Source, gather};
