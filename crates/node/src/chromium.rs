//! The one other program that `entente` runs: a Chromium without a window, which turns a page into a PDF. It gets a page that
//! we wrote, an empty profile, no network and a minute; nothing of the page or the reader reaches its command line.
#![expect(clippy::disallowed_methods, reason = "the one door to another program, for `entente print --pdf`")]

use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

/// The names under which it is installed; looked for on the PATH, in this order.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
/// A page is printed in seconds.
const LIMIT: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// Writes `page.html` of this folder as `page.pdf` beside it.
pub fn print(folder: &Path) -> Result<()> {
    let mut child = start(folder)?;
    let began = desk::edge::monotonic();
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        if began.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            bail!(
                "Chromium did not print within {} s; try again, or write the page with --html",
                LIMIT.as_secs()
            );
        }
        std::thread::sleep(LOOK_AGAIN);
    };
    judged(ended, &folder.join("page.pdf"))
}

fn judged(ended: ExitStatus, written: &Path) -> Result<()> {
    let size = std::fs::metadata(written).map_or(0, |file| file.len());
    if !ended.success() || size == 0 {
        bail!(
            "Chromium printed nothing ({ended}); look whether it runs by itself, or write the page with --html"
        );
    }
    Ok(())
}

fn start(folder: &Path) -> Result<Child> {
    let at = |name: &str| folder.join(name).display().to_string();
    let mut arguments = vec![
        "--headless".to_owned(),
        "--disable-gpu".to_owned(),
        "--disable-extensions".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-sync".to_owned(),
        "--no-first-run".to_owned(),
        "--no-pdf-header-footer".to_owned(),
        "--host-resolver-rules=MAP * ~NOTFOUND".to_owned(),
        format!("--user-data-dir={}", at("profile")),
        format!("--print-to-pdf={}", at("page.pdf")),
    ];
    // Chromium's own sandbox does not work for root; whoever runs a node as root has given up more than that.
    if std::fs::metadata(folder)?.uid() == 0 {
        arguments.push("--no-sandbox".to_owned());
    }
    arguments.push(format!("file://{}", at("page.html")));
    for name in NAMES {
        let mut command = Command::new(name);
        command.args(&arguments).env("HOME", folder).current_dir(folder);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match command.spawn() {
            Ok(child) => return Ok(child),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error).with_context(|| format!("cannot start {name}")),
        }
    }
    bail!("no Chromium on the PATH; install it, or write the page with --html and print it with any browser")
}
