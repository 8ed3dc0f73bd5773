//! Proposing an agreement or, with the next version number, an amendment.

use std::collections::BTreeSet;

use desk::Desk;
use desk::submit::SubmitError;
use desk::views::Known;
use ledger::Receipt;
use model::{Agreement, AgreementId, Bilingual, PartyId, Timestamp};
use records::proposal::Proposal;
use ui::locale::{Part, Sentence};
use ui::sentence;

use super::{MARKED, others};

/// Bounds that keep an agreement readable by a person.
const MAX_PARTIES: usize = 256;
const MAX_GRANTS: usize = 256;
const MAX_COMMITMENTS: usize = 1024;
const MAX_TEXT_BYTES: usize = 400_000;

/// Why an agreement was not proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum ProposeError {
    /// The name cannot be used in URLs and commands.
    Name(String),
    /// Another agreement has this name.
    NameTaken {
        /// The name.
        name: String,
        /// Whose it is.
        taken: AgreementId,
    },
    /// An amendment under another name.
    Renamed(String),
    /// A text lacks one language.
    Language(Sentence),
    /// Too large to read.
    Oversized {
        /// What is too large.
        what: Sentence,
        /// The limit.
        limit: usize,
    },
    /// One party alone agrees with nobody.
    TooFew,
    /// A party is listed twice.
    Twice(PartyId),
    /// This node is not among the parties.
    NotOurs(PartyId),
    /// A party whose card is not trusted here.
    Untrusted(PartyId),
    /// A grant or commitment names somebody who does not sign.
    Stranger {
        /// Where, with its number.
        place: Sentence,
        /// Whom.
        party: PartyId,
    },
    /// A grant that covers nothing.
    EmptyGrant(usize),
    /// It ends before it begins.
    Backwards {
        /// Begin.
        from: Timestamp,
        /// End.
        until: Timestamp,
    },
    /// It would be over before anybody signs.
    Past(Timestamp),
    /// Not the next version.
    Version {
        /// The number that comes next.
        expected: u32,
        /// The number given.
        actual: u32,
    },
    /// Withdrawn for good.
    Withdrawn(AgreementId),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl ProposeError {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::Name(name) => sentence!("refused-name", name = Part::quoted(name)),
            Self::NameTaken { name, taken } => {
                sentence!("refused-name-taken", name = Part::quoted(name), taken = taken.to_string())
            }
            Self::Renamed(name) => sentence!("refused-renamed", name = Part::quoted(name)),
            Self::Language(what) => sentence!("refused-language", what = what.clone()),
            Self::Oversized { what, limit } => {
                sentence!("refused-limit", what = what.clone(), limit = *limit)
            }
            Self::TooFew => sentence!("refused-too-few"),
            Self::Twice(party) => sentence!("refused-twice", party = party.to_string()),
            Self::NotOurs(me) => sentence!("refused-not-ours", party = me.to_string()),
            Self::Untrusted(party) => sentence!("refused-untrusted", party = party.to_string()),
            Self::Stranger { place, party } => {
                sentence!("refused-names-stranger", place = place.clone(), party = party.to_string())
            }
            Self::EmptyGrant(number) => sentence!("refused-empty-grant", number = *number),
            Self::Backwards { from, until } => {
                sentence!("refused-backwards", until = *until, from = *from)
            }
            Self::Past(at) => sentence!("refused-over", at = *at),
            Self::Version { expected, actual } => {
                sentence!("refused-next-version", expected = *expected, actual = *actual)
            }
            Self::Withdrawn(id) => sentence!("refused-new-instead", id = id.to_string()),
            Self::Submit(error) => error.to_string().into(),
        }
    }
}

/// Sends the agreement to its parties. It binds nobody until all of them have signed.
pub fn propose(desk: &Desk, agreement: Agreement) -> Result<Receipt, ProposeError> {
    let proposal = draft(agreement, &desk.known(), desk.me, desk::edge::now())?;
    let recipients = others(&proposal.0, desk.me);
    let about = [proposal.0.id.to_string()];
    Ok(desk.send(&proposal, MARKED, &recipients, &about)?)
}

/// The proposal, when it is one that could be signed.
pub fn draft(
    agreement: Agreement,
    known: &Known,
    me: PartyId,
    now: Timestamp,
) -> Result<Proposal, ProposeError> {
    name_and_version(&agreement, known, now)?;
    texts(&agreement)?;
    sizes(&agreement)?;
    parties(&agreement, known, me)?;
    grants(&agreement)?;
    if agreement.active_from >= agreement.active_until {
        return Err(ProposeError::Backwards { from: agreement.active_from, until: agreement.active_until });
    }
    if agreement.active_until <= now {
        return Err(ProposeError::Past(agreement.active_until));
    }
    Ok(Proposal(agreement))
}

fn name_and_version(agreement: &Agreement, known: &Known, now: Timestamp) -> Result<(), ProposeError> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let name = &agreement.name;
    if !(1..=40).contains(&name.len()) || !name.bytes().all(fits) {
        return Err(ProposeError::Name(name.chars().take(60).collect()));
    }
    let named = |(id, state): (&AgreementId, &desk::views::AgreementState)| {
        let same = state.versions.values().any(|version| version.agreement.name == *name);
        (same && *id != agreement.id).then_some(*id)
    };
    if let Some(taken) = known.agreements.iter().find_map(named) {
        return Err(ProposeError::NameTaken { name: name.clone(), taken });
    }
    let state = known.agreements.get(&agreement.id);
    if state.is_some_and(|state| state.withdrawals.values().any(|w| w.effective <= now)) {
        return Err(ProposeError::Withdrawn(agreement.id));
    }
    let newest = state.and_then(|state| state.newest());
    if let Some(newest) = newest.filter(|newest| newest.agreement.name != *name) {
        return Err(ProposeError::Renamed(newest.agreement.name.clone()));
    }
    let expected = newest.map_or(0, |newest| newest.agreement.version).saturating_add(1);
    if agreement.version != expected {
        return Err(ProposeError::Version { expected, actual: agreement.version });
    }
    Ok(())
}

fn texts(agreement: &Agreement) -> Result<(), ProposeError> {
    let complete = |what: Sentence, text: &Bilingual| {
        if text.is_complete() { Ok(()) } else { Err(ProposeError::Language(what)) }
    };
    complete(sentence!("what-title"), &agreement.title)?;
    complete(sentence!("what-text"), &agreement.text)?;
    for (n, grant) in agreement.grants.iter().enumerate() {
        complete(sentence!("what-purpose", number = n + 1), &grant.purpose)?;
    }
    for (n, commitment) in agreement.commitments.iter().enumerate() {
        complete(sentence!("what-commitment", number = n + 1), &commitment.text)?;
    }
    Ok(())
}

fn sizes(agreement: &Agreement) -> Result<(), ProposeError> {
    let bounds = [
        (sentence!("what-parties"), agreement.parties.len(), MAX_PARTIES),
        (sentence!("what-grants"), agreement.grants.len(), MAX_GRANTS),
        (sentence!("what-commitments"), agreement.commitments.len(), MAX_COMMITMENTS),
        (sentence!("what-bytes"), agreement.text.en.len() + agreement.text.fr.len(), MAX_TEXT_BYTES),
    ];
    match bounds.into_iter().find(|(_, found, limit)| found > limit) {
        Some((what, _, limit)) => Err(ProposeError::Oversized { what, limit }),
        None => Ok(()),
    }
}

fn parties(agreement: &Agreement, known: &Known, me: PartyId) -> Result<(), ProposeError> {
    let mut seen = BTreeSet::new();
    for party in &agreement.parties {
        if !seen.insert(party.party) {
            return Err(ProposeError::Twice(party.party));
        }
        let trusted = party.party == me || known.parties.get(&party.party).is_some_and(|p| p.trusted);
        if !trusted {
            return Err(ProposeError::Untrusted(party.party));
        }
    }
    if !seen.contains(&me) {
        return Err(ProposeError::NotOurs(me));
    }
    if seen.len() < 2 {
        return Err(ProposeError::TooFew);
    }
    Ok(())
}

fn grants(agreement: &Agreement) -> Result<(), ProposeError> {
    let ours =
        |place: Sentence, named: &[PartyId]| match named.iter().find(|party| !agreement.has_party(party)) {
            Some(party) => Err(ProposeError::Stranger { place, party: *party }),
            None => Ok(()),
        };
    for (n, grant) in agreement.grants.iter().enumerate() {
        ours(sentence!("what-from", number = n + 1), &grant.from)?;
        ours(sentence!("what-to", number = n + 1), &grant.to)?;
        if grant.what.is_empty() {
            return Err(ProposeError::EmptyGrant(n + 1));
        }
    }
    for (n, commitment) in agreement.commitments.iter().enumerate() {
        ours(sentence!("what-commitment", number = n + 1), &[commitment.party])?;
    }
    Ok(())
}
