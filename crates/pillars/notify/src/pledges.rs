//! The pledge of public bodies not to pay ransoms (I17): which have joined it, since when, and where they say so. Each party
//! writes down what it knows of its own bodies; what others write arrives where an agreement grants it.

use desk::sql::SqlError;
use desk::views::Views;
use desk::{Desk, Entry, FoldError, Folding};
use model::{AgreementId, Marking, PartyId, RecordId, Timestamp, Tlp};
use records::pledge::Pledge;
use records::{Header, Marked, Seal, leaf_hash};
use share::{Class, Receiver, verdict};
use ui::sentence;

use crate::commands::{StateError, short, text};
use crate::facts::FactError;

/// Statements that governments make about themselves are public.
pub const MARKED: Marking = Marking::tlp(Tlp::Clear);
/// Endorsements that are shown.
const MOST: i64 = 1_000;
/// Agreements named in one header.
const MOST_AGREEMENTS: usize = 8;

/// One endorsement.
#[derive(Debug, Clone)]
pub struct Endorsed {
    /// Who wrote it down.
    pub from: PartyId,
    /// The release class of its record: who may read that may read it.
    pub class: u32,
    /// When it was written down.
    pub at: Timestamp,
    /// What it says.
    pub pledge: Pledge,
}

/// Writes down that a body has joined, or has taken it back.
pub fn endorse(desk: &Desk, pledge: Pledge) -> Result<RecordId, StateError> {
    text(sentence!("what-body"), &pledge.body)?;
    text(sentence!("what-statement"), &pledge.statement)?;
    short(sentence!("what-writes"), &pledge.by)?;
    let country = pledge.country.trim().to_ascii_uppercase();
    if country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return Err(FactError::at("country", sentence!("refused-state")).into());
    }
    let Ok(since) = pledge.since.trim().parse::<model::time::civil::Date>() else {
        return Err(FactError::at("since", sentence!("refused-day")).into());
    };
    let now = desk::edge::now();
    if since > model::time::TimeZone::UTC.to_datetime(now).date() {
        return Err(StateError::Future("since".into()));
    }
    let pledge = Pledge {
        body: pledge.body.trim().to_owned(),
        country,
        since: since.to_string(),
        statement: pledge.statement.trim().to_owned(),
        ..pledge
    };
    let salt = desk::edge::salt();
    let seal = |under: &[AgreementId]| {
        Seal { marked: Marked::Known(MARKED), under, ..desk.seal::<Pledge>(now) }.body(&pledge, salt)
    };
    let known = desk.known();
    let others: Vec<PartyId> = known.parties.keys().copied().filter(|party| *party != desk.me).collect();
    let releases = |id: &&AgreementId| {
        let sealed = seal(std::slice::from_ref(*id));
        let Ok(header) = Header::parse(&sealed.header) else { return false };
        let class = Class::of(&header, None);
        let receiver = |party: &PartyId| Receiver::node(desk.realm.clone(), *party);
        others.iter().any(|party| verdict(&class, &receiver(party), &known.book, now).is_release())
    };
    let under: Vec<AgreementId> =
        known.agreements.keys().filter(releases).take(MOST_AGREEMENTS).copied().collect();
    let sealed = seal(&under);
    let record = leaf_hash(&sealed.header);
    desk.submit_and_fold(vec![sealed])?;
    Ok(record)
}

/// Every endorsement, by State and body.
pub fn pledges(views: &Views) -> Result<Vec<Endorsed>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader
        .prepare_cached("SELECT log, class, at_us, body FROM notify_pledge ORDER BY seq DESC LIMIT ?1")?;
    let rows = statement.query_map([MOST], |row| {
        Ok((row.get::<_, String>(0)?, row.get(1)?, row.get::<_, i64>(2)?, row.get::<_, Vec<u8>>(3)?))
    })?;
    let mut found = Vec::new();
    for row in rows {
        let (log, class, at_us, body) = row?;
        let parsed =
            (log.parse(), Timestamp::from_microsecond(at_us), serde_json::from_slice::<Pledge>(&body));
        if let (Ok(from), Ok(at), Ok(pledge)) = parsed {
            found.push(Endorsed { from, class, at, pledge });
        }
    }
    found.sort_by(|one, other| {
        (&one.pledge.country, &one.pledge.body).cmp(&(&other.pledge.country, &other.pledge.body))
    });
    Ok(found)
}

pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(pledge), Some(body)) = (entry.read::<Pledge>(), entry.body) else { return Ok(()) };
    let name = format!("{} {}", pledge.country, pledge.body.to_lowercase());
    folding
        .tx
        .prepare_cached(
            "INSERT OR REPLACE INTO notify_pledge (log, name, seq, class, at_us, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((entry.log.to_string(), name, entry.seq as i64, entry.class, entry.at_us, body))?;
    folding.topics.insert("notify");
    Ok(())
}
