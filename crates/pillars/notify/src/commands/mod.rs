//! What people do with incidents: open one, state a fact, decide, note what was submitted. Each command works out
//! the incident as it would then stand and refuses at the field what cannot be; then it submits its record.

pub mod assign;
pub mod attach_evidence;
pub mod determine;
pub mod file_stage;
pub mod install_pack;
pub mod open_incident;
pub mod state_fact;
pub mod submit_stage;

use desk::Desk;
use desk::sql::SqlError;
use desk::submit::SubmitError;
use ledger::Receipt;
use model::{IncidentId, Marking, Timestamp, Tlp};
use packs::Library;
use records::{Body, Marked, Seal, Sealed};
use ui::locale::{Part, Sentence};
use ui::sentence;

use crate::case::{Case, Said, case};
use crate::facts::FactError;
use crate::labels;

/// What is known of an incident is for the party alone: TLP:AMBER+STRICT.
pub(crate) const MARKING: Marking = Marking::tlp(Tlp::AmberStrict);

/// The longest text in a statement, characters.
const MAX_CHARS: usize = 20_000;

/// Why a statement about an incident was refused.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum StateError {
    /// No such incident.
    Unknown(IncidentId),
    /// A text is missing.
    Missing(Sentence),
    /// A text is too long.
    Oversized(Sentence),
    /// A fact that no clock and no field knows.
    Stranger(String),
    /// A question that nobody asks.
    Question(String),
    /// An instant that has not come yet.
    Future(String),
    /// A rule of two that nobody has answered yet.
    Two(String),
    /// A fact that cannot be right.
    #[error(transparent)]
    Fact(#[from] FactError),
    /// A payment that something stands against.
    #[error(transparent)]
    Barred(#[from] crate::ransom::Bar),
    /// A report that did not go by mail.
    #[error(transparent)]
    Mail(#[from] crate::mailing::Hindrance),
    /// The views cannot be read.
    #[error(transparent)]
    Sql(#[from] SqlError),
    /// The ledger refused.
    #[error(transparent)]
    Submit(#[from] SubmitError),
}

impl StateError {
    /// What to tell whoever asked, when it is for them to mend; else the failure itself, which is ours.
    pub fn theirs(self) -> Result<Sentence, Self> {
        match self {
            Self::Submit(_) | Self::Sql(_) => Err(self),
            Self::Unknown(_)
            | Self::Missing(_)
            | Self::Oversized(_)
            | Self::Stranger(_)
            | Self::Question(_)
            | Self::Future(_)
            | Self::Two(_)
            | Self::Fact(_)
            | Self::Barred(_)
            | Self::Mail(_) => Ok(self.sentence()),
        }
    }

    fn sentence(&self) -> Sentence {
        match self {
            Self::Unknown(id) => sentence!("refused-unknown", id = id.to_string()),
            Self::Missing(what) => sentence!("refused-missing", what = what.clone()),
            Self::Oversized(what) => sentence!("refused-oversized", what = what.clone(), most = MAX_CHARS),
            Self::Stranger(name) => sentence!("refused-stranger", name = Part::quoted(name)),
            Self::Question(name) => sentence!("refused-question", name = Part::quoted(name)),
            Self::Future(what) => sentence!("refused-future", what = labels::field(what)),
            Self::Two(rule) => sentence!("refused-two", rule = Part::quoted(rule)),
            Self::Fact(error) => error.sentence(),
            Self::Barred(bar) => bar.sentence(),
            Self::Mail(hindrance) => hindrance.sentence(),
            Self::Sql(error) => error.to_string().into(),
            Self::Submit(error) => error.to_string().into(),
        }
    }
}

/// Whose word a submission has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// One person's; refused where a rule wants two.
    Alone,
    /// Two people's: the second approved the draft.
    Two(records::submission::Second),
}

impl Word {
    /// The second person, when none is needed or one has spoken.
    pub(crate) fn second(
        self,
        desk: &Desk,
        asked: &crate::held::Asked,
    ) -> Result<Option<records::submission::Second>, StateError> {
        match self {
            Word::Two(second) => Ok(Some(second)),
            Word::Alone => match crate::held::rules(desk, asked)?.into_iter().next() {
                Some(rule) => Err(StateError::Two(rule.name)),
                None => Ok(None),
            },
        }
    }
}

/// The case, or why there is none.
fn known(desk: &Desk, id: IncidentId) -> Result<Case, StateError> {
    case(&desk.views, id)?.ok_or(StateError::Unknown(id))
}

/// Refuses an empty or endless text.
pub(crate) fn text(what: Sentence, text: &str) -> Result<(), StateError> {
    if text.trim().is_empty() {
        return Err(StateError::Missing(what));
    }
    short(what, text)
}

pub(crate) fn short(what: Sentence, text: &str) -> Result<(), StateError> {
    if text.chars().count() > MAX_CHARS { Err(StateError::Oversized(what)) } else { Ok(()) }
}

/// The moment without its microseconds. Headers count milliseconds: what was sent is never later than the record that says
/// so, or nobody who checks its proof could tell that it had been sent by then.
pub(crate) fn whole(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// Refuses what the incident could not hold: a bad value, or an instant after now.
pub(crate) fn check(library: &Library, case: &Case, said: Said, now: Timestamp) -> Result<(), StateError> {
    let facts = case.with(library, said, now)?.facts;
    let later = facts.as_of(now).unused.into_iter().find(|name| !facts.unused.contains(name));
    match later {
        Some(later) => Err(StateError::Future(later.split(" (").next().unwrap_or_default().to_owned())),
        None => Ok(()),
    }
}

/// Seals the statement for this party alone and submits it.
fn submit<B: Body>(desk: &Desk, body: &B, about: IncidentId, now: Timestamp) -> Result<Receipt, StateError> {
    Ok(desk.submit_and_fold(vec![sealed(desk, body, about, now)])?)
}

/// The statement sealed for this party alone.
pub(crate) fn sealed<B: Body>(desk: &Desk, body: &B, about: IncidentId, now: Timestamp) -> Sealed {
    let about = [about.to_string()];
    let seal = Seal { marked: Marked::Known(MARKING), about: &about, ..desk.seal::<B>(now) };
    seal.body(body, desk::edge::salt())
}
