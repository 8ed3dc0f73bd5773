//! `notify.mailing.v1`: the steps of a report on its way by mail. An attempt is on record before it is made, so that a node
//! which dies meanwhile knows that the report may have gone. That the server took it is a submission that names the attempt.

use model::IncidentId;
use serde::{Deserialize, Serialize};

use crate::submission::EvidenceFile;

/// A step of one attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mailing {
    /// The incident.
    pub incident: IncidentId,
    /// The stage.
    pub stage: String,
    /// The attempt: a UUID.
    pub mailing: String,
    /// Who, by account or by name and office.
    pub by: String,
    /// What happened.
    pub step: Step,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Step {
    /// It is about to be handed to the server.
    Begun(Box<Begun>),
    /// It did not go: the server refused it, or was never reached.
    Failed {
        /// In the server's words, or why it was not reached.
        said: String,
    },
    /// The connection ended after the message had been handed over and before the server answered.
    Doubtful {
        /// How it ended.
        said: String,
    },
    /// A person found out that it did not go.
    NotSent {
        /// How they know.
        reason: String,
    },
}

/// What is about to be handed to the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begun {
    /// Who receives, by the code of the packs.
    pub recipient: String,
    /// The address.
    pub to: String,
    /// The server.
    pub server: String,
    /// The `Message-ID`, with its brackets.
    pub message_id: String,
    /// The digest of what was looked at before it was sent.
    pub seen: String,
    /// The message as it goes.
    pub message: EvidenceFile,
    /// The draft that a second person approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub draft: Option<String>,
}

crate::kind::body!(Mailing, "notify.mailing.v1");
