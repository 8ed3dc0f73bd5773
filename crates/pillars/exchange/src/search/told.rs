//! What one object tells the index: written when it comes in, and taken away as exactly when it is erased.

use desk::find;
use formats::ioc::{Network, networks_in};
use formats::json::{Document, Value, elements};

use super::{names, words};

/// Other names kept of one object, and their characters.
const MOST_ALIASES: usize = 24;
const ALIAS_CHARS: usize = 100;
/// Addresses kept of one object: a report may hold thousands.
const MOST_NETWORKS: usize = 64;

/// Everything that the index keeps of an object but its edges.
pub(super) struct Told {
    /// Its STIX id.
    pub id: String,
    /// Its type.
    pub object_type: String,
    /// Its title, cut.
    pub title: String,
    /// The title and whatever else it is called.
    pub named: String,
    /// The text to search.
    pub text: String,
    /// The addresses and networks it names.
    pub networks: Vec<Network>,
    /// The words of what it is called, each once.
    pub names: Vec<String>,
    /// The words of its text, each once.
    pub terms: Vec<String>,
}

impl Told {
    /// Reads an object; `None` when it has no id.
    pub(super) fn of(document: &Document<'_>) -> Option<Self> {
        let member =
            |name: &str| document.get(name).and_then(Value::text).map(|text| text.decode().into_owned());
        let (title, text) = (words::title(document), words::of(document));
        let named = named(document, &title);
        Some(Self {
            id: member("id")?,
            object_type: member("type").unwrap_or_default(),
            names: names_of(&named),
            terms: names_of(&text),
            networks: networks_in(&text, MOST_NETWORKS),
            title,
            named,
            text,
        })
    }
}

/// The title and the aliases, one a line.
fn named(document: &Document<'_>, title: &str) -> String {
    let mut named = title.to_owned();
    if let Some(Value::Array(aliases)) = document.get("aliases") {
        for alias in elements(*aliases).filter_map(|alias| alias.text()).take(MOST_ALIASES) {
            named.push('\n');
            named.extend(alias.decode().chars().take(ALIAS_CHARS));
        }
    }
    named
}

/// Every word that somebody may remember: what is completed or corrected is looked for in the same text, so that a word that only
/// hidden objects are called finds nothing (I1).
fn names_of(named: &str) -> Vec<String> {
    let mut found: Vec<String> = find::words(named).filter(|word| names::is_name(word)).collect();
    found.sort_unstable();
    found.dedup();
    found
}
