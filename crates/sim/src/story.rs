//! Telling a story: its steps in order, then the quiet.

use crate::check::Violation;
use crate::step::Step;
use crate::tally::Tally;
use crate::world::{Setting, World};

/// How a story failed, and after how many of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub violation: Violation,
    pub steps: usize,
}

/// A story told to its end.
pub(crate) struct Told {
    pub outcome: Result<(), Failure>,
    pub tally: Tally,
}

/// Tells a story.
pub(crate) fn tell(setting: Setting, steps: &[Step]) -> Told {
    told(setting, steps, false)
}

/// The same, step by step on standard output.
pub(crate) fn tell_aloud(setting: Setting, steps: &[Step]) -> Told {
    told(setting, steps, true)
}

fn told(setting: Setting, steps: &[Step], aloud: bool) -> Told {
    let mut world = match World::new(setting) {
        Ok(world) => world,
        Err(violation) => {
            return Told { outcome: Err(Failure { violation, steps: 0 }), tally: Tally::default() };
        }
    };
    world.told = aloud;
    let outcome = run(&mut world, steps, aloud);
    world.tally.stories = 1;
    Told { outcome, tally: world.tally }
}

fn run(world: &mut World, steps: &[Step], aloud: bool) -> Result<(), Failure> {
    for (n, step) in steps.iter().enumerate() {
        if aloud {
            println!("{:>5}  {step}", n + 1);
        }
        world.take(*step).map_err(|violation| Failure { violation, steps: n + 1 })?;
    }
    world.quiet().map_err(|violation| Failure { violation, steps: steps.len() })
}
