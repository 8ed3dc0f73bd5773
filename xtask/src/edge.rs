//! The one door of xtask to the clock, the environment and other programs.
//!
//! Programs get no standard input, so that nothing waits for an answer nobody gives in CI.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// How often a program with a time limit is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Measures how long a step took.
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts measuring.
    #[expect(clippy::disallowed_methods, reason = "this is xtask's only clock")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// The time since the start.
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The value of an environment variable, if it is set and not empty.
#[expect(
    clippy::disallowed_methods,
    reason = "xtask has no configuration file; CI speaks through the environment"
)]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// A program to run, with what it is called in messages.
pub struct Program {
    command: Command,
    shown: String,
    limit: Option<Duration>,
}

/// How a program ended, and what it said on both its outputs.
pub struct Ending {
    pub success: bool,
    pub said: String,
}

impl Program {
    /// `name` with `arguments`, run in `folder`.
    #[expect(clippy::disallowed_methods, reason = "this is xtask's only door to other programs")]
    pub fn new(folder: &Path, name: &str, arguments: &[&str]) -> Self {
        let mut command = Command::new(name);
        command.args(arguments).current_dir(folder).stdin(Stdio::null());
        let shown = [&[name], arguments].concat().join(" ");
        Self { command, shown, limit: None }
    }

    /// `cargo` with `arguments`, in colour if somebody watches, without incremental files in CI.
    pub fn cargo(folder: &Path, arguments: &[&str]) -> Self {
        let mut program = Self::new(folder, "cargo", arguments);
        if std::io::stdout().is_terminal() {
            program = program.env("CARGO_TERM_COLOR", "always");
        }
        if variable("CI").is_some() {
            program = program.env("CARGO_INCREMENTAL", "0");
        }
        program
    }

    /// Sets one environment variable for the program.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Ends the program when it runs longer than `seconds`.
    pub fn limit_s(mut self, seconds: u64) -> Self {
        self.limit = Some(Duration::from_secs(seconds));
        self
    }

    /// Runs the program, showing what it says line by line and keeping a copy.
    pub fn stream(mut self) -> Result<Ending> {
        println!("$ {}", self.shown);
        self.command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = self.start()?;
        let said = Arc::new(Mutex::new(String::new()));
        let out = child.stdout.take().map(|pipe| copy(pipe, std::io::stdout(), &said));
        let err = child.stderr.take().map(|pipe| copy(pipe, std::io::stderr(), &said));
        let success = self.wait(&mut child)?;
        for reader in [out, err].into_iter().flatten() {
            reader.join().map_err(|_| anyhow::anyhow!("reading the output of `{}` failed", self.shown))?;
        }
        let said = said.lock().map_or_else(|broken| broken.into_inner().clone(), |text| text.clone());
        Ok(Ending { success, said })
    }

    /// Runs the program as [`Program::stream`] does and fails unless it succeeds.
    pub fn must(self) -> Result<()> {
        let shown = self.shown.clone();
        if self.stream()?.success { Ok(()) } else { bail!("`{shown}` failed; its messages are above") }
    }

    /// Runs the program silently and returns its standard output.
    pub fn read(mut self) -> Result<Vec<u8>> {
        let output = self.command.output().with_context(|| self.cannot_start())?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        bail!("`{}` failed: {}", self.shown, String::from_utf8_lossy(&output.stderr).trim())
    }

    fn start(&mut self) -> Result<Child> {
        self.command.spawn().with_context(|| self.cannot_start())
    }

    fn cannot_start(&self) -> String {
        format!("cannot start `{}`; install it and put it on the PATH", self.shown)
    }

    fn wait(&self, child: &mut Child) -> Result<bool> {
        let Some(limit) = self.limit else { return Ok(child.wait()?.success()) };
        let watch = Stopwatch::start();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status.success());
            }
            if watch.elapsed() > limit {
                child.kill()?;
                child.wait()?;
                bail!("`{}` ran longer than {} s and was ended", self.shown, limit.as_secs());
            }
            thread::sleep(LOOK_EVERY);
        }
    }
}

/// Copies a pipe line by line to `sink` and into `kept`, on a thread of its own.
fn copy(
    pipe: impl Read + Send + 'static,
    mut sink: impl Write + Send + 'static,
    kept: &Arc<Mutex<String>>,
) -> thread::JoinHandle<()> {
    let kept = Arc::clone(kept);
    thread::spawn(move || {
        let mut lines = BufReader::new(pipe);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|count| count > 0) {
            // a closed terminal must not stop the step that is being watched
            let _ = sink.write_all(&line);
            if let Ok(mut text) = kept.lock() {
                text.push_str(&String::from_utf8_lossy(&line));
            }
            line.clear();
        }
    })
}

/// Where `name` is on the PATH, or where it is if it holds a slash.
pub fn find(name: &str) -> Option<PathBuf> {
    if name.contains('/') {
        return Some(PathBuf::from(name)).filter(|path| path.is_file());
    }
    let path = variable("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|path| path.is_file())
}
