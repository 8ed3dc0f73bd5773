//! How risk is assessed: a register of methods of both sides, and a crosswalk between any two of them over what every
//! assessment does, and over the places of their scales.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use model::Bilingual;
use model::time::civil::Date;
use serde::{Deserialize, Serialize};

use crate::library::METHODS;

/// The register.
#[derive(Debug)]
pub struct Methods {
    /// What every assessment does, in its order.
    pub activities: Vec<Activity>,
    /// By id.
    pub methods: BTreeMap<String, Method>,
}

/// One thing that every assessment does.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Activity {
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub name: Bilingual,
}

/// On which side a method is at home.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The Union or a Member State.
    Eu,
    /// The United States.
    Us,
    /// Both, and others.
    International,
}

/// One method.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Method {
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub title: Bilingual,
    /// Who publishes it.
    pub publisher: String,
    /// Which edition is described.
    pub edition: String,
    /// Where it is at home.
    pub side: Side,
    /// How sure the description is: A, A-, B or C.
    pub confidence: String,
    /// When somebody last compared it with its sources.
    pub reviewed: Date,
    /// Where all of it comes from.
    pub sources: Vec<String>,
    /// What marks it.
    pub about: Bilingual,
    /// Its steps, in its own order.
    #[serde(rename(deserialize = "step"))]
    pub steps: Vec<Step>,
    /// Its scales; none when it leaves them to whoever uses it.
    #[serde(default, rename(deserialize = "scale"))]
    pub scales: Vec<Scale>,
}

/// A step of a method.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Where it stands in the text.
    pub place: String,
    /// What people call it.
    pub title: Bilingual,
    /// Which of the common activities it does.
    pub does: Vec<String>,
}

/// What a scale measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measures {
    /// How likely.
    Likelihood,
    /// How grave.
    Impact,
    /// Both together.
    Risk,
}

/// A scale, the lowest level first.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// What it measures.
    pub measures: Measures,
    /// Where it stands in the text.
    pub place: String,
    /// Its levels.
    pub levels: Vec<Level>,
}

/// A level of a scale.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Level {
    en: String,
    fr: String,
    /// First number of a hundred, where the method gives numbers.
    pub from: Option<u8>,
    /// Last number.
    pub to: Option<u8>,
}

impl Level {
    /// What people call it.
    pub fn name(&self) -> Bilingual {
        Bilingual::new(&*self.en, &*self.fr)
    }
}

/// Two methods side by side.
#[derive(Debug, Serialize)]
pub struct Crosswalk<'a> {
    /// The one.
    pub from: &'a Method,
    /// The other.
    pub to: &'a Method,
    /// Activity by activity.
    pub rows: Vec<Row<'a>>,
    /// For what both measure.
    pub scales: Vec<Pair<'a>>,
}

/// What both do for one activity; empty on one side: that method has no step of its own for it.
#[derive(Debug, Serialize)]
pub struct Row<'a> {
    /// The activity.
    pub activity: &'a Activity,
    /// Steps of the one.
    pub from: Vec<&'a Step>,
    /// Steps of the other.
    pub to: Vec<&'a Step>,
}

/// The levels of one scale, each with the levels of the other that it may correspond to. By their place in the order
/// alone: a hint for people, never a conversion.
#[derive(Debug, Serialize)]
pub struct Pair<'a> {
    /// What both measure.
    pub measures: Measures,
    /// Level by level.
    pub levels: Vec<(&'a Level, Vec<&'a Level>)>,
}

static EMBEDDED: LazyLock<Methods> = LazyLock::new(|| {
    // A test of this crate reads them; a binary in which they failed could not have been released.
    Methods::read(METHODS).expect("the methods in the binary can be read and pass their checks")
});

/// Why the register cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {fault}; correct the file")]
pub struct MethodError {
    /// The file.
    pub file: String,
    /// What is wrong with it.
    pub fault: String,
}

#[derive(Deserialize)]
struct Activities {
    activity: Vec<Activity>,
}

impl Methods {
    /// The register in the binary.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads methods from their texts, by file name, and checks them.
    pub fn read(files: &[(&str, &str)]) -> Result<Self, MethodError> {
        let fault = |file: &str, fault: String| MethodError { file: file.to_owned(), fault };
        let common: Activities = toml::from_str(include_str!("../../../packs/activities.toml"))
            .map_err(|error| fault("activities", error.to_string()))?;
        let mut found = Self { activities: common.activity, methods: BTreeMap::new() };
        for (file, text) in files {
            let method: Method = toml::from_str(text).map_err(|error| fault(file, error.to_string()))?;
            if let Some(wrong) = found.wrong(file, &method) {
                return Err(fault(file, wrong));
            }
            found.methods.insert(method.id.clone(), method);
        }
        Ok(found)
    }

    fn wrong(&self, file: &str, method: &Method) -> Option<String> {
        if method.id != file {
            return Some(format!("its id is {:?}, not the name of the file", method.id));
        }
        if !crate::check::CONFIDENCES.contains(&method.confidence.as_str()) || method.sources.is_empty() {
            return Some("it needs a source, and a confidence of A, A-, B or C".to_owned());
        }
        let known = |id: &String| self.activities.iter().any(|activity| activity.id == *id);
        let unknown = method.steps.iter().flat_map(|step| &step.does).find(|id| !known(id));
        if let Some(id) = unknown {
            return Some(format!("no activity is called {id:?}"));
        }
        let bare =
            |step: &&Step| step.does.is_empty() || step.place.trim().is_empty() || !step.title.is_complete();
        if let Some(step) = method.steps.iter().find(bare) {
            return Some(format!(
                "the step {:?} needs a place, both languages and what it does",
                step.title.en
            ));
        }
        let rising = |scale: &&Scale| {
            let numbers: Vec<u8> = scale.levels.iter().filter_map(|level| level.from).collect();
            (2..=10).contains(&scale.levels.len()) && numbers.is_sorted()
        };
        let wrong = method.scales.iter().find(|scale| !rising(scale));
        wrong.map(|scale| format!("the scale at {:?} needs two to ten levels, the lowest first", scale.place))
    }

    /// Two methods side by side; none when one of them is not in the register.
    pub fn crosswalk(&self, from: &str, to: &str) -> Option<Crosswalk<'_>> {
        let (from, to) = (self.methods.get(from)?, self.methods.get(to)?);
        let rows = self.activities.iter().map(|activity| Row {
            activity,
            from: steps(from, &activity.id),
            to: steps(to, &activity.id),
        });
        let scales = from.scales.iter().filter_map(|one| {
            let other = to.scales.iter().find(|other| other.measures == one.measures)?;
            Some(Pair { measures: one.measures, levels: beside(one, other) })
        });
        Some(Crosswalk { from, to, rows: rows.collect(), scales: scales.collect() })
    }
}

fn steps<'a>(method: &'a Method, activity: &str) -> Vec<&'a Step> {
    method.steps.iter().filter(|step| step.does.iter().any(|does| does == activity)).collect()
}

/// Each level of the one with those of the other that share a part of the way from lowest to highest.
fn beside<'a>(one: &'a Scale, other: &'a Scale) -> Vec<(&'a Level, Vec<&'a Level>)> {
    let (n, m) = (one.levels.len(), other.levels.len());
    // The parts i/n to (i+1)/n and j/m to (j+1)/m overlap; whole numbers, so that touching is not overlapping.
    let overlaps = |i: usize, j: usize| i * m < (j + 1) * n && j * n < (i + 1) * m;
    let of = |i: usize| {
        other.levels.iter().enumerate().filter(|(j, _)| overlaps(i, *j)).map(|(_, level)| level).collect()
    };
    one.levels.iter().enumerate().map(|(i, level)| (level, of(i))).collect()
}
