//! The keys that a party has had, from the first, which give its id, to those it signs with now.

use ledger::keys::{HybridSignature, RotationStatement, VerifyingKeys};
use model::{from_base64, to_base64};
use records::card::Lineage;
use records::rotation::Rotation;

/// Rotations of one party that a node follows; one each year lasts a generation.
pub const MOST_ROTATIONS: usize = 32;

/// First keys and every rotation since, each proved by the keys before it and its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyLine {
    first: VerifyingKeys,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    rotation: Rotation,
    /// The size of the party's log from which the keys hold.
    from: u64,
    keys: VerifyingKeys,
}

impl KeyLine {
    /// A party that still has its first keys.
    pub fn new(first: VerifyingKeys) -> Self {
        Self { first, steps: Vec::new() }
    }

    /// The line that a card carries; `None` when a link of it does not hold.
    pub fn of(lineage: &Lineage) -> Option<Self> {
        let key = |text: &str| from_base64(text).ok();
        let first = VerifyingKeys::new(&key(&lineage.ed25519)?, &key(&lineage.ml_dsa_87)?).ok()?;
        let mut line = Self::new(first);
        lineage.rotations.iter().all(|rotation| line.extend(rotation)).then_some(line)
    }

    /// What a card carries of it; nothing before the first rotation.
    pub fn lineage(&self) -> Option<Lineage> {
        (!self.steps.is_empty()).then(|| Lineage {
            ed25519: to_base64(self.first.ed25519()),
            ml_dsa_87: to_base64(self.first.ml_dsa_87()),
            rotations: self.rotations().cloned().collect(),
        })
    }

    /// Follows one more rotation, when it leads on from the present keys and both key pairs signed it. What is known
    /// already, forked or forged changes nothing.
    pub fn extend(&mut self, rotation: &Rotation) -> bool {
        if self.steps.len() >= MOST_ROTATIONS || rotation.party != self.first.party_id() {
            return false;
        }
        let last = self.steps.last().map_or(0, |step| step.from);
        let from = RotationStatement::from_size(&rotation.statement).filter(|from| *from >= last);
        let (Some(from), Some(keys)) = (from, follows(self.current(), rotation)) else { return false };
        self.steps.push(Step { rotation: rotation.clone(), from, keys });
        true
    }

    /// The first keys, whose fingerprint is the party's id.
    pub fn first(&self) -> &VerifyingKeys {
        &self.first
    }

    /// The keys the party signs with now.
    pub fn current(&self) -> &VerifyingKeys {
        self.steps.last().map_or(&self.first, |step| &step.keys)
    }

    /// Every key set, oldest first.
    pub fn all(&self) -> impl Iterator<Item = &VerifyingKeys> {
        std::iter::once(&self.first).chain(self.steps.iter().map(|step| &step.keys))
    }

    /// Every rotation, oldest first.
    pub fn rotations(&self) -> impl Iterator<Item = &Rotation> {
        self.steps.iter().map(|step| &step.rotation)
    }

    /// The keys that held when the record at `position` of the party's log was written.
    pub fn held_at(&self, position: u64) -> &VerifyingKeys {
        self.steps.iter().rev().find(|step| step.from <= position).map_or(&self.first, |step| &step.keys)
    }

    /// The keys that may vouch for the first `size` records: those of the time, and all later ones. Newest first.
    pub fn vouching_for(&self, size: u64) -> impl Iterator<Item = &VerifyingKeys> {
        let ends = self.steps.iter().map(|step| step.from).chain([u64::MAX]);
        let mut able: Vec<_> = self.all().zip(ends).filter(|(_, end)| size <= *end).map(|(k, _)| k).collect();
        able.reverse();
        able.into_iter()
    }
}

/// The keys after `rotation`, when it verifies under both the old keys and the new.
fn follows(old: &VerifyingKeys, rotation: &Rotation) -> Option<VerifyingKeys> {
    let old_signature = HybridSignature::from_base64(&rotation.old[0], &rotation.old[1]).ok()?;
    let new_signature = HybridSignature::from_base64(&rotation.new[0], &rotation.new[1]).ok()?;
    RotationStatement::verify(rotation.statement.as_bytes(), old, &old_signature, &new_signature).ok()
}
