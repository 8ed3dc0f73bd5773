//! What an authority does by itself with what came over a link: it takes a filing in, tells its reporter so, passes on
//! answers and questions, and puts the reporter's answers into the docket.

use desk::Desk;
use desk::reactors::{ReactError, Reactor};
use desk::sql::SqlError;
use ledger::EntryRef;
use model::{Marking, PartyId, RecordId, Tlp};
use records::handling::{Handling, Step};
use records::message::{Message, Says};
use records::report::{Report, Way};
use records::{Marked, Recipients, Seal, Sealed};

use super::commands::kept;
use super::commands::receive_report::{Arrival, Incoming, made};
use super::docket::{Docket, by_source, docket};
use super::letters::{Letter, at, letter, told};

/// A filing becomes a report.
pub(crate) const RECEIVE_FILING: Reactor =
    Reactor { name: "receive-filing", waiting: filings, react: receive };
/// What its reporter answered becomes a step.
pub(crate) const NOTE_ANSWER: Reactor = Reactor { name: "note-answer", waiting: messages, react: note };
/// Its reporter has the receipt.
pub(crate) const TELL_RECEIVED: Reactor = Reactor { name: "tell-received", waiting: reports, react: confirm };
/// Its reporter has answers and questions.
pub(crate) const TELL_STEP: Reactor = Reactor { name: "tell-step", waiting: steps, react: tell };

fn waiting(desk: &Desk, query: &str, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let reader = desk.views.read()?;
    let mut statement = reader.prepare_cached(query)?;
    let rows =
        statement.query_map((after as i64, desk.me.to_string(), most as i64), |row| row.get::<_, i64>(0))?;
    Ok(rows.map(|seq| seq.map(|seq| seq as u64)).collect::<Result<_, SqlError>>()?)
}

fn filings(desk: &Desk, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let query =
        "SELECT seq FROM notify_filing WHERE seq > ?1 AND addressed = ?2 AND log <> ?2 ORDER BY seq LIMIT ?3";
    waiting(desk, query, after, most)
}

/// A filing becomes a report of this authority; one that cannot be read as such is refused, with what is wrong.
fn receive(desk: &Desk, seq: u64) -> Result<Option<Sealed>, ReactError> {
    let Some(letter) = at(&desk.views, seq)? else { return Ok(None) };
    let source = letter.record;
    if by_source(&desk.views, &source.to_string())?.is_some() || told(desk, &source)? {
        return Ok(None);
    }
    let Letter { from, filing, .. } = letter;
    let mut reporter = filing.reporter;
    reporter.party = Some(from);
    let incoming = Incoming {
        stage: filing.stage,
        reporter,
        incident: filing.incident,
        fields: filing.fields,
        exercise: false,
    };
    let arrival = Arrival { way: Way::Link, source: Some(source), by: filing.by, id: None };
    Ok(Some(match made(desk, incoming, arrival) {
        Ok((report, _)) => kept(desk, &report, &report.report.to_string()),
        Err(error) => {
            let says = Says::Refused { fault: error.to_string() };
            say(desk, from, Message { filing: source, reference: String::new(), tells: source, says })
        }
    }))
}

fn reports(desk: &Desk, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let query = "SELECT seq FROM notify_report WHERE source IS NOT NULL AND seq > ?1 AND ?2 <> '' ORDER BY seq LIMIT ?3";
    waiting(desk, query, after, most)
}

/// The receipt: it came, when, and under which reference. That it stands in the authority's log proves it.
fn confirm(desk: &Desk, seq: u64) -> Result<Option<Sealed>, ReactError> {
    let Some((record, report)) = entry::<Report>(desk, seq)? else { return Ok(None) };
    let Some(docket) = docket(&desk.views, report.report)? else { return Ok(None) };
    tell_of(desk, &docket, record, Says::Received { at: docket.report.received_at })
}

fn steps(desk: &Desk, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let query = "SELECT h.seq FROM notify_handling h JOIN notify_report r ON r.id = h.report
                 WHERE h.seq > ?1 AND r.source IS NOT NULL AND ?2 <> '' ORDER BY h.seq LIMIT ?3";
    waiting(desk, query, after, most)
}

/// An answer or a question goes to the reporter; every other step is the authority's own affair.
fn tell(desk: &Desk, seq: u64) -> Result<Option<Sealed>, ReactError> {
    let Some((record, made)) = entry::<Handling>(desk, seq)? else { return Ok(None) };
    let says = match made.step {
        Step::Acknowledge { feedback, guidance, referral } => Says::Feedback { feedback, guidance, referral },
        Step::Ask { question, text } => Says::Question { question, text },
        _ => return Ok(None),
    };
    let Some(docket) = docket(&desk.views, made.report)? else { return Ok(None) };
    tell_of(desk, &docket, record, says)
}

fn tell_of(desk: &Desk, docket: &Docket, tells: RecordId, says: Says) -> Result<Option<Sealed>, ReactError> {
    let (Some(filing), Some(party)) = (docket.report.source, docket.report.reporter.party) else {
        return Ok(None);
    };
    if told(desk, &tells)? {
        return Ok(None);
    }
    let message = Message { filing, reference: docket.report.reference.clone(), tells, says };
    Ok(Some(say(desk, party, message)))
}

fn messages(desk: &Desk, after: u64, most: usize) -> Result<Vec<u64>, ReactError> {
    let query = "SELECT m.seq FROM notify_message m JOIN notify_filing f ON f.record = m.filing
                 WHERE m.seq > ?1 AND f.addressed = ?2 AND m.log = f.log ORDER BY m.seq LIMIT ?3";
    waiting(desk, query, after, most)
}

/// The reporter's answer becomes a step of the docket, unless nobody asked that.
fn note(desk: &Desk, seq: u64) -> Result<Option<Sealed>, ReactError> {
    let Some((record, message)) = entry::<Message>(desk, seq)? else { return Ok(None) };
    let Says::Answer { question, text } = message.says else { return Ok(None) };
    let Some(letter) = letter(&desk.views, &message.filing.to_string())? else { return Ok(None) };
    let Some(docket) = by_source(&desk.views, &message.filing.to_string())? else { return Ok(None) };
    let asked = docket.questions().iter().any(|one| one.number == question);
    if !asked || docket.steps.iter().any(|made| made.source == Some(record)) {
        return Ok(None);
    }
    let report = docket.report.report;
    let (at, by) = (desk::edge::now(), letter.filing.reporter.name);
    let step = Step::Answer { question, text: text.chars().take(super::commands::MAX_CHARS).collect() };
    let made = Handling { report, at, by, step, source: Some(record) };
    Ok(Some(kept(desk, &made, &report.to_string())))
}

/// The record at an arrival number, when it is of this kind.
fn entry<B: records::Body>(desk: &Desk, seq: u64) -> Result<Option<(RecordId, B)>, ReactError> {
    let mut met = None;
    desk.ledger.reader()?.entry(seq, |entry: EntryRef<'_>| {
        let body = entry.body.and_then(|body| serde_json::from_slice(body).ok());
        met = body.map(|body| (entry.record_id(), body));
    })?;
    Ok(met)
}

/// Seals a message for the other side.
pub(crate) fn say(desk: &Desk, to: PartyId, message: Message) -> Sealed {
    let recipients = Recipients::blind(&[to], desk::edge::random);
    let about = [message.filing.to_string()];
    let seal = Seal {
        marked: Marked::Known(Marking::tlp(Tlp::Amber)),
        to: Some(&recipients),
        about: &about,
        ..desk.seal::<Message>(desk::edge::now())
    };
    seal.body(&message, desk::edge::salt())
}
