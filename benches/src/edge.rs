//! The doors of the bench: clock, other programs, network.
#![expect(clippy::disallowed_methods, reason = "a bench measures time and runs the node as another program")]

use std::path::Path;
use std::process::Output;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use tokio::net::TcpStream;

/// Now, for durations.
pub fn now() -> Instant {
    Instant::now()
}

/// Days since 1970.
pub fn today() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| (since.as_secs() / 86_400) as i64)
}

/// Runs the node to its end.
pub fn run(binary: &Path, arguments: &[&str]) -> Result<Output> {
    let output = std::process::Command::new(binary)
        .args(arguments)
        .output()
        .with_context(|| format!("cannot run {}; build it with `cargo build --release`", binary.display()))?;
    ensure!(
        output.status.success(),
        "{} {} failed: {}",
        binary.display(),
        arguments.join(" "),
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(output)
}

/// Starts the node and leaves it running, `behind` other programs where it is so wanted.
pub fn start(binary: &Path, arguments: &[&str], behind: bool) -> Result<tokio::process::Child> {
    let mut command = match behind {
        true => tokio::process::Command::new("nice"),
        false => tokio::process::Command::new(binary),
    };
    if behind {
        command.args(["-n", "10"]).arg(binary);
    }
    command.args(arguments).stdin(std::process::Stdio::null()).stderr(std::process::Stdio::null());
    Ok(command.kill_on_drop(true).spawn()?)
}

/// A connection to a port of this machine.
pub async fn connect(port: u16) -> Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}
