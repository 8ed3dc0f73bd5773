//! Many stories, on a few threads; the first that fails is shrunk and printed.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::check::Violation;
use crate::plan::plan;
use crate::shrink::shrink;
use crate::story::{Failure, Told, tell, tell_aloud, tell_and_listen};
use crate::tally::Tally;

/// Which stories to tell.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct Options {
    /// How many seeds
    #[arg(long, default_value_t = 300)]
    pub seeds: u64,
    /// The first seed
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Threads
    #[arg(long, default_value_t = 2)]
    pub threads: usize,
    /// Go on after a failure, and say at the end how many seeds failed
    #[arg(long)]
    pub count: bool,
    /// Stop at the first failure without shrinking it, and say how many seeds that took
    #[arg(long)]
    pub first: bool,
    /// Tell the first story aloud, unshrunk
    #[arg(long)]
    pub aloud: bool,
    /// Tell each story twice: both must be the same to the last frame
    #[arg(long)]
    pub twice: bool,
}

/// Failures listed.
const SHOWN: usize = 20;

/// What was found so far.
#[derive(Default)]
struct Found {
    tally: Tally,
    failures: Vec<(u64, Failure)>,
}

/// Tells the stories; true when every one of them held.
pub fn run(options: &Options) -> bool {
    if options.aloud {
        let (setting, steps) = plan(options.seed);
        println!("{setting:?}");
        let told = tell_aloud(setting, &steps);
        println!("{:?}\n{}", told.outcome, told.tally.in_full());
        return told.outcome.is_ok();
    }
    let next = AtomicU64::new(0);
    let found = Mutex::new(Found::default());
    std::thread::scope(|scope| {
        for _ in 0..options.threads.max(1) {
            scope.spawn(|| work(options, &next, &found));
        }
    });
    let mut found = found.into_inner().unwrap_or_else(PoisonError::into_inner);
    found.failures.sort_by_key(|(seed, _)| *seed);
    println!("{}", found.tally.in_full().trim_end());
    if options.count || options.first {
        println!("{} of {} seeds failed", found.failures.len(), found.tally.stories);
        for (seed, failure) in found.failures.iter().take(SHOWN) {
            println!("  seed {seed}, {}", failure.violation);
        }
    }
    if let Some((seed, failure)) = found.failures.first().filter(|_| !options.count && !options.first) {
        print_story(*seed, failure);
    }
    found.failures.is_empty()
}

fn work(options: &Options, next: &AtomicU64, found: &Mutex<Found>) {
    loop {
        let n = next.fetch_add(1, Ordering::Relaxed);
        if n >= options.seeds {
            return;
        }
        let seed = options.seed + n;
        let told = told(seed, options.twice);
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.tally += &told.tally;
        if let Err(failure) = told.outcome {
            found.failures.push((seed, failure));
        }
        if found.tally.stories.is_multiple_of(1_000) {
            println!("{} ({} failures)", found.tally, found.failures.len());
        }
        if !options.count && !found.failures.is_empty() {
            return;
        }
    }
}

/// The story of a seed; told twice, a difference is a failure.
fn told(seed: u64, twice: bool) -> Told {
    let (setting, steps) = plan(seed);
    if !twice {
        return tell(setting, &steps);
    }
    let (one, other) = (tell_and_listen(setting, &steps), tell_and_listen(setting, &steps));
    if one == other {
        return one;
    }
    let what = format!("told again the story is another: {:?} and {:?}", one.heard, other.heard);
    let failure = Failure { violation: Violation::new("repeatable", what), steps: steps.len() };
    Told { outcome: Err(failure), ..one }
}

/// The shortest story that fails as the seed does.
fn print_story(seed: u64, failure: &Failure) {
    let (setting, steps) = plan(seed);
    println!("\nseed {seed} fails after {} of {} steps\n  {}", failure.steps, steps.len(), failure.violation);
    let steps = shrink(setting, &steps[..failure.steps], failure.violation.invariant);
    println!("the shortest story found, {}:", setting.told());
    let told = tell_aloud(setting, &steps);
    match told.outcome {
        Err(failure) => println!("  {}", failure.violation),
        Ok(()) => println!("  which holds when it is told again: something in it is not decided by the seed"),
    }
    println!("the same for `found.rs`, {setting:?}:");
    for step in &steps {
        println!("        step(Act::{:?}, 0x{:x}),", step.act, step.dice);
    }
    println!("tell it whole with `cargo xtask sim --seed {seed} --aloud`");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails with own signatures when a single byte is decided by anything but the seed, and without them when a step,
    /// a count or the length of a frame is.
    #[test]
    fn the_same_seed_tells_the_same_story_twice() {
        for seed in [3, 17, 40_004] {
            let told = told(seed, true);
            assert_eq!(told.outcome, Ok(()), "seed {seed}");
            assert!(told.tally.frames > 0, "seed {seed} says nothing");
        }
    }
}
