//! A step with a report: triage, the answer that is owed, questions and what comes back, a delay, the end.

use desk::Desk;
use ledger::Receipt;
use model::ReportId;
use records::handling::{Handling, Step};
use ui::sentence;

use super::{AuthorityError, MAX_CHARS, keep, known, short, text};
use crate::authority::docket::{Docket, Stand};

/// How grave a report can be taken to be.
pub const SEVERITIES: [&str; 4] = ["low", "medium", "high", "severe"];

/// The most questions about one report.
const MOST_QUESTIONS: u32 = 100;

/// Takes the step, when the docket allows it.
pub fn handle_report(desk: &Desk, report: ReportId, by: &str, step: Step) -> Result<Receipt, AuthorityError> {
    let docket = known(desk, report)?;
    let step = checked(&docket, step)?;
    let made = Handling { report, at: desk::edge::now(), by: text("by", by, 200)?, step, source: None };
    keep(desk, &made, &report.to_string())
}

/// The number of the next question about it.
pub fn next_question(docket: &Docket) -> u32 {
    docket.questions().iter().map(|one| one.number).max().unwrap_or(0) + 1
}

fn checked(docket: &Docket, step: Step) -> Result<Step, AuthorityError> {
    Ok(match step {
        Step::Triage { severity, owner, cause } => {
            if !SEVERITIES.contains(&severity.as_str()) {
                let fault = sentence!("refused-severity", list = SEVERITIES.join(", "));
                return Err(AuthorityError::at("severity", fault));
            }
            Step::Triage {
                severity,
                owner: text("owner", &owner, 200)?,
                cause: super::name_cause::slug(&cause)?,
            }
        }
        Step::Acknowledge { feedback, guidance, referral } => Step::Acknowledge {
            feedback: text("feedback", &feedback, MAX_CHARS)?,
            guidance: short("guidance", &guidance, MAX_CHARS)?,
            referral,
        },
        Step::Ask { text: question, .. } => {
            let number = next_question(docket);
            if number > MOST_QUESTIONS {
                let fault = sentence!("refused-questions", most = MOST_QUESTIONS);
                return Err(AuthorityError::at("text", fault));
            }
            Step::Ask { question: number, text: text("text", &question, MAX_CHARS)? }
        }
        Step::Answer { question, text: answer } => {
            let asked = docket.questions();
            let Some(to) = asked.iter().find(|one| one.number == question) else {
                return Err(AuthorityError::at("question", sentence!("refused-question-shown")));
            };
            if to.answers.len() >= 20 {
                return Err(AuthorityError::at("text", sentence!("refused-answered")));
            }
            Step::Answer { question, text: text("text", &answer, MAX_CHARS)? }
        }
        Step::HandOn { to, duty, how } => Step::HandOn {
            to: text("to", &to, 500)?,
            duty: short("duty", &duty, 60)?,
            how: text("how", &how, MAX_CHARS)?,
        },
        Step::Delay { until, asked_by, basis } => Step::Delay {
            until,
            asked_by: text("asked_by", &asked_by, 200)?,
            basis: text("basis", &basis, MAX_CHARS)?,
        },
        Step::Close { why } => {
            if docket.stand() == Stand::Closed {
                return Err(AuthorityError::at("why", sentence!("refused-closed")));
            }
            Step::Close { why: text("why", &why, MAX_CHARS)? }
        }
        // What was sent to parties is noted by the command that sends it.
        Step::Forward { .. } => {
            return Err(AuthorityError::at("to", sentence!("refused-forwards")));
        }
    })
}
