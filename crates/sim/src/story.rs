//! Telling a story: its steps in order, then the quiet.

use crate::check::Violation;
use crate::heard::Heard;
use crate::setting::Setting;
use crate::step::Step;
use crate::tally::Tally;
use crate::world::World;

/// How a story failed, and after how many of its steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub violation: Violation,
    pub steps: usize,
}

/// A story told to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Told {
    pub outcome: Result<(), Failure>,
    pub tally: Tally,
    /// What was said, where somebody listened.
    pub heard: Option<Heard>,
}

/// Tells a story.
pub(crate) fn tell(setting: Setting, steps: &[Step]) -> Told {
    told(setting, steps, |_| {})
}

/// The same, step by step on standard output.
pub(crate) fn tell_aloud(setting: Setting, steps: &[Step]) -> Told {
    told(setting, steps, |world| world.told = true)
}

/// The same, listening to every frame.
pub(crate) fn tell_and_listen(setting: Setting, steps: &[Step]) -> Told {
    told(setting, steps, |world| world.heard = Some(Heard::default()))
}

fn told(setting: Setting, steps: &[Step], prepare: impl FnOnce(&mut World)) -> Told {
    let mut world = match World::new(setting) {
        Ok(world) => world,
        Err(violation) => {
            let outcome = Err(Failure { violation, steps: 0 });
            return Told { outcome, tally: Tally::default(), heard: None };
        }
    };
    prepare(&mut world);
    let outcome = run(&mut world, steps);
    world.tally.stories = 1;
    Told { outcome, tally: std::mem::take(&mut world.tally), heard: world.heard }
}

fn run(world: &mut World, steps: &[Step]) -> Result<(), Failure> {
    for (n, step) in steps.iter().enumerate() {
        if world.told {
            println!("{:>5}  {step}", n + 1);
        }
        world.take(*step).map_err(|violation| Failure { violation, steps: n + 1 })?;
    }
    world.quiet().map_err(|violation| Failure { violation, steps: steps.len() })
}
