//! Pulling from others: from a node like ours, from servers with habits, and from servers that mean harm.

mod friendly;
mod habits;
mod hostile;
mod server;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use desk::outbound::{self, Outbound, OutboundOptions, Url};
use exchange::ingest::Intake;
use exchange::pull::{Bounds, Credentials, Patience, PullError, Pulled, Source, pull};
use formats::taxii::Filter;
use model::{Marking, Tlp};

use crate::world::World;

/// A way out to this machine, with bounds short enough for a test.
fn way_out() -> Outbound {
    let bounds = outbound::Bounds {
        connect: Duration::from_secs(5),
        silence: Duration::from_millis(400),
        whole: Duration::from_millis(1_500),
        body_bytes: 4 << 20,
    };
    let allow = vec!["127.0.0.1".parse().expect("an address")];
    Outbound::new(&OutboundOptions { allow, ca_file: None, bounds }).expect("a way out")
}

fn source(world: &World, url: &str) -> Source {
    Source {
        url: Url::parse(url).expect("a URL"),
        collection: None,
        credentials: Credentials::None,
        filter: Filter::default(),
        intake: Intake {
            gate: "pull",
            source: String::new(),
            under: vec![world.agreement],
            marking: Some(Marking::tlp(Tlp::Green)),
            to: vec![],
            group: None,
            to_by_id: HashMap::new(),
            definitions: HashMap::new(),
            seen_by: None,
        },
        bounds: Bounds { page_objects: 10, pages: 200, empty_pages: 5 },
        patience: Patience { attempts: 3, first: Duration::from_millis(5), longest: Duration::from_secs(2) },
    }
}

async fn run(world: &World, source: &Source) -> (Pulled, Result<(), PullError>) {
    let ended = pull(Arc::clone(&world.intaker), &way_out(), source, |_| {}).await;
    let folded = world.desk.ledger.last_seq();
    world.desk.views.wait(folded, Duration::from_secs(5)).await.expect("folded");
    ended
}

/// A walk that must come to its end.
async fn whole(world: &World, source: &Source) -> Pulled {
    let (pulled, ended) = run(world, source).await;
    ended.unwrap_or_else(|error| panic!("{error}\n{pulled:?}"));
    assert!(pulled.complete);
    pulled
}
