//! `entente sbom`: what this binary is made of, as CycloneDX 1.6.

use anyhow::Result;

use crate::exit::Exit;
use crate::print;

/// Written by `cargo xtask generate` from what is locked and linked.
const BILL: &str = include_str!("../../sbom.cdx.json");

/// Prints it.
pub fn run() -> Result<Exit> {
    print::line(BILL.trim_end())?;
    Ok(Exit::Ok)
}
