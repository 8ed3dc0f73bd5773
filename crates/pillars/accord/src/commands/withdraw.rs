//! Leaving an agreement: from then on it releases nothing new to anybody.

use std::collections::BTreeSet;

use desk::Desk;
use desk::submit::SubmitError;
use desk::views::Known;
use ledger::Receipt;
use model::{AgreementId, PartyId, Timestamp};
use records::withdrawal::Withdrawal;
use ui::locale::Sentence;
use ui::sentence;

use super::{MARKED, others};

/// The longest reason, in characters.
const MAX_REASON_CHARS: usize = 4000;

/// Why this party did not leave.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum WithdrawError {
    /// No such agreement.
    Unknown(AgreementId),
    /// Nothing to leave.
    NotParty(PartyId),
    /// Left before, with effect no later.
    Withdrawn(Timestamp),
    /// Effective in the past.
    Past(Timestamp),
    /// The reason is too long.
    Oversized,
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl WithdrawError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Unknown(id) => sentence!("refused-agreement", id = id.to_string()),
            Self::NotParty(party) => sentence!("refused-not-party-leave", party = party.to_string()),
            Self::Withdrawn(at) => sentence!("refused-withdrawn-already", at = *at),
            Self::Past(at) => sentence!("refused-past", at = *at),
            Self::Oversized => sentence!("refused-reason-long", most = MAX_REASON_CHARS),
            Self::Submit(error) => error.to_string().into(),
        }
    }
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
