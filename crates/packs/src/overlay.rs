//! How one State has taken up a directive: its act, who receives reports there, and by which law it counts.

use model::Bilingual;
use model::time::civil::Date;
use serde::{Deserialize, Serialize};

use crate::standing::Status;

/// The law of one State that transposes a directive.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// The State.
    pub country: String,
    /// Whether its law binds.
    pub status: Status,
    /// From when, when recorded.
    pub from: Option<Date>,
    /// Its law.
    pub law: String,
    /// How sure that is.
    pub confidence: String,
    /// Who receives reports, by name.
    pub authority: Option<String>,
    /// The law by which periods are counted there.
    pub counting: Option<String>,
    /// What that law does to a date.
    #[serde(default)]
    pub counts: Counts,
    /// How sure the way of counting is, when it differs from the rest.
    pub counting_confidence: Option<String>,
    /// What a reader must know.
    pub note: Option<Bilingual>,
}

/// What the counting law of a State does to the dates of Regulation (EEC, Euratom) No 1182/71.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// Nobody has compared them.
    #[default]
    Unknown,
    /// It gives the same dates for the periods of this directive.
    AsEu,
    /// It gives the same dates or later ones, so that the dates here are safe.
    NotEarlier,
}
