//! Proposing an agreement or, with the next version number, an amendment.

use std::collections::BTreeSet;

use desk::Desk;
use desk::submit::SubmitError;
use desk::views::Known;
use ledger::Receipt;
use model::{Agreement, AgreementId, Bilingual, PartyId, Timestamp};
use records::proposal::Proposal;

use super::{MARKED, others};

/// Bounds that keep an agreement readable by a person.
const MAX_PARTIES: usize = 256;
const MAX_GRANTS: usize = 256;
const MAX_COMMITMENTS: usize = 1024;
const MAX_TEXT_BYTES: usize = 400_000;

/// Why an agreement was not proposed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProposeError {
    /// The name cannot be used in URLs and commands.
    #[error("the name {0:?} needs 1 to 40 characters from a-z, 0-9 and `-`")]
    Name(String),
    /// Another agreement has this name.
    #[error("the name {name:?} belongs to {taken}; choose another, or amend that agreement")]
    NameTaken {
        /// The name.
        name: String,
        /// Whose it is.
        taken: AgreementId,
    },
    /// An amendment under another name.
    #[error("the agreement is called {0:?} in all its versions; keep the name")]
    Renamed(String),
    /// A text lacks one language.
    #[error("{0} must be written in English and French")]
    Language(String),
    /// Too large to read.
    #[error("{what} is over the limit of {limit}")]
    Oversized {
        /// What is too large.
        what: &'static str,
        /// The limit.
        limit: usize,
    },
    /// One party alone agrees with nobody.
    #[error("an agreement needs at least two parties")]
    TooFew,
    /// A party is listed twice.
    #[error("{0} is listed twice; list each party once")]
    Twice(PartyId),
    /// This node is not among the parties.
    #[error("this party ({0}) must be one of the parties; nobody proposes for others")]
    NotOurs(PartyId),
    /// A party whose card is not trusted here.
    #[error("{0} is not trusted here; compare its fingerprint and trust its card first")]
    Untrusted(PartyId),
    /// A grant or commitment names somebody who does not sign.
    #[error("{place} names {party}, who is not a party to the agreement; add it to `parties` or remove it")]
    Stranger {
        /// Where, with its number.
        place: String,
        /// Whom.
        party: PartyId,
    },
    /// A grant that covers nothing.
    #[error("grant {0} names no records; list kinds, object types, or `everything`")]
    EmptyGrant(usize),
    /// It ends before it begins.
    #[error("it would end ({until}) before it begins ({from}); correct `active_from` and `active_until`")]
    Backwards {
        /// Begin.
        from: Timestamp,
        /// End.
        until: Timestamp,
    },
    /// It would be over before anybody signs.
    #[error("it would have ended at {0}, which is past; choose a later `active_until`")]
    Past(Timestamp),
    /// Not the next version.
    #[error("the next version is {expected}, found {actual}; read the newest version and amend that")]
    Version {
        /// The number that comes next.
        expected: u32,
        /// The number given.
        actual: u32,
    },
    /// Withdrawn for good.
    #[error("a party has withdrawn from {0}; propose a new agreement instead")]
    Withdrawn(AgreementId),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
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
    let complete = |what: String, text: &Bilingual| {
        if text.is_complete() { Ok(()) } else { Err(ProposeError::Language(what)) }
    };
    complete("the title".into(), &agreement.title)?;
    complete("the text".into(), &agreement.text)?;
    for (n, grant) in agreement.grants.iter().enumerate() {
        complete(format!("the purpose of grant {}", n + 1), &grant.purpose)?;
    }
    for (n, commitment) in agreement.commitments.iter().enumerate() {
        complete(format!("commitment {}", n + 1), &commitment.text)?;
    }
    Ok(())
}

fn sizes(agreement: &Agreement) -> Result<(), ProposeError> {
    let bounds = [
        ("the number of parties", agreement.parties.len(), MAX_PARTIES),
        ("the number of grants", agreement.grants.len(), MAX_GRANTS),
        ("the number of commitments", agreement.commitments.len(), MAX_COMMITMENTS),
        ("the text in bytes", agreement.text.en.len() + agreement.text.fr.len(), MAX_TEXT_BYTES),
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
    let ours = |place: String, named: &[PartyId]| match named.iter().find(|party| !agreement.has_party(party))
    {
        Some(party) => Err(ProposeError::Stranger { place, party: *party }),
        None => Ok(()),
    };
    for (n, grant) in agreement.grants.iter().enumerate() {
        ours(format!("`from` of grant {}", n + 1), &grant.from)?;
        ours(format!("`to` of grant {}", n + 1), &grant.to)?;
        if grant.what.is_empty() {
            return Err(ProposeError::EmptyGrant(n + 1));
        }
    }
    for (n, commitment) in agreement.commitments.iter().enumerate() {
        ours(format!("commitment {}", n + 1), &[commitment.party])?;
    }
    Ok(())
}
