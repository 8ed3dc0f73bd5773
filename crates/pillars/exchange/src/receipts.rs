//! Receipts of retractions: given for what a peer took back, and listed for what this party took back.

use desk::Desk;
use desk::links::dispatched_to;
use desk::local::Local;
use desk::pages::PageError;
use desk::reactors::{ReactError, Reactor};
use desk::sql::SqlError;
use desk::views::Views;
use ledger::Ledger;
use model::{Marking, PartyId, Timestamp, Tlp};
use records::receipt::Receipt;
use records::retraction::Retraction;
use records::{Body as _, Header, Marked, Recipients, Seal, Sealed};
use rusqlite::OptionalExtension as _;
use share::Class;

/// Confirms a peer's retraction to its author, once this node has carried it out.
pub(crate) const CONFIRM_RETRACTION: Reactor = Reactor { name: "confirm-retraction", waiting, react };

fn waiting(desk: &Desk, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT seq FROM exchange_retracted WHERE seq > ?1 AND author <> ?2 ORDER BY seq LIMIT ?3",
    )?;
    let rows = statement
        .query_map((after as i64, desk.me.to_string(), most as i64), |row| row.get::<_, i64>(0))?
        .map(|seq| seq.map(|seq| seq as u64))
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

/// The receipt goes to the author alone and says nothing but what it is about.
fn react(desk: &Desk, seq: u64) -> Result<Option<Sealed>, ReactError> {
    let Some(versions) = versions_touched(&desk.views, seq)? else { return Ok(None) };
    let mut met = None;
    desk.ledger.reader()?.entry(seq, |entry| {
        let author = entry.header.and_then(|header| Header::parse(header).ok()).map(|header| header.author);
        let body = entry.body.and_then(|body| serde_json::from_slice::<Retraction>(body).ok());
        met = author.zip(body).map(|(author, body)| (entry.record_id(), author, body.object));
    })?;
    let Some((retraction, author, object)) = met else { return Ok(None) };
    let text = retraction.to_string();
    if receipt_of(&desk.views, &text, &desk.me)?.is_some() {
        return Ok(None);
    }
    let receipt = Receipt { retraction, object, versions };
    let to = Recipients::blind(&[author], desk::edge::random);
    let about = [text];
    let seal = Seal {
        marked: Marked::Known(Marking::tlp(Tlp::Amber)),
        to: Some(&to),
        about: &about,
        ..desk.seal::<Receipt>(desk::edge::now())
    };
    Ok(Some(seal.body(&receipt, desk::edge::salt())))
}

fn versions_touched(views: &Views, seq: u64) -> Result<Option<u64>, SqlError> {
    views
        .read()?
        .prepare_cached("SELECT versions FROM exchange_retracted WHERE seq = ?1")?
        .query_row([seq as i64], |row| row.get::<_, i64>(0).map(|versions| versions as u64))
        .optional()
}

/// When a party's receipt arrived, and how many versions it says were touched.
fn receipt_of(views: &Views, retraction: &str, party: &PartyId) -> Result<Option<(i64, u64)>, SqlError> {
    views
        .read()?
        .prepare_cached("SELECT at_us, versions FROM exchange_receipt WHERE retraction = ?1 AND party = ?2")?
        .query_row((retraction, party.to_string()), |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))
        .optional()
}

/// How one party that was asked has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The party.
    pub party: PartyId,
    /// When the retraction was written.
    pub asked_at: Timestamp,
    /// When its node acknowledged that it holds the retraction.
    pub sent_at: Option<Timestamp>,
    /// When its receipt arrived here.
    pub received_at: Option<Timestamp>,
    /// How many versions it says were touched; 0 when it held none.
    pub versions: Option<u64>,
}

/// Why answers could not be listed.
#[derive(Debug, thiserror::Error)]
pub enum AnswersError {
    /// The views or the local store refused.
    #[error("cannot read the receipts: {0}; see `entente doctor`")]
    Sql(#[from] SqlError),
    /// The ledger could not be read.
    #[error(transparent)]
    Read(#[from] ledger::ReadError),
}

impl From<AnswersError> for PageError {
    fn from(error: AnswersError) -> Self {
        PageError::broken(error)
    }
}

/// One row for each party that the retraction with this arrival number names; none when it is no retraction.
/// Whoever was not asked is not listed, whatever it sends.
pub fn answers(ledger: &Ledger, local: &Local, views: &Views, seq: u64) -> Result<Vec<Answer>, AnswersError> {
    let mut met = None;
    ledger.reader()?.entry(seq, |entry| {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        if let Some(header) = header.filter(|header| header.kind == Retraction::KIND) {
            let class = Class::of(&header, entry.openings);
            met = Some((entry.record_id().to_string(), class, entry.position.0, entry.at_us));
        }
    })?;
    let Some((record, class, position, at_us)) = met else { return Ok(Vec::new()) };
    let instant = |us: i64| Timestamp::from_microsecond(us).ok();
    let mut rows = Vec::new();
    for party in class.named.iter().flatten() {
        let sent = dispatched_to(local, party, &class, position)?;
        let receipt = receipt_of(views, &record, party)?;
        rows.push(Answer {
            party: *party,
            asked_at: instant(at_us).unwrap_or_default(),
            sent_at: sent.and_then(|sent| instant(sent.at_us)),
            received_at: receipt.and_then(|(at, _)| instant(at)),
            versions: receipt.map(|(_, versions)| versions),
        });
    }
    Ok(rows)
}
