//! The answer about retractions.

use model::Timestamp;
use serde::Serialize;
use utoipa::ToSchema;

use crate::receipts::Answer;
use crate::retracted::Retracted;

/// How one party that was asked has answered.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnswerItem {
    /// `party:<32 hex digits>`.
    party: String,
    /// When the retraction was written, RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    asked_at: Timestamp,
    /// When the party's node acknowledged that it holds the retraction, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    sent_at: Option<Timestamp>,
    /// When the party's receipt arrived here, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    received_at: Option<Timestamp>,
    /// How many versions the party says it took back or narrowed; 0 when it held none.
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<u64>,
}

/// One retraction.
#[derive(Debug, Serialize, ToSchema)]
pub struct RetractionItem {
    /// `record:<64 hex digits>`.
    record: String,
    author: String,
    /// `delete` or `narrow`.
    action: &'static str,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    at: Timestamp,
    /// One row for each party that was asked.
    answers: Vec<AnswerItem>,
}

/// What was taken back of one object or narrowed.
#[derive(Debug, Serialize, ToSchema)]
pub struct Retractions {
    id: String,
    retractions: Vec<RetractionItem>,
}

impl Retractions {
    pub(super) fn of(id: String, retractions: Vec<RetractionItem>) -> Self {
        Self { id, retractions }
    }
}

impl RetractionItem {
    pub(super) fn of(retracted: Retracted, answers: Vec<Answer>) -> Self {
        Self {
            record: retracted.record,
            author: retracted.author.to_string(),
            action: if retracted.narrows { "narrow" } else { "delete" },
            at: retracted.at,
            answers: answers.into_iter().map(AnswerItem::of).collect(),
        }
    }
}

impl AnswerItem {
    fn of(answer: Answer) -> Self {
        Self {
            party: answer.party.to_string(),
            asked_at: answer.asked_at,
            sent_at: answer.sent_at,
            received_at: answer.received_at,
            versions: answer.versions,
        }
    }
}
