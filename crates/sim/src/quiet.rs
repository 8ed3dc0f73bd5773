//! The quiet after a story: everything works again, and what was promised must come true.

use desk::links::{resume, stopped};
use desk::reactors::catch_up;
use desk::sql;
use desk::views::rebuild;
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::blank;
use crate::check::Violation;
use crate::model::{may_send, may_take};
use crate::step::{At, Store, name};
use crate::world::World;

/// Rounds in which everything must have been said.
const ROUNDS: usize = 60;

impl World {
    /// Everything is repaired, all nodes talk until nobody has anything to say, and everything that must hold is asked.
    pub fn quiet(&mut self) -> Result<(), Violation> {
        self.repair()?;
        let mut silent = 0;
        for round in 0..ROUNDS {
            self.now_us += 5_000_000;
            if self.round(round as u64)? {
                silent = 0;
            } else {
                silent += 1;
            }
            if silent == 2 {
                return self.converged();
            }
        }
        Err(Violation::new("quiet", format!("nodes still talk after {ROUNDS} rounds without any fault")))
    }

    fn repair(&mut self) -> Result<(), Violation> {
        let count = self.nodes.len();
        for at in 0..count {
            for other in 0..count {
                self.cut(at, other, "quiet");
            }
            self.nodes[at].skew_us = 0;
            self.nodes[at].disk.fill(false);
            self.nodes[at].disk.decide(None);
            self.stand_at(at, 1);
            if self.nodes[at].up.is_none() {
                self.start(at, Store::Kept)?;
            }
            if let Some(desk) = self.nodes[at].desk() {
                desk.views.stall(false);
                desk.ledger.settle().map_err(Violation::broken)?;
            }
        }
        // A person looks at links that a forged frame has stopped, and finds nothing wrong with the peer.
        for (at, peer) in std::mem::take(&mut self.wronged) {
            if !self.is_liar(peer)
                && let Some(desk) = self.nodes[at].desk()
            {
                resume(&desk.local, &self.nodes[peer].party).map_err(Violation::broken)?;
            }
        }
        self.check()
    }

    /// Everybody does everything that is due; true when anything was.
    fn round(&mut self, round: u64) -> Result<bool, Violation> {
        let count = self.nodes.len();
        let before = self.pulse();
        for at in 0..count {
            for peer in at + 1..self.setting.circle(at).end {
                if !self.is_connected(at, peer) {
                    self.connect(at, peer, round)?;
                }
            }
        }
        for at in 0..count {
            self.stand_at(at, round ^ 0xAA);
            if let Some(desk) = self.nodes[at].desk() {
                let newest = desk.ledger.last_seq();
                desk.views.wait_blocking(newest, desk::submit::FOLD_PATIENCE).map_err(Violation::broken)?;
                catch_up(desk).map_err(Violation::broken)?;
            }
            self.turn(at, 20, round)?;
        }
        for from in 0..count {
            for to in 0..count {
                while self.lines.get(&(from, to)).is_some_and(|line| !line.frames.is_empty()) {
                    self.deliver(from, to, 1, round)?;
                    self.turn(to, 20, round)?;
                }
            }
        }
        self.check()?;
        Ok(self.pulse() != before)
    }

    /// Changes whenever a node has learnt or is owed something.
    fn pulse(&self) -> Vec<(u64, usize)> {
        let of = |at: At| {
            let sizes = self.nodes[at].desk().map_or(0, |desk| desk.ledger.last_seq());
            let waiting =
                self.lines.iter().filter(|((from, _), _)| *from == at).map(|(_, line)| line.frames.len());
            (sizes, waiting.sum())
        };
        (0..self.nodes.len()).map(of).collect()
    }

    fn converged(&mut self) -> Result<(), Violation> {
        self.mirrors()?;
        // Of each story one ledger and one node's views: computing all of them again would take longer than the story.
        let one = self.tally.frames as usize % self.nodes.len();
        self.verifies(one)?;
        self.rebuilds((one + 1) % self.nodes.len())?;
        for at in 0..self.nodes.len() {
            self.acknowledged_is_there(at)?;
            self.erased_is_gone(at)?;
            self.is_of_one_realm(at)?;
            for author in self.setting.circle(at).filter(|author| *author != at) {
                self.arrived(at, author)?;
            }
        }
        Ok(())
    }

    /// I6: a desk keeps logs of its own realm alone.
    fn is_of_one_realm(&self, at: At) -> Result<(), Violation> {
        let Some(desk) = self.nodes[at].desk() else { return Ok(()) };
        match desk.ledger.logs().iter().find(|(_, key, _)| key.realm != desk.realm) {
            None => Ok(()),
            Some((_, key, _)) => {
                Err(Violation::new("I6", format!("{} keeps the log {}", name(at), key.origin())))
            }
        }
    }

    fn acknowledged_is_there(&self, at: At) -> Result<(), Violation> {
        let node = &self.nodes[at];
        if node.own_leaves.starts_with(&node.acknowledged) {
            Ok(())
        } else {
            Err(Violation::new("I2", format!("{} lost a record that it had acknowledged", name(at))))
        }
    }

    /// After quiet a mirror is whole, and what may be known is known; or the link is stopped, and for a reason.
    fn arrived(&mut self, at: At, author: At) -> Result<(), Violation> {
        let (node, writer) = (&self.nodes[at], &self.nodes[author]);
        let Some(desk) = node.desk() else { return Ok(()) };
        let held = node.leaves_of(writer.party);
        if let Some(stopped) = stopped(&desk.local, &writer.party) {
            if self.is_liar(author) {
                self.tally.stopped += 1;
                return Ok(());
            }
            let what = format!("{} stopped its link with {}: {}", name(at), name(author), stopped.reason);
            return Err(Violation::new("I3", what));
        }
        // A liar that claims what was never sent has ended the session; its own link may be stopped at its side.
        let turned_away = self.is_liar(at) || self.is_liar(author) && self.stopped_at(author, at);
        // Who was given more than the liar's own log has is told nothing that contradicts it.
        let led_on = self.is_liar(author) && held.len() > writer.own_leaves.len();
        if turned_away || led_on {
            return Ok(());
        }
        if held.len() != writer.own_leaves.len()
            || held.iter().zip(&writer.own_leaves).any(|(h, own)| h.0 != *own)
        {
            let what = format!(
                "{} holds {} of {} records of {}",
                name(at),
                held.len(),
                writer.own_leaves.len(),
                name(author)
            );
            return Err(Violation::new("I3", what));
        }
        let (me, now_us) = (node.party.to_string(), self.now_us);
        for (place, (leaf, readable)) in held.iter().enumerate() {
            let Some(record) = writer.statements.iter().find(|statement| statement.id == *leaf) else {
                continue;
            };
            let due = may_send(record, &me, writer.folded(), now_us)
                && may_take(record, &me, node.folded(), now_us);
            if due && !readable {
                let what = format!(
                    "{} may have record {place} ({}) of {} and never gets it",
                    name(at),
                    record.kind,
                    name(author)
                );
                return Err(Violation::new("quiet", what));
            }
        }
        Ok(())
    }

    fn stopped_at(&self, at: At, peer: At) -> bool {
        let party = self.nodes[peer].party;
        self.nodes[at].desk().is_some_and(|desk| stopped(&desk.local, &party).is_some())
    }

    /// I4: views made anew are the same.
    fn rebuilds(&mut self, at: At) -> Result<(), Violation> {
        let Some(desk) = self.nodes[at].desk() else { return Ok(()) };
        self.tally.rebuilt += 1;
        let path = sql::in_memory(&format!("{}-rebuilt", self.nodes[at].name()));
        let kept = blank::views(&path).map_err(Violation::broken)?;
        let ledger = std::sync::Arc::clone(&desk.ledger);
        rebuild(&path, ledger, desk.perspective(), &desk.views.classes(), u64::MAX, |_| {})
            .map_err(Violation::broken)?;
        let live = desk.views.read().map_err(Violation::broken)?;
        let (one, other) = (dump(&live), dump(&kept));
        match (one, other) {
            (Ok(one), Ok(other)) => match one.iter().zip(&other).find(|(one, other)| one != other) {
                None if one.len() == other.len() => Ok(()),
                difference => {
                    let shown = difference
                        .map_or(String::new(), |(one, other)| format!("{one:?} is rebuilt as {other:?}"));
                    Err(Violation::new(
                        "I4",
                        format!("the views of {} are others when rebuilt: {shown}", name(at)),
                    ))
                }
            },
            (Err(error), _) | (_, Err(error)) => Err(Violation::broken(error)),
        }
    }
}

/// How often pages turned, for caches of one process: it counts steps of the fold, and says nothing about records.
const NO_FACT: &str = "exchange_history";

/// A table and one of its rows.
type Row = (String, Vec<Cell>);

/// A value of a row; numbers that are not whole by their bits.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Cell {
    Null,
    Integer(i64),
    Real(u64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl From<ValueRef<'_>> for Cell {
    fn from(value: ValueRef<'_>) -> Self {
        match value {
            ValueRef::Null => Self::Null,
            ValueRef::Integer(whole) => Self::Integer(whole),
            ValueRef::Real(real) => Self::Real(real.to_bits()),
            ValueRef::Text(text) => Self::Text(text.to_vec()),
            ValueRef::Blob(bytes) => Self::Blob(bytes.to_vec()),
        }
    }
}

/// Every row of every table, in order.
fn dump(connection: &Connection) -> Result<Vec<Row>, sql::SqlError> {
    let mut names =
        connection.prepare("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")?;
    let names: Vec<String> = names.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut lines = Vec::new();
    for name in names.iter().filter(|name| *name != NO_FACT) {
        let mut statement = connection.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        let from = lines.len();
        while let Some(row) = rows.next()? {
            let cells = (0..columns).map(|n| row.get_ref(n).map(Cell::from)).collect::<Result<_, _>>()?;
            lines.push((name.clone(), cells));
        }
        lines[from..].sort();
    }
    Ok(lines)
}
