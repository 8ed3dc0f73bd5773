//! Counting the claims of a snapshot: how often each subject was spoken of in the period, and in which records.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ledger::ReadError;
use model::{Marking, PartyId};
use records::snapshot::{Claim, Source};
use ui::Locale;

use super::fold::MOST_CLAIMS;
use crate::held::{self, Thing};
use crate::kind::Kind;
use crate::label::label;
use crate::sight::{Sight, SightError};
use crate::tally::{Subject, Topic, countries, tally};
use crate::trend::Period;

/// Records that a claim lists.
const LISTED: usize = 50;
/// Claims of one topic: the most frequent.
const EACH: usize = 50;
const _: () = assert!(EACH * Topic::ALL.len() <= MOST_CLAIMS);

/// Claims with the strictest marking of anything in them.
pub(crate) struct Counted {
    pub claims: Vec<Claim>,
    pub marking: Option<Marking>,
    /// Every record counted, by topic and subject, without an end.
    pub sources: BTreeMap<(String, String), BTreeSet<Source>>,
}

/// Arrival number and class of what was said of a thing.
type Said = HashMap<(u8, i64), Vec<(u64, u32)>>;

/// Counts what `sight` shows, in the period that ends with its day.
pub(crate) fn count(sight: &Sight<'_>, period: Period) -> Result<Counted, SightError> {
    let (first, last) = period.until(sight.today());
    let said = said(sight, first, last)?;
    let mut names = Names::new(sight);
    let mut counted = Counted { claims: Vec::new(), marking: None, sources: BTreeMap::new() };
    for topic in Topic::ALL {
        let members = members(sight, topic, &said)?;
        let mut found = Vec::new();
        for (subject, tally) in tally(sight, topic)? {
            let count = tally.between(first, last);
            let named = label(sight, Locale::En, &subject, tally.kind)?;
            // What has no name here says nothing to the other party.
            if count > 0 && !named.unnamed {
                let marking = tally.marking_between(sight, first, last);
                found.push((count, named, marking, members.get(&subject).cloned().unwrap_or_default()));
            }
        }
        found.sort_by(|one, other| (other.0, &one.1.id).cmp(&(one.0, &other.1.id)));
        for (count, named, marking, rows) in found.into_iter().take(EACH) {
            let sources = names.of(&rows)?;
            let listed: Vec<Source> = sources.iter().take(LISTED).copied().collect();
            counted.marking = counted.marking.into_iter().chain([marking]).reduce(Marking::strictest);
            counted.claims.push(Claim {
                topic: topic.code().to_owned(),
                subject: named.id.clone(),
                name: named.text,
                count,
                more: (sources.len() - listed.len()) as u64,
                sources: listed,
            });
            counted.sources.insert((topic.code().to_owned(), named.id), sources);
        }
    }
    Ok(counted)
}

/// Everything visible that was said in the period, by what it was said of: one walk over the rows.
fn said(sight: &Sight<'_>, first: i64, last: i64) -> Result<Said, SightError> {
    let mut statement = sight.reader.prepare_cached(
        "SELECT seq, kind, key, class FROM picture_told WHERE day BETWEEN ?1 AND ?2 AND seq <= ?3 AND gone > ?3",
    )?;
    let mut rows = statement.query((first, last, sight.last()))?;
    let mut said = Said::new();
    while let Some(row) = rows.next()? {
        let class = row.get(3)?;
        if sight.has(class) {
            let of = said.entry((row.get(1)?, row.get(2)?)).or_default();
            of.push((row.get::<_, i64>(0)? as u64, class));
        }
    }
    Ok(said)
}

/// What was said of each subject of a topic.
fn members(
    sight: &Sight<'_>,
    topic: Topic,
    said: &Said,
) -> Result<HashMap<Subject, Vec<(u64, u32)>>, SightError> {
    let mut found: HashMap<Subject, Vec<(u64, u32)>> = HashMap::new();
    let kinds: BTreeSet<u8> = topic.kinds().iter().map(|kind| *kind as u8).collect();
    for ((kind, key), rows) in said.iter().filter(|((kind, _), _)| kinds.contains(kind)) {
        let placed = |thing: &Thing| -> Result<Vec<Subject>, SightError> {
            Ok(match topic {
                Topic::Sectors => {
                    thing.sectors.split_whitespace().map(|word| Subject::Sector(word.to_owned())).collect()
                }
                _ => countries(sight, thing)?.into_iter().collect(),
            })
        };
        let subjects = match topic {
            Topic::Sectors | Topic::Countries if Kind::at(*kind).is_hit() => {
                held::thing(sight, *key)?.map_or(Ok(Vec::new()), |thing| placed(&thing))?
            }
            _ => vec![Subject::Thing(*key)],
        };
        for subject in subjects {
            found.entry(subject).or_default().extend(rows);
        }
    }
    Ok(found)
}

/// Records by arrival number, each looked up once.
struct Names<'a, 'b> {
    sight: &'a Sight<'b>,
    known: HashMap<u64, Source>,
}

impl<'a, 'b> Names<'a, 'b> {
    fn new(sight: &'a Sight<'b>) -> Self {
        Self { sight, known: HashMap::new() }
    }

    fn of(&mut self, rows: &[(u64, u32)]) -> Result<BTreeSet<Source>, SightError> {
        let reader = self.sight.desk.ledger.reader()?;
        let mut sources = BTreeSet::new();
        for (seq, class) in rows {
            if let Some(source) = self.known.get(seq) {
                sources.insert(*source);
                continue;
            }
            let author = self.sight.author(*class).unwrap_or(self.sight.desk.me);
            let source = source(&reader, *seq, author)?;
            self.known.extend(source.map(|source| (*seq, source)));
            sources.extend(source);
        }
        Ok(sources)
    }
}

fn source(reader: &ledger::Reader, seq: u64, author: PartyId) -> Result<Option<Source>, ReadError> {
    let mut found = None;
    reader.entry(seq, |entry| found = Some(Source { author, record: entry.record_id() }))?;
    Ok(found)
}
