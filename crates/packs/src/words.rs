//! The small tables that packs refer to: facts, fields, recipients, channels and names of holidays.

use std::collections::BTreeMap;

use model::Bilingual;
use serde::Deserialize;

/// What kind of thing a fact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FactKind {
    /// When something happened.
    Instant,
    /// Yes, no, or unknown.
    Truth,
    /// How many.
    Number,
}

/// A fact from which clocks run or on which stages depend.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// What kind of thing it is.
    pub kind: FactKind,
    en: String,
    fr: String,
    /// Other names under which it is read.
    #[serde(default)]
    pub also: Vec<String>,
}

impl Fact {
    /// What people call it.
    pub fn name(&self) -> Bilingual {
        Bilingual::new(&*self.en, &*self.fr)
    }
}

/// A field of the incident record.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Where the fact stands in the record.
    pub path: String,
    /// The fact of clocks that says the same: who has stated that has filled this field.
    pub fact: Option<String>,
    /// What kind of thing it is; none: text.
    pub kind: Option<FactKind>,
    en: String,
    fr: String,
}

impl Field {
    /// What people call it.
    pub fn name(&self) -> Bilingual {
        Bilingual::new(&*self.en, &*self.fr)
    }
}

/// Somebody who receives a report.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    en: String,
    fr: String,
    /// What reaches them is public, or as good as.
    #[serde(default)]
    pub public: bool,
}

impl Recipient {
    /// What people call them.
    pub fn name(&self) -> Bilingual {
        Bilingual::new(&*self.en, &*self.fr)
    }
}

/// A question that people decide.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// The fact that follows from the decision.
    pub fact: Option<String>,
    en: String,
    fr: String,
}

impl Question {
    /// What people call it.
    pub fn name(&self) -> Bilingual {
        Bilingual::new(&*self.en, &*self.fr)
    }
}

/// All tables.
#[derive(Debug, Clone)]
pub struct Words {
    /// Facts by id.
    pub facts: BTreeMap<String, Fact>,
    /// Fields by code.
    pub fields: BTreeMap<String, Field>,
    /// Recipients by code.
    pub recipients: BTreeMap<String, Recipient>,
    /// Channels by code.
    pub channels: BTreeMap<String, Bilingual>,
    /// Questions that people decide, by code.
    pub determinations: BTreeMap<String, Question>,
    /// Terms and sentences by code.
    pub terms: BTreeMap<String, Bilingual>,
    /// Holidays by code.
    pub holidays: BTreeMap<String, Bilingual>,
}

impl Words {
    /// The tables in the binary.
    pub fn embedded() -> Result<Self, toml::de::Error> {
        Ok(Self {
            facts: toml::from_str(include_str!("../../../packs/facts.toml"))?,
            fields: toml::from_str(include_str!("../../../packs/fields.toml"))?,
            recipients: toml::from_str(include_str!("../../../packs/recipients.toml"))?,
            channels: toml::from_str(include_str!("../../../packs/channels.toml"))?,
            determinations: toml::from_str(include_str!("../../../packs/determinations.toml"))?,
            terms: toml::from_str(include_str!("../../../packs/terms.toml"))?,
            holidays: toml::from_str(include_str!("../../../packs/holidays.toml"))?,
        })
    }

    /// A set of fields as bits, by the place of each among the codes; there are fewer than 128 (a test counts them).
    pub fn field_bits<'a>(&self, codes: impl Iterator<Item = &'a str>) -> u128 {
        let place = |code: &str| self.fields.keys().position(|known| known == code);
        let bit = |code: &str| place(code).and_then(|place| 1_u128.checked_shl(u32::try_from(place).ok()?));
        codes.filter_map(bit).fold(0, |bits, bit| bits | bit)
    }

    /// The id of the fact that is written as `name`, by its id or by another of its names.
    pub fn fact_id(&self, name: &str) -> Option<&str> {
        if let Some((id, _)) = self.facts.get_key_value(name) {
            return Some(id);
        }
        self.facts
            .iter()
            .find(|(_, fact)| fact.also.iter().any(|other| other == name))
            .map(|(id, _)| id.as_str())
    }

    /// The one name of whatever a statement may be about: the id of a fact, the code of a field, else as it is.
    pub fn canonical<'a>(&'a self, name: &'a str) -> &'a str {
        if let Some(fact) = self.fact_id(name) {
            return fact;
        }
        let by_path = || self.fields.iter().find(|(_, field)| field.path == name);
        match self.fields.get_key_value(name).or_else(by_path) {
            Some((code, field)) => field.fact.as_deref().unwrap_or(code),
            None => name,
        }
    }

    /// A term in both languages; one that is not there shows itself.
    pub fn term(&self, code: &str) -> Bilingual {
        let shown = || Bilingual::new(format!("⟦{code}⟧"), format!("⟦{code}⟧"));
        self.terms.get(code).cloned().unwrap_or_else(shown)
    }

    /// A sentence with what is asked for put in its `{places}`.
    pub fn say(&self, code: &str, places: &[(&str, &Bilingual)]) -> Bilingual {
        let mut said = self.term(code);
        for (place, what) in places {
            let place = format!("{{{place}}}");
            said.en = said.en.replace(&place, &what.en);
            said.fr = said.fr.replace(&place, &what.fr);
        }
        said
    }
}
