//! `entente notify method`: methods of assessing risk, two of them side by side, and which this party uses.

use anyhow::Result;
use clap::{Args, Subcommand};
use model::{Marking, Tlp};
use notify::methods::declare::{DeclareError, declare};
use packs::Methods;
use packs::method::Step;
use records::practice::Practice;
use serde_json::json;

use crate::config::Config;
use crate::exit::{Ending, Exit};
use crate::folder;
use crate::print::{self, Output};

/// What to do with methods.
#[derive(Debug, Subcommand)]
pub enum MethodCommand {
    /// Every method of the register
    List(List),
    /// One method with its steps and scales
    Show(Show),
    /// Two methods side by side; levels of scales by their place in the order, a hint and never a conversion
    Crosswalk(Crosswalk),
    /// Say how this party assesses risk; the newest word on a method and its use holds
    Declare(Declare),
}

impl MethodCommand {
    /// Does it.
    pub fn run(self, config: impl FnOnce() -> Result<Config>) -> Result<Exit> {
        match self {
            Self::List(command) => command.run(),
            Self::Show(command) => command.run(),
            Self::Crosswalk(command) => command.run(),
            Self::Declare(command) => command.run(&config()?),
        }
    }
}

/// How to print the list.
#[derive(Debug, Args)]
pub struct List {
    #[command(flatten)]
    output: Output,
}

impl List {
    fn run(self) -> Result<Exit> {
        let methods: Vec<_> = Methods::embedded().methods.values().collect();
        self.output.print(&methods, |methods| {
            let head = ["method", "edition", "publisher", "sure", "reviewed"].map(str::to_owned);
            let mut table = vec![head.to_vec()];
            table.extend(methods.iter().map(|method| {
                let reviewed = method.reviewed.to_string();
                let (id, edition) = (method.id.clone(), method.edition.clone());
                vec![id, edition, method.publisher.clone(), method.confidence.clone(), reviewed]
            }));
            print::table(&table)
        })?;
        Ok(Exit::Ok)
    }
}

/// Which method.
#[derive(Debug, Args)]
pub struct Show {
    /// Its id, as `entente notify method list` gives it
    method: String,
    #[command(flatten)]
    output: Output,
}

impl Show {
    fn run(self) -> Result<Exit> {
        let Some(method) = Methods::embedded().methods.get(&self.method) else {
            return Err(unknown(&self.method));
        };
        self.output.print(method, |method| {
            let mut text = format!("{}\n{}, {}\n", method.title.en, method.edition, method.publisher);
            let steps = method
                .steps
                .iter()
                .map(|step| vec![step.place.clone(), step.title.en.clone(), step.does.join(", ")]);
            text += &print::table(&steps.collect::<Vec<_>>());
            for scale in &method.scales {
                let levels: Vec<String> = scale.levels.iter().map(|level| level.name().en).collect();
                text += &format!("{}: {}\n", scale.place, levels.join(" < "));
            }
            text + &format!(
                "sources: {} ({}, {})\n",
                method.sources.join("; "),
                method.confidence,
                method.reviewed
            )
        })?;
        Ok(Exit::Ok)
    }
}

/// Which two.
#[derive(Debug, Args)]
pub struct Crosswalk {
    /// The one
    from: String,
    /// The other
    to: String,
    #[command(flatten)]
    output: Output,
}

impl Crosswalk {
    fn run(self) -> Result<Exit> {
        let register = Methods::embedded();
        let Some(walk) = register.crosswalk(&self.from, &self.to) else {
            let missing = [&self.from, &self.to].into_iter().find(|id| !register.methods.contains_key(*id));
            return Err(unknown(missing.unwrap_or(&self.from)));
        };
        self.output.print(&walk, |walk| {
            let places = |steps: &[&Step]| {
                let places: Vec<&str> = steps.iter().map(|step| step.place.as_str()).collect();
                if places.is_empty() { "-".to_owned() } else { places.join("; ") }
            };
            let mut table = vec![vec!["activity".to_owned(), walk.from.id.clone(), walk.to.id.clone()]];
            table.extend(
                walk.rows
                    .iter()
                    .map(|row| vec![row.activity.name.en.clone(), places(&row.from), places(&row.to)]),
            );
            let mut levels = Vec::new();
            for pair in &walk.scales {
                levels.extend(pair.levels.iter().map(|(level, others)| {
                    let others: Vec<String> = others.iter().map(|other| other.name().en).collect();
                    vec![format!("{:?}", pair.measures).to_lowercase(), level.name().en, others.join(" · ")]
                }));
            }
            print::table(&table) + &print::table(&levels)
        })?;
        Ok(Exit::Ok)
    }
}

/// What this party says.
#[derive(Debug, Args)]
pub struct Declare {
    /// The method, by its id in the register, or by its name
    method: String,
    /// What it is used for: a sector, a kind of system, a decision
    #[arg(long)]
    scope: String,
    /// Another edition than that of the register
    #[arg(long, default_value = "")]
    edition: String,
    /// Where the party departs from the text
    #[arg(long, default_value = "")]
    departs: String,
    /// Whom to ask, by office
    #[arg(long, default_value = "")]
    contact: String,
    /// It is no longer used
    #[arg(long)]
    ended: bool,
    /// How far it may travel: clear, green, amber, amber+strict or red
    #[arg(long, default_value = "green")]
    tlp: Tlp,
    #[command(flatten)]
    output: Output,
}

impl Declare {
    fn run(self, config: &Config) -> Result<Exit> {
        let practice = Practice {
            method: self.method,
            edition: self.edition,
            scope: self.scope,
            departs: self.departs,
            contact: self.contact,
            ended: self.ended,
        };
        let desk = folder::open(config)?;
        let said = declare(&desk, practice, Marking::tlp(self.tlp));
        desk.close();
        let record = said.map_err(|error| match error {
            DeclareError::At { .. } => Ending::usage(error.to_string()),
            DeclareError::Submit(error) => error.into(),
        })?;
        self.output.print(&json!({ "record": record.to_string() }), |_| format!("{record}\n"))?;
        Ok(Exit::Ok)
    }
}

fn unknown(id: &str) -> anyhow::Error {
    Ending::usage(format!("no method is called {id:?}; see `entente notify method list`"))
}
