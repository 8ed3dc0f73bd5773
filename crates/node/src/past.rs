//! The past of this node: the same pages over a desk that ends at an earlier entry.

use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, Result};
use axum::Router;
use desk::Desk;
use desk::edge;
use desk::pages::{App, Gate, Site};
use desk::past::{Bounds, Shelf};
use exchange::ingest::Intaker;
use exchange::search::Search;

use crate::{doors, http};

/// Pages that look back by themselves: their rows say since when they count and until when, so nothing is folded for them.
const BY_THEMSELVES: [&str; 6] = [
    "/picture/trends",
    "/picture/matrix",
    "/picture/map",
    "/picture/report",
    "/picture/sources",
    "/picture/subjects",
];

/// How long the search index of the past is waited for before its pages are shown; it goes on behind them.
const INDEX: Duration = Duration::from_secs(5);
/// Between two looks at it.
const LOOK: Duration = Duration::from_millis(10);

/// The way into the past, before the pages of the present.
pub fn gate(app: App, console: Router, bounds: Bounds) -> Result<Router> {
    let (desk, site) = (Arc::clone(&app.desk), Arc::clone(&app.site));
    let folder = desk.folder.join("past");
    let dress = Box::new(move |desk| pages(desk, &site).map_err(|error| format!("{error:#}")));
    let shelf = Shelf::new(desk, folder.clone(), bounds, dress);
    let shelf = shelf.with_context(|| format!("cannot clear {}; remove it by hand", folder.display()))?;
    Ok(desk::pages::gate(Gate { console, shelf, by_themselves: &BY_THEMSELVES }, app))
}

/// Every page over a desk of the past.
fn pages(past: Arc<Desk>, present: &Site) -> Result<Router> {
    let search = Search::open(&past).context("cannot open the search index of the past")?;
    let until = edge::monotonic() + INDEX;
    while search.position() < past.ledger.last_seq() && edge::monotonic() < until {
        std::thread::sleep(LOOK);
    }
    let intaker = Arc::new(Intaker::new(Arc::clone(&past), formats::json::Limits::default()));
    let plugged = doors::site(&past, Arc::clone(&search), None, Arc::clone(&intaker), present.secure);
    let linked = Arc::clone(&past);
    let site = Site {
        // What may be read is asked of today (I5).
        class_now: present.class_now.clone(),
        origin: present.origin.clone(),
        links: Arc::new(move |()| doors::rows_as_recorded(&linked)),
        ..plugged
    };
    http::console(App::new(past, site), search, intaker)
}

#[cfg(test)]
mod figures;
#[cfg(test)]
pub(crate) mod tests;
