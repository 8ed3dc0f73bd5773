//! What went to and fro over a link about an incident: filings of an operator, and the messages about each.

use desk::Desk;
use desk::sql::SqlError;
use desk::views::Views;
use model::{PartyId, RecordId, Timestamp};
use records::filing::Filing;
use records::message::Message;
use rusqlite::Row;

/// A filing with what was said about it.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its record.
    pub record: RecordId,
    /// Its arrival number.
    pub seq: u64,
    /// Whose it is.
    pub from: PartyId,
    /// When it was written.
    pub at: Timestamp,
    /// What it says.
    pub filing: Filing,
    /// What was said about it, in order.
    pub said: Vec<Spoken>,
}

/// One message.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Whose it is.
    pub from: PartyId,
    /// When it came.
    pub at: Timestamp,
    /// Its record.
    pub record: RecordId,
    /// What it says.
    pub message: Message,
}

/// The filings of this party about an incident, the newest first.
pub fn filed(views: &Views, me: PartyId, incident: &str) -> Result<Vec<Letter>, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT record, seq, log, at_us, body FROM notify_filing WHERE incident = ?1 AND log = ?2
         ORDER BY seq DESC LIMIT 500",
    )?;
    let rows = statement.query_map((incident, me.to_string()), raw)?.collect::<Result<Vec<_>, _>>()?;
    drop(statement);
    drop(reader);
    rows.into_iter().filter_map(read).map(|letter| spoken(views, letter)).collect()
}

/// One filing, by its record.
pub fn letter(views: &Views, record: &str) -> Result<Option<Letter>, SqlError> {
    one(views, "SELECT record, seq, log, at_us, body FROM notify_filing WHERE record = ?1", record)
}

/// One filing, by its arrival number.
pub(super) fn at(views: &Views, seq: u64) -> Result<Option<Letter>, SqlError> {
    let query = "SELECT record, seq, log, at_us, body FROM notify_filing WHERE seq = CAST(?1 AS INTEGER)";
    one(views, query, &seq.to_string())
}

fn one(views: &Views, query: &str, key: &str) -> Result<Option<Letter>, SqlError> {
    let reader = views.read()?;
    let found = reader.prepare_cached(query)?.query_map([key], raw)?.next().transpose()?;
    drop(reader);
    found.and_then(read).map(|letter| spoken(views, letter)).transpose()
}

type Raw = ([String; 2], i64, i64, Vec<u8>);

fn raw(row: &Row<'_>) -> Result<Raw, SqlError> {
    Ok(([row.get(0)?, row.get(2)?], row.get(1)?, row.get(3)?, row.get(4)?))
}

fn read(([record, log], seq, at_us, body): Raw) -> Option<Letter> {
    Some(Letter {
        record: record.parse().ok()?,
        seq: seq as u64,
        from: log.parse().ok()?,
        at: Timestamp::from_microsecond(at_us).ok()?,
        filing: serde_json::from_slice(&body).ok()?,
        said: Vec::new(),
    })
}

/// Only the two of them have a say about a filing.
fn spoken(views: &Views, mut letter: Letter) -> Result<Letter, SqlError> {
    let reader = views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT record, seq, log, at_us, body FROM notify_message WHERE filing = ?1 ORDER BY seq LIMIT 1000",
    )?;
    for row in statement.query_map([letter.record.to_string()], raw)? {
        let ([record, log], _, at_us, body) = row?;
        let parsed =
            (record.parse().ok(), log.parse::<PartyId>().ok(), Timestamp::from_microsecond(at_us).ok());
        let (Some(record), Some(from), Some(at)) = parsed else { continue };
        if (from == letter.from || from == letter.filing.to)
            && let Ok(message) = serde_json::from_slice(&body)
        {
            letter.said.push(Spoken { from, at, record, message });
        }
    }
    Ok(letter)
}

/// True when this party said so already: a message that tells of that record.
pub(super) fn told(desk: &Desk, of: &RecordId) -> Result<bool, SqlError> {
    let reader = desk.views.read()?;
    let mut statement =
        reader.prepare_cached("SELECT 1 FROM notify_message WHERE tells = ?1 AND log = ?2 LIMIT 1")?;
    statement.exists((of.to_string(), desk.me.to_string()))
}
