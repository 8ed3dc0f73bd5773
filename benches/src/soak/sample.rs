//! What both nodes use at one moment, and how fast they were since the last.

use std::path::Path;
use std::time::Duration;

use crate::meter;
use crate::report::Latencies;
use crate::soak::load::Seen;

/// One moment. Pairs are for the publishing and the following node.
#[derive(Debug, Clone)]
pub struct Sample {
    pub at_s: f64,
    /// Resident memory, MiB.
    pub memory: [f64; 2],
    /// Open file descriptors.
    pub descriptors: [f64; 2],
    /// Write-ahead logs of all databases together, MiB.
    pub logs: [f64; 2],
    /// All files of the data folder, MiB.
    pub files: [f64; 2],
    /// Polls of consumers, median and 99th percentile, ms.
    pub poll_ms: [f64; 2],
    /// From publishing an object until the peer shows it, the longest, ms; not a number when none was watched.
    pub visible_ms: f64,
}

impl Sample {
    pub fn take(at: Duration, pids: [u32; 2], folders: &[std::path::PathBuf; 2], seen: &Seen) -> Self {
        let [polled, visible] = seen.latencies();
        let (polled, visible) = (Latencies::new(polled), Latencies::new(visible));
        let of = |folder: &Path, what: fn(&str) -> bool| files_mib(folder, what);
        let (here, there) = (folders[0].as_path(), folders[1].as_path());
        Self {
            at_s: at.as_secs_f64(),
            memory: pids.map(|pid| meter::mebibytes(pid, "VmRSS")),
            descriptors: pids.map(meter::descriptors),
            logs: [of(here, |name| name.ends_with("-wal")), of(there, |name| name.ends_with("-wal"))],
            files: [of(here, |_| true), of(there, |_| true)],
            poll_ms: [polled.at(0.5), polled.at(0.99)],
            visible_ms: visible.at(1.0),
        }
    }
}

fn files_mib(folder: &Path, wanted: fn(&str) -> bool) -> f64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0.0 };
    let files = entries.filter_map(Result::ok).filter(|file| wanted(&file.file_name().to_string_lossy()));
    let bytes: u64 = files.filter_map(|file| file.metadata().ok()).map(|file| file.len()).sum();
    bytes as f64 / f64::from(1 << 20)
}
