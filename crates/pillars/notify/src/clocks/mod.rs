//! The clocks of all stages of the regimes that are asked about.

mod answer;
mod due;
mod judge;
mod run;

use model::time::civil::Date;
use packs::{Library, Pack, Stage, Standing};

pub use answer::{answer, shape};
pub use due::Due;
pub use judge::{Answer, ask, judge};
pub use run::Run;

use crate::facts::Facts;

/// A stage with its date, as far as the facts allow.
#[derive(Debug, Clone)]
pub struct Clock<'a> {
    /// The regime.
    pub pack: &'a Pack,
    /// The version of the stage that holds for the event.
    pub stage: &'a Stage,
    /// The day of the event by which the version was chosen.
    pub event: Option<Date>,
    /// Whether it is law, or runs as a shadow.
    pub standing: Standing,
    /// Whether its conditions hold.
    pub applies: Answer,
    /// By when; none when its clock has not started, or it does not apply.
    pub date: Option<Due>,
    /// It counts from a limit, because the submission is not there yet.
    pub provisional: bool,
}

/// Every stage of the regimes named in `facts`, in the order of their packs.
pub fn clocks<'a>(library: &'a Library, facts: &'a Facts) -> Vec<Clock<'a>> {
    let mut run = Run::new(library, facts);
    let packs = facts.regimes.iter().filter_map(|regime| library.packs.get(regime));
    let ids: Vec<&str> = packs.flat_map(Pack::stage_ids).collect();
    ids.into_iter().filter_map(|id| run.clock(id)).collect()
}
