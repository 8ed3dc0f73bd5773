//! One job inside the transaction. A refusal leaves no trace; a failure ends the whole group.

use model::{Digest, Position};
use rusqlite::{Statement, params};

use super::cluster;
use super::once;
use super::pack;
use super::runs::{first_seq_of, revealed_seq_of};
use super::writer::{Failure, Group, Writer};
use crate::draft::{Parts, Receipt};
use crate::error::WriteError;
use crate::merkle::Hash;
use crate::options::Clock;
use crate::runs::Run;
use crate::work::{Commit, Outcome, Refusal, Work};
use crate::{LogId, LogKey};

type Applied = Result<Result<Outcome, Refusal>, Failure>;

const INSERT: &str = "INSERT INTO entry(seq, log, pos, at_us, leaf, header, openings, body)
    VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";

/// A stored checkpoint replaces an older one of the same stretch of this many records: contradictions are found
/// against the tree itself, so few notes are enough.
const NOTE_EVERY: u64 = 4096;

impl Writer {
    pub(super) fn apply(&mut self, work: Work) -> Applied {
        match work {
            Work::Log(key) => self.create(key),
            Work::Append { log, parts, leaves, once } => {
                if self.size(log).is_some() && !once::take(&self.connection, &once)? {
                    return Ok(Err(Refusal::Repeated));
                }
                self.append(log, &parts, leaves)
            }
            Work::Mirror { log, first, parts, leaves, root, note } => {
                self.mirror(log, first, &parts, leaves, root, &note)
            }
            Work::Reveal { log, parts, leaves } => self.reveal(log, &parts, &leaves),
            Work::Erase { log, position } => self.erase(log, position),
            Work::Note { log, size, note } => self.store_note(log, size, &note).map(|()| Ok(Outcome::Done)),
            Work::Evidence { log, size, known, contrary } => self.evidence(log, size, &known, &contrary),
            Work::Settle => Ok(Ok(Outcome::Done)),
            Work::Commit(commit) => self.commit(*commit),
            Work::Scrubbed(seq) => {
                cluster::scrubbed(&self.connection, seq)?;
                Ok(Ok(Outcome::Done))
            }
        }
    }

    /// Applies a commit of the cluster's stream at its place, or refuses it whole when another is due.
    fn commit(&mut self, commit: Commit) -> Applied {
        let reached = cluster::cursor(&self.connection)?.seq;
        if reached != commit.after {
            return Ok(Err(Refusal::Behind { expected: reached, actual: commit.after }));
        }
        let first_seq = self.group.last_seq + 1;
        self.group.stamp = Some(commit.stamp);
        let outcomes = commit.works.into_iter().map(|work| self.apply(work)).collect::<Result<_, _>>();
        self.group.stamp = None;
        if self.group.last_seq >= first_seq {
            cluster::note_folded(&self.connection, first_seq, commit.cursor.seq)?;
        }
        cluster::advance(&self.connection, commit.cursor)?;
        // Nobody else holds this slip yet, so that setting it cannot fail.
        drop(commit.outcomes.set(outcomes?));
        Ok(Ok(Outcome::Done))
    }

    fn create(&mut self, key: LogKey) -> Applied {
        let (published, known) = {
            let facts = self.published.facts();
            (facts.logs.len() as u32, facts.by_key.get(&key).copied())
        };
        let pending = self.group.created.iter().position(|created| *created == key);
        if let Some(log) = known.or_else(|| pending.map(|index| LogId(published + index as u32 + 1))) {
            return Ok(Ok(Outcome::Log(log)));
        }
        let log = LogId(published + self.group.created.len() as u32 + 1);
        if log.0 >= pack::MAX_LOGS {
            return Err(Failure::Damaged("this ledger holds as many logs as it can".to_owned()));
        }
        self.group.created.push(key.clone());
        self.connection.prepare_cached("INSERT INTO log VALUES(?1, ?2, ?3)")?.execute(params![
            log.0,
            key.party.0,
            key.realm.to_string()
        ])?;
        Ok(Ok(Outcome::Log(log)))
    }

    fn append(&mut self, log: LogId, parts: &[Parts], leaves: Vec<Hash>) -> Applied {
        let Some(size) = self.size(log) else {
            return Ok(Err(WriteError::UnknownLog(log).into()));
        };
        let growth = self.edge(log)?.tree.extend(leaves);
        self.keep_growth(log, &growth);
        self.insert(log, size, parts).map(|receipt| Ok(Outcome::Receipt(receipt)))
    }

    fn mirror(
        &mut self,
        log: LogId,
        first: Position,
        parts: &[Parts],
        leaves: Vec<Hash>,
        root: Digest,
        note: &[u8],
    ) -> Applied {
        let Some(size) = self.size(log) else {
            return Ok(Err(WriteError::UnknownLog(log).into()));
        };
        if first.0 != size {
            return Ok(Err(Refusal::Behind { expected: size, actual: first.0 }));
        }
        // Grow a copy: a wrong root must leave the edge as it is.
        let mut tree = self.edge(log)?.tree.clone();
        let growth = tree.extend(leaves);
        if tree.root() != root.0 {
            return Ok(Err(Refusal::WrongRoot));
        }
        self.edge(log)?.tree = tree;
        self.keep_growth(log, &growth);
        let receipt = self.insert(log, size, parts)?;
        self.store_note(log, receipt.size, note)?;
        Ok(Ok(Outcome::Receipt(receipt)))
    }

    /// Writes entries behind the last ones of their log, and extends its runs.
    fn insert(&mut self, log: LogId, first: u64, parts: &[Parts]) -> Result<Receipt, Failure> {
        let first_seq = self.group.last_seq + 1;
        let mut first_at_us = None;
        let mut insert = self.connection.prepare_cached(INSERT)?;
        for (pos, part) in (first..).zip(parts) {
            let at_us = insert_row(&mut insert, &mut self.group, &self.options.clock, log, pos, part)?;
            first_at_us.get_or_insert(at_us);
        }
        drop(insert);
        let count = parts.len() as u64;
        let size = first + count;
        if count > 0 {
            self.extend_run(log, first, first_seq, count)?;
            self.group.sizes.insert(log, size);
        }
        Ok(Receipt {
            log,
            first: Position(first),
            count,
            first_seq: if count > 0 { first_seq } else { 0 },
            first_at_us: first_at_us.unwrap_or(self.group.last_at_us),
            size,
        })
    }

    fn insert_one(&mut self, log: LogId, pos: u64, part: &Parts) -> Result<i64, Failure> {
        let mut insert = self.connection.prepare_cached(INSERT)?;
        Ok(insert_row(&mut insert, &mut self.group, &self.options.clock, log, pos, part)?)
    }

    fn extend_run(&mut self, log: LogId, first: u64, first_seq: u64, count: u64) -> Result<(), Failure> {
        let edge = self.edge(log)?;
        let fresh = Run { first_pos: first, first_seq, count };
        let run = match edge.last_run.map(|run| run.extended(first, first_seq, count)) {
            Some(Ok(longer)) => longer,
            Some(Err(_)) | None => fresh,
        };
        edge.last_run = Some(run);
        self.group.runs.insert((log, run.first_pos), run);
        Ok(())
    }

    fn reveal(&mut self, log: LogId, parts: &[(Position, Parts)], leaves: &[Hash]) -> Applied {
        let Some(size) = self.size(log) else {
            return Ok(Err(WriteError::UnknownLog(log).into()));
        };
        // All places are checked before the first is written, so that a refusal leaves no trace.
        for ((position, _), leaf) in parts.iter().zip(leaves) {
            if let Some(refusal) = self.unrevealable(log, size, *position, leaf)? {
                return Ok(Err(refusal));
            }
        }
        let first_seq = self.group.last_seq + 1;
        let mut first_at_us = None;
        for (position, part) in parts {
            let at_us = self.insert_one(log, position.0, part)?;
            first_at_us.get_or_insert(at_us);
            self.connection.prepare_cached("INSERT INTO revealed VALUES(?1, ?2, ?3)")?.execute(params![
                log.0,
                position.0 as i64,
                self.group.last_seq as i64
            ])?;
        }
        Ok(Ok(Outcome::Receipt(Receipt {
            log,
            first: parts.first().map_or(Position(size), |(position, _)| *position),
            count: parts.len() as u64,
            first_seq: if parts.is_empty() { 0 } else { first_seq },
            first_at_us: first_at_us.unwrap_or(self.group.last_at_us),
            size,
        })))
    }

    fn unrevealable(
        &mut self,
        log: LogId,
        size: u64,
        at: Position,
        leaf: &Hash,
    ) -> Result<Option<Refusal>, Failure> {
        self.write_runs()?;
        let withheld = match first_seq_of(&self.connection, log, at.0)? {
            None => None,
            Some(_) if at.0 >= size || revealed_seq_of(&self.connection, log, at.0)?.is_some() => None,
            Some(seq) => self
                .connection
                .prepare_cached("SELECT leaf FROM entry WHERE seq = ?1")?
                .query_row([seq as i64], |row| {
                    Ok(row.get_ref(0)?.as_blob_or_null()?.map(|stored| stored == leaf))
                })?,
        };
        Ok(match withheld {
            None => Some(Refusal::NotWithheld(at)),
            Some(false) => Some(Refusal::WrongLeaf(at)),
            Some(true) => None,
        })
    }

    fn erase(&mut self, log: LogId, position: Position) -> Applied {
        self.write_runs()?;
        let first = first_seq_of(&self.connection, log, position.0)?;
        let revealed = revealed_seq_of(&self.connection, log, position.0)?;
        let Some(seq) = revealed.or(first) else {
            return Ok(Err(Refusal::NoRecord(position)));
        };
        self.connection
            .prepare_cached("UPDATE entry SET body = NULL WHERE seq = ?1 AND body IS NOT NULL")?
            .execute([seq as i64])?;
        if self.group.stamp.is_some() {
            cluster::must_scrub(&self.connection, seq)?;
        }
        Ok(Ok(Outcome::Done))
    }

    fn store_note(&mut self, log: LogId, size: u64, note: &[u8]) -> Result<(), Failure> {
        let stretch_start = size - size % NOTE_EVERY;
        self.connection
            .prepare_cached("DELETE FROM note WHERE id >= ?1 AND id < ?2")?
            .execute([pack::note(log, stretch_start), pack::note(log, size)])?;
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO note VALUES(?1, ?2)")?
            .execute(params![pack::note(log, size), note])?;
        Ok(())
    }

    fn evidence(&mut self, log: LogId, size: u64, known: &[u8], contrary: &[u8]) -> Applied {
        let at_us = self.group.now_us(&self.options.clock);
        self.connection
            .prepare_cached(
                "INSERT INTO equivocation(log, size, at_us, known, contrary) SELECT ?1, ?2, ?3, ?4, ?5
                 WHERE NOT EXISTS (SELECT 1 FROM equivocation WHERE log = ?1 AND size = ?2 AND contrary = ?5)",
            )?
            .execute(params![log.0, size as i64, at_us, known, contrary])?;
        Ok(Ok(Outcome::Done))
    }
}

/// Gives the entry the next arrival number and a later time than any before, and writes its row.
fn insert_row(
    insert: &mut Statement<'_>,
    group: &mut Group,
    clock: &Clock,
    log: LogId,
    pos: u64,
    part: &Parts,
) -> rusqlite::Result<i64> {
    group.last_seq += 1;
    // The clock may stand still or jump back; commit times never do.
    group.last_at_us = group.now_us(clock).max(group.last_at_us.saturating_add(1));
    insert.raw_bind_parameter(1, group.last_seq as i64)?;
    insert.raw_bind_parameter(2, log.0)?;
    insert.raw_bind_parameter(3, pos as i64)?;
    insert.raw_bind_parameter(4, group.last_at_us)?;
    insert.raw_bind_parameter(5, part.leaf.as_ref().map(|leaf| &leaf[..]))?;
    insert.raw_bind_parameter(6, part.header.as_deref())?;
    insert.raw_bind_parameter(7, part.openings.as_deref())?;
    insert.raw_bind_parameter(8, part.body.as_deref())?;
    insert.raw_execute()?;
    Ok(group.last_at_us)
}
