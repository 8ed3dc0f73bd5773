//! `notify.reminder.v1`: somebody was reminded of a duty, or told of something that must not pass unseen. Once for each
//! level of one date; a date that moved is reminded of anew.

use model::{IncidentId, Timestamp};
use serde::{Deserialize, Serialize};

/// A reminder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminder {
    /// The incident.
    pub incident: IncidentId,
    /// The stage, or the question that was decided.
    pub stage: String,
    /// How urgent.
    pub level: Level,
    /// The date that it reminds of.
    pub due: Timestamp,
    /// Whom: an account; empty: every officer.
    #[serde(default)]
    pub to: String,
}

/// How urgent a reminder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// A day before the safe date.
    Day,
    /// Four hours before it.
    Hours,
    /// One hour before it.
    Hour,
    /// The safe date has passed: every officer is told.
    Alarm,
    /// The limit of the law has passed.
    Overdue,
    /// A payment was decided that a pledge or a sanctions list stands against.
    Gate,
}

crate::kind::body!(Reminder, "notify.reminder.v1");
