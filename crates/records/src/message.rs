//! `notify.message.v1`: what an authority says to an operator about its filing, and what the operator answers.

use model::{RecordId, Timestamp};
use serde::{Deserialize, Serialize};

/// A message. It goes to the other of the two alone; it needs no agreement, for it answers what that one sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// The filing that it is about.
    pub filing: RecordId,
    /// The authority's reference; empty while there is none.
    #[serde(default)]
    pub reference: String,
    /// The record of the sender that it tells of, so that it is told once.
    pub tells: RecordId,
    /// What it says.
    pub says: Says,
}

/// What is said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Says {
    /// It came, and when: the receipt.
    Received {
        /// When.
        at: Timestamp,
    },
    /// It cannot be read as a report.
    Refused {
        /// What is wrong and what to do.
        fault: String,
    },
    /// The answer that the law owes the reporter.
    Feedback {
        /// First feedback.
        feedback: String,
        /// Guidance on mitigation.
        #[serde(default)]
        guidance: String,
        /// Guidance on reporting to law enforcement.
        #[serde(default)]
        referral: bool,
    },
    /// A question.
    Question {
        /// Its number.
        question: u32,
        /// The question.
        text: String,
    },
    /// The operator's answer to one.
    Answer {
        /// To which question.
        question: u32,
        /// The answer.
        text: String,
    },
}

crate::kind::body!(Message, "notify.message.v1");
