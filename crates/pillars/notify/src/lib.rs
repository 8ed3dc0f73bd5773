//! Which duties follow from an incident, towards whom, by when, and why: on both sides of the Atlantic.
//!
//! Pure functions over the law in `packs` and the facts of an incident. No clock is read: the instant `now`
//! is an argument where one is needed, so that a plan can be worked out again for any moment in the past.

pub mod clocks;
pub mod counting;
pub mod facts;
pub mod moment;
pub mod page;
pub mod plan;
pub mod wording;

pub use clocks::{Clock, clocks};
pub use facts::{FactError, Facts};
pub use moment::Moment;
pub use plan::{Incident, Plan, plan};
