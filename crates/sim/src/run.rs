//! Many stories, on a few threads; the first that fails is shrunk and printed.

use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::plan::plan;
use crate::shrink::shrink;
use crate::story::{Failure, tell, tell_aloud};
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
    /// Tell the first story aloud, unshrunk
    #[arg(long)]
    pub aloud: bool,
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
        println!("{:?}\n{}", told.outcome, told.tally);
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
    println!("{}", found.tally);
    if options.count {
        println!("{} of {} seeds failed", found.failures.len(), found.tally.stories);
        for (seed, failure) in found.failures.iter().take(SHOWN) {
            println!("  seed {seed}, {}", failure.violation);
        }
    }
    if let Some((seed, failure)) = found.failures.first().filter(|_| !options.count) {
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
        let (setting, steps) = plan(seed);
        let told = tell(setting, &steps);
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.tally += told.tally;
        if let Err(failure) = told.outcome {
            found.failures.push((seed, failure));
        }
        if found.tally.stories.is_multiple_of(10_000) {
            println!("{} ({} failures)", found.tally, found.failures.len());
        }
        if !options.count && !found.failures.is_empty() {
            return;
        }
    }
}

/// The shortest story that fails as the seed does.
fn print_story(seed: u64, failure: &Failure) {
    let (setting, steps) = plan(seed);
    println!("\nseed {seed} fails after {} of {} steps\n  {}", failure.steps, steps.len(), failure.violation);
    let steps = shrink(setting, &steps[..failure.steps], failure.violation.invariant);
    println!("the shortest story found, {} nodes{}:", setting.nodes, liar(setting.liar));
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

fn liar(liar: Option<usize>) -> String {
    liar.map_or_else(String::new, |at| format!(", of whom {} lies", crate::step::name(at)))
}
