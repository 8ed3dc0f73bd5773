//! What of ours goes to which party, and what stays and why: counted by release class, never by record.

use std::collections::BTreeMap;

use desk::sql::SqlError;
use model::PartyId;
use share::{Class, Reason, Receiver, Verdict, verdict};

use super::Sight;
use super::browse::count_classes;

/// What the verdict says today of all our objects, for one party.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outflow {
    /// Objects that go.
    pub goes: u64,
    /// Objects that stay, by reason.
    pub stays: BTreeMap<Reason, u64>,
}

impl Outflow {
    /// How many stay.
    pub fn staying(&self) -> u64 {
        self.stays.values().sum()
    }
}

/// For every trusted party, of the objects that `sight` shows.
pub fn outflow(sight: &Sight<'_>) -> Result<BTreeMap<PartyId, Outflow>, SqlError> {
    let known = sight.desk.known();
    let me = sight.desk.me;
    let peers = known.parties.iter().filter(|(id, party)| party.trusted && **id != me);
    let receivers: Vec<(PartyId, Receiver)> =
        peers.map(|(id, _)| (*id, Receiver::node(sight.desk.realm.clone(), *id))).collect();
    let mut flows: BTreeMap<PartyId, Outflow> =
        receivers.iter().map(|(id, _)| (*id, Outflow::default())).collect();
    count_classes(sight, |class: &Class, count| {
        if class.author != me || count == 0 {
            return;
        }
        for (id, receiver) in &receivers {
            let flow = flows.entry(*id).or_default();
            match verdict(class, receiver, &known.book, sight.now) {
                Verdict::Release(_) => flow.goes += count,
                Verdict::Withhold(reason) => *flow.stays.entry(reason).or_default() += count,
            }
        }
    })?;
    Ok(flows)
}
