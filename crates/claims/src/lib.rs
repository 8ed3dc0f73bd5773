//! Claims: figures and names that know their sources, and what of them an audience may have.
//!
//! A product for others (a landscape report, a situation report, a joint statement) is made of claims, never of text that
//! somebody hopes to be clean. A claim goes to an audience when each of its sources may ([`Audience`]); a figure over
//! sources that may not go themselves is an aggregate, and needs many contributors and their consent ([`aggregate`]); its
//! marking is the strictest of what it is made of; and what was left out is searched for in the finished text before
//! anything leaves ([`Canary`]).
//!
//! A crate of its own, above the verdict and below the desk: it is pure, and more than one pillar speaks in claims.

mod aggregate;
mod audience;
mod canary;

pub use aggregate::{Aggregate, CONTRIBUTORS, Published, SETTLED, Shown, aggregate};
pub use audience::Audience;
pub use canary::{Canary, Hit};
