//! Through the index, newest first, past everything that the reader does not see.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::sync::{Arc, PoisonError};

use desk::sql::{Reader, SqlError};
use desk::views::classes::ClassList;
use formats::ioc::Network;
use share::Class;

use super::query::Wanted;
use super::{Search, Sight};

/// Records looked at for one question, whoever may see them.
const MOST_LOOKED_AT: usize = 50_000;
/// Networks inside a network, or records of one, looked at.
const MOST_OF_NETWORK: i64 = 5_000;

/// One record that answers the question, as the index has it; sight decides.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub seq: u64,
    pub key: i64,
    /// The network that was found, where one was asked for.
    pub network: Option<Network>,
}

/// The classes of the index and their numbers in the views, as of some list of classes.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    own: Vec<Class>,
    of: Option<ClassList>,
    numbers: Vec<Option<u32>>,
}

impl Search {
    /// Calls `see` for every record that answers, newest first, below `before`, until it has had enough; records whose
    /// class, as it was sealed, does not `pass` are left out. False when looking ended before everything was looked at.
    pub(super) fn walk(
        &self,
        sight: &Sight<'_>,
        wanted: &Wanted,
        before: u64,
        pass: impl Fn(u32) -> bool,
        mut see: impl FnMut(Candidate) -> Result<ControlFlow<()>, SqlError>,
    ) -> Result<bool, SqlError> {
        let reader = self.readers.get()?;
        let shown = self.shown(&reader, sight, pass)?;
        let is_shown = |class: i64| shown.get(class as usize).copied().unwrap_or(true);
        match wanted {
            Wanted::Network(network) => self.walk_network(&reader, *network, before, is_shown, see),
            Wanted::Id(id) => {
                for seq in self.records_of(id)?.into_iter().filter(|seq| *seq < before) {
                    let key = crate::key::key_of(id);
                    if see(Candidate { seq, key, network: None })?.is_break() {
                        break;
                    }
                }
                Ok(true)
            }
            Wanted::Words(words) | Wanted::Named(words) => {
                let table = if matches!(wanted, Wanted::Named(_)) { "titles" } else { "words" };
                let mut statement = reader.prepare_cached(&format!(
                    "SELECT i.seq, i.key, i.class FROM {table} w CROSS JOIN item i ON i.seq = w.rowid
                     WHERE w.{table} MATCH ?1 AND w.rowid < ?2 ORDER BY w.rowid DESC LIMIT ?3",
                ))?;
                let before = i64::try_from(before).unwrap_or(i64::MAX);
                let mut rows = statement.query((words, before, MOST_LOOKED_AT as i64))?;
                let mut looked_at = 0;
                while let Some(row) = rows.next()? {
                    looked_at += 1;
                    if is_shown(row.get(2)?) {
                        let candidate =
                            Candidate { seq: row.get::<_, i64>(0)? as u64, key: row.get(1)?, network: None };
                        if see(candidate)?.is_break() {
                            return Ok(false);
                        }
                    }
                }
                Ok(looked_at < MOST_LOOKED_AT)
            }
        }
    }

    fn walk_network(
        &self,
        reader: &Reader<'_>,
        network: Network,
        before: u64,
        is_shown: impl Fn(i64) -> bool,
        mut see: impl FnMut(Candidate) -> Result<ControlFlow<()>, SqlError>,
    ) -> Result<bool, SqlError> {
        let mut found: HashMap<u64, Network> = HashMap::new();
        let mut whole = true;
        let wide = network.span().0.len() == 16;
        let mut exact = reader.prepare_cached(
            "SELECT seq FROM network WHERE wide = ?1 AND first = ?2 AND bits = ?3 ORDER BY seq DESC LIMIT ?4",
        )?;
        for holder in network.holders() {
            let (first, _) = holder.span();
            let mut rows = exact.query((wide, first, holder.bits(), MOST_OF_NETWORK))?;
            while let Some(row) = rows.next()? {
                found.insert(row.get::<_, i64>(0)? as u64, holder);
            }
        }
        if !network.is_address() {
            let (first, last) = network.span();
            let mut within = reader.prepare_cached(
                "SELECT seq, first, bits FROM network
                 WHERE wide = ?1 AND first BETWEEN ?2 AND ?3 AND bits > ?4 LIMIT ?5",
            )?;
            let mut rows = within.query((wide, first, last, network.bits(), MOST_OF_NETWORK))?;
            let mut count = 0;
            while let Some(row) = rows.next()? {
                count += 1;
                let inner = of_bytes(&row.get::<_, Vec<u8>>(1)?, row.get(2)?);
                found.entry(row.get::<_, i64>(0)? as u64).or_insert(inner.unwrap_or(network));
            }
            whole = count < MOST_OF_NETWORK;
        }
        let mut found: Vec<(u64, Network)> = found.into_iter().filter(|(seq, _)| *seq < before).collect();
        found.sort_unstable_by_key(|(seq, _)| std::cmp::Reverse(*seq));
        let mut item = reader.prepare_cached("SELECT key, class FROM item WHERE seq = ?1")?;
        for (seq, network) in found {
            let (key, class): (i64, i64) =
                item.query_row([seq as i64], |row| Ok((row.get(0)?, row.get(1)?)))?;
            if is_shown(class) && see(Candidate { seq, key, network: Some(network) })?.is_break() {
                return Ok(false);
            }
        }
        Ok(whole)
    }

    /// For each class of the index, by number, whether records sealed so are shown. A class that the views do not
    /// know is looked at more closely, record by record.
    fn shown(
        &self,
        reader: &Reader<'_>,
        sight: &Sight<'_>,
        pass: impl Fn(u32) -> bool,
    ) -> Result<Vec<bool>, SqlError> {
        let mut numbers = self.numbers.lock().unwrap_or_else(PoisonError::into_inner);
        let known = numbers.own.len() as i64;
        let mut new = reader.prepare_cached("SELECT n, facts FROM class WHERE n > ?1 ORDER BY n")?;
        let mut rows = new.query([known])?;
        let mut grown = false;
        while let Some(row) = rows.next()? {
            let class: Class = serde_json::from_str(&row.get::<_, String>(1)?)
                .map_err(|e| SqlError::ToSqlConversionFailure(Box::new(e)))?;
            numbers.own.push(class);
            grown = true;
        }
        if grown || !numbers.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, &sight.classes)) {
            let by_class: HashMap<&Class, u32> =
                sight.classes.iter().enumerate().map(|(n, class)| (class.as_ref(), n as u32)).collect();
            numbers.numbers = numbers.own.iter().map(|class| by_class.get(class).copied()).collect();
            numbers.of = Some(Arc::clone(&sight.classes));
        }
        // Numbers begin at one.
        let shown = numbers
            .numbers
            .iter()
            .map(|number| number.is_none_or(|number| sight.has(number) && pass(number)));
        Ok(std::iter::once(true).chain(shown).collect())
    }
}

fn of_bytes(first: &[u8], bits: u8) -> Option<Network> {
    let address = match first.len() {
        4 => <[u8; 4]>::try_from(first).ok()?.into(),
        _ => <[u8; 16]>::try_from(first).ok()?.into(),
    };
    Network::new(address, bits)
}
