//! `notify.evidence.v1`: a file that shows that a stage was submitted: a receipt, a picture of a screen, a message. It is a
//! body of its own, so that it can be erased while the submission and the digest there stand.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{Digest, IncidentId};
use serde::{Deserialize, Serialize};

/// The file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The incident.
    pub incident: IncidentId,
    /// The stage whose submission it shows.
    pub stage: String,
    /// Its name.
    pub name: String,
    /// Its bytes, in base64.
    pub content: String,
    /// Who attached it.
    pub by: String,
}

impl Evidence {
    /// Bytes as they stand in a body.
    pub fn written(bytes: &[u8]) -> String {
        STANDARD.encode(bytes)
    }

    /// The bytes of such a text; none when it is no base64.
    pub fn read(written: &str) -> Option<Vec<u8>> {
        STANDARD.decode(written).ok()
    }

    /// The bytes; none when the content is no base64.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        Self::read(&self.content)
    }

    /// What a submission says of it.
    pub fn digest(bytes: &[u8]) -> String {
        Digest::of(bytes).hex()
    }
}

crate::kind::body!(Evidence, "notify.evidence.v1");
