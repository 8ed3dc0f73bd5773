//! `cargo xtask check`: every step runs that can run; the end says what passed and what did not.

mod browser;
mod clients;
mod contract;
mod demo;
mod deny;
mod generated;
mod python;
mod rust;
mod sim;
mod tally;
mod test;
mod vet;

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;

use crate::edge::Stopwatch;
use tally::Tally;

/// What to check.
#[derive(Args)]
pub struct Options {
    /// Run only these steps, for example `--only fmt,tidy`; what they need is run too
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,
    /// Fail when the advisory database cannot be fetched (for releases)
    #[arg(long)]
    require_advisories: bool,
}

/// What the steps find out beside success: runners' summaries, and warnings for the end.
#[derive(Default)]
struct Notes {
    require_advisories: bool,
    summaries: Vec<String>,
    tally: Tally,
    warnings: Vec<String>,
}

/// One step of the check.
struct Step {
    name: &'static str,
    title: &'static str,
    needs: Option<&'static str>,
    run: fn(&Path, &mut Notes) -> Result<()>,
}

const fn step(name: &'static str, title: &'static str, run: fn(&Path, &mut Notes) -> Result<()>) -> Step {
    Step { name, title, needs: None, run }
}

const fn after_build(
    name: &'static str,
    title: &'static str,
    run: fn(&Path, &mut Notes) -> Result<()>,
) -> Step {
    Step { name, title, needs: Some("build"), run }
}

const STEPS: &[Step] = &[
    step("fmt", "formatting", rust::fmt),
    step("clippy", "lints, warnings denied", rust::clippy),
    step("build", "binaries and tests", rust::build),
    after_build("test", "tests", test::run),
    after_build("doctest", "examples in the docs", test::doc),
    step("doc", "documentation, warnings denied", rust::doc),
    step("deny", "licences, duplicates, sources, advisories", deny::run),
    step("vet", "dependencies read, or named as not read", vet::run),
    step("tidy", "floors, sizes, strings, words, links, mission", tidy),
    after_build(
        "generated",
        "API document, example configuration and bill of materials up to date",
        generated::run,
    ),
    after_build("sim", "300 simulated federations, I1 to I6 asserted", sim::run),
    after_build("demo", "the demo's story, with I1 and I3 asserted", demo::run),
    after_build("clients", "taxii2-client, unmodified, against a node with 100,000 objects", clients::run),
    after_build("contract", "the HTTP API against its OpenAPI document, by schemathesis", contract::run),
    after_build("browser", "pages in a browser, with accessibility", browser::run),
];

/// How one step ended.
enum Outcome {
    Passed,
    Failed(String),
    NotRun(&'static str),
}

struct Finished {
    name: &'static str,
    took: Duration,
    outcome: Outcome,
}

/// Runs the chosen steps in order; `Ok(false)` when any of them failed.
pub fn run(root: &Path, options: &Options) -> Result<bool> {
    let chosen = choose(&options.only)?;
    let mut notes = Notes { require_advisories: options.require_advisories, ..Notes::default() };
    let watch = Stopwatch::start();
    let mut finished: Vec<Finished> = Vec::with_capacity(chosen.len());
    for step in chosen {
        let done = perform(step, root, &mut notes, &finished);
        finished.push(done);
    }
    Ok(close(&finished, &notes, watch.elapsed()))
}

/// The steps named, and those they need, in the fixed order; all of them when none is named.
fn choose(only: &[String]) -> Result<Vec<&'static Step>> {
    if let Some(unknown) = only.iter().find(|name| STEPS.iter().all(|step| step.name != name.as_str())) {
        let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        bail!("there is no step `{unknown}`; choose from {}", known.join(", "));
    }
    let named = |name: &str| only.iter().any(|wanted| wanted == name);
    let needed = |name: &str| STEPS.iter().any(|step| named(step.name) && step.needs == Some(name));
    Ok(STEPS.iter().filter(|step| only.is_empty() || named(step.name) || needed(step.name)).collect())
}

fn perform(step: &Step, root: &Path, notes: &mut Notes, earlier: &[Finished]) -> Finished {
    println!("\n══ {} · {}", step.name, step.title);
    let watch = Stopwatch::start();
    let blocked = |need: &&str| {
        earlier.iter().any(|done| done.name == *need && !matches!(done.outcome, Outcome::Passed))
    };
    let outcome = match step.needs.filter(blocked) {
        Some(need) => Outcome::NotRun(need),
        None => match (step.run)(root, notes) {
            Ok(()) => Outcome::Passed,
            Err(error) => Outcome::Failed(format!("{error:#}")),
        },
    };
    let took = watch.elapsed();
    println!("── {} {} in {:.1} s", step.name, word(&outcome), took.as_secs_f64());
    Finished { name: step.name, took, outcome }
}

fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Failed(_) => "FAILED",
        Outcome::NotRun(_) => "NOT RUN",
    }
}

/// Prints the table, the warnings and the test runners' own words; the counts stand last.
fn close(finished: &[Finished], notes: &Notes, took: Duration) -> bool {
    println!("\n══ summary");
    for step in finished {
        println!("  {:<10} {:<8} {:>7.1} s", step.name, word(&step.outcome), step.took.as_secs_f64());
        match &step.outcome {
            Outcome::Passed => {}
            Outcome::Failed(why) => println!("             {}", why.replace('\n', "\n             ")),
            Outcome::NotRun(need) => println!("             it needs `{need}`, which did not pass"),
        }
    }
    for warning in &notes.warnings {
        println!("  WARNING    {warning}");
    }
    let passed = finished.iter().all(|step| matches!(step.outcome, Outcome::Passed));
    println!("  {:<10} {:<8} {:>7.1} s", "all", if passed { "passed" } else { "FAILED" }, took.as_secs_f64());
    for summary in &notes.summaries {
        println!("{summary}");
    }
    if !notes.summaries.is_empty() {
        println!("{}", notes.tally);
    }
    passed
}

/// The rules of our own style, see [`crate::tidy`].
fn tidy(root: &Path, _: &mut Notes) -> Result<()> {
    if crate::tidy::run(root)? {
        Ok(())
    } else {
        bail!("the tree is not tidy; each line above says what to do")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: &[&str]) -> Vec<&'static str> {
        let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
        choose(&only).expect("known steps").iter().map(|step| step.name).collect()
    }

    #[test]
    fn a_step_brings_what_it_needs_and_the_order_is_fixed() {
        assert_eq!(names(&["tidy", "fmt"]), ["fmt", "tidy"]);
        assert_eq!(names(&["demo"]), ["build", "demo"]);
        assert_eq!(names(&[]).len(), STEPS.len());
    }

    #[test]
    fn an_unknown_step_is_refused_with_the_list() {
        let error = choose(&["tests".into()]).map(|_| ()).expect_err("unknown");
        assert!(error.to_string().contains("choose from fmt, clippy"), "{error}");
    }

    #[test]
    fn a_step_whose_need_failed_is_named_and_fails_the_whole() {
        let build =
            Finished { name: "build", took: Duration::ZERO, outcome: Outcome::Failed("broken".into()) };
        let step = after_build("test", "never run", |_, _| panic!("must not run"));
        let done = perform(&step, Path::new("."), &mut Notes::default(), std::slice::from_ref(&build));
        assert!(matches!(done.outcome, Outcome::NotRun("build")));
        assert!(!close(&[build, done], &Notes::default(), Duration::ZERO));
    }
}
