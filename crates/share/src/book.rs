//! What the verdict knows besides the record: the holder, the signed agreements, the groups.

use std::collections::{BTreeMap, BTreeSet};

use model::{Agreement, AgreementId, GroupId, PartyId, Realm, Timestamp};

use crate::Reason;

/// Every version of one agreement that all its parties signed, and whether someone left.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SignedAgreement {
    /// Fully signed versions by number.
    pub versions: BTreeMap<u32, Agreement>,
    /// The earliest instant from which a party has withdrawn.
    pub withdrawn_from: Option<Timestamp>,
}

/// The version of an agreement that is in force at an instant.
pub type InForce<'a> = Result<&'a Agreement, Reason>;

impl SignedAgreement {
    /// The newest fully signed version whose time has begun, provided that it has not ended.
    pub fn in_force(&self, now: Timestamp) -> InForce<'_> {
        if self.versions.is_empty() {
            return Err(Reason::AgreementUnsigned);
        }
        if self.withdrawn_from.is_some_and(|from| now >= from) {
            return Err(Reason::AgreementWithdrawn);
        }
        let begun = self.versions.values().rev().find(|a| a.active_from <= now);
        match begun {
            None => Err(Reason::AgreementNotYetActive),
            Some(agreement) if now >= agreement.active_until => Err(Reason::AgreementExpired),
            Some(agreement) => Ok(agreement),
        }
    }
}

/// The book of one node in one realm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Book {
    /// The party that holds the records and runs the gate.
    pub holder: PartyId,
    /// The realm of the desk.
    pub realm: Realm,
    /// Agreements with at least one signed version or a withdrawal.
    pub agreements: BTreeMap<AgreementId, SignedAgreement>,
    /// Members of the groups that the holder itself keeps.
    pub groups: BTreeMap<GroupId, BTreeSet<PartyId>>,
}

impl Book {
    /// An empty book.
    pub fn new(holder: PartyId, realm: Realm) -> Self {
        Self { holder, realm, agreements: BTreeMap::new(), groups: BTreeMap::new() }
    }

    /// The version of `id` in force at `now`, or why there is none.
    pub fn in_force(&self, id: &AgreementId, now: Timestamp) -> InForce<'_> {
        self.agreements.get(id).ok_or(Reason::AgreementUnknown)?.in_force(now)
    }

    /// The instants after `now` at which a verdict may change by time alone, soonest first.
    pub fn turning_points(&self, now: Timestamp) -> BTreeSet<Timestamp> {
        let mut points = BTreeSet::new();
        for signed in self.agreements.values() {
            points.extend(signed.withdrawn_from);
            for agreement in signed.versions.values() {
                points.extend([agreement.active_from, agreement.active_until]);
            }
        }
        points.split_off(&now)
    }

    /// The first instant after `now` at which a verdict may change by time alone.
    pub fn turns_at(&self, now: Timestamp) -> Option<Timestamp> {
        self.turning_points(now).into_iter().find(|point| *point > now)
    }
}
