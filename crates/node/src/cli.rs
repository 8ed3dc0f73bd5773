//! The command line: what there is to say, and which file does it.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::commands::{
    accord, account, backup, completions, config, doctor, exchange, init, ledger, link, man, notify, openapi,
    party, picture, print, restore, sbom, serve, share, views,
};
use crate::config::Config;
use crate::demo::Demo;
use crate::exit::Exit;

/// Agreements that execute: the node of one party.
#[derive(Debug, Parser)]
#[command(
    name = "entente",
    version,
    after_help = "Exit codes: 0 ok, 1 failed or something found, 2 usage or configuration, 3 not verified, \
                  4 the data folder is in use by a running node."
)]
pub struct Cli {
    /// The configuration; else $ENTENTE_CONFIG, else ./entente.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The cluster that holds the ledger, nats://host:4222,host:4222/name; else as [ledger] says
    #[arg(long, global = true, value_name = "URL")]
    ledger: Option<String>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a node: data folder, keys, card, first account
    Init(init::Init),
    /// Run the node
    Serve(serve::Serve),
    /// Show two linked nodes with a story that moves
    Demo(Demo),
    /// Examine the node and say what to do
    Doctor(doctor::Doctor),
    /// Check or show configurations
    #[command(subcommand)]
    Config(config::Config),
    /// Cards, trust, consumers and keys
    #[command(subcommand)]
    Party(party::Party),
    /// Accounts of the console
    #[command(subcommand)]
    Account(account::Account),
    /// Agreements: propose, sign, withdraw, read
    #[command(subcommand)]
    Accord(accord::Accord),
    /// Threat information: import, pull, export and validate
    #[command(subcommand)]
    Exchange(exchange::Exchange),
    /// Duties to report an incident: clocks, and the law behind them
    #[command(subcommand)]
    Notify(notify::Notify),
    /// The common picture: joint snapshots
    #[command(subcommand)]
    Picture(picture::Picture),
    /// Why a record goes to somebody, or does not
    #[command(subcommand)]
    Share(share::Share),
    /// Links as files, for nodes that cannot reach each other
    #[command(subcommand)]
    Link(link::Link),
    /// Verify, read and erase in the ledger
    #[command(subcommand)]
    Ledger(ledger::Ledger),
    /// Views, folded from the ledger
    #[command(subcommand)]
    Views(views::Views),
    /// Write a page of the console as HTML or PDF, as one account may see it
    Print(print::Print),
    /// Copy the node into a folder, also while it runs, and verify the copy
    Backup(backup::Backup),
    /// Make a node from a backup
    Restore(restore::Restore),
    /// Print completions for a shell
    Completions(completions::Completions),
    /// Print the manual page
    Man,
    /// Print the description of the HTTP API
    Openapi,
    /// Print what this binary is made of (CycloneDX 1.6)
    Sbom,
}

impl Cli {
    /// Does what was asked.
    pub fn run(self) -> Result<Exit> {
        let named = self.config.as_deref();
        let config = || Ok::<_, anyhow::Error>(Config::load(named)?.on(self.ledger.clone()));
        match self.command {
            Command::Init(init) => init.run(&config()?),
            Command::Serve(serve) => serve.run(&config()?),
            Command::Demo(demo) => crate::block_on(demo.run()).map(|()| Exit::Ok),
            Command::Doctor(doctor) => doctor.run(&config()?),
            Command::Config(command) => command.run(named),
            Command::Party(command) => command.run(&config()?),
            Command::Account(command) => command.run(config),
            Command::Accord(command) => command.run(&config()?),
            Command::Exchange(command) => command.run(config),
            Command::Notify(command) => command.run(config),
            Command::Picture(command) => command.run(config),
            Command::Share(command) => command.run(&config()?),
            Command::Link(command) => command.run(&config()?),
            Command::Ledger(command) => command.run(&config()?),
            Command::Views(command) => command.run(&config()?),
            Command::Print(page) => page.run(&config()?),
            Command::Backup(backup) => backup.run(&config()?),
            Command::Restore(restore) => restore.run(&config()?),
            Command::Completions(completions) => completions.run(),
            Command::Man => man::run(),
            Command::Openapi => openapi::run(),
            Command::Sbom => sbom::run(),
        }
    }
}
