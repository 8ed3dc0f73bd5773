//! Pulling: a TAXII 2.1 client that fetches what is new in somebody else's collection and takes it in.
//!
//! Servers differ: some ignore filters, give no `X-TAXII-Date-Added-Last`, say `more` without `next`, or use a `next`
//! up. The rules that follow: the place moves only after what came before it is durable; `added_after` moves only
//! after a walk came to its end; nothing is asked for without end.

mod ask;
mod error;
mod find;
mod page;
mod place;
mod walk;

use std::sync::Arc;
use std::time::Duration;

use desk::outbound::{Outbound, Url};
use formats::taxii::{Filter, TaxiiTime};
use records::delivery::Refused;

use crate::ingest::{Intake, Intaker};

pub use ask::{Credentials, Patience};
pub use error::PullError;

/// What to pull, and how it is published.
#[derive(Debug, Clone)]
pub struct Source {
    /// Discovery, API root or collection.
    pub url: Url,
    /// The collection by id, alias or title; not needed when there is only one.
    pub collection: Option<String>,
    /// Who we are there.
    pub credentials: Credentials,
    /// Which objects are asked for.
    pub filter: Filter,
    /// How they come in; gate and source are filled in here.
    pub intake: Intake,
    /// Bounds of the walk.
    pub bounds: Bounds,
    /// How failures are borne.
    pub patience: Patience,
}

/// Bounds of one walk through a collection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Objects asked for on a page.
    pub page_objects: u64,
    /// Pages of one walk; beyond it the walk is left where it is, and the next one goes on there.
    pub pages: u64,
    /// Pages without an object, one after the other, before a walk is given up.
    pub empty_pages: u64,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { page_objects: 5_000, pages: 100_000, empty_pages: 100 }
    }
}

/// What a walk brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pulled {
    /// The collection's title, or its id.
    pub collection: String,
    /// Its URL.
    pub url: String,
    /// True when an interrupted walk was gone on with.
    pub resumed: bool,
    /// Pages read.
    pub pages: u64,
    /// Accepted now.
    pub accepted: u64,
    /// Held already, byte for byte.
    pub known: u64,
    /// Sent although not asked for, and left out.
    pub unasked: u64,
    /// Refused, with reasons; at most the first thousand are listed.
    pub refused: Vec<Refused>,
    /// How many were refused.
    pub refused_count: u64,
    /// How many were refused in an earlier walk already.
    pub refused_before: u64,
    /// From where the next walk asks, once one came to its end.
    pub added_after: Option<String>,
    /// What a person should know about the server.
    pub remarks: Vec<String>,
    /// True when the walk came to its end.
    pub complete: bool,
}

/// Fetches what is new since the last time. `progress` hears after every page. What was taken in stays, however the
/// walk ends; the answer tells how far it came even when it failed.
pub async fn pull(
    intaker: Arc<Intaker>,
    outbound: &Outbound,
    source: &Source,
    mut progress: impl FnMut(&Pulled),
) -> (Pulled, Result<(), PullError>) {
    let mut pulled = Pulled::default();
    let ended = async {
        let asker = ask::Asker::new(outbound, source)?;
        let found = find::collection(&asker, source).await?;
        pulled.collection = found.title.clone();
        pulled.url = found.url.to_string();
        walk::walk(intaker, &asker, source, &found, &mut pulled, &mut progress).await
    }
    .await;
    (pulled, ended)
}

/// The longest a caller waits between two walks after a server asked for patience.
pub const LONGEST_WAIT: Duration = Duration::from_secs(24 * 3600);

fn shown(at_us: i64) -> String {
    TaxiiTime::from_micros(at_us).to_string()
}
