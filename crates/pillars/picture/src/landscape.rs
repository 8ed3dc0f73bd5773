//! The threat landscape of a period for an audience: figures from what each of them may have, and nothing else.

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
use crate::trends::{self, Trend};

/// Rows of one topic.
const ROWS: usize = 10;
/// Subjects looked at for each row: some have no name here.
const NAMED_OF: usize = 4;
/// Things that the canary knows.
const WATCHED: usize = 20_000;

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

/// Makes the report from what `sight` shows, which is what its audience may have.
pub(crate) fn landscape(sight: &Sight<'_>, locale: Locale, period: Period) -> Result<Landscape, SightError> {
    let today = sight.today();
    let (first, last) = period.until(today);
    let mut sources: BTreeMap<PartyId, u64> = BTreeMap::new();
    let mut sections = Vec::new();
    for topic in Topic::ALL {
        let tallies = tally(sight, topic)?;
        if !matches!(topic, Topic::Sectors | Topic::Countries) {
            for (author, count) in tallies.values().flat_map(|one| one.authors_between(sight, first, last)) {
                *sources.entry(author).or_default() += count;
            }
        }
        let mut rows = trends::of(sight, locale, period, (tallies, NAMED_OF * ROWS))?;
        // A report names what it speaks of, or says nothing of it.
        rows.retain(|row| !row.label.unnamed);
        rows.truncate(ROWS);
        sections.push(Section { topic, rows });
    }
    sources.retain(|_, count| *count > 0);
    let trusted = sight.known.parties.iter().filter(|(_, party)| party.trusted);
    let silent = trusted.map(|(id, _)| *id).filter(|id| !sources.contains_key(id)).collect();
    let marking = sections.iter().flat_map(|one| &one.rows).map(|row| row.marking).reduce(Marking::strictest);
    let figures = Vec::new();
    Ok(Landscape { period, at: sight.at, today, sections, figures, outside: false, sources, silent, marking })
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
    for thing in held::arrived(all, &kinds, 0, WATCHED)? {
        for word in [&thing.name, &thing.external] {
            canary.watch(word, &thing.id);
        }
    }
    for thing in held::arrived(given, &kinds, 0, WATCHED)? {
        for one in held::statements(given, thing.key)? {
            canary.allow_name(&one.name);
            canary.allow_name(&one.external);
        }
    }
    // The words of the report itself, in both languages.
    for locale in Locale::ALL {
        let words: Vec<_> = all_keys().iter().filter_map(|key| lookup(locale, key)).collect();
        canary.allow(&words.join(" | "));
    }
    for party in given.known.parties.values() {
        canary.allow(&format!("{} | {} | {}", party.card.short, party.card.name.en, party.card.name.fr));
    }
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
