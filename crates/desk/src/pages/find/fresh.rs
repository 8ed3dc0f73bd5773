//! What a search finds that arrived within a span of time: for searches that are watched.

use model::Timestamp;
use model::time::SignedDuration;
use ui::query;

use super::super::app::App;
use super::super::error::PageError;
use super::super::visitor::Visitor;
use super::{Asked, sources};
use crate::find::{Ask, Facet, Filters, PERIODS};

/// Hits asked for at once.
const ROWS: usize = 50;
/// Pages of one source that are looked through.
const MOST_PAGES: usize = 6;

/// How much is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fresh {
    /// Hits that arrived in that time.
    pub count: u64,
    /// False when there may be more.
    pub whole: bool,
}

/// Counts what arrived after `since` and no later than `upto`, of what this visitor may see.
pub fn fresh(
    app: &App,
    visitor: &Visitor,
    path: &str,
    (since, upto): (Timestamp, Timestamp),
) -> Result<Fresh, PageError> {
    let path = narrowed(path, since, visitor.now);
    let asked = Asked::of(&path);
    let mut fresh = Fresh { count: 0, whole: true };
    for source in sources(app) {
        if !asked.source.is_empty() && asked.source != source.name {
            continue;
        }
        let mut after: Option<String> = None;
        for page in 0..MOST_PAGES {
            let ask = Ask {
                question: &asked.question,
                filters: &asked.filters,
                after: after.as_deref(),
                limit: ROWS,
                counting: false,
                near: false,
                now: visitor.now,
            };
            let finding = (source.find)(app, visitor, &ask)?;
            let within = |at: &Timestamp| *at > since && *at <= upto;
            fresh.count += finding.hits.iter().filter_map(|hit| hit.at).filter(within).count() as u64;
            after = finding.next;
            if after.is_none() {
                break;
            }
            fresh.whole &= page + 1 < MOST_PAGES;
        }
    }
    Ok(fresh)
}

/// The search within the shortest period that holds everything since then; one that was chosen stays.
fn narrowed(path: &str, since: Timestamp, now: Timestamp) -> String {
    if Filters::of(path).get(Facet::Period).is_some() {
        return query::with(path, &[("after", None)]);
    }
    let holds = |days: i64| now.duration_since(since) < SignedDuration::from_hours(24 * days);
    let period = PERIODS.into_iter().find(|(_, days)| holds(*days)).map(|(name, _)| name);
    query::with(path, &[("after", None), (Facet::Period.name(), period)])
}
