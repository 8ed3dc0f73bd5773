//! `entente openapi`: the description of the HTTP API, as it is committed and served.

use anyhow::Result;

use crate::exit::Exit;
use crate::print;

/// Prints it.
pub fn run() -> Result<Exit> {
    print::line(&crate::openapi::text()?)?;
    Ok(Exit::Ok)
}
