//! `entente notify`: which duties follow from an incident, by when, and what the law behind them is.

mod cause;
mod clocks;
mod filing;
mod incident;
mod looking;
mod mail;
mod method;
mod pack;
mod plan;
mod proof;
mod ransom;
mod report;
mod two;

use anyhow::Result;
use clap::Subcommand;

use crate::config::Config;
use crate::exit::Exit;

/// Duties, clocks, and the law behind them.
#[derive(Debug, Subcommand)]
pub enum Notify {
    /// Work out the dates of stages from facts on standard input; needs no node
    Clocks(clocks::Clocks),
    /// Say which duties follow from an incident, by when and why; needs no node
    Plan(plan::PlanCommand),
    /// Incidents in the ledger: open, state, decide, note what was submitted, plan
    #[command(subcommand)]
    Incident(incident::IncidentCommand),
    /// Mail addresses of those who receive reports: list them, write one down
    #[command(subcommand)]
    Mailbox(mail::MailboxCommand),
    /// Before a ransom is paid: screening, figures, the forms of others
    #[command(subcommand)]
    Ransom(ransom::RansomCommand),
    /// Prove that a report was filed in time, or check such a proof
    #[command(subcommand)]
    Proof(proof::ProofCommand),
    /// Reports that an authority received: list, show, take in from a file, figures of a quarter
    #[command(subcommand)]
    Report(report::ReportCommand),
    /// Causes that several entities share, and who has not reported yet
    #[command(subcommand)]
    Cause(cause::CauseCommand),
    /// Methods of assessing risk: list, show, lay side by side, say which this party uses
    #[command(subcommand)]
    Method(method::MethodCommand),
    /// Check, compare or list the law that this binary knows
    #[command(subcommand)]
    Pack(pack::PackCommand),
}

impl Notify {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            Notify::Clocks(command) => command.run(),
            Notify::Plan(command) => command.run(),
            Notify::Incident(command) => command.run(&config()?),
            Notify::Mailbox(command) => command.run(&config()?),
            Notify::Ransom(command) => command.run(&config()?),
            Notify::Proof(command) => command.run(config),
            Notify::Method(command) => command.run(config),
            Notify::Pack(command) => command.run(config),
            Notify::Cause(command) => command.run(&config()?),
            Notify::Report(command) => command.run(&config()?),
        }
    }
}
