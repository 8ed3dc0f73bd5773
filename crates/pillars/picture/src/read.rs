//! Reading one STIX object for the picture: what it is called, what it says of itself, and what it ties together.

use std::borrow::Cow;

use formats::json::{Document, Limits, Raw, Text, Value, elements, members};
use formats::stix::StixTime;

use crate::kind::Kind;

/// Names are kept so long, in characters.
const NAME_CHARS: usize = 160;
/// Phases, sectors and references of one object that are looked at.
const MOST_WORDS: usize = 32;
/// What STIX is in when it does not say.
pub(crate) const ENGLISH: &str = "en";
/// What one report or sighting may tie together.
const MOST_EDGES: usize = 2_000;

/// What one object says.
#[derive(Debug, Default)]
pub(crate) struct Statement<'a> {
    pub id: Cow<'a, str>,
    pub revoked: bool,
    pub name: String,
    /// The language of its words, BCP 47: English where it says nothing (STIX 2.1 §3.2).
    pub language: String,
    /// T1190, CVE-2026-1234.
    pub external: String,
    /// `mitre-attack/initial-access`, separated by spaces.
    pub phases: String,
    /// Words of STIX's vocabulary of sectors, separated by spaces.
    pub sectors: String,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// A word of STIX's vocabulary of regions.
    pub region: String,
    pub edges: Vec<Edge<'a>>,
    modified: Option<Cow<'a, str>>,
    created: Option<Cow<'a, str>>,
}

/// One tie: something to something.
#[derive(Debug)]
pub(crate) struct Edge<'a> {
    pub relation: Cow<'a, str>,
    pub from: Cow<'a, str>,
    pub to: Cow<'a, str>,
    /// Whether the object speaks of its ends through this tie, or did so through an earlier one.
    pub tells_from: bool,
    pub tells_to: bool,
}

impl Statement<'_> {
    /// The instant of the version in µs; `None` where the object has none.
    pub fn version_us(&self) -> Option<i64> {
        let text = self.modified.as_deref().or(self.created.as_deref())?;
        StixTime::parse(text).map(|time| time.micros())
    }
}

/// Types that the fold reads at all; everything else passes by unread.
pub(crate) fn tells(stix_type: &str) -> bool {
    match Kind::of(stix_type) {
        Kind::Indicator => false,
        Kind::Other => matches!(stix_type, "relationship" | "sighting"),
        _ => true,
    }
}

/// Reads stored bytes. What this node validated when it came in is walked as it is; anything else is validated first.
pub(crate) fn read<'a>(stix_type: &str, body: &'a [u8], validated: bool) -> Option<Statement<'a>> {
    let mut found = Found::default();
    if validated {
        for (name, value) in members(Raw::validated(body)?) {
            found.take(name.raw(), &value);
        }
    } else {
        for member in Document::parse(body, &Limits::default()).ok()?.members() {
            found.take(member.key.raw(), &member.value);
        }
    }
    (!found.said.id.is_empty()).then(|| found.finish(stix_type))
}

/// The members as they come by.
#[derive(Default)]
struct Found<'a> {
    said: Statement<'a>,
    relation: Cow<'a, str>,
    source: Cow<'a, str>,
    target: Cow<'a, str>,
    sighted: Cow<'a, str>,
    places: Vec<Cow<'a, str>>,
    objects: Vec<Cow<'a, str>>,
}

impl<'a> Found<'a> {
    fn take(&mut self, name: &str, value: &Value<'a>) {
        match value {
            Value::Text(text) => self.take_text(name, *text),
            Value::Array(list) => self.take_list(name, *list),
            Value::Bool(true) if name == "revoked" => self.said.revoked = true,
            _ => {}
        }
    }

    fn take_text(&mut self, name: &str, text: Text<'a>) {
        match name {
            "id" => self.said.id = text.decode(),
            "modified" => self.said.modified = Some(text.decode()),
            "created" => self.said.created = Some(text.decode()),
            "lang" => self.said.language = tag(&text.decode()),
            "name" => self.said.name = text.decode().chars().take(NAME_CHARS).collect(),
            "country" => self.said.country = code(&text.decode()),
            "region" => self.said.region = word(&text.decode()),
            "relationship_type" => self.relation = text.decode(),
            "source_ref" => self.source = text.decode(),
            "target_ref" => self.target = text.decode(),
            "sighting_of_ref" => self.sighted = text.decode(),
            _ => {}
        }
    }

    fn take_list(&mut self, name: &str, list: Raw<'a>) {
        match name {
            "kill_chain_phases" => self.said.phases = joined(elements(list).filter_map(phase)),
            "sectors" => self.said.sectors = joined(texts(list).map(|text| word(&text))),
            "external_references" => {
                self.said.external =
                    elements(list).take(MOST_WORDS).find_map(|one| external(&one)).unwrap_or_default();
            }
            "where_sighted_refs" => self.places = texts(list).take(MOST_EDGES).collect(),
            "object_refs" => self.objects = texts(list).take(MOST_EDGES).collect(),
            _ => {}
        }
    }

    fn finish(mut self, stix_type: &str) -> Statement<'a> {
        if self.said.language.is_empty() {
            self.said.language = ENGLISH.to_owned();
        }
        let own = self.said.id.clone();
        let Self { relation, source, target, sighted, places, objects, .. } = &mut self;
        let edges = match stix_type {
            "relationship" => vec![Edge {
                tells_from: Kind::of_id(source).is_counted(),
                tells_to: Kind::of_id(target).is_counted()
                    || (Kind::of_id(target).is_hit() && relation == "targets"),
                relation: std::mem::take(relation),
                from: std::mem::take(source),
                to: std::mem::take(target),
            }],
            "sighting" => sighting(sighted, std::mem::take(places)),
            "report" | "grouping" => objects
                .drain(..)
                .map(|to| Edge {
                    relation: "object".into(),
                    from: own.clone(),
                    tells_from: false,
                    tells_to: Kind::of_id(&to).is_counted(),
                    to,
                })
                .collect(),
            _ => Vec::new(),
        };
        self.said.edges = edges;
        self.said
    }
}

/// What was seen, and where: one tie for each place, and one without a place where none is named.
fn sighting<'a>(sighted: &Cow<'a, str>, places: Vec<Cow<'a, str>>) -> Vec<Edge<'a>> {
    let places = if places.is_empty() { vec![Cow::Borrowed("")] } else { places };
    let tie = |(n, to): (usize, Cow<'a, str>)| Edge {
        relation: "sighted".into(),
        from: sighted.clone(),
        tells_from: n == 0 && Kind::of_id(sighted).is_counted(),
        tells_to: Kind::of_id(&to).is_hit(),
        to,
    };
    places.into_iter().enumerate().map(tie).collect()
}

fn texts(list: Raw<'_>) -> impl Iterator<Item = Cow<'_, str>> {
    elements(list).filter_map(|value| value.text().map(|text| text.decode()))
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.filter(|word| !word.is_empty()).take(MOST_WORDS).collect::<Vec<_>>().join(" ")
}

/// A word of a vocabulary: what could not be one is dropped.
fn word(text: &str) -> String {
    let fits =
        text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    if fits { text.to_ascii_lowercase() } else { String::new() }
}

/// A tag of a language; what could not be one is dropped.
fn tag(text: &str) -> String {
    let fits = (2..=35).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    if fits { text.to_ascii_lowercase() } else { String::new() }
}

fn code(text: &str) -> String {
    let fits = text.len() == 2 && text.bytes().all(|b| b.is_ascii_alphabetic());
    if fits { text.to_ascii_uppercase() } else { String::new() }
}

fn phase(value: Value<'_>) -> Option<String> {
    let Value::Object(object) = value else { return None };
    let (mut chain, mut name) = (String::new(), String::new());
    for (key, value) in members(object) {
        let text = value.text().map(|text| word(&text.decode())).unwrap_or_default();
        match key.raw() {
            "kill_chain_name" => chain = text,
            "phase_name" => name = text,
            _ => {}
        }
    }
    (!chain.is_empty() && !name.is_empty()).then(|| format!("{chain}/{name}"))
}

/// The number that people know it by: of a technique or of a vulnerability.
fn external(value: &Value<'_>) -> Option<String> {
    let Value::Object(object) = value else { return None };
    let (mut source, mut id) = (String::new(), String::new());
    for (key, value) in members(*object) {
        let text = value.text().map(|text| text.decode().into_owned()).unwrap_or_default();
        match key.raw() {
            "source_name" => source = text,
            "external_id" => id = text,
            _ => {}
        }
    }
    let known = source.starts_with("mitre-") || source == "cve";
    let fits = (2..=32).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    (known && fits).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_technique_says_its_number_and_its_phases() {
        let body = br#"{"type":"attack-pattern","id":"attack-pattern--1","name":"Valid accounts","modified":"2026-11-01T00:00:00Z",
            "kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"persistence"},{"phase_name":"x"}],
            "external_references":[{"source_name":"blog"},{"source_name":"mitre-attack","external_id":"T1078"}]}"#;
        for validated in [true, false] {
            let said = read("attack-pattern", body, validated).expect("readable");
            assert_eq!((said.name.as_str(), said.external.as_str()), ("Valid accounts", "T1078"));
            assert_eq!(said.phases, "mitre-attack/persistence");
            assert_eq!(said.version_us(), Some(1_793_491_200_000_000));
        }
    }

    #[test]
    fn a_sighting_speaks_once_of_what_was_seen_and_once_of_each_place() {
        let body = br#"{"type":"sighting","id":"sighting--1","sighting_of_ref":"malware--1",
            "where_sighted_refs":["identity--1","identity--2"]}"#;
        let said = read("sighting", body, false).expect("readable");
        let tells: Vec<_> = said.edges.iter().map(|edge| (edge.tells_from, edge.tells_to)).collect();
        assert_eq!(tells, [(true, true), (false, true)]);
    }

    #[test]
    fn words_that_are_none_are_dropped() {
        assert_eq!(
            (word("Energy"), word("a b"), word("<script>")),
            ("energy".into(), String::new(), String::new())
        );
        assert_eq!((code("be"), code("BEL"), code("1a")), ("BE".into(), String::new(), String::new()));
    }
}
