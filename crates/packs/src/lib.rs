//! Law as data: regimes with their stages and clocks, calendars of public holidays, and the words for them.
//!
//! Everything under `packs/` at the top of the project is compiled in, read as typed data, and used only if
//! its [checks](check) pass. What the numbers mean (how a period is counted) is for the pillar `notify`;
//! this room only says what the law says, where, how sure that is, and from when to when.

pub mod anchor;
pub mod calendar;
pub mod check;
pub mod cite;
pub mod condition;
pub mod diff;
pub mod face;
pub mod library;
pub mod method;
pub mod overlay;
pub mod pack;
pub mod period;
pub mod standing;
pub mod version;
pub mod words;

pub use anchor::Anchor;
pub use calendar::Calendar;
pub use condition::{Compare, Condition, Test};
pub use library::{Library, LoadError};
pub use method::Methods;
pub use overlay::{Counts, Overlay};
pub use pack::{Combine, Counting, Duty, Limb, Pack, Relief, Stage};
pub use period::Period;
pub use standing::{Standing, Status};
pub use version::Version;
