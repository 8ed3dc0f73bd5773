//! Finds the programs that the checks need and installs what is missing, where it may.
//!
//! A tool that cannot be had is an error that says how to get it: no check is skipped silently.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::edge::{self, Program};

/// The release of cargo-deny that `deny.toml` was written for.
const CARGO_DENY: &str = "0.20.2";

/// Makes sure that `cargo deny` answers, building it from crates.io when it is missing.
pub fn need_cargo_deny(root: &Path) -> Result<()> {
    if Program::cargo(root, &["deny", "--version"]).read().is_ok() {
        return Ok(());
    }
    println!("cargo-deny is missing; building version {CARGO_DENY} (some minutes, once)");
    Program::cargo(root, &["install", "cargo-deny", "--locked", "--version", CARGO_DENY])
        .must()
        .context("cargo-deny cannot be built; run `cargo install cargo-deny --locked` and try again")
}

/// The release of cargo-vet that `supply-chain/` was written by.
const CARGO_VET: &str = "0.10.3";

/// Makes sure that `cargo vet` answers, building it from crates.io when it is missing.
pub fn need_cargo_vet(root: &Path) -> Result<()> {
    if Program::cargo(root, &["vet", "--version"]).read().is_ok() {
        return Ok(());
    }
    println!("cargo-vet is missing; building version {CARGO_VET} (some minutes, once)");
    Program::cargo(root, &["install", "cargo-vet", "--locked", "--version", CARGO_VET])
        .must()
        .context("cargo-vet cannot be built; run `cargo install cargo-vet --locked` and try again")
}

/// Whether `cargo nextest` answers; the tests then run with it.
pub fn has_nextest(root: &Path) -> bool {
    Program::cargo(root, &["nextest", "--version"]).read().is_ok()
}

/// The browser for the tests in `e2e/`: `$CHROMIUM`, or one on the PATH, or Debian's, installed.
pub fn need_chromium(root: &Path) -> Result<PathBuf> {
    if let Some(chosen) = edge::variable("CHROMIUM") {
        return edge::find(&chosen)
            .with_context(|| format!("CHROMIUM names {chosen}, which is not there; correct it"));
    }
    let known = ["chromium", "chromium-browser", "google-chrome"];
    if let Some(found) = known.iter().find_map(|name| edge::find(name)) {
        return Ok(found);
    }
    install(root, &["chromium", "fonts-dejavu-core"])?;
    edge::find("chromium").context("chromium was installed but is not on the PATH; set CHROMIUM to its path")
}

/// Makes sure that the text of a printed page can be read: `pdftotext` of poppler.
pub fn need_poppler(root: &Path) -> Result<()> {
    if edge::find("pdftotext").is_none() {
        install(root, &["poppler-utils"])?;
    }
    edge::find("pdftotext").map(drop).context("poppler-utils was installed but pdftotext is not on the PATH")
}

/// Makes sure that a NATS server is there, for the tests of the cluster; they start and end their own.
pub fn need_nats_server(root: &Path) -> Result<()> {
    if edge::find("nats-server").is_none() {
        install(root, &["nats-server"])?;
    }
    Program::new(root, "nats-server", &["--version"])
        .read()
        .map(drop)
        .context("nats-server does not answer; install 2.9 or newer and put it on the PATH")
}

/// Makes sure that `node` and `npm` are there.
pub fn need_node(root: &Path) -> Result<()> {
    if edge::find("node").is_none() || edge::find("npm").is_none() {
        install(root, &["nodejs", "npm"])?;
    }
    let version = Program::new(root, "node", &["--version"]).read()?;
    let version = String::from_utf8_lossy(&version).trim().to_owned();
    match major(&version) {
        Some(20..) => Ok(()),
        _ => bail!("the browser tests need Node.js 20 or newer, this is {version}; install a newer one"),
    }
}

/// Makes sure that Python can make environments of its own.
pub fn need_python(root: &Path) -> Result<()> {
    let ready = || {
        edge::find("python3").is_some()
            && Program::new(root, "python3", &["-c", "import venv, ensurepip"]).read().is_ok()
    };
    if !ready() {
        install(root, &["python3", "python3-venv", "python3-pip"])?;
    }
    let version =
        Program::new(root, "python3", &["-c", "import sys; print(*sys.version_info[:2])"]).read()?;
    let version = String::from_utf8_lossy(&version).trim().replace(' ', ".");
    match version.split_once('.').and_then(|(_, minor)| minor.parse::<u32>().ok()) {
        Some(10..) if version.starts_with("3.") => Ok(()),
        _ => bail!("the clients need Python 3.10 or newer, this is {version}; install a newer one"),
    }
}

/// `v20.20.2` → 20.
fn major(version: &str) -> Option<u32> {
    version.strip_prefix('v')?.split('.').next()?.parse().ok()
}

/// Whether the network of a story can be partitioned here.
pub fn may_make_namespaces(root: &Path) -> bool {
    if edge::find("ip").is_none() {
        // As root it is installed; what still is missing the trial below tells.
        let _ = install(root, &["iproute2"]);
    }
    let name = format!("entente-{}", std::process::id());
    let ip = |what: &str| Program::new(root, "ip", &["netns", what, &name]).read().is_ok();
    ip("add") && ip("del")
}

/// Installs Debian packages when we are root on a machine that has apt; otherwise says what to do.
fn install(root: &Path, packages: &[&str]) -> Result<()> {
    let wanted = packages.join(" ");
    let is_root = Program::new(root, "id", &["-u"]).read().is_ok_and(|uid| uid.trim_ascii() == b"0");
    if !is_root || edge::find("apt-get").is_none() {
        bail!("missing: {wanted}; install them with your package manager and try again");
    }
    let quiet = |arguments: &[&str]| {
        Program::new(root, "apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive").must()
    };
    quiet(&["update", "-qq"])?;
    quiet(&[&["install", "-y", "-qq", "--no-install-recommends"], packages].concat())
        .with_context(|| format!("cannot install {wanted}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn node_versions_are_read() {
        assert_eq!(super::major("v20.20.2"), Some(20));
        assert_eq!(super::major("20"), None);
    }
}
