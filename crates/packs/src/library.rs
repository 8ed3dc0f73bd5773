//! Everything at once: the packs, the calendars and the words, read once and checked before use.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use crate::calendar::Calendar;
use crate::check::{self, Finding};
use crate::face::Face;
use crate::pack::{Pack, Stage};
use crate::version::Version;
use crate::words::Words;

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// All law that this binary knows.
#[derive(Debug, Clone)]
pub struct Library {
    /// By regime.
    pub packs: BTreeMap<String, Pack>,
    /// By code.
    pub calendars: BTreeMap<String, Calendar>,
    /// What things are called.
    pub words: Words,
    /// The regime of each stage; looked up often.
    regimes: HashMap<String, String>,
    /// The stages of each regime, each once, in the order of its file.
    stages: HashMap<String, Vec<String>>,
}

/// Why a library is not used.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// A file is not what a pack must be.
    #[error("{file} is no pack: {fault}; correct the line that it names")]
    Unreadable {
        /// The file, without its ending.
        file: String,
        /// What is wrong, with its place.
        fault: String,
    },
    /// Two files for one thing.
    #[error("{0} stands in two files; keep one of them")]
    Twice(String),
    /// The checks found something.
    #[error("{} of the packs' checks failed, first {}; run `entente notify pack check`", .0.len(), .0.first().map_or(String::new(), ToString::to_string))]
    Unsound(Vec<Finding>),
}

static EMBEDDED: LazyLock<Library> = LazyLock::new(|| {
    // A test of this crate loads them all; a binary in which they failed could not have been released.
    Library::read(REGIMES, CALENDARS)
        .and_then(Library::checked)
        .expect("the packs in the binary pass their checks")
});

impl Library {
    /// The library in the binary.
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// The text of a regime as it is in the binary.
    pub fn embedded_text(regime: &str) -> Option<&'static str> {
        let of = |text: &str| Pack::read(text).is_ok_and(|pack| pack.head.regime == regime);
        REGIMES.iter().map(|(_, text)| *text).find(|text| of(text))
    }

    /// Reads regimes and calendars from their texts, by file name. Nothing is checked yet: see [`Self::checked`].
    pub fn read(regimes: &[(&str, &str)], calendars: &[(&str, &str)]) -> Result<Self, LoadError> {
        let fault = |file: &str, error: toml::de::Error| LoadError::Unreadable {
            file: file.to_owned(),
            fault: error.to_string(),
        };
        let words = Words::embedded().map_err(|error| fault("words", error))?;
        let mut library = Self {
            packs: BTreeMap::new(),
            calendars: BTreeMap::new(),
            words,
            regimes: HashMap::new(),
            stages: HashMap::new(),
        };
        for (file, text) in regimes {
            library.add(toml::from_str(text).map_err(|error| fault(file, error))?)?;
        }
        for (file, text) in calendars {
            let mut calendar: Calendar = toml::from_str(text).map_err(|error| fault(file, error))?;
            calendar.prepare();
            let id = calendar.id.clone();
            if library.calendars.insert(id.clone(), calendar).is_some() {
                return Err(LoadError::Twice(id));
            }
        }
        Ok(library)
    }

    fn add(&mut self, mut pack: Pack) -> Result<(), LoadError> {
        self.dress(&mut pack);
        let regime = pack.head.regime.clone();
        self.regimes.extend(pack.stages.iter().map(|stage| (stage.id.clone(), regime.clone())));
        self.stages.insert(regime.clone(), ids(&pack));
        if self.packs.insert(regime.clone(), pack).is_some() {
            return Err(LoadError::Twice(regime));
        }
        Ok(())
    }

    fn dress(&self, pack: &mut Pack) {
        for stage in &mut pack.stages {
            stage.face = Face::of(stage, &self.words);
        }
    }

    /// The library with one pack put in the place of the one of that regime.
    pub fn with(mut self, mut pack: Pack) -> Self {
        self.dress(&mut pack);
        self.stages.insert(pack.head.regime.clone(), ids(&pack));
        self.packs.insert(pack.head.regime.clone(), pack);
        let of = |pack: &Pack| {
            let regime = pack.head.regime.clone();
            pack.stages.iter().map(move |stage| (stage.id.clone(), regime.clone())).collect::<Vec<_>>()
        };
        self.regimes = self.packs.values().flat_map(of).collect();
        self
    }

    /// The library, if all its checks pass.
    pub fn checked(self) -> Result<Self, LoadError> {
        let findings = check::all(&self);
        if findings.is_empty() { Ok(self) } else { Err(LoadError::Unsound(findings)) }
    }

    /// The calendar of that code, in any case of letters, by its own or another of its codes.
    pub fn calendar(&self, code: &str) -> Option<&Calendar> {
        if let Some(calendar) = self.calendars.get(code) {
            return Some(calendar);
        }
        let same = |other: &str| other.eq_ignore_ascii_case(code);
        self.calendars.values().find(|calendar| same(&calendar.id) || calendar.also.iter().any(|id| same(id)))
    }

    /// The calendar of the State or institution in that time zone.
    pub fn calendar_of_zone(&self, zone: &str) -> Option<&Calendar> {
        self.calendars.values().find(|calendar| calendar.zone == zone && calendar.id.len() == 2)
    }

    /// The classes of an entity that somebody calls `name`: the class of that id or other name, in any case of
    /// letters and with blanks or hyphens, and the wider classes of it. What no law treats apart keeps its name.
    pub fn classes_of(&self, name: &str) -> Vec<String> {
        let name = name.trim().to_ascii_lowercase().replace([' ', '-'], "_");
        let classes = || self.packs.values().flat_map(|pack| &pack.classes);
        let by_id = classes().find(|class| class.id == name).map(|class| &class.id);
        let known =
            by_id.or_else(|| classes().find(|class| class.also.contains(&name)).map(|class| &class.id));
        let Some(id) = known else { return vec![name] };
        let same = classes().filter(|class| class.id == *id);
        std::iter::once(id.clone()).chain(same.flat_map(|class| class.within.clone())).collect()
    }

    /// The pack to which a stage belongs.
    pub fn pack_of(&self, stage: &str) -> Option<&Pack> {
        self.packs.get(self.regimes.get(stage)?)
    }

    /// The id of a stage as the library keeps it, with its pack.
    pub fn stage(&self, id: &str) -> Option<(&str, &Pack)> {
        let (id, regime) = self.regimes.get_key_value(id)?;
        Some((id, self.packs.get(regime)?))
    }

    /// The ids of the stages of a regime, each once, in the order of its file.
    pub fn stages_of(&self, regime: &str) -> impl Iterator<Item = &str> {
        self.stages.get(regime).into_iter().flatten().map(String::as_str)
    }

    /// Every stage with its pack, versions included.
    pub fn stages(&self) -> impl Iterator<Item = (&Pack, &Stage)> {
        self.packs.values().flat_map(|pack| pack.stages.iter().map(move |stage| (pack, stage)))
    }

    /// One word for the versions of all packs and calendars, recorded with what was computed by them.
    pub fn version(&self) -> String {
        let written = |newest: Option<&Version>| newest.map_or("", Version::as_str).to_owned();
        format!(
            "packs {}, calendars {}, zones {}",
            written(self.packs.values().map(|pack| &pack.head.version).max()),
            written(self.calendars.values().map(|calendar| &calendar.version).max()),
            model::time::zones_version()
        )
    }
}

fn ids(pack: &Pack) -> Vec<String> {
    pack.stage_ids().into_iter().map(str::to_owned).collect()
}
