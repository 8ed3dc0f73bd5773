//! A regime as data: its head, classes of entity, national overlays, and stages with their clocks.

use std::sync::Arc;

use model::Bilingual;
use model::time::civil::Date;
use serde::{Deserialize, Serialize};

use crate::anchor::Anchor;
use crate::condition::Condition;
use crate::face::Face;
use crate::overlay::Overlay;
use crate::period::Period;
use crate::standing::{Standing, Status};
use crate::version::Version;

/// One regime: a law, or a part of it that stands alone.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// What the file is about.
    #[serde(rename = "pack")]
    pub head: Head,
    /// What a reader must know besides.
    #[serde(default, rename = "note")]
    pub notes: Vec<Bilingual>,
    /// Classes of entity that this law treats apart.
    #[serde(default, rename = "class")]
    pub classes: Vec<Class>,
    /// How Member States have transposed a directive.
    #[serde(default, rename = "overlay")]
    pub overlays: Vec<Overlay>,
    /// How many of the counted criteria suffice.
    #[serde(default)]
    pub threshold: Threshold,
    /// What makes an event fall under it, in numbers.
    #[serde(default, rename = "criterion")]
    pub criteria: Vec<Criterion>,
    /// Its stages; one id may stand several times, for different times.
    #[serde(default, rename = "stage")]
    pub stages: Vec<Stage>,
}

/// The head of a pack.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Its name: `NIS2`, `CRA-V`, …
    pub regime: String,
    /// The version of this file.
    pub version: Version,
    /// What it is about.
    pub title: Bilingual,
    /// The law, by its citation.
    pub law: String,
    /// First day of events that it covers; none when not recorded.
    pub from: Option<Date>,
    /// Last day; none when open.
    pub until: Option<Date>,
    /// A regime beside those that were worked through: planned only when somebody names it.
    #[serde(default)]
    pub adjacent: bool,
    /// Regimes that, where they apply, apply in its place (lex specialis).
    #[serde(default)]
    pub yields_to: Vec<String>,
    /// Whether it binds.
    pub status: Status,
    /// How sure that is: A, A-, B or C.
    pub confidence: String,
    /// When somebody last compared it with its sources.
    pub reviewed: Date,
    /// Whom it binds.
    pub covered: Bilingual,
    /// What makes an event fall under it.
    pub test: Bilingual,
    /// Where all of it comes from.
    pub sources: Vec<String>,
}

/// How many of the counted criteria suffice.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// So many; none are counted when it is 0.
    pub least: usize,
}

/// What a criterion counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Nothing counts without it.
    Gate,
    /// It suffices.
    Alone,
    /// It counts as one.
    Counted,
}

/// One criterion: every line of `all` must hold, a line holds when one of its conditions does.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub title: Bilingual,
    /// The clause.
    pub cite: String,
    /// What it counts for.
    pub role: Role,
    /// Only for these classes of entity; for everybody when empty.
    #[serde(default)]
    pub classes: Vec<String>,
    /// What is asked.
    pub all: Vec<Vec<Condition>>,
}

/// A class of entity.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub name: Bilingual,
    /// Other names under which it is read.
    #[serde(default)]
    pub also: Vec<String>,
    /// Wider classes that whoever is of this one is of too, also those of other laws.
    #[serde(default)]
    pub within: Vec<String>,
    /// Relief for weekends and bank holidays is denied to it (Delegated Regulation (EU) 2025/301, art. 5(5)).
    #[serde(default)]
    pub no_relief: bool,
}

/// What kind of duty a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Without undue delay, and no later than the clock says.
    Ceiling,
    /// Without undue delay; the law gives no number.
    Asap,
    /// When somebody asks, by the date that they set.
    OnRequest,
    /// At intervals.
    Periodic,
    /// Free, and never overdue.
    Voluntary,
    /// Not before the clock says.
    Embargo,
    /// A choice that replaces or defers other stages.
    Option,
    /// Something to keep until the clock says.
    Keep,
}

/// Whom a stage binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binds {
    /// Whoever had the incident.
    #[default]
    Entity,
    /// Whoever receives the report.
    Authority,
}

/// How a period is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    /// Hours that pass, whatever the clock on the wall does.
    Elapsed,
    /// Hours under Regulation (EEC, Euratom) No 1182/71.
    EuHours,
    /// Days and months under that regulation.
    EuDays,
    /// DORA: elapsed hours or months, with relief until noon of the next working day.
    Dora,
    /// Business days of the Securities and Exchange Commission, until 17:30 Eastern time.
    UsSec,
    /// Business days of the federal government.
    UsBusinessDays,
    /// Calendar days, nothing rolls.
    CalendarDays,
    /// Calendar days to the end of the local day.
    LocalDays,
}

/// To whom the relief of DORA is open at a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Relief {
    /// To everybody.
    All,
    /// To entities of no excluded class.
    NotExcluded,
}

/// Which limb of a clock decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Combine {
    /// The earliest.
    #[default]
    Earliest,
    /// The latest.
    Latest,
}

/// The last day of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Until {
    /// No end, though the pack has one.
    Open,
    /// This day.
    Day(Date),
}

impl TryFrom<String> for Until {
    type Error = model::time::TimeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text == "open" { Ok(Self::Open) } else { text.parse().map(Self::Day) }
    }
}

/// One stage: a report, a notice, or a silence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Its name: `nis2.ew`.
    pub id: String,
    /// What people call it.
    pub title: Bilingual,
    /// The clause.
    pub cite: String,
    /// What kind of duty.
    pub duty: Duty,
    /// Whom it binds.
    #[serde(default)]
    pub binds: Binds,
    /// How sure this is, when it differs from the pack.
    pub confidence: Option<String>,
    /// First day of events, when it differs from the pack.
    pub from: Option<Date>,
    /// Last day of events, when it differs from the pack.
    pub until: Option<Until>,
    /// Status, when it differs from the pack.
    pub status: Option<Status>,
    /// Who receives it.
    pub recipients: Vec<String>,
    /// The ways it goes.
    pub channels: Vec<String>,
    /// Fields that it needs.
    #[serde(default)]
    pub required: Vec<String>,
    /// Fields that it needs where they apply.
    #[serde(default)]
    pub conditional: Vec<String>,
    /// When it applies: all of these.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Relief of DORA.
    pub relief: Option<Relief>,
    /// Its date is a day, not an instant, once this fact is known.
    pub as_day_when: Option<String>,
    /// Stages that it stands for.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// Which limb decides.
    #[serde(default)]
    pub combine: Combine,
    /// What a reader must know.
    pub note: Option<Bilingual>,
    /// The limbs of its clock; none when the law gives no number.
    #[serde(default, rename = "limb")]
    pub limbs: Vec<Limb>,
    /// What lists show of it, once it stands in a library.
    #[serde(skip)]
    pub face: Arc<Face>,
}

/// One limb of a clock: a period from an anchor.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limb {
    /// Its own name, when a stage has several dates.
    pub name: Option<String>,
    /// From where it runs.
    pub anchor: Anchor,
    /// How long.
    pub period: Period,
    /// How it is counted.
    pub counting: Counting,
    /// Its date is never before this one.
    pub not_before: Option<Anchor>,
    /// Without it the stage has no date at all.
    #[serde(default)]
    pub needed: bool,
    /// When it applies.
    pub when: Option<Condition>,
}

impl Head {
    /// What records call it: `NIS2 2026.1`.
    pub fn label(&self) -> String {
        format!("{} {}", self.regime, self.version)
    }

    /// Whether it is newer than the pack that a record calls `label`, perhaps with more behind a comma.
    pub fn is_newer_than(&self, label: &str) -> bool {
        let noted = label.split([' ', ',']).nth(1).and_then(|version| version.parse::<Version>().ok());
        noted.is_none_or(|noted| noted < self.version)
    }
}

impl Pack {
    /// Reads a pack from its text; nothing is checked yet, see [`crate::check`].
    pub fn read(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// How sure a stage is.
    pub fn confidence<'a>(&'a self, stage: &'a Stage) -> &'a str {
        stage.confidence.as_deref().unwrap_or(&self.head.confidence)
    }

    /// First and last day of events that a stage covers.
    pub fn window(&self, stage: &Stage) -> (Option<Date>, Option<Date>) {
        let until = match stage.until {
            None => self.head.until,
            Some(Until::Open) => None,
            Some(Until::Day(day)) => Some(day),
        };
        (stage.from.or(self.head.from), until)
    }

    /// Whether a stage binds for an event on `day`.
    pub fn standing(&self, stage: &Stage, day: Date) -> Standing {
        let (from, until) = self.window(stage);
        Standing::on(day, stage.status.unwrap_or(self.head.status), from, until)
    }

    /// The ids of its stages, each once, in the order of the file.
    pub fn stage_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = Vec::new();
        for stage in &self.stages {
            if !ids.contains(&stage.id.as_str()) {
                ids.push(&stage.id);
            }
        }
        ids
    }

    /// The version of a stage for an event on `day`: the one that covers it, else the last one before it, else
    /// the first. Without a day: the first of the file that has no end, else the first.
    pub fn stage_on(&self, id: &str, day: Option<Date>) -> Option<&Stage> {
        let versions = || self.stages.iter().filter(|stage| stage.id == id);
        let Some(day) = day else {
            return versions().find(|stage| self.window(stage).1.is_none()).or_else(|| versions().next());
        };
        let covers = |stage: &&Stage| {
            let (from, until) = self.window(stage);
            from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
        };
        let before = || {
            let begun = versions().filter(|stage| self.window(stage).0.is_none_or(|from| from <= day));
            begun.max_by_key(|stage| self.window(stage).0)
        };
        versions()
            .find(covers)
            .or_else(before)
            .or_else(|| versions().min_by_key(|stage| self.window(stage).0))
    }
}
