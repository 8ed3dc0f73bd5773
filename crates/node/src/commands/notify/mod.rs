//! `entente notify`: which duties follow from an incident, by when, and what the law behind them is.

mod clocks;
mod pack;
mod plan;

use anyhow::Result;
use clap::Subcommand;

use crate::exit::Exit;

/// Duties, clocks, and the law behind them.
#[derive(Debug, Subcommand)]
pub enum Notify {
    /// Work out the dates of stages from facts on standard input; needs no node
    Clocks(clocks::Clocks),
    /// Say which duties follow from an incident, by when and why; needs no node
    Plan(plan::PlanCommand),
    /// Check, compare or list the law that this binary knows
    #[command(subcommand)]
    Pack(pack::PackCommand),
}

impl Notify {
    /// Does it.
    pub fn run(self) -> Result<Exit> {
        match self {
            Notify::Clocks(command) => command.run(),
            Notify::Plan(command) => command.run(),
            Notify::Pack(command) => command.run(),
        }
    }
}
