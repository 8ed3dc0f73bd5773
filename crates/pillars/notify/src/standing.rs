//! Which decision of a question stands. Somebody who decides replaces what they saw, and their own earlier word; a decision of
//! somebody else that they did not see stays beside it. Then both are shown, the later one stands for the time being, because
//! it was signed later by somebody who may, and duties run by the reading that starts more of them, until a person who saw
//! both decides.

use model::RecordId;
use records::determination::{Determination, Outcome};

use crate::case::{Case, Said, Statement};

/// A decision that nobody replaced.
#[derive(Debug, Clone, Copy)]
pub struct Stands<'a> {
    /// The statement.
    pub statement: &'a Statement,
    /// What it says.
    pub made: &'a Determination,
}

/// Questions of which no is the careful answer: a yes takes duties away, or opens a gate.
const NO_IS_CAREFUL: [&str; 4] = ["risk_unlikely", "sanctions_cleared", "pledge_override", "pay_ransom"];

/// The decisions of a question that stand, oldest first.
pub fn standing<'a>(statements: impl IntoIterator<Item = &'a Statement>, question: &str) -> Vec<Stands<'a>> {
    let mut found: Vec<Stands<'a>> = Vec::new();
    for statement in statements {
        let Said::Determination(made) = &statement.said else { continue };
        if made.question != question {
            continue;
        }
        found.retain(|other| !replaces(made, other));
        found.push(Stands { statement, made });
    }
    found
}

/// Their own earlier word, and what they saw.
fn replaces(made: &Determination, other: &Stands<'_>) -> bool {
    let seen = made.replaces.iter().flatten().any(|id| other.statement.record == Some(*id));
    seen || same(&made.by, &other.made.by)
}

fn same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// The decision by which duties run: the last one, and while people contradict each other the careful one, and of several
/// of these the earliest, so that no clock starts late.
pub fn careful<'a>(standing: &[Stands<'a>]) -> Option<&'a Determination> {
    let last = standing.last()?;
    if !differ(standing) {
        return Some(last.made);
    }
    let wanted =
        if NO_IS_CAREFUL.contains(&last.made.question.as_str()) { Outcome::No } else { Outcome::Yes };
    let careful = standing.iter().filter(|one| one.made.outcome == wanted);
    careful.min_by_key(|one| one.made.at).or(Some(last)).map(|one| one.made)
}

/// Every decision that stands, as a form sends back what its reader saw.
pub fn all(case: &Case) -> String {
    let mut ids = Vec::new();
    for statement in &case.statements {
        if let Said::Determination(_) = &statement.said {
            ids.extend(statement.record.map(|id| id.to_string()));
        }
    }
    // The newest are those that may stand.
    let from = ids.len().saturating_sub(MOST_SEEN);
    ids[from..].join(" ")
}

/// What a form says its reader saw.
pub fn seen(text: &str) -> Vec<RecordId> {
    text.split(' ').filter_map(|id| id.parse().ok()).take(MOST_SEEN).collect()
}

/// Decisions that a form names at most.
const MOST_SEEN: usize = 100;

/// Every question about which people contradict each other.
pub fn contradictions(case: &Case) -> Vec<(&str, Vec<Stands<'_>>)> {
    let mut questions: Vec<&str> = Vec::new();
    for statement in &case.statements {
        if let Said::Determination(made) = &statement.said
            && !questions.contains(&made.question.as_str())
        {
            questions.push(&made.question);
        }
    }
    let found = questions.into_iter().map(|question| (question, standing(&case.statements, question)));
    found.filter(|(_, standing)| differ(standing)).collect()
}

fn differ(standing: &[Stands<'_>]) -> bool {
    standing.windows(2).any(|two| two[0].made.outcome != two[1].made.outcome)
}
