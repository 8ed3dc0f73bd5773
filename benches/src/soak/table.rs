//! The run in figures: each at its beginning and at its end, as medians of a sixth of the run.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use crate::soak::load::Seen;
use crate::soak::sample::Sample;

type Figure = (&'static str, fn(&Sample) -> f64);

const FIGURES: [Figure; 11] = [
    ("memory, publishing node, MiB", |s| s.memory[0]),
    ("memory, following node, MiB", |s| s.memory[1]),
    ("file descriptors, publishing node", |s| s.descriptors[0]),
    ("file descriptors, following node", |s| s.descriptors[1]),
    ("write-ahead logs, publishing node, MiB", |s| s.logs[0]),
    ("write-ahead logs, following node, MiB", |s| s.logs[1]),
    ("data folder, publishing node, MiB", |s| s.files[0]),
    ("data folder, following node, MiB", |s| s.files[1]),
    ("poll of a consumer, median, ms", |s| s.poll_ms[0]),
    ("poll of a consumer, 99th percentile, ms", |s| s.poll_ms[1]),
    ("published to visible at the peer, ms", |s| s.visible_ms),
];

/// A Markdown table.
pub fn of(samples: &[Sample], seen: &Seen, minutes: u64, consumers: usize) -> String {
    let count = |number: &std::sync::atomic::AtomicU64| number.load(Ordering::Relaxed);
    let mut text = format!(
        "{minutes} minutes, {consumers} consumers: {} objects published, {} taken back, {} polls answered, {} objects \
         delivered; both ledgers verify and both views are what a rebuild gives\n\n\
         | figure | second sixth | last sixth | highest |\n|---|--:|--:|--:|\n",
        count(&seen.published),
        count(&seen.retracted),
        count(&seen.polls),
        count(&seen.received),
    );
    let sixth = (samples.len() / 6).max(1);
    for (name, figure) in FIGURES {
        let values: Vec<f64> = samples.iter().map(figure).collect();
        // The first sixth warms up: caches fill, consumers read what is there.
        let early = values.iter().skip(sixth).take(sixth).copied();
        let late = values.iter().skip(values.len().saturating_sub(sixth)).copied();
        let highest = values.iter().copied().filter(|value| value.is_finite()).fold(0.0, f64::max);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {name} | {:.1} | {:.1} | {highest:.1} |",
            median(early.collect()),
            median(late.collect())
        );
    }
    text
}

fn median(mut values: Vec<f64>) -> f64 {
    values.retain(|value| value.is_finite());
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
