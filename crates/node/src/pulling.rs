//! From where a node pulls, as the command line or the configuration says it, and the watch of a running node.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use clap::Args;
use desk::Desk;
use desk::outbound::{Outbound, Url};
use desk::views::Known;
use exchange::ingest::{Intake, Intaker, PULL};
use exchange::pull::{Bounds, Credentials, LONGEST_WAIT, Patience, PullError, Source, pull};
use formats::taxii::Filter;
use model::{Marking, PartyId, Tlp};
use serde::Deserialize;

use crate::commands::{accord, party};
use crate::exit::Ending;
use crate::secret;

/// From where to pull, and how to publish it.
#[derive(Debug, Clone, Args, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PullFrom {
    /// The server's discovery, API root or collection
    pub url: String,
    /// The collection by id, alias or title; not needed when there is only one
    #[arg(long)]
    pub collection: Option<String>,
    /// The marking of objects that carry none; without it they stay unmarked and go nowhere
    #[arg(long)]
    pub marking: Option<Tlp>,
    /// The agreement to publish under, by name or id; may be repeated; none keeps everything here
    #[arg(long)]
    #[serde(default)]
    pub under: Vec<String>,
    /// A named recipient, by short name or id; may be repeated
    #[arg(long)]
    #[serde(default)]
    pub to: Vec<String>,
    /// The name to sign in with
    #[arg(long, requires = "password_file")]
    pub user: Option<String>,
    /// The file that holds its password, readable by the owner alone
    #[arg(long, value_name = "FILE", requires = "user")]
    pub password_file: Option<PathBuf>,
    /// The file that holds a token, readable by the owner alone
    #[arg(long, value_name = "FILE", conflicts_with = "user")]
    pub token_file: Option<PathBuf>,
    /// Only objects of this STIX type; may be repeated
    #[arg(long, value_name = "TYPE")]
    #[serde(default)]
    pub match_type: Vec<String>,
    /// Objects on a page
    #[arg(long = "limit", value_name = "N", default_value_t = page_objects())]
    #[serde(default = "page_objects")]
    pub page_objects: u64,
    /// Seconds between two walks
    #[arg(long = "every", value_name = "S", default_value_t = every_s())]
    #[serde(default = "every_s")]
    pub every_s: u64,
}

fn page_objects() -> u64 {
    5_000
}

fn every_s() -> u64 {
    300
}

impl PullFrom {
    /// What can be said without a node: the URL, who signs in how, the bounds.
    pub fn check(&self) -> Result<()> {
        Url::parse(&self.url).map_err(|error| Ending::usage(error.to_string()))?;
        if self.user.is_some() != self.password_file.is_some()
            || (self.user.is_some() && self.token_file.is_some())
        {
            return Err(Ending::usage(format!(
                "{}: user and password_file go together, or token_file stands alone",
                self.url
            )));
        }
        let bounds =
            [("page_objects", self.page_objects, 1..=100_000), ("every_s", self.every_s, 1..=86_400)];
        match bounds.into_iter().find(|(_, found, allowed)| !allowed.contains(found)) {
            None => Ok(()),
            Some((key, found, allowed)) => Err(Ending::usage(format!(
                "{}: {key} = {found} is outside {} to {}",
                self.url,
                allowed.start(),
                allowed.end()
            ))),
        }
    }

    /// Relative paths of secrets count from the folder of the configuration.
    pub fn resolve(&mut self, base: &Path) {
        for file in [&mut self.password_file, &mut self.token_file].into_iter().flatten() {
            *file = base.join(&*file);
        }
    }

    /// The source, with secrets read and names found.
    pub fn source(&self, known: &Known) -> Result<Source> {
        self.check()?;
        let credentials = match (&self.user, &self.password_file, &self.token_file) {
            (Some(user), Some(file), _) => {
                Credentials::Basic { user: user.clone(), password: secret::read(file)? }
            }
            (_, _, Some(file)) => Credentials::Bearer(secret::read(file)?),
            _ => Credentials::None,
        };
        let to: Vec<PartyId> =
            self.to.iter().map(|text| Ok(party::find(known, text)?.0)).collect::<Result<_>>()?;
        Ok(Source {
            url: Url::parse(&self.url).map_err(|error| Ending::usage(error.to_string()))?,
            collection: self.collection.clone(),
            credentials,
            filter: Filter { types: self.match_type.clone(), ..Filter::default() },
            intake: Intake {
                gate: PULL,
                source: String::new(),
                under: self
                    .under
                    .iter()
                    .map(|text| Ok(accord::find(known, text)?.0))
                    .collect::<Result<_>>()?,
                marking: self.marking.map(Marking::tlp),
                to,
                group: None,
                to_by_id: HashMap::new(),
                definitions: HashMap::new(),
                seen_by: None,
            },
            bounds: Bounds { page_objects: self.page_objects, ..Bounds::default() },
            patience: Patience::default(),
        })
    }

    /// How long to wait after a walk that ended so.
    pub fn pause(&self, ended: &Result<(), PullError>) -> Duration {
        let every = Duration::from_secs(self.every_s);
        match ended {
            Err(PullError::Later { wait_s, .. }) => every.max(Duration::from_secs(*wait_s).min(LONGEST_WAIT)),
            Ok(()) | Err(_) => every,
        }
    }
}

/// What only a person can mend is looked at again after this: often enough, and no account is locked by it.
const MENDING: Duration = Duration::from_secs(3600);

/// Pulls again and again while the node runs. Secrets and agreements are read anew each time, so that mending them
/// needs no restart.
pub async fn watch(desk: Arc<Desk>, intaker: Arc<Intaker>, outbound: Arc<Outbound>, from: PullFrom) {
    loop {
        let pause = match from.source(&desk.known()) {
            Err(error) => {
                tracing::warn!(url = from.url, error = format!("{error:#}"), "cannot pull");
                Duration::from_secs(from.every_s)
            }
            Ok(source) => {
                let (pulled, ended) = pull(Arc::clone(&intaker), &outbound, &source, |_| {}).await;
                let (accepted, refused, pages) = (pulled.accepted, pulled.refused_count, pulled.pages);
                let mut pause = from.pause(&ended);
                match ended {
                    Ok(()) => tracing::info!(url = from.url, accepted, refused, pages, "pulled"),
                    Err(error) => {
                        tracing::warn!(url = from.url, accepted, refused, pages, %error, "pulled in part");
                        if error.needs_a_person() {
                            pause = pause.max(MENDING);
                        }
                    }
                }
                pause
            }
        };
        tokio::time::sleep(pause).await;
    }
}
