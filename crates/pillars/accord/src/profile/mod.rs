//! Profiles: agreements that many parties sign in the same form. A profile is a function from who and when to a whole
//! proposal; what it leaves open is in [`Terms`], everything else is fixed and so need not be read twice.

mod eu_nato;

use std::str::FromStr;

use desk::views::Known;
use model::{Agreement, AgreementId, AgreementParty, PartyId, Role, Side, Timestamp, Tlp};

/// A form of agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// EU bodies and NATO bodies: unclassified information only, no onward release without the originator.
    EuNato,
}

/// What a profile leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The agreement; fresh for a first version.
    pub id: AgreementId,
    /// The version.
    pub version: u32,
    /// A word for URLs and commands.
    pub name: String,
    /// Who signs.
    pub parties: Vec<PartyId>,
    /// The narrowest marking that flows; what the profile says when absent.
    pub up_to: Option<Tlp>,
    /// The first instant at which it releases anything.
    pub active_from: Timestamp,
    /// The first instant at which it no longer does.
    pub active_until: Timestamp,
}

/// Why a profile does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// No such profile.
    #[error("there is no profile {0:?}; use eu-nato")]
    Unknown(String),
    /// A party without a card.
    #[error("{0} is not known here; trust its card first")]
    Stranger(PartyId),
    /// A side is missing.
    #[error("the profile eu-nato needs {0}; name one with --party")]
    Missing(&'static str),
    /// A party that belongs to neither side.
    #[error(
        "{0} is neither on the side of the EU nor a NATO body, as its card says; the profile eu-nato is not for it"
    )]
    Outsider(String),
    /// A marking that the profile excludes.
    #[error(
        "the profile eu-nato lets at most AMBER+STRICT flow, not {0}; name recipients under another agreement"
    )]
    TooNarrow(Tlp),
}

impl FromStr for Profile {
    type Err = ProfileError;

    fn from_str(text: &str) -> Result<Self, ProfileError> {
        match text {
            "eu-nato" => Ok(Profile::EuNato),
            other => Err(ProfileError::Unknown(other.chars().take(40).collect())),
        }
    }
}

impl Profile {
    /// The whole proposal.
    pub fn agreement(self, terms: Terms, known: &Known) -> Result<Agreement, ProfileError> {
        match self {
            Profile::EuNato => eu_nato::agreement(terms, known),
        }
    }
}

/// A party as its card describes it.
fn signatory(party: PartyId, known: &Known) -> Result<(AgreementParty, Side), ProfileError> {
    let card = &known.parties.get(&party).ok_or(ProfileError::Stranger(party))?.card;
    let nato = card.roles.contains(&Role::Nato);
    let role = if nato { Role::Nato } else { card.roles.first().copied().unwrap_or(Role::Agency) };
    Ok((AgreementParty { party, name: card.name.en.clone(), role }, card.side))
}
