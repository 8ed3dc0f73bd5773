//! `notify.warning.v1`: an early warning to other parties about something that may reach them.

use serde::{Deserialize, Serialize};

/// A warning. It goes where an agreement grants it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Warning {
    /// What people call it.
    pub title: String,
    /// What happens, and what is known of it.
    pub text: String,
    /// What to do.
    #[serde(default)]
    pub advice: String,
    /// The shared cause, by its short name.
    #[serde(default)]
    pub cause: String,
    /// Sectors that it concerns.
    #[serde(default)]
    pub sectors: Vec<String>,
    /// States in which it was seen, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub countries: Vec<String>,
    /// An exercise.
    #[serde(default)]
    pub exercise: bool,
}

crate::kind::body!(Warning, "notify.warning.v1");
