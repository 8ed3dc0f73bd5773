//! TAXII resources (§4, §5): absent lists are left out when written and empty when read.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// Discovery (§4.1.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discovery {
    /// Name of the server.
    #[serde(default)]
    pub title: String,
    /// Description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Contact.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The default API root; must be one of `api_roots`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// URLs of the API roots.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub api_roots: Vec<String>,
}

/// API root (§4.2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiRoot {
    /// Name; without dots, because OpenCTI's connector cuts at them.
    #[serde(default)]
    pub title: String,
    /// Description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Versions served.
    #[serde(default)]
    pub versions: Vec<String>,
    /// Largest body of a POST in bytes.
    #[serde(default)]
    pub max_content_length: u64,
}

/// Collections (§5.1.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collections {
    /// The collections; left out when there is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub collections: Vec<Collection>,
}

/// Collection (§5.2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collection {
    /// UUIDv4.
    pub id: String,
    /// Name.
    #[serde(default)]
    pub title: String,
    /// Description.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Another name for the URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alias: Option<String>,
    /// Whether the asking client may read.
    #[serde(default)]
    pub can_read: bool,
    /// Whether the asking client may write.
    #[serde(default)]
    pub can_write: bool,
    /// Media types; absent means STIX.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub media_types: Vec<String>,
}

/// State of a status resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum StatusKind {
    /// Everything has been decided.
    #[default]
    Complete,
    /// Some objects are still being looked at.
    #[serde(other)]
    Pending,
}

/// Status (§4.3.1).
///
/// **Invariant.** success + failure + pending = total, and lists are as long as their counts or
/// absent: taxii2-client refuses anything else. [`Status::of`] builds it so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// UUIDv4.
    #[serde(default)]
    pub id: String,
    /// Complete or pending.
    #[serde(default)]
    pub status: StatusKind,
    /// When the request came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_timestamp: Option<String>,
    /// Objects in the request.
    #[serde(default)]
    pub total_count: u64,
    /// Objects accepted, or held already.
    #[serde(default)]
    pub success_count: u64,
    /// Accepted objects, where listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub successes: Vec<StatusDetail>,
    /// Objects refused.
    #[serde(default)]
    pub failure_count: u64,
    /// Refused objects with reasons.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<StatusDetail>,
    /// Objects not decided.
    #[serde(default)]
    pub pending_count: u64,
    /// Objects not decided, where listed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pendings: Vec<StatusDetail>,
}

impl Status {
    /// A complete status from what was accepted and refused.
    pub fn of(
        id: String,
        request_us: i64,
        successes: Vec<StatusDetail>,
        failures: Vec<StatusDetail>,
    ) -> Self {
        let (success_count, failure_count) = (successes.len() as u64, failures.len() as u64);
        Self {
            id,
            status: StatusKind::Complete,
            request_timestamp: Some(super::TaxiiTime::from_micros(request_us).to_string()),
            total_count: success_count + failure_count,
            success_count,
            successes,
            failure_count,
            failures,
            pending_count: 0,
            pendings: Vec::new(),
        }
    }
}

/// One object in a status (§4.3.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatusDetail {
    /// Id of the object.
    #[serde(default)]
    pub id: String,
    /// Its version.
    #[serde(default)]
    pub version: String,
    /// Why, for failures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Manifest (§5.3.1), for reading; [`super::manifest`] writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestResource {
    /// Whether there is more.
    #[serde(default)]
    pub more: bool,
    /// Not in the standard; medallion sends it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// The records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<ManifestRecord>,
}

/// One record of a manifest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestRecord {
    /// Id of the object.
    pub id: String,
    /// When it became visible in the collection.
    #[serde(default)]
    pub date_added: String,
    /// Version of the object.
    #[serde(default)]
    pub version: String,
    /// Media type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
}

/// Versions (§5.8.1), for reading; [`super::versions`] writes it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct VersionsResource {
    /// Whether there is more.
    #[serde(default)]
    pub more: bool,
    /// The versions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub versions: Vec<String>,
}

/// Error (§3.6.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// What happened, in a few words.
    pub title: String,
    /// What to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Identifies this occurrence, to be found in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_id: Option<String>,
    /// Stable code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error_code: Option<String>,
    /// HTTP status, as a string.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub http_status: Option<String>,
    /// URL with more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_details: Option<String>,
    /// More.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub details: Map<String, Value>,
}

impl Problem {
    /// An error as every gate of a TAXII server answers it.
    pub fn new(http_status: u16, code: &str, title: &str, description: &str) -> Self {
        Self {
            title: title.to_owned(),
            description: Some(description.to_owned()).filter(|text| !text.is_empty()),
            error_code: Some(code.to_owned()),
            http_status: Some(http_status.to_string()),
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_lists_are_never_written_and_counts_add_up() {
        assert_eq!(serde_json::to_string(&Collections::default()).expect("json"), "{}");
        let failure = StatusDetail { id: "a--1".into(), version: "v".into(), message: Some("no".into()) };
        let status = Status::of("s".into(), 0, vec![], vec![failure]);
        let text = serde_json::to_string(&status).expect("json");
        assert_eq!(
            text,
            r#"{"id":"s","status":"complete","request_timestamp":"1970-01-01T00:00:00.000000Z","total_count":1,"success_count":0,"failure_count":1,"failures":[{"id":"a--1","version":"v","message":"no"}],"pending_count":0}"#
        );
        let problem = Problem::new(404, "unknown-collection", "no such collection", "");
        let text = serde_json::to_string(&problem).expect("json");
        assert_eq!(
            text,
            r#"{"title":"no such collection","error_code":"unknown-collection","http_status":"404"}"#
        );
    }
}
