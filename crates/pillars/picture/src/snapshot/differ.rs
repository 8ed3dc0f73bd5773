//! Where two pictures differ, figure by figure, and why, as far as what lies here tells.

use std::collections::{BTreeMap, BTreeSet};

use desk::Desk;
use ledger::LogKey;
use model::{PartyId, Timestamp, Tlp};
use records::cosign::{Difference, Why};
use records::snapshot::{Claim, Snapshot, Source};
use share::Receiver;

use super::answer::AnswerError;
use super::count::{Counted, count};
use crate::sight::{Sight, SightError};
use crate::trend::Period;

/// Records of theirs that are looked for one by one, over all figures: each look reads the leaves of a log.
const LOOKED_FOR: usize = 24;

/// Both pictures side by side.
pub(crate) struct Compared {
    /// Topic, subject, name, their figure, ours, and why they differ where they do.
    pub rows: Vec<Row>,
    /// What is counted here.
    pub ours: Counted,
}

/// One figure of both.
pub(crate) struct Row {
    pub topic: String,
    pub subject: String,
    pub name: String,
    pub theirs: u64,
    pub ours: u64,
    /// Empty where they are the same.
    pub why: BTreeSet<Why>,
}

impl Row {
    pub fn is_same(&self) -> bool {
        self.theirs == self.ours && self.why.is_empty()
    }
}

impl Compared {
    /// What goes into an answer.
    pub fn differences(&self) -> Vec<Difference> {
        let differing = self.rows.iter().filter(|row| !row.is_same());
        let difference = |row: &Row| Difference {
            topic: row.topic.clone(),
            subject: row.subject.clone(),
            name: row.name.clone(),
            theirs: row.theirs,
            ours: row.ours,
            why: row.why.iter().copied().collect(),
        };
        differing.map(difference).collect()
    }
}

/// What is counted otherwise here, by somebody of that clearance.
pub fn differences(
    desk: &Desk,
    said: &Snapshot,
    clearance: Tlp,
    now: Timestamp,
) -> Result<Vec<Difference>, AnswerError> {
    let receiver = Receiver::member(desk.realm.clone(), clearance);
    Ok(compare(desk, said, &receiver, now)?.differences())
}

/// Counts the same period here, of what `receiver` sees and the other party may have, and compares.
pub(crate) fn compare(
    desk: &Desk,
    said: &Snapshot,
    receiver: &Receiver,
    now: Timestamp,
) -> Result<Compared, SightError> {
    let other = if said.by == desk.me { said.with } else { said.by };
    let period = Period::of(&said.days.to_string()).unwrap_or(Period::USUAL);
    let all = Sight::new(desk, receiver, now, None)?.ending(said.until);
    let everything = count(&all, period)?;
    let ours = count(&all.for_party(other, now), period)?;
    let here: BTreeSet<Source> = everything.sources.values().flatten().copied().collect();
    let mut looks = Looks { desk, other, left: LOOKED_FOR, here };
    let by_id = |claims: &[Claim]| -> BTreeMap<(String, String), Claim> {
        claims.iter().map(|claim| ((claim.topic.clone(), claim.subject.clone()), claim.clone())).collect()
    };
    let (theirs, own) = (by_id(&said.claims), by_id(&ours.claims));
    let keys: BTreeSet<&(String, String)> = theirs.keys().chain(own.keys()).collect();
    let mut rows = Vec::new();
    for key in keys {
        let (their, our) = (theirs.get(key), own.get(key));
        let name = their.or(our).map(|claim| claim.name.clone()).unwrap_or_default();
        let listed: BTreeSet<Source> =
            their.map(|claim| claim.sources.iter().copied().collect()).unwrap_or_default();
        let counted = ours.sources.get(key).cloned().unwrap_or_default();
        let mut why = BTreeSet::new();
        for missing in listed.difference(&counted) {
            why.insert(looks.why(missing)?);
        }
        // A list that was cut tells nothing of what is not on it.
        if their.is_none_or(|claim| claim.more == 0) {
            for extra in counted.difference(&listed) {
                why.insert(looks.why_not_theirs(extra)?);
            }
        }
        let figure = |claim: Option<&Claim>| claim.map_or(0, |claim| claim.count);
        let (topic, subject) = key.clone();
        rows.push(Row { topic, subject, name, theirs: figure(their), ours: figure(our), why });
    }
    rows.sort_by_key(|row| (row.is_same(), row.topic.clone(), std::cmp::Reverse(row.theirs.max(row.ours))));
    Ok(Compared { rows, ours })
}

/// Looking for records, of which there is an end.
struct Looks<'a> {
    desk: &'a Desk,
    other: PartyId,
    left: usize,
    here: BTreeSet<Source>,
}

impl Looks<'_> {
    /// Why a record that they count is not counted here.
    fn why(&mut self, source: &Source) -> Result<Why, SightError> {
        if self.here.contains(source) {
            return Ok(Why::Otherwise);
        }
        if self.left == 0 {
            return Ok(Why::NotReceived);
        }
        self.left -= 1;
        let desk = self.desk;
        let key = LogKey { party: source.author, realm: desk.realm.clone() };
        let Some(log) = desk.ledger.find(&key) else { return Ok(Why::NotReceived) };
        let reader = desk.ledger.reader()?;
        let Some((log, position)) = reader.find_record(&[log], &source.record)? else {
            return Ok(Why::NotReceived);
        };
        let mut whole = false;
        reader.at(log, position, |entry| whole = entry.header.is_some())?;
        Ok(if whole { Why::Otherwise } else { Why::Withheld })
    }

    /// Why a record that is counted here is not counted by them.
    fn why_not_theirs(&mut self, source: &Source) -> Result<Why, SightError> {
        let desk = self.desk;
        if source.author != desk.me || self.left == 0 {
            return Ok(Why::NotCounted);
        }
        self.left -= 1;
        let reader = desk.ledger.reader()?;
        let Some((_, position)) = reader.find_record(&[desk.log], &source.record)? else {
            return Ok(Why::NotCounted);
        };
        let acknowledged = desk::links::acknowledged(&desk.local, &self.other, desk.sent_by_us())?;
        Ok(if position.0 < acknowledged { Why::NotCounted } else { Why::NotSent })
    }
}
