//! `notify.cause.v1`: a cause that several entities may share, and who is expected to report it.

use serde::{Deserialize, Serialize};

/// A cause. The newest record of one name holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    /// Its short name: lower case letters, digits and hyphens.
    pub cause: String,
    /// What people call it.
    pub title: String,
    /// What is known of it.
    #[serde(default)]
    pub text: String,
    /// Entities that run what is concerned, and are expected to report.
    #[serde(default)]
    pub expected: Vec<Expected>,
    /// Who wrote it.
    pub by: String,
}

/// An entity that is expected to report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Its name, as it reports.
    pub name: String,
    /// Its State, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
    /// Its sector.
    #[serde(default)]
    pub sector: String,
    /// How to reach it.
    #[serde(default)]
    pub contact: String,
}

crate::kind::body!(Cause, "notify.cause.v1");
