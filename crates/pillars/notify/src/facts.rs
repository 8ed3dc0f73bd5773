//! What is known of an incident when clocks are asked for: moments, truths, numbers, classes, and where it is.

use std::collections::{BTreeMap, BTreeSet};

use model::Timestamp;
use model::time::civil::{Date, DateTime};
use model::time::{Offset, TimeZone};
use packs::words::FactKind;
use packs::{Anchor, Library};
use serde_json::{Map, Value};
use ui::locale::{Part, Sentence};
use ui::sentence;

use crate::labels;
use crate::moment::Moment;

/// The facts. What is not in them is unknown, which is not the same as no.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    /// The regimes that are asked about.
    pub regimes: Vec<String>,
    /// Moments by fact.
    pub moments: BTreeMap<String, Moment>,
    /// Moments by stage: real submissions.
    pub submitted: BTreeMap<String, Moment>,
    /// Moments by stage: receptions on the other side.
    pub received: BTreeMap<String, Moment>,
    /// Limits that somebody else has worked out.
    pub ceilings: BTreeMap<String, Moment>,
    /// Yes and no by fact.
    pub truths: BTreeMap<String, bool>,
    /// Numbers by fact.
    pub numbers: BTreeMap<String, f64>,
    /// The classes of the entity; none when nobody said.
    pub classes: Option<BTreeSet<String>>,
    /// The zone of whoever receives the report, or of the entity.
    pub zone: Option<String>,
    /// The offset that an instant was written with, for when no zone is given.
    pub offset: Option<Offset>,
    /// The calendars, by code.
    pub calendars: Vec<String>,
    /// What was given and is no fact here.
    pub unused: Vec<String>,
}

/// A fact that cannot be right, with its field.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct FactError {
    /// The field.
    pub field: String,
    /// What is wrong with it and what to do.
    pub fault: Sentence,
}

impl FactError {
    /// What is wrong with `field`.
    pub(crate) fn at(field: &str, fault: Sentence) -> Self {
        Self { field: field.chars().take(80).collect(), fault }
    }

    /// The field and what is wrong with it.
    pub fn sentence(&self) -> Sentence {
        sentence!("refused-at", field = labels::field(&self.field), fault = self.fault.clone())
    }
}

fn wrong(field: &str, fault: Sentence) -> FactError {
    FactError::at(field, fault)
}

/// No incident has more facts than this.
const MOST_FACTS: usize = 500;

impl Facts {
    /// Reads facts from a JSON object, under the names of `packs/facts.toml`.
    pub fn read(object: &Map<String, Value>, library: &Library) -> Result<Self, FactError> {
        if object.len() > MOST_FACTS {
            return Err(wrong("input", sentence!("refused-many-facts", most = MOST_FACTS)));
        }
        let mut facts = Self::default();
        facts.place(object, library)?;
        for (field, value) in object {
            facts.add(field, value, library)?;
        }
        facts.only_determination(library);
        facts.order()?;
        Ok(facts)
    }

    /// Asked about one regime that knows one determination, `determined` alone can only mean that one.
    fn only_determination(&mut self, library: &Library) {
        let [regime] = self.regimes.as_slice() else { return };
        let (Some(moment), Some(pack)) = (self.moments.get("determined").copied(), library.packs.get(regime))
        else {
            return;
        };
        let limbs = pack.stages.iter().flat_map(|stage| &stage.limbs);
        let facts: BTreeSet<&str> = limbs.filter_map(|limb| limb.anchor.fact()).collect();
        let mut kinds = facts.iter().filter(|fact| fact.starts_with("determined_"));
        if let (false, Some(kind), None) = (facts.contains("determined"), kinds.next(), kinds.next()) {
            self.moments.entry((*kind).to_owned()).or_insert(moment);
        }
    }

    /// Zone and calendars first: the other facts are read in them.
    fn place(&mut self, object: &Map<String, Value>, library: &Library) -> Result<(), FactError> {
        self.calendars = texts("holidays", object.get("holidays"))?;
        for code in &self.calendars {
            if library.calendar(code).is_none() {
                return Err(wrong("holidays", sentence!("refused-calendar", code = Part::quoted(code))));
            }
        }
        let zone = texts("tz", object.get("tz"))?.into_iter().next();
        if let Some(zone) = &zone
            && model::time::zone(zone).is_none()
        {
            return Err(wrong("tz", sentence!("refused-zone", name = Part::quoted(zone))));
        }
        let of_calendar = || self.calendars.first().and_then(|code| library.calendar(code));
        self.zone = zone.or_else(|| of_calendar().map(|calendar| calendar.zone.clone()));
        Ok(())
    }

    fn add(&mut self, field: &str, value: &Value, library: &Library) -> Result<(), FactError> {
        match field {
            "tz" | "holidays" => return Ok(()),
            "regime" => self.regimes = regimes(value, library)?,
            "entity_class" | "entity_classes" | "entity_kind" | "entity_type" | "entity" | "class" => {
                let named = texts(field, Some(value))?;
                if !named.is_empty() {
                    let ids = named.iter().flat_map(|name| library.classes_of(name));
                    self.classes.get_or_insert_default().extend(ids);
                }
            }
            _ => self.add_fact(field, value, library)?,
        }
        Ok(())
    }

    fn add_fact(&mut self, field: &str, value: &Value, library: &Library) -> Result<(), FactError> {
        let stage = |head: &str| field.strip_prefix(head)?.strip_suffix(')').map(str::to_owned);
        let known = |stage: String| match library.pack_of(&stage) {
            Some(_) => Ok(stage),
            None => Err(wrong(field, sentence!("refused-stage", name = Part::quoted(stage)))),
        };
        for (head, map) in [
            ("submitted(", &mut self.submitted),
            ("received(", &mut self.received),
            ("ceiling(", &mut self.ceilings),
        ] {
            if let Some(stage) = stage(head) {
                if let Some(moment) = moments(field, value, self.zone.as_deref())? {
                    map.insert(known(stage)?, moment);
                }
                return Ok(());
            }
        }
        self.offset = self.offset.or_else(|| offset(value));
        let Some(id) = fact_of(field, library) else {
            self.unused.push(field.chars().take(80).collect());
            return Ok(());
        };
        match library.words.facts[id].kind {
            FactKind::Instant => {
                if let Some(moment) = moments(field, value, self.zone.as_deref())? {
                    self.moments.insert(id.to_owned(), moment);
                }
            }
            FactKind::Truth => {
                if let Some(truth) = truth(field, value)? {
                    self.truths.insert(id.to_owned(), truth);
                }
            }
            FactKind::Number => {
                if let Some(number) = number(field, value)? {
                    self.numbers.insert(id.to_owned(), number);
                }
            }
        }
        Ok(())
    }

    /// Nobody becomes aware of what has not happened yet.
    fn order(&self) -> Result<(), FactError> {
        let Some(occurred) = self.moments.get("occurred") else { return Ok(()) };
        let zone = self.time_zone();
        for later in ["aware", "detected", "discovered", "identified"] {
            if let Some(moment) = self.moments.get(later)
                && crate::moment::end_of(moment.day(&zone), &zone) <= occurred.start(&zone)
            {
                return Err(wrong(later, sentence!("refused-before", other = labels::other("occurred"))));
            }
        }
        Ok(())
    }

    /// The zone; else the offset that somebody wrote, else UTC.
    pub fn time_zone(&self) -> TimeZone {
        let written = || self.offset.map_or(TimeZone::UTC, TimeZone::fixed);
        self.zone.as_deref().and_then(model::time::zone).unwrap_or_else(written)
    }

    /// Whether everything in them had happened by then.
    pub fn all_by(&self, at: Timestamp) -> bool {
        let zone = self.time_zone();
        let mut moments = self.moments.values().chain(self.submitted.values()).chain(self.received.values());
        moments.all(|moment| moment.start(&zone) <= at)
    }

    /// The facts as they stood at that instant: what happened later was not known then, and is named as unused.
    pub fn as_of(&self, at: Timestamp) -> Self {
        let mut then = self.clone();
        let zone = self.time_zone();
        let mut later = Vec::new();
        let maps = [&mut then.moments, &mut then.submitted, &mut then.received];
        for (map, head) in maps.into_iter().zip(["", "submitted ", "received "]) {
            map.retain(|fact, moment| {
                let known = moment.start(&zone) <= at;
                if !known {
                    later.push(format!("{head}{fact} (later than {at})"));
                }
                known
            });
        }
        then.unused.extend(later);
        then
    }

    /// The moment of an anchor, when it is a fact that is known.
    pub fn moment(&self, anchor: &Anchor) -> Option<Moment> {
        match anchor {
            Anchor::Fact(fact) => self.moments.get(fact).copied(),
            Anchor::Submitted(stage) => self.submitted.get(stage).copied(),
            Anchor::Received(stage) => self.received.get(stage).copied(),
            Anchor::YearEnd(fact) => {
                let day = self.moments.get(fact)?.day(&self.time_zone());
                Date::new(day.year(), 12, 31).ok().map(Moment::On)
            }
            Anchor::Due(_) => None,
        }
    }
}

/// The fact of a field: by one of its names, or as `name(of what)`, as laws and lists of stages write anchors.
fn fact_of<'a>(field: &str, library: &'a Library) -> Option<&'a str> {
    let before =
        || field.split_once('(').filter(|(_, rest)| rest.ends_with(')')).map(|(name, _)| name.trim_end());
    library.words.fact_id(field).or_else(|| library.words.fact_id(before()?))
}

fn regimes(value: &Value, library: &Library) -> Result<Vec<String>, FactError> {
    let mut found: Vec<String> = Vec::new();
    for name in texts("regime", Some(value))? {
        let of = |known: &&String| {
            // `CRA` stands for all of its parts
            known.eq_ignore_ascii_case(&name) || (name == "CRA" && known.starts_with("CRA-"))
        };
        let matching: Vec<&String> = library.packs.keys().filter(of).collect();
        if matching.is_empty() {
            return Err(wrong("regime", sentence!("refused-pack", name = Part::quoted(name))));
        }
        found.extend(matching.into_iter().filter(|name| !found.contains(name)).cloned().collect::<Vec<_>>());
    }
    Ok(found)
}

/// One text or a list of texts; nothing when unknown.
fn texts(field: &str, value: Option<&Value>) -> Result<Vec<String>, FactError> {
    let one = |value: &Value| match value {
        Value::String(text) if !text.trim().is_empty() => Ok(text.trim().chars().take(100).collect()),
        _ => Err(wrong(field, sentence!("refused-text"))),
    };
    match value {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(text)) if is_unknown(text) => Ok(Vec::new()),
        Some(Value::Array(list)) if list.len() <= 100 => list.iter().map(one).collect(),
        Some(value) => Ok(vec![one(value)?]),
    }
}

fn is_unknown(text: &str) -> bool {
    matches!(text.trim(), "" | "unknown" | "not known" | "n/a")
}

/// One moment, or the latest of several; nothing when unknown.
fn moments(field: &str, value: &Value, zone: Option<&str>) -> Result<Option<Moment>, FactError> {
    let list = match value {
        Value::Null => return Ok(None),
        Value::Array(list) => list.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut latest: Option<Moment> = None;
    let here = zone.and_then(model::time::zone).unwrap_or(TimeZone::UTC);
    for value in list.iter().take(MOST_FACTS) {
        let Value::String(text) = value else {
            return Err(wrong(field, sentence!("refused-instant")));
        };
        if is_unknown(text) {
            continue;
        }
        let moment = moment(field, text.trim(), zone)?;
        latest = latest.into_iter().chain([moment]).max_by_key(|moment| moment.start(&here));
    }
    Ok(latest)
}

/// Reads one moment. Years outside this range are slips of the pen.
fn moment(field: &str, text: &str, zone: Option<&str>) -> Result<Moment, FactError> {
    let years = 1970..=2200;
    let fault = || wrong(field, sentence!("refused-no-instant", text = Part::quoted(short(text))));
    if text.len() == 10 {
        let day: Date = text.parse().map_err(|_| fault())?;
        return if years.contains(&day.year()) { Ok(Moment::On(day)) } else { Err(fault()) };
    }
    let at: Timestamp = match text.parse() {
        Ok(at) => at,
        Err(_) => local(field, text, zone)?.ok_or_else(fault)?,
    };
    if years.contains(&TimeZone::UTC.to_datetime(at).year()) { Ok(Moment::At(at)) } else { Err(fault()) }
}

/// A time without an offset means the zone of the input, if the wall clock showed it exactly once.
fn local(field: &str, text: &str, zone: Option<&str>) -> Result<Option<Timestamp>, FactError> {
    let Ok(wall) = text.parse::<DateTime>() else { return Ok(None) };
    let Some(zone) = zone.and_then(model::time::zone) else {
        return Err(wrong(field, sentence!("refused-offset", zone = labels::other("tz"))));
    };
    let once = zone.to_ambiguous_timestamp(wall).unambiguous();
    once.map(Some).map_err(|_| wrong(field, sentence!("refused-shown-twice")))
}

/// The offset at the end of an instant: `+01:00`.
fn offset(value: &Value) -> Option<Offset> {
    let text = value.as_str().filter(|text| text.len() > 19)?;
    let (sign, rest) = match text.rfind(['+', '-']).map(|at| text.split_at(at))?.1 {
        rest if rest.starts_with('+') => (1, &rest[1..]),
        rest => (-1, &rest[1..]),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let within = |text: &str, most: u32| text.parse().ok().filter(|number: &u32| *number <= most);
    let (hours, minutes) = (within(hours, 25)?, within(minutes, 59)?);
    Offset::from_seconds(sign * (hours * 3600 + minutes * 60) as i32).ok()
}

fn truth(field: &str, value: &Value) -> Result<Option<bool>, FactError> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(truth) => Ok(Some(*truth)),
        Value::String(text) if is_unknown(text) => Ok(None),
        Value::String(text) if text == "yes" => Ok(Some(true)),
        Value::String(text) if text == "no" => Ok(Some(false)),
        _ => Err(wrong(field, sentence!("refused-truth"))),
    }
}

fn number(field: &str, value: &Value) -> Result<Option<f64>, FactError> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if is_unknown(text) => Ok(None),
        value => match value.as_f64().filter(|number| *number >= 0.0) {
            Some(number) => Ok(Some(number)),
            None => Err(wrong(field, sentence!("refused-number"))),
        },
    }
}

fn short(text: &str) -> String {
    text.chars().take(60).collect()
}
