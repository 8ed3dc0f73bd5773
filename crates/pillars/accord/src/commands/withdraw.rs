//! Leaving an agreement: from then on it releases nothing new to anybody.

use std::collections::BTreeSet;

use desk::Desk;
use desk::submit::SubmitError;
use desk::views::Known;
use ledger::Receipt;
use model::{AgreementId, PartyId, Timestamp};
use records::withdrawal::Withdrawal;

use super::{MARKED, others};

/// The longest reason, in characters.
const MAX_REASON_CHARS: usize = 4000;

/// Why this party did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WithdrawError {
    /// No such agreement.
    #[error("there is no {0} here; check the id")]
    Unknown(AgreementId),
    /// Nothing to leave.
    #[error("this party ({0}) is not a party to the agreement; there is nothing to leave")]
    NotParty(PartyId),
    /// Left before, with effect no later.
    #[error("this party has withdrawn already, with effect from {0}")]
    Withdrawn(Timestamp),
    /// Effective in the past.
    #[error("{0} is past; what was released until now stays released, choose now or later")]
    Past(Timestamp),
    /// The reason is too long.
    #[error("the reason is over the limit of {MAX_REASON_CHARS} characters")]
    Oversized,
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

/// Tells the other parties that this one leaves, from `effective` or, when none is given, from now on.
pub fn withdraw(
    desk: &Desk,
    id: AgreementId,
    effective: Option<Timestamp>,
    reason: &str,
) -> Result<Receipt, WithdrawError> {
    let known = desk.known();
    let now = desk::edge::now();
    let (recipients, withdrawal) = draft(&known, desk.me, id, effective, reason, now)?;
    Ok(desk.send(&withdrawal, MARKED, &recipients, &[id.to_string()])?)
}

/// The withdrawal, and who must learn of it: the other parties of every version, since each may be bound by another.
pub fn draft(
    known: &Known,
    me: PartyId,
    id: AgreementId,
    effective: Option<Timestamp>,
    reason: &str,
    now: Timestamp,
) -> Result<(Vec<PartyId>, Withdrawal), WithdrawError> {
    let state = known.agreements.get(&id).ok_or(WithdrawError::Unknown(id))?;
    let from = effective.unwrap_or(now);
    let bound = state.bound(from).ok_or(WithdrawError::Unknown(id))?;
    if !bound.agreement.has_party(&me) {
        return Err(WithdrawError::NotParty(me));
    }
    if from < now {
        return Err(WithdrawError::Past(from));
    }
    if let Some(earlier) = state.withdrawals.get(&me).filter(|earlier| earlier.effective <= from) {
        return Err(WithdrawError::Withdrawn(earlier.effective));
    }
    if reason.chars().count() > MAX_REASON_CHARS {
        return Err(WithdrawError::Oversized);
    }
    let told: BTreeSet<PartyId> =
        state.versions.values().flat_map(|version| others(&version.agreement, me)).collect();
    Ok((
        told.into_iter().collect(),
        Withdrawal { agreement: id, effective: from, reason: reason.trim().to_owned() },
    ))
}
