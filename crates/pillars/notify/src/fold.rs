//! Folding incidents: what was stated about each, in order of arrival, so that any moment can be looked at again.

use desk::{Entry, FoldError, Folding};
use model::Digest;
use records::Body as _;
use records::assignment::Assignment;
use records::determination::Determination;
use records::erasure::Erasure;
use records::evidence::Evidence;
use records::fact::Fact;
use records::incident::Incident;
use records::mailbox::Mailbox;
use records::mailing::Mailing;
use records::obligation::Obligations;
use records::pack::Pack;
use records::pledge::Pledge;
use records::practice::Practice;
use records::reminder::Reminder;
use records::screening::Screening;
use records::submission::Submission;

pub(crate) const SCHEMA: &str = "
CREATE TABLE notify_incident (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, at_us INTEGER NOT NULL,
  class INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX notify_incident_seq ON notify_incident (seq);
CREATE TABLE notify_statement (incident TEXT NOT NULL, seq INTEGER NOT NULL, at_us INTEGER NOT NULL, kind TEXT NOT NULL,
  record TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (incident, seq)) WITHOUT ROWID;
CREATE TABLE notify_noted (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, incident TEXT NOT NULL, cause TEXT NOT NULL,
  body BLOB NOT NULL);
CREATE INDEX notify_noted_cause ON notify_noted (cause, incident);
CREATE INDEX notify_noted_incident ON notify_noted (incident);
CREATE INDEX notify_statement_seq ON notify_statement (seq);
CREATE TABLE notify_reminder (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, incident TEXT NOT NULL, stage TEXT NOT NULL,
  level TEXT NOT NULL, due_us INTEGER NOT NULL, body BLOB NOT NULL);
CREATE INDEX notify_reminder_of ON notify_reminder (incident, stage, level, due_us);
CREATE TABLE notify_screening (seq INTEGER PRIMARY KEY, incident TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX notify_screening_of ON notify_screening (incident);
CREATE TABLE notify_evidence (record TEXT PRIMARY KEY, seq INTEGER NOT NULL, incident TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE notify_erased (record TEXT PRIMARY KEY, at_us INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE notify_mailbox (recipient TEXT NOT NULL, stage TEXT NOT NULL, class INTEGER NOT NULL,
  body BLOB NOT NULL, PRIMARY KEY (recipient, stage)) WITHOUT ROWID;
CREATE TABLE notify_mailing (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, incident TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX notify_mailing_of ON notify_mailing (incident);
CREATE TABLE notify_pack (seq INTEGER PRIMARY KEY, at_us INTEGER NOT NULL, record TEXT NOT NULL, regime TEXT NOT NULL,
  version TEXT NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL);
CREATE TABLE notify_report (id TEXT PRIMARY KEY, seq INTEGER NOT NULL, class INTEGER NOT NULL, closed INTEGER NOT NULL,
  reference TEXT NOT NULL, source TEXT, received_us INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX notify_report_reference ON notify_report (reference);
CREATE INDEX notify_report_received ON notify_report (received_us);
CREATE INDEX notify_report_queue ON notify_report (closed, received_us);
CREATE INDEX notify_report_source ON notify_report (source) WHERE source IS NOT NULL;
CREATE TABLE notify_handling (report TEXT NOT NULL, seq INTEGER NOT NULL, source TEXT, at_us INTEGER NOT NULL,
  body BLOB NOT NULL, PRIMARY KEY (report, seq)) WITHOUT ROWID;
CREATE UNIQUE INDEX notify_handling_seq ON notify_handling (seq);
CREATE INDEX notify_handling_source ON notify_handling (source) WHERE source IS NOT NULL;
CREATE TABLE notify_filing (record TEXT PRIMARY KEY, seq INTEGER NOT NULL, log TEXT NOT NULL, addressed TEXT NOT NULL,
  incident TEXT NOT NULL, at_us INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX notify_filing_seq ON notify_filing (seq);
CREATE INDEX notify_filing_incident ON notify_filing (incident);
CREATE TABLE notify_message (record TEXT PRIMARY KEY, seq INTEGER NOT NULL, log TEXT NOT NULL, filing TEXT NOT NULL,
  tells TEXT NOT NULL, at_us INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE UNIQUE INDEX notify_message_seq ON notify_message (seq);
CREATE INDEX notify_message_filing ON notify_message (filing);
CREATE INDEX notify_message_tells ON notify_message (tells);
CREATE TABLE notify_cause (cause TEXT PRIMARY KEY, seq INTEGER NOT NULL, body BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE notify_handed_on (seq INTEGER PRIMARY KEY, log TEXT NOT NULL, kind TEXT NOT NULL, at_us INTEGER NOT NULL,
  body BLOB NOT NULL);
CREATE TABLE notify_pledge (log TEXT NOT NULL, name TEXT NOT NULL, seq INTEGER NOT NULL, class INTEGER NOT NULL,
  at_us INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (log, name)) WITHOUT ROWID;
CREATE TABLE notify_practice (log TEXT NOT NULL, method TEXT NOT NULL, scope TEXT NOT NULL, seq INTEGER NOT NULL,
  at_us INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (log, method, scope)) WITHOUT ROWID;
CREATE INDEX notify_practice_seq ON notify_practice (seq);";

/// Of incidents only what this party itself stated: those kinds never leave their author.
pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    crate::authority::fold::fold(folding, entry)?;
    if entry.header.kind == Pledge::KIND {
        return crate::pledges::fold(folding, entry);
    }
    if entry.header.kind.as_ref() == Practice::KIND {
        return crate::methods::fold::fold(folding, entry);
    }
    if entry.log != folding.me {
        return Ok(());
    }
    match entry.header.kind.as_ref() {
        Incident::KIND => open(folding, entry),
        Fact::KIND => state(folding, entry, entry.read::<Fact>().map(|fact| fact.incident)),
        Determination::KIND => state(folding, entry, entry.read::<Determination>().map(|made| made.incident)),
        Assignment::KIND => state(folding, entry, entry.read::<Assignment>().map(|to| to.incident)),
        Submission::KIND => state(folding, entry, entry.read::<Submission>().map(|sent| sent.incident)),
        Obligations::KIND => note(folding, entry),
        Reminder::KIND => remind(folding, entry),
        Screening::KIND => screen(folding, entry),
        Evidence::KIND => keep(folding, entry),
        Erasure::KIND => forget(folding, entry),
        Mailbox::KIND => crate::mailing::fold_mailbox(folding, entry),
        Mailing::KIND => mail(folding, entry),
        Pack::KIND => install(folding, entry),
        _ => Ok(()),
    }
}

fn note(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(noted), Some(body)) = (entry.read::<Obligations>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT INTO notify_noted (seq, at_us, incident, cause, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            entry.seq as i64,
            entry.at_us,
            noted.incident.to_string(),
            noted.cause.to_string(),
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}

fn remind(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(given), Some(body)) = (entry.read::<Reminder>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT INTO notify_reminder (seq, at_us, incident, stage, level, due_us, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            entry.seq as i64,
            entry.at_us,
            given.incident.to_string(),
            given.stage,
            crate::remind::word(given.level),
            given.due.as_microsecond(),
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}

fn screen(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(screened), Some(body)) = (entry.read::<Screening>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT INTO notify_screening (seq, incident, body) VALUES (?1, ?2, ?3)")?
        .execute((entry.seq as i64, screened.incident.to_string(), body))?;
    folding.topics.insert("notify");
    Ok(())
}

/// Where the bytes of a file are; they stay in the ledger.
fn keep(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(file) = entry.read::<Evidence>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT OR IGNORE INTO notify_evidence (record, seq, incident) VALUES (?1, ?2, ?3)")?
        .execute((entry.record_id().to_string(), entry.seq as i64, file.incident.to_string()))?;
    folding.topics.insert("notify");
    Ok(())
}

/// When a body was erased: a submission goes on naming its file, and the page says why it is not there.
fn forget(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(erased) = entry.read::<Erasure>() else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT OR IGNORE INTO notify_erased (record, at_us) VALUES (?1, ?2)")?
        .execute((erased.record.to_string(), entry.at_us))?;
    folding.topics.insert("notify");
    Ok(())
}

fn mail(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(mailing), Some(body)) = (entry.read::<Mailing>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT INTO notify_mailing (seq, at_us, incident, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute((entry.seq as i64, entry.at_us, mailing.incident.to_string(), body))?;
    folding.topics.insert("notify");
    Ok(())
}

fn install(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(pack) = entry.read::<Pack>() else { return Ok(()) };
    let digest = Digest::of(pack.text.as_bytes()).hex();
    folding
        .tx
        .prepare_cached(
            "INSERT INTO notify_pack (seq, at_us, record, regime, version, sha256, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            entry.seq as i64,
            entry.at_us,
            entry.record_id().to_string(),
            pack.regime,
            pack.version,
            digest,
            pack.text,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}

fn open(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(opened), Some(body)) = (entry.read::<Incident>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO notify_incident (id, seq, at_us, class, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((opened.incident.to_string(), entry.seq as i64, entry.at_us, entry.class, body))?;
    folding.topics.insert("notify");
    Ok(())
}

fn state(
    folding: &mut Folding<'_>,
    entry: &Entry<'_>,
    incident: Option<model::IncidentId>,
) -> Result<(), FoldError> {
    let (Some(incident), Some(body)) = (incident, entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT INTO notify_statement (incident, seq, at_us, kind, record, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute((
            incident.to_string(),
            entry.seq as i64,
            entry.at_us,
            entry.header.kind.as_ref(),
            entry.record_id().to_string(),
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}
