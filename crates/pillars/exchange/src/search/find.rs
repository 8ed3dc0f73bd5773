//! One page of what answers a question and passes sight, with how many of each kind there are.

use std::ops::ControlFlow;

use desk::find::{Ask, Facet, Facets, Values};
use desk::sql::SqlError;
use formats::ioc::Network;
use model::Timestamp;
use records::Marked;
use share::Standing;

use super::audience::{audience, hypothetical};
use super::browse::{self, Browse, Found, is_newest_of};
use super::query::{Wanted, plan};
use super::sight::Placed;
use super::statements::StatementError;
use super::walk::Candidate;
use super::{Search, Sight};

/// Hits that are counted; a question with more says that it has more.
const MOST_COUNTED: usize = 2_000;
/// Named so: hits of the first page that stand before the newest ones.
const MOST_NAMED: usize = 10;

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The rows, and the network for which each was found.
    pub rows: Vec<(Found, Option<Network>)>,
    /// How many of each kind.
    pub facets: Facets,
    /// False when not everything was counted.
    pub whole: bool,
    /// Where the next page starts.
    pub next: Option<u64>,
    /// The words that were looked for instead.
    pub meant: Option<String>,
}

/// A hit before its document is read.
type Row = (Placed, Option<Network>);

/// Answers `ask` with what `sight` shows.
pub fn find(search: &Search, sight: &Sight<'_>, ask: &Ask<'_>) -> Result<Answer, StatementError> {
    let values = Facts::new(sight, ask);
    if ask.question.is_empty() {
        return listed(search, sight, ask, &values);
    }
    for (wanted, meant) in plan(ask.question, &search.names, ask.near) {
        let mut answer = answer(search, sight, ask, &wanted, &values)?;
        // Hits that the filters leave out are hits all the same: nothing else was meant.
        if !answer.facets.counts.is_empty() || !answer.rows.is_empty() {
            answer.meant = meant;
            return Ok(answer);
        }
    }
    Ok(Answer { whole: true, ..Answer::default() })
}

fn answer(
    search: &Search,
    sight: &Sight<'_>,
    ask: &Ask<'_>,
    wanted: &Wanted,
    values: &Facts,
) -> Result<Answer, StatementError> {
    let before = ask.after.and_then(|after| after.parse().ok()).unwrap_or(u64::MAX);
    let looking = Looking { search, sight, ask, values };
    // The first page begins with what is named so; then comes everything, the newest first.
    let mut rows = match (wanted, ask.after) {
        (Wanted::Words(words), None) if ask.limit > 0 => {
            looking.page(&Wanted::Named(words.clone()), before, MOST_NAMED.min(ask.limit))?.0
        }
        _ => Vec::new(),
    };
    let (newest, next, all) = looking.page(wanted, before, ask.limit)?;
    let is_named = |row: &Row| rows.iter().any(|(named, _)| named.seq == row.0.seq);
    let newest: Vec<Row> = newest.into_iter().filter(|row| !is_named(row)).collect();
    rows.extend(newest);
    let (facets, whole) = if ask.counting {
        looking.count(wanted)?
    } else {
        (Facets { total: rows.len() as u64, ..Facets::default() }, all && next.is_none())
    };
    Ok(Answer { rows: read(sight, rows)?, facets, whole, next, meant: None })
}

/// One question to the index.
#[derive(Clone, Copy)]
struct Looking<'a, 'b> {
    search: &'a Search,
    sight: &'a Sight<'b>,
    ask: &'a Ask<'a>,
    values: &'a Facts,
}

impl Looking<'_, '_> {
    /// The newest rows that the filters let through, where the next page starts, and whether everything was seen.
    fn page(
        &self,
        wanted: &Wanted,
        before: u64,
        limit: usize,
    ) -> Result<(Vec<Row>, Option<u64>, bool), SqlError> {
        let (mut rows, mut next): (Vec<Row>, Option<u64>) = (Vec::new(), None);
        if limit == 0 {
            return Ok((rows, next, true));
        }
        // Type and author of a record never change, so that others need no closer look.
        let pass = |class: u32| self.values.may_fit(self.ask, class);
        let whole = self.search.walk(self.sight, wanted, before, pass, |candidate| {
            let Some(row) = self.standing(candidate)? else { return Ok(ControlFlow::Continue(())) };
            let (values, at) = (self.values.of(row.class), Timestamp::from_microsecond(row.at_us).ok());
            if !self.ask.filters.let_through(values, at, self.ask.now) {
                return Ok(ControlFlow::Continue(()));
            }
            if rows.len() == limit {
                next = rows.last().map(|(row, _)| row.seq);
                return Ok(ControlFlow::Break(()));
            }
            rows.push((row, candidate.network));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok((rows, next, whole))
    }

    /// How many of each kind there are among the newest, wherever the page stands; false when there are more.
    fn count(&self, wanted: &Wanted) -> Result<(Facets, bool), SqlError> {
        let (mut facets, mut seen) = (Facets::default(), 0);
        let whole = self.search.walk(
            self.sight,
            wanted,
            u64::MAX,
            |_| true,
            |candidate| {
                let Some(row) = self.standing(candidate)? else { return Ok(ControlFlow::Continue(())) };
                if seen == MOST_COUNTED {
                    return Ok(ControlFlow::Break(()));
                }
                seen += 1;
                let at = Timestamp::from_microsecond(row.at_us).ok();
                facets.add(self.ask.filters, self.values.of(row.class), at, self.ask.now);
                Ok(ControlFlow::Continue(()))
            },
        )?;
        Ok((facets, whole))
    }

    /// The record as it stands, when it is visible and no newer version of its author's is.
    fn standing(&self, candidate: Candidate) -> Result<Option<Placed>, SqlError> {
        let placed = self.sight.placed(candidate.key)?;
        let row = placed.iter().find(|row| row.seq == candidate.seq).copied();
        Ok(row.filter(|row| is_newest_of(self.sight, &placed, row)))
    }
}

/// What each class says of its records, worked out once.
struct Facts {
    of: Vec<Values>,
}

impl Facts {
    fn new(sight: &Sight<'_>, ask: &Ask<'_>) -> Self {
        let wants_verdict = ask.counting || ask.filters.get(Facet::Verdict).is_some();
        let outside = if wants_verdict { audience(sight.desk) } else { Vec::new() };
        let value = |(n, class): (usize, &std::sync::Arc<share::Class>)| {
            if !sight.has(n as u32) {
                return Values::default();
            }
            let goes = outside.iter().any(|(_, to)| {
                to.standing != Standing::Organisation
                    && hypothetical(sight.desk, class, to, sight.now).is_release()
            });
            Values {
                kind: class.object_type.clone(),
                author: class.author.to_string(),
                marking: match class.marked {
                    Marked::Known(marking) => marking.tlp.word().to_owned(),
                    Marked::Missing | Marked::Unknown => "none".to_owned(),
                },
                verdict: match (wants_verdict, goes) {
                    (false, _) => "",
                    (true, true) => "out",
                    (true, false) => "stays",
                },
            }
        };
        Self { of: sight.classes.iter().enumerate().map(value).collect() }
    }

    /// True when records of a class, as it was sealed, may be among those asked for.
    fn may_fit(&self, ask: &Ask<'_>, class: u32) -> bool {
        let values = self.of(class);
        let is = |facet, value: &str| ask.filters.get(facet).is_none_or(|chosen| chosen == value);
        is(Facet::Kind, &values.kind) && is(Facet::Author, &values.author)
    }

    fn of(&self, class: u32) -> &Values {
        // Classes that came since are not released yet and never get here.
        static NOTHING: Values =
            Values { kind: String::new(), author: String::new(), marking: String::new(), verdict: "" };
        self.of.get(class as usize).unwrap_or(&NOTHING)
    }
}

/// Without words: what the filters let through, counted by class. How old each is, classes do not tell.
fn listed(
    search: &Search,
    sight: &Sight<'_>,
    ask: &Ask<'_>,
    values: &Facts,
) -> Result<Answer, StatementError> {
    let state = match ask.filters.get(Facet::Verdict) {
        Some("out") => Some(super::State::Released),
        Some("stays") => Some(super::State::Withheld),
        _ => None,
    };
    let mut facets = Facets::default();
    browse::count_numbered(sight, |n, _, count| {
        facets.add_many(ask.filters, values.of(n), count);
    })?;
    let unmarked = ask.filters.get(Facet::Marking) == Some("none");
    let listing = browse::browse(
        search,
        sight,
        &Browse {
            object_type: ask.filters.get(Facet::Kind).unwrap_or(""),
            tlp: ask.filters.get(Facet::Marking).and_then(|tlp| tlp.parse().ok()),
            unmarked,
            author: ask.filters.get(Facet::Author).and_then(|author| author.parse().ok()),
            since: ask.filters.since(ask.now),
            state,
            before: ask.after.and_then(|after| after.parse().ok()),
            limit: ask.limit,
            ..Browse::default()
        },
    )?;
    let rows = listing.rows.into_iter().map(|row| (row, None)).collect();
    Ok(Answer { rows, facets, whole: true, next: listing.next, meant: None })
}

fn read(sight: &Sight<'_>, rows: Vec<Row>) -> Result<Vec<(Found, Option<Network>)>, StatementError> {
    let (placed, networks): (Vec<Placed>, Vec<Option<Network>>) = rows.into_iter().unzip();
    let mut by_seq: std::collections::HashMap<u64, Option<Network>> =
        placed.iter().map(|row| row.seq).zip(networks).collect();
    let found = browse::read(sight, &placed)?;
    Ok(found
        .into_iter()
        .map(|found| {
            let network = by_seq.remove(&found.seq).flatten();
            (found, network)
        })
        .collect())
}
