//! Where an agreement stands, in one word: what a person sees first.

use desk::views::{AgreementState, VersionState};
use model::{PartyId, Timestamp};

/// The state of an agreement at one instant, as one party sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// Proposed, and this party has not signed the newest version.
    AwaitingUs,
    /// Signed here, not yet by everybody else.
    AwaitingOthers,
    /// Proposed among others: this party is not one that signs.
    Proposed,
    /// Signed by everybody, its time has not begun.
    Future,
    /// Releases records.
    InForce,
    /// Its time is over.
    Expired,
    /// A party has left.
    Withdrawn,
}

impl Standing {
    /// The standing of `state` for `me` at `now`.
    ///
    /// A version in force stays the standing while an amendment waits for signatures; see [`awaits_us`].
    pub fn of(state: &AgreementState, me: PartyId, now: Timestamp) -> Self {
        let signed = state.signed();
        if signed.withdrawn_from.is_some_and(|from| now >= from) {
            return Standing::Withdrawn;
        }
        if signed.in_force(now).is_ok() {
            return Standing::InForce;
        }
        match (state.newest(), state.newest_signed()) {
            (Some(newest), None) => waiting(newest, me),
            // An amendment that waits can still bring an expired agreement back.
            (Some(newest), Some(full)) if newest.agreement.version > full.agreement.version => {
                waiting(newest, me)
            }
            (_, Some(full)) if now < full.agreement.active_from => Standing::Future,
            (_, Some(_)) => Standing::Expired,
            (None, None) => Standing::Proposed,
        }
    }

    /// The word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Standing::AwaitingUs => "awaiting-our-signature",
            Standing::AwaitingOthers => "awaiting-others",
            Standing::Proposed => "proposed",
            Standing::Future => "not-yet-active",
            Standing::InForce => "in-force",
            Standing::Expired => "expired",
            Standing::Withdrawn => "withdrawn",
        }
    }
}

/// The newest version, when this party is asked to sign it and has not, and nobody has left.
pub fn awaits_us(state: &AgreementState, me: PartyId, now: Timestamp) -> Option<&VersionState> {
    let left = state.signed().withdrawn_from.is_some_and(|from| now >= from);
    state.newest().filter(|version| {
        !left
            && version.agreement.has_party(&me)
            && !version.signed.contains_key(&me)
            && now < version.agreement.active_until
    })
}

fn waiting(version: &VersionState, me: PartyId) -> Standing {
    if !version.agreement.has_party(&me) {
        Standing::Proposed
    } else if version.signed.contains_key(&me) {
        Standing::AwaitingOthers
    } else {
        Standing::AwaitingUs
    }
}
