//! One node: a disk that outlives it, databases in memory, and the desk while it runs.

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::links::{Session, Statuses};
use desk::sql::{self, SqlError};
use desk::{Afloat, Desk, edge};
use exchange::ingest::Intaker;
use formats::json::Limits;
use ledger::keys::PartyKeys;
use ledger::{Disk, Ledger, LogKey, Options};
use model::{Digest, PartyId, Position, Realm, RecordId};
use rusqlite::Connection;

use crate::blank::{self, copy};
use crate::cast::Party;
use crate::model::Statement;
use crate::step::{At, Store};

/// A node, up or down.
pub(crate) struct Node {
    pub party: PartyId,
    afloat: Afloat,
    pub disk: Disk,
    /// Keep the databases alive while the desk is down.
    views: Option<Connection>,
    local: Connection,
    /// The local store as last flushed.
    flushed: Connection,
    pub up: Option<Up>,
    /// How often it made its local store safe by itself, as last seen.
    synced: u64,
    /// How far its clock is off, µs.
    pub skew_us: i64,
    /// Every record it can read, as far as it was looked at.
    pub statements: Vec<Statement>,
    /// Their arrival numbers.
    arrived: Vec<u64>,
    looked: u64,
    /// How many of them it had folded when the step began, and how many were checked.
    pub folded_before: usize,
    /// Its clock when it died, until what it had stored by then was checked.
    pub died_us: Option<i64>,
    pub checked: usize,
    /// The leaves of its own log.
    pub own_leaves: Vec<[u8; 32]>,
    /// Records of its own log that somebody was told are stored.
    pub acknowledged: Vec<[u8; 32]>,
    /// How much of each mirror was looked at.
    pub mirrored: BTreeMap<PartyId, usize>,
    /// What it told peers that it holds of their logs.
    pub vouched: BTreeMap<PartyId, u64>,
}

/// What ends with the process.
pub(crate) struct Up {
    pub desk: Arc<Desk>,
    pub intaker: Intaker,
    pub statuses: Arc<Statuses>,
    pub sessions: BTreeMap<At, Session>,
}

impl Node {
    /// A node that was never started.
    pub fn new(party: &Party, name: String, realm: Realm) -> Result<Self, SqlError> {
        let (me, keys) = (party.id, Arc::clone(&party.keys[0]));
        let afloat = Afloat { name, realm, pillars: vec![exchange::PILLAR], me, keys, waiting: None };
        let flushed = sql::in_memory(&format!("{}-flushed", afloat.name));
        Ok(Self {
            party: party.id,
            disk: Disk::default(),
            views: Some(blank::views(&afloat.views())?),
            local: blank::local(&afloat.local())?,
            flushed: blank::anchor(&flushed)?,
            afloat,
            up: None,
            synced: 0,
            skew_us: 0,
            statements: Vec::new(),
            arrived: Vec::new(),
            looked: 0,
            folded_before: 0,
            died_us: None,
            checked: 0,
            own_leaves: Vec::new(),
            acknowledged: Vec::new(),
            mirrored: BTreeMap::new(),
            vouched: BTreeMap::new(),
        })
    }

    /// Starts it; it must be down.
    pub fn start(&mut self, store: Store) -> Result<(), String> {
        match store {
            Store::Kept => {}
            Store::Older => copy(&self.flushed, &mut self.local).map_err(|error| error.to_string())?,
            Store::WithoutViews => {
                self.views = None; // the last connection: the database is gone
                self.views = Some(blank::views(&self.afloat.views()).map_err(|error| error.to_string())?);
            }
        }
        let ledger = Ledger::on_disk(&self.disk, Options::new(edge::now_us));
        let desk = Desk::afloat(self.afloat.clone(), ledger).map_err(|error| error.to_string())?;
        (self.afloat.keys, self.afloat.waiting) = (Arc::clone(&desk.keys), None);
        let intaker = Intaker::new(Arc::clone(&desk), Limits::default());
        self.up = Some(Up { desk, intaker, statuses: Arc::default(), sessions: BTreeMap::new() });
        Ok(())
    }

    /// Keeps keys for a change that is about to be recorded; the next start decides whether they sign.
    pub fn keep_waiting(&mut self, keys: Arc<PartyKeys>) {
        self.afloat.waiting = Some(keys);
    }

    pub fn realm(&self) -> &Realm {
        &self.afloat.realm
    }

    /// The process ends here and now.
    pub fn stop(&mut self) -> Result<(), SqlError> {
        self.keep_synced()?;
        self.disk.stop();
        self.up = None;
        self.synced = 0;
        Ok(())
    }

    /// What the node itself made safe from a power cut is on the disk.
    fn keep_synced(&mut self) -> Result<(), SqlError> {
        let synced = self.up.as_ref().map_or(0, |up| up.desk.local.synced());
        if synced == self.synced {
            return Ok(());
        }
        self.synced = synced;
        self.flush()
    }

    /// The system writes the local store to the disk.
    pub fn flush(&mut self) -> Result<(), SqlError> {
        copy(&self.local, &mut self.flushed)
    }

    /// The name of its databases.
    pub fn name(&self) -> &str {
        &self.afloat.name
    }

    pub fn desk(&self) -> Option<&Arc<Desk>> {
        self.up.as_ref().map(|up| &up.desk)
    }

    /// The statements that its views have folded.
    pub fn folded(&self) -> &[Statement] {
        let folded = self.desk().map_or(0, |desk| desk.views.folded());
        let count = self.arrived.partition_point(|seq| *seq <= folded);
        &self.statements[..count]
    }

    /// Reads what has arrived since it was last looked at.
    pub fn look(&mut self) -> Result<(), String> {
        self.keep_synced().map_err(|error| error.to_string())?;
        let Some(up) = &self.up else { return Ok(()) };
        if up.desk.ledger.last_seq() <= self.looked {
            return Ok(());
        }
        let reader = up.desk.ledger.reader().map_err(|error| error.to_string())?;
        let Self { arrived, statements, own_leaves, looked, .. } = self;
        let mut last = *looked;
        reader
            .entries(*looked + 1, usize::MAX, usize::MAX, |entry| {
                last = entry.seq;
                let id = entry.record_id().0.0;
                if entry.log == up.desk.log {
                    own_leaves.push(id);
                }
                let Some(header) = entry.header else { return };
                if let Some(statement) = Statement::read(id, header, entry.body, entry.openings) {
                    arrived.push(entry.seq);
                    statements.push(Statement { place: entry.position.0, ..statement });
                }
            })
            .map_err(|error| error.to_string())?;
        self.looked = last;
        self.forget();
        Ok(())
    }

    /// What it says it has erased is so.
    fn forget(&mut self) {
        let me = self.party.to_string();
        let erased: Vec<String> = self.statements.iter().filter_map(|s| s.erases(&me)).collect();
        if erased.is_empty() {
            return;
        }
        for statement in &mut self.statements {
            statement.erased |= erased.contains(&RecordId(Digest(statement.id)).to_string());
        }
    }

    /// How many records of somebody's log it holds.
    pub fn holds_of(&self, party: PartyId) -> usize {
        let Some(desk) = self.desk() else { return 0 };
        let log = desk.ledger.find(&LogKey { party, realm: desk.realm.clone() });
        log.map_or(0, |log| desk.ledger.size(log) as usize)
    }

    /// Whether the body at this place of somebody's log is there.
    pub fn has_body(&self, party: &str, position: u64) -> bool {
        let (Some(desk), Ok(party)) = (self.desk(), party.parse()) else { return false };
        let key = LogKey { party, realm: desk.realm.clone() };
        let (Some(log), Ok(reader)) = (desk.ledger.find(&key), desk.ledger.reader()) else { return false };
        let mut there = false;
        let _ = reader.at(log, Position(position), |entry| there = entry.body.is_some());
        there
    }

    /// The leaves of somebody's log as this node holds them, and which of them it can read.
    pub fn leaves_of(&self, party: PartyId) -> Vec<([u8; 32], bool)> {
        let Some(desk) = self.desk() else { return Vec::new() };
        let key = LogKey { party, realm: desk.realm.clone() };
        let (Some(log), Ok(reader)) = (desk.ledger.find(&key), desk.ledger.reader()) else {
            return Vec::new();
        };
        let mut leaves = Vec::new();
        let _ = reader.range(log, Position(0), usize::MAX, usize::MAX, |entry| {
            leaves.push((entry.record_id().0.0, entry.header.is_some()));
        });
        leaves
    }
}
