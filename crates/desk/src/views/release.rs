//! Approval by two: rules, drafts that wait, and what was decided.

use records::Body as _;
use records::release_decision::ReleaseDecision;
use records::release_draft::ReleaseDraft;
use records::release_rule::ReleaseRule;
use rusqlite::OptionalExtension as _;

use super::entry::{Entry, FoldError, Folding};
use crate::sql::{Reader, SqlError};

pub(super) const SCHEMA: &str = "
CREATE TABLE release_rule (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE release_draft (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at_us INTEGER NOT NULL, state TEXT NOT NULL, decision TEXT,
  body TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX release_waiting ON release_draft (state, seq);
";

/// Where a draft stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// For a second person.
    Waiting,
    /// Approved, and not known to be carried out: the node stopped between.
    Approved,
    /// Carried out.
    Done,
    /// Refused.
    Refused,
}

/// A draft and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// What is held.
    pub draft: ReleaseDraft,
    /// Since when, µs since 1970.
    pub at_us: i64,
    /// Where it stands.
    pub stage: Stage,
    /// The last word on it.
    pub decision: Option<ReleaseDecision>,
}

/// Drafts on one page.
const MOST: usize = 200;

/// The rules in force.
pub fn rules(views: &Reader<'_>) -> Result<Vec<ReleaseRule>, SqlError> {
    let mut statement = views.prepare_cached("SELECT body FROM release_rule ORDER BY id")?;
    let bodies = statement.query_map([], |row| row.get::<_, Vec<u8>>(0))?;
    let mut rules = Vec::new();
    for body in bodies {
        rules.extend(serde_json::from_slice::<ReleaseRule>(&body?).ok().filter(|rule| rule.active));
    }
    Ok(rules)
}

/// Drafts: those that wait first, then the newest.
pub fn drafts(views: &Reader<'_>) -> Result<Vec<Held>, SqlError> {
    let mut statement = views.prepare_cached(
        "SELECT body, at_us, state, decision FROM release_draft
         ORDER BY state IN ('waiting', 'approved') DESC, seq DESC LIMIT ?1",
    )?;
    let rows = statement.query_map([MOST as i64], read)?;
    rows.filter_map(Result::transpose).collect()
}

/// One draft.
pub fn draft(views: &Reader<'_>, id: &str) -> Result<Option<Held>, SqlError> {
    let query = "SELECT body, at_us, state, decision FROM release_draft WHERE id = ?1";
    views.prepare_cached(query)?.query_row([id], read).optional().map(Option::flatten)
}

fn read(row: &rusqlite::Row<'_>) -> Result<Option<Held>, SqlError> {
    let body: Vec<u8> = row.get(0)?;
    let decision: Option<Vec<u8>> = row.get(3)?;
    let stage = match row.get::<_, String>(2)?.as_str() {
        "waiting" => Stage::Waiting,
        "approved" => Stage::Approved,
        "done" => Stage::Done,
        _ => Stage::Refused,
    };
    let Ok(draft) = serde_json::from_slice(&body) else { return Ok(None) };
    let decision = decision.and_then(|decision| serde_json::from_slice(&decision).ok());
    Ok(Some(Held { draft, at_us: row.get(1)?, stage, decision }))
}

pub(super) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    if !entry.header.kind.starts_with("release.") || entry.header.author != folding.me {
        return Ok(());
    }
    match &*entry.header.kind {
        ReleaseRule::KIND => {
            let Some(rule) = entry.read::<ReleaseRule>() else { return Ok(()) };
            let put = "INSERT OR REPLACE INTO release_rule (id, body) VALUES (?1, ?2)";
            folding.tx.prepare_cached(put)?.execute((&rule.rule, entry.body))?;
        }
        ReleaseDraft::KIND => {
            let Some(draft) = entry.read::<ReleaseDraft>() else { return Ok(()) };
            // The first statement of a draft is the draft: what was approved is what was read.
            let put = "INSERT OR IGNORE INTO release_draft (id, seq, at_us, state, body) VALUES (?1, ?2, ?3, 'waiting', ?4)";
            folding.tx.prepare_cached(put)?.execute((
                &draft.draft,
                entry.seq as i64,
                entry.at_us,
                entry.body,
            ))?;
        }
        ReleaseDecision::KIND => {
            let Some(decision) = entry.read::<ReleaseDecision>() else { return Ok(()) };
            let (to, from) = match (decision.approved, decision.done) {
                (true, false) => ("approved", ["waiting"; 2]),
                (true, true) => ("done", ["approved"; 2]),
                (false, _) => ("refused", ["waiting", "approved"]),
            };
            // The first word counts; later ones find another state. What was approved and not carried out may be refused.
            let set =
                "UPDATE release_draft SET state = ?2, decision = ?3 WHERE id = ?1 AND state IN (?4, ?5)";
            folding.tx.prepare_cached(set)?.execute((&decision.draft, to, entry.body, from[0], from[1]))?;
        }
        _ => return Ok(()),
    }
    folding.topics.insert("release");
    Ok(())
}
