//! What a room contributes to the search.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use ui::Locale;

use super::ask::Ask;
use super::hit::{Finding, Hit};
use crate::pages::{App, PageError, Visitor};

/// Answers a question with what this visitor may see, and nothing else.
pub type Finder = Arc<dyn Fn(&App, &Visitor, &Ask<'_>) -> Result<Finding, PageError> + Send + Sync>;

/// One room's things to find.
#[derive(Clone)]
pub struct Source {
    /// Its name in URLs: `objects`.
    pub name: &'static str,
    /// Its name on pages.
    pub label: fn(Locale) -> Cow<'static, str>,
    /// Who answers.
    pub find: Finder,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

/// The answer of a source whose things are few enough to look at each: counts them, keeps those that the filters let
/// through, and gives the page that was asked for.
pub fn gather(ask: &Ask<'_>, all: impl IntoIterator<Item = Hit>) -> Finding {
    let mut finding = Finding { whole: true, ..Finding::default() };
    let from: usize = ask.after.and_then(|after| after.parse().ok()).unwrap_or(0);
    for hit in all {
        if finding.facets.add(ask.filters, &hit.values, hit.at, ask.now) {
            finding.hits.push(hit);
        }
    }
    let end = from.saturating_add(ask.limit);
    finding.next = (finding.hits.len() > end).then(|| end.to_string());
    finding.hits = finding.hits.into_iter().skip(from).take(ask.limit).collect();
    finding
}
