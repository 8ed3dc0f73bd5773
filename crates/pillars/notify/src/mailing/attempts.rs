//! What was tried by mail, as the ledger knows it: each attempt with its end, or without one.

use desk::sql::SqlError;
use desk::views::Views;
use model::Timestamp;
use records::mailing::{Begun, Mailing, Step};
use records::submission::Submission;

use crate::case::{Case, Said};

/// One attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Its id.
    pub mailing: String,
    /// When it was begun.
    pub at: Timestamp,
    /// Who.
    pub by: String,
    /// The stage.
    pub stage: String,
    /// What was to be handed over, and to whom.
    pub begun: Begun,
    /// How it ended.
    pub end: End,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum End {
    /// Nothing says.
    Open,
    /// It went out, and no answer came: how it ended.
    Doubtful(String),
    /// The server took it, then.
    Taken(Timestamp),
    /// It did not go: what the server said.
    Failed(String),
    /// A person found out that it did not go.
    NotSent {
        /// How they know.
        reason: String,
        /// Who.
        by: String,
    },
}

impl Attempt {
    /// Whether nobody knows if it went.
    pub fn is_open(&self) -> bool {
        matches!(self.end, End::Open | End::Doubtful(_))
    }
}

/// Every attempt of an incident, the oldest first.
pub fn attempts(views: &Views, case: &Case) -> Result<Vec<Attempt>, SqlError> {
    let reader = views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT at_us, body FROM notify_mailing WHERE incident = ?1 ORDER BY seq")?;
    let rows = statement
        .query_map([case.id.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<Vec<(i64, Vec<u8>)>, _>>()?;
    let mut found: Vec<Attempt> = Vec::new();
    for (at_us, body) in rows {
        if let Ok(mailing) = serde_json::from_slice::<Mailing>(&body) {
            follow(&mut found, mailing, at_us);
        }
    }
    for attempt in &mut found {
        // That it was taken is stronger than whatever somebody believed meanwhile.
        if let Some(sent) = submission(case, &attempt.mailing) {
            attempt.end = End::Taken(sent.at);
        }
    }
    Ok(found)
}

/// The submission that an attempt became.
pub(super) fn submission<'a>(case: &'a Case, mailing: &str) -> Option<&'a Submission> {
    case.statements.iter().find_map(|statement| match &statement.said {
        Said::Submission(sent) => {
            sent.mail.as_ref().is_some_and(|mail| mail.mailing == mailing).then_some(sent)
        }
        Said::Fact(_) | Said::Determination(_) | Said::Assignment(_) => None,
    })
}

fn follow(found: &mut Vec<Attempt>, mailing: Mailing, at_us: i64) {
    let (id, by) = (mailing.mailing, mailing.by);
    let mut end = |end: End| {
        if let Some(attempt) = found.iter_mut().find(|attempt| attempt.mailing == id) {
            attempt.end = end;
        }
    };
    match mailing.step {
        Step::Begun(begun) => found.push(Attempt {
            mailing: id,
            at: Timestamp::from_microsecond(at_us).unwrap_or(Timestamp::UNIX_EPOCH),
            by,
            stage: mailing.stage,
            begun: *begun,
            end: End::Open,
        }),
        Step::Failed { said } => end(End::Failed(said)),
        Step::Doubtful { said } => end(End::Doubtful(said)),
        Step::NotSent { reason } => end(End::NotSent { reason, by }),
    }
}
