//! The threat landscape of a period for an audience: figures from what each of them may have, and nothing else.

use std::borrow::Cow;
use std::collections::BTreeMap;

use claims::{Audience, Canary};
use model::{Marking, PartyId, Timestamp};
use ui::Locale;
use ui::locale::{all_keys, lookup};

use crate::guarded::Figure;
use crate::held;
use crate::kind::Kind;
use crate::sight::{Sight, SightError};
use crate::tally::{Topic, tally};
use crate::trend::Period;
use crate::trends::{self, Moving, Trend};

/// Rows of one topic.
const ROWS: usize = 10;
/// Subjects looked at for each row: some have no name here.
const NAMED_OF: usize = 4;
/// Statements whose names the canary knows, the newest.
const WATCHED: usize = 100_000;

/// One topic of the report.
pub(crate) struct Section {
    pub topic: Topic,
    pub rows: Vec<Trend>,
}

/// The report, before it is put into words.
pub(crate) struct Landscape {
    pub period: Period,
    pub at: Timestamp,
    pub today: i64,
    pub sections: Vec<Section>,
    /// Figures over what may not go itself, for an audience beyond the own organisation.
    pub figures: Vec<Figure>,
    /// Whether it is for such an audience.
    pub outside: bool,
    /// How often each party spoke in the period.
    pub sources: BTreeMap<PartyId, u64>,
    /// Trusted parties that said nothing in it that this audience may have.
    pub silent: Vec<PartyId>,
    /// The strictest marking of anything in it.
    pub marking: Option<Marking>,
}

/// What a report is made from, the same in every language.
pub(crate) struct Counted {
    topics: Vec<(Topic, Vec<Moving>)>,
    sources: BTreeMap<PartyId, u64>,
}

/// Counts what `sight` shows, which is what the audience may have.
pub(crate) fn count(sight: &Sight<'_>, period: Period) -> Result<Counted, SightError> {
    let (first, last) = period.until(sight.today());
    let mut sources: BTreeMap<PartyId, u64> = BTreeMap::new();
    let mut topics = Vec::new();
    for topic in Topic::ALL {
        let tallies = tally(sight, topic)?;
        if !matches!(topic, Topic::Sectors | Topic::Countries) {
            for (author, count) in tallies.values().flat_map(|one| one.authors_between(sight, first, last)) {
                *sources.entry(author).or_default() += count;
            }
        }
        topics.push((topic, trends::moving(sight, period, tallies, NAMED_OF * ROWS)));
    }
    sources.retain(|_, count| *count > 0);
    Ok(Counted { topics, sources })
}

/// Makes the report in a language.
pub(crate) fn landscape(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    counted: &Counted,
) -> Result<Landscape, SightError> {
    let mut sections = Vec::new();
    for (topic, moving) in &counted.topics {
        let mut rows = trends::named(sight, locale, period, moving)?;
        // A report names what it speaks of, or says nothing of it.
        rows.retain(|row| !row.label.unnamed);
        rows.truncate(ROWS);
        sections.push(Section { topic: *topic, rows });
    }
    let trusted = sight.known.parties.iter().filter(|(_, party)| party.trusted);
    let silent = trusted.map(|(id, _)| *id).filter(|id| !counted.sources.contains_key(id)).collect();
    let marking = sections.iter().flat_map(|one| &one.rows).map(|row| row.marking).reduce(Marking::strictest);
    Ok(Landscape {
        period,
        at: sight.at,
        today: sight.today(),
        sections,
        figures: Vec::new(),
        outside: false,
        sources: counted.sources.clone(),
        silent,
        marking,
    })
}

/// Watches for the names of everything that `all` shows and `given` does not; what the product may say is let be.
pub(crate) fn canary(all: &Sight<'_>, given: &Sight<'_>) -> Result<Canary, SightError> {
    let kinds = [
        Kind::IntrusionSet,
        Kind::ThreatActor,
        Kind::Campaign,
        Kind::Malware,
        Kind::Tool,
        Kind::Technique,
        Kind::Vulnerability,
        Kind::Identity,
        Kind::Location,
        Kind::Incident,
        Kind::Report,
        Kind::Grouping,
    ];
    let mut canary = Canary::default();
    let mut told: Vec<String> = Vec::new();
    held::every_name(all, &kinds, WATCHED, |said| {
        if given.has(said.class) {
            told.extend([said.name, said.external]);
        } else {
            canary.watch(&said.name, &said.id);
            canary.watch(&said.external, &said.id);
        }
    })?;
    if canary.is_empty() {
        return Ok(canary);
    }
    told.iter().for_each(|name| canary.allow_name(name));
    // The words of the report itself, in both languages, and what parties are called.
    let fixed = Locale::ALL
        .into_iter()
        .flat_map(|locale| all_keys().iter().filter_map(move |key| lookup(locale, key)));
    let mut words: Vec<Cow<'_, str>> = fixed.collect();
    for party in given.known.parties.values() {
        words.extend(
            [&party.card.short, &party.card.name.en, &party.card.name.fr]
                .map(|name| Cow::from(name.as_str())),
        );
    }
    canary.allow(&words.join(" | "));
    Ok(canary)
}

/// The word by which the API and addresses name an audience.
pub(crate) fn word(audience: &Audience) -> String {
    match audience {
        Audience::Organisation(_) => "organisation".to_owned(),
        Audience::Parties(agreement) => format!("parties:{agreement}"),
        Audience::Community(agreement) => format!("community:{agreement}"),
        Audience::Public(agreement) => format!("public:{agreement}"),
    }
}
