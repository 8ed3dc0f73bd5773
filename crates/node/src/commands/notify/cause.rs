//! `entente notify cause`: causes that several entities share, and who has not reported yet.

use anyhow::Result;
use clap::Subcommand;
use notify::authority::causes::{MOST_CAUSES, Shared, causes, reported};
use records::cause::{Cause, Expected};
use serde::Serialize;

use crate::config::Config;
use crate::exit::Exit;
use crate::folder::Reading;
use crate::print::{self, Output};

/// What to do with shared causes.
#[derive(Debug, Subcommand)]
pub enum CauseCommand {
    /// List them, each with who reported it and who has not
    List {
        #[command(flatten)]
        output: Output,
    },
}

#[derive(Debug, Serialize)]
struct View {
    cause: Cause,
    reported: Vec<String>,
    silent: Vec<Expected>,
}

impl CauseCommand {
    /// Does it.
    pub fn run(self, config: &Config) -> Result<Exit> {
        let CauseCommand::List { output } = self;
        let reading = Reading::open(config)?;
        let views = reading.full_views()?;
        let (reports, mut behind) = (reported(views)?, String::new());
        let mut all = Vec::new();
        loop {
            let page = causes(views, &reports, (&behind, MOST_CAUSES))?;
            let Some(last) = page.last() else { break };
            behind.clone_from(&last.cause.cause);
            all.extend(page.into_iter().map(view));
        }
        output.print(&all, |all| listed(all))?;
        Ok(Exit::Ok)
    }
}

fn view(shared: Shared) -> View {
    View { cause: shared.cause, reported: shared.reported, silent: shared.silent }
}

fn listed(all: &[View]) -> String {
    let mut rows = vec![["cause", "title", "reported", "silent"].map(str::to_owned).to_vec()];
    for one in all {
        let silent: Vec<&str> = one.silent.iter().map(|expected| expected.name.as_str()).collect();
        let reported = one.reported.len().to_string();
        rows.push(vec![one.cause.cause.clone(), one.cause.title.clone(), reported, silent.join(", ")]);
    }
    print::table(&rows)
}
