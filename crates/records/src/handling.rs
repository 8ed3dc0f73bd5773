//! `notify.handling.v1`: one step of an authority with a report: triage, answer, question, delay, end.

use model::{PartyId, RecordId, ReportId, Timestamp};
use serde::{Deserialize, Serialize};

/// A step. It is never edited: a later one holds from then on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handling {
    /// The report.
    pub report: ReportId,
    /// When the step was taken.
    pub at: Timestamp,
    /// Who took it.
    pub by: String,
    /// What was done.
    pub step: Step,
    /// The record of the reporter that it was made from: an answer that came over a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<RecordId>,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Step {
    /// How grave it is, who looks after it, and which cause it may share with others.
    Triage {
        /// `low`, `medium`, `high` or `severe`.
        severity: String,
        /// Who looks after it.
        owner: String,
        /// The shared cause, by its short name; empty for none.
        #[serde(default)]
        cause: String,
    },
    /// The answer that the law owes the reporter: first feedback, guidance when asked for (NIS2, Art. 23(5)).
    Acknowledge {
        /// First feedback.
        feedback: String,
        /// Guidance on mitigation.
        #[serde(default)]
        guidance: String,
        /// Guidance on reporting to law enforcement, where a crime is suspected.
        #[serde(default)]
        referral: bool,
    },
    /// A question to the reporter.
    Ask {
        /// Its number, from 1.
        question: u32,
        /// The question.
        text: String,
    },
    /// The reporter's answer.
    Answer {
        /// To which question.
        question: u32,
        /// The answer.
        text: String,
    },
    /// A releasable version went to others (NIS2, Art. 23(6), (8), (10)).
    Forward {
        /// To whom.
        to: Vec<PartyId>,
        /// The duty that this answers: a stage of the packs such as `nis2.xb`; empty for none.
        duty: String,
        /// The record that they were sent.
        record: RecordId,
    },
    /// It was handed on outside the node: by whom and to whom stands here.
    HandOn {
        /// To whom, by the code of the packs or in words.
        to: String,
        /// The duty that this answers: a stage of the packs such as `nis2.cer`; empty for none.
        duty: String,
        /// How it went, and its reference there.
        how: String,
    },
    /// Law enforcement asked to hold it back; nothing goes out before.
    Delay {
        /// Until when.
        until: Timestamp,
        /// Who asked.
        asked_by: String,
        /// On which ground.
        basis: String,
    },
    /// Nothing is left to be done.
    Close {
        /// Why.
        why: String,
    },
}

crate::kind::body!(Handling, "notify.handling.v1");
