//! `entente config`: check one, or print a complete example.

use std::path::Path;

use anyhow::Result;
use clap::Subcommand;

use crate::config;
use crate::exit::Exit;
use crate::print;

/// What to do with configurations.
#[derive(Debug, Subcommand)]
pub enum Config {
    /// Read the configuration and the files it names, and say what is wrong
    Check,
    /// Print an example with every key and its documentation
    Example,
}

impl Config {
    /// Does it.
    pub fn run(self, named: Option<&Path>) -> Result<Exit> {
        match self {
            Config::Example => print::line(&config::example())?,
            Config::Check => {
                let config = config::Config::load(named)?;
                crate::tls::acceptor(&config.http)?;
                desk::outbound::Outbound::new(&config.outbound.options())
                    .map_err(|error| crate::exit::Ending::usage(format!("[outbound] ca_file: {error}")))?;
                print::line("the configuration is good")?;
            }
        }
        Ok(Exit::Ok)
    }
}
