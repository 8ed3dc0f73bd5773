//! How often things were spoken of, day by day, and by whom: the figures behind trends, matrix, map and report.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use model::{Marking, PartyId, Side};

use crate::fold::days;
use crate::held::{self, Thing};
use crate::kind::Kind;
use crate::sight::{Sight, SightError};

/// What is compared with its like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Actors,
    Campaigns,
    Malware,
    Techniques,
    Vulnerabilities,
    Sectors,
    Countries,
}

impl Topic {
    pub const ALL: [Topic; 7] = [
        Topic::Actors,
        Topic::Campaigns,
        Topic::Malware,
        Topic::Techniques,
        Topic::Vulnerabilities,
        Topic::Sectors,
        Topic::Countries,
    ];

    /// As URLs and the API write it.
    pub const fn code(self) -> &'static str {
        match self {
            Topic::Actors => "actors",
            Topic::Campaigns => "campaigns",
            Topic::Malware => "malware",
            Topic::Techniques => "techniques",
            Topic::Vulnerabilities => "vulnerabilities",
            Topic::Sectors => "sectors",
            Topic::Countries => "countries",
        }
    }

    pub fn of(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.code() == code)
    }

    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Topic::Actors => &[Kind::IntrusionSet, Kind::ThreatActor],
            Topic::Campaigns => &[Kind::Campaign, Kind::Incident],
            Topic::Malware => &[Kind::Malware, Kind::Tool],
            Topic::Techniques => &[Kind::Technique],
            Topic::Vulnerabilities => &[Kind::Vulnerability],
            Topic::Sectors => &[Kind::Identity],
            Topic::Countries => &[Kind::Identity, Kind::Location],
        }
    }
}

/// Who or what is spoken of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Subject {
    /// By its key.
    Thing(i64),
    /// By the word of STIX's vocabulary.
    Sector(String),
    /// By ISO 3166-1 alpha-2.
    Country(String),
    /// By the word of STIX's vocabulary of regions.
    Region(String),
}

/// How often one subject was spoken of.
#[derive(Debug, Clone)]
pub(crate) struct Tally {
    pub kind: Kind,
    /// The strictest marking of anything counted.
    pub marking: Marking,
    said: Vec<Said>,
}

/// What records of one class said on one day.
#[derive(Debug, Clone, Copy)]
struct Said {
    day: i64,
    class: u32,
    count: u64,
}

impl Tally {
    fn new(kind: Kind) -> Self {
        Self { kind, marking: Marking::tlp(model::Tlp::Clear), said: Vec::new() }
    }

    /// What records of one class said, day by day, up to the day of the picture.
    fn add(&mut self, sight: &Sight<'_>, class: u32, days: &[(i64, u64)]) {
        let today = sight.today();
        let before = self.said.len();
        let until = days.iter().filter(|(day, _)| *day <= today);
        self.said.extend(until.map(|(day, count)| Said { day: *day, class, count: *count }));
        if self.said.len() > before {
            self.marking = self.marking.strictest(sight.marking(class));
        }
    }

    /// What was said of something that belongs to this.
    fn join(&mut self, other: &Tally) {
        self.marking = self.marking.strictest(other.marking);
        self.said.extend_from_slice(&other.said);
    }

    fn during(&self, first: i64, last: i64) -> impl Iterator<Item = &Said> {
        self.said.iter().filter(move |said| (first..=last).contains(&said.day))
    }

    /// How often from `first` to `last`, both counted.
    pub fn between(&self, first: i64, last: i64) -> u64 {
        self.during(first, last).map(|said| said.count).sum()
    }

    /// How often on each day.
    pub fn days(&self) -> BTreeMap<i64, u64> {
        let mut days = BTreeMap::new();
        for said in &self.said {
            *days.entry(said.day).or_default() += said.count;
        }
        days
    }

    /// The last day up to `last` on which it was spoken of.
    pub fn last_until(&self, last: i64) -> Option<i64> {
        self.during(i64::MIN, last).map(|said| said.day).max()
    }

    /// The strictest marking of what was said in that time.
    pub fn marking_between(&self, sight: &Sight<'_>, first: i64, last: i64) -> Marking {
        let marks = self.during(first, last).map(|said| sight.marking(said.class));
        marks.reduce(Marking::strictest).unwrap_or(self.marking)
    }

    /// How often each side spoke of it in that time.
    pub fn side_between(&self, sight: &Sight<'_>, side: Side, first: i64, last: i64) -> u64 {
        let theirs = self.during(first, last).filter(|said| sight.side(said.class) == side);
        theirs.map(|said| said.count).sum()
    }

    /// Who spoke of it in that time, and how often.
    pub fn authors_between(&self, sight: &Sight<'_>, first: i64, last: i64) -> BTreeMap<PartyId, u64> {
        let mut authors = BTreeMap::new();
        for said in self.during(first, last) {
            if let Some(author) = sight.author(said.class) {
                *authors.entry(author).or_default() += said.count;
            }
        }
        authors
    }
}

/// Every subject of a topic that the reader may see spoken of, up to the day of the picture.
pub(crate) fn tally(sight: &Sight<'_>, topic: Topic) -> Result<HashMap<Subject, Tally>, SightError> {
    tally_of(sight, topic, |_| true)
}

/// The same counted from classes that `counts` lets through as well.
pub(crate) fn tally_of(
    sight: &Sight<'_>,
    topic: Topic,
    counts: impl Fn(u32) -> bool,
) -> Result<HashMap<Subject, Tally>, SightError> {
    let mut rows: HashMap<i64, Tally> = HashMap::new();
    for kind in topic.kinds() {
        mentions(sight, *kind, None, |key, class, days| {
            if sight.has(class) && counts(class) {
                rows.entry(key).or_insert_with(|| Tally::new(*kind)).add(sight, class, days);
            }
        })?;
    }
    rows.retain(|_, tally| !tally.said.is_empty());
    match topic {
        Topic::Sectors => placed(sight, rows, |thing, _| {
            Ok(thing.sectors.split_whitespace().map(|word| Subject::Sector(word.to_owned())).collect())
        }),
        Topic::Countries => placed(sight, rows, |thing, sight| countries(sight, thing)),
        _ => Ok(rows.into_iter().map(|(key, tally)| (Subject::Thing(key), tally)).collect()),
    }
}

/// One thing alone, as [`tally`] counts it; `None` when nothing was said of it.
pub(crate) fn tally_one(sight: &Sight<'_>, kind: Kind, key: i64) -> Result<Option<Tally>, SightError> {
    let mut tally = Tally::new(kind);
    mentions(sight, kind, Some(key), |_, class, days| {
        if sight.has(class) {
            tally.add(sight, class, days);
        }
    })?;
    Ok((!tally.said.is_empty()).then_some(tally))
}

/// Calls `each` with what records of one class said of a thing on some days: of every thing of one kind, or of one of them.
fn mentions(
    sight: &Sight<'_>,
    kind: Kind,
    of: Option<i64>,
    mut each: impl FnMut(i64, u32, &[(i64, u64)]),
) -> Result<(), SightError> {
    // Counts are kept for the present. For the past they are made from the rows that had arrived by then.
    let packed = sight.upto.is_none();
    let of_it = if of.is_some() { "AND key = ?3" } else { "AND ?3 IS NULL" };
    let query = if packed {
        format!("SELECT key, class, block, days FROM picture_mention WHERE kind = ?1 AND ?2 >= 0 {of_it}")
    } else {
        format!(
            "SELECT key, class, day, count(*) FROM picture_told WHERE kind = ?1 AND seq <= ?2 AND gone > ?2 {of_it} GROUP BY key, day, class"
        )
    };
    let mut statement = sight.reader.prepare_cached(&query)?;
    let mut rows = statement.query((kind as u8, sight.last(), of))?;
    let mut said = Vec::new();
    while let Some(row) = rows.next()? {
        said.clear();
        let first: i64 = row.get(2)?;
        if packed {
            let row = row.get_ref(3)?.as_blob().map_err(rusqlite::Error::from)?;
            days::read(first, row, |day, count| said.push((day, count)));
        } else {
            said.push((first, row.get::<_, i64>(3)?.max(0) as u64));
        }
        each(row.get(0)?, row.get(1)?, &said);
    }
    Ok(())
}

/// Counts by what the things that were hit belong to.
fn placed(
    sight: &Sight<'_>,
    rows: HashMap<i64, Tally>,
    belongs: impl Fn(&Thing, &Sight<'_>) -> Result<BTreeSet<Subject>, SightError>,
) -> Result<HashMap<Subject, Tally>, SightError> {
    let mut found: HashMap<Subject, Tally> = HashMap::new();
    for (key, tally) in rows {
        let Some(thing) = held::thing(sight, key)? else { continue };
        for subject in belongs(&thing, sight)? {
            let sum = found.entry(subject).or_insert_with(|| Tally::new(tally.kind));
            // What a thing belongs to is said by another record, which is marked too.
            sum.marking = sum.marking.strictest(sight.marking(thing.class));
            sum.join(&tally);
        }
    }
    Ok(found)
}

/// The countries and regions in which a thing is: its own, or those of the places at which it is located.
pub(crate) fn countries(sight: &Sight<'_>, thing: &Thing) -> Result<BTreeSet<Subject>, SightError> {
    let mut found = BTreeSet::new();
    put(&mut found, thing);
    if thing.kind == Kind::Identity {
        for tie in held::from(sight, thing.key)?.iter().filter(|tie| tie.relation == "located-at") {
            if let Some(place) = held::thing(sight, tie.to)? {
                put(&mut found, &place);
            }
        }
    }
    Ok(found)
}

fn put(found: &mut BTreeSet<Subject>, place: &Thing) {
    if !place.country.is_empty() {
        found.insert(Subject::Country(place.country.clone()));
    } else if !place.region.is_empty() {
        found.insert(Subject::Region(place.region.clone()));
    }
}
