//! What is found.

use std::borrow::Cow;

use model::{Marking, PartyId, Timestamp};

use super::facet::{Facets, Values};

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Its name.
    pub title: String,
    /// The language of the name, where it is told (BCP 47).
    pub language: Option<String>,
    /// Its page.
    pub href: String,
    /// Why it was found, where that is not plain: the network that holds an address.
    pub why: Option<Cow<'static, str>>,
    /// Its marking, where it has one.
    pub marking: Option<Marking>,
    /// Who states it.
    pub author: Option<PartyId>,
    /// When it arrived.
    pub at: Option<Timestamp>,
    /// What it can be narrowed by.
    pub values: Values,
}

/// What one source found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finding {
    /// The best first, then the newest first.
    pub hits: Vec<Hit>,
    /// How many of each kind.
    pub facets: Facets,
    /// False when counting stopped before everything was counted.
    pub whole: bool,
    /// Where the next page starts.
    pub next: Option<String>,
    /// The words that were looked for instead, when those asked for were misspelt.
    pub meant: Option<String>,
}
