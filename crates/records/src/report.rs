//! `notify.report.v1`: an authority notes a report that reached it: who reported, which stage, when it came.

use std::collections::BTreeMap;

use model::{PartyId, RecordId, ReportId, Timestamp};
use serde::{Deserialize, Serialize};

/// A report as it was received. It stays with the authority (`Reach::Own`): what it hands on is a record of its own.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The report.
    pub report: ReportId,
    /// What the reporter and the authority call it: short, printed, said over the telephone.
    pub reference: String,
    /// The law, by the name of its pack.
    pub regime: String,
    /// The stage, such as `nis2.ew`.
    pub stage: String,
    /// By which way it came.
    pub way: Way,
    /// Who reported.
    pub reporter: Reporter,
    /// What the reporter calls the incident: a later stage names the same.
    #[serde(default)]
    pub incident: String,
    /// The fields, by the code that packs give them.
    #[serde(default)]
    pub fields: BTreeMap<String, serde_json::Value>,
    /// When it came: the authority's clocks run from here (NIS2, Art. 23(5)).
    pub received_at: Timestamp,
    /// An exercise.
    #[serde(default)]
    pub exercise: bool,
    /// The record of the reporter that it was made from, when it came over a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<RecordId>,
    /// SHA-256, in hexadecimal, of the code with which its reporter asks how it stands; empty when none was given.
    #[serde(default)]
    pub code: String,
    /// Who wrote it down, where it came by telephone or on paper.
    #[serde(default)]
    pub by: String,
}

/// Who reported.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reporter {
    /// The organisation.
    pub name: String,
    /// How to reach a person there.
    #[serde(default)]
    pub contact: String,
    /// The State, ISO 3166-1 alpha-2.
    #[serde(default)]
    pub country: String,
    /// The sector, in the words of the law.
    #[serde(default)]
    pub sector: String,
    /// Its party, when it runs a node.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<PartyId>,
    /// A critical entity under Directive (EU) 2022/2557.
    #[serde(default)]
    pub critical: bool,
}

/// By which way a report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    /// The public form.
    Web,
    /// A link with the reporter's node.
    Link,
    /// A file.
    File,
    /// Telephone, paper, mail: somebody wrote it down.
    Hand,
}

crate::kind::body!(Report, "notify.report.v1");
