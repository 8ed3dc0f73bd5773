//! Figures, each one line for people and one for machines.

use std::time::Duration;

use serde_json::json;

use crate::meter;

/// What was measured so far.
#[derive(Debug, Default)]
pub struct Report {
    lines: usize,
}

/// Latencies in milliseconds.
pub struct Latencies(Vec<f64>);

impl Latencies {
    pub fn new(mut all: Vec<Duration>) -> Self {
        all.sort_unstable();
        Self(all.into_iter().map(|latency| latency.as_secs_f64() * 1e3).collect())
    }

    pub fn at(&self, share: f64) -> f64 {
        let last = self.0.len().saturating_sub(1);
        self.0.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
    }
}

impl Report {
    /// A rate over `took`, with latencies and the server's processor time for each unit.
    pub fn rate(&mut self, what: &str, count: usize, took: Duration, cpu_s: f64, latencies: &Latencies) {
        let rate = count as f64 / took.as_secs_f64();
        let cpu_us = cpu_s * 1e6 / count as f64;
        let (p50, p99) = (latencies.at(0.5), latencies.at(0.99));
        eprintln!(
            "{what:<44} {rate:>10.0}/s   p50 {p50:>7.2} ms   p99 {p99:>7.2} ms   server {cpu_us:>6.1} µs each"
        );
        self.line(json!({ "what": what, "count": count, "per_s": rate, "p50_ms": p50, "p99_ms": p99, "server_us": cpu_us }));
    }

    /// One number.
    pub fn number(&mut self, what: &str, value: f64, unit: &str) {
        eprintln!("{what:<44} {value:>10.1} {unit}");
        self.line(json!({ "what": what, "value": value, "unit": unit }));
    }

    /// The highest resident memory of a process.
    pub fn memory(&mut self, what: &str, pid: u32) {
        self.number(what, meter::mebibytes(pid, "VmHWM"), "MiB");
    }

    fn line(&mut self, line: serde_json::Value) {
        self.lines += 1;
        println!("{line}");
    }
}
