//! The place of a walk, kept in the local store: where the last complete one ended, and how far one under way came.

use desk::local::Local;
use desk::outbound::Url;
use model::Digest;
use serde::{Deserialize, Serialize};

use super::Source;
use super::error::PullError;

/// Where we are in one collection with one filter for one audience.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// `added_after` of the next walk, µs: everything up to it is here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// A walk that has begun and has not come to its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub walk: Option<UnderWay>,
    /// Short digests of objects refused before, so that a server that sends them again does not fill the quarantine.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refused: Vec<String>,
}

/// How far a walk came.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct UnderWay {
    /// The cursor to go on with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// `added_after` to go on with, µs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<i64>,
    /// The latest date of this walk, µs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<i64>,
}

/// Refused objects remembered for one place.
const MAX_REFUSED: usize = 5_000;

impl Place {
    /// The name of a place. Another filter or audience is another walk.
    pub fn name(collection: &Url, source: &Source) -> String {
        let under: Vec<String> = source.intake.under.iter().map(ToString::to_string).collect();
        let key = format!("{collection}\n{}\n{}", source.filter.to_query(), under.join(","));
        format!("pull {}", Digest::of(key.as_bytes()).hex())
    }

    /// What was kept; what cannot be read begins anew, which costs time and loses nothing.
    pub fn load(local: &Local, name: &str) -> Self {
        local.cursor(name).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Keeps it.
    pub fn save(&self, local: &Local, name: &str) -> Result<(), PullError> {
        let text = serde_json::to_string(self).unwrap_or_default();
        Ok(local.set_cursor(name, &text)?)
    }

    /// Where the walk under way stands; a new one begins after the last complete one.
    pub fn under_way(&self) -> UnderWay {
        self.walk.clone().unwrap_or(UnderWay { after: self.after, ..UnderWay::default() })
    }

    /// True when these bytes were refused before.
    pub fn knows_refused(&self, bytes: &[u8]) -> bool {
        !self.refused.is_empty() && self.refused.contains(&short(bytes))
    }

    /// Remembers a refused object; the oldest are forgotten first.
    pub fn note_refused(&mut self, bytes: &[u8]) {
        if self.refused.len() >= MAX_REFUSED {
            self.refused.remove(0);
        }
        self.refused.push(short(bytes));
    }
}

fn short(bytes: &[u8]) -> String {
    Digest::of(bytes).hex()[..32].to_owned()
}
