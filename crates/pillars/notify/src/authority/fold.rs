//! Folding the authority's side: own reports, steps and causes; warnings and releasable versions of others.

use desk::{Entry, FoldError, Folding};
use records::Body as _;
use records::cause::Cause;
use records::filing::Filing;
use records::forward::Forward;
use records::handling::{Handling, Step};
use records::message::Message;
use records::report::Report;
use records::warning::Warning;

/// Folds one entry.
pub(crate) fn fold(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let own = entry.log == folding.me;
    match entry.header.kind.as_ref() {
        Report::KIND if own => receive(folding, entry),
        Handling::KIND if own => step(folding, entry),
        Cause::KIND if own => cause(folding, entry),
        Forward::KIND | Warning::KIND => hand_on(folding, entry),
        Filing::KIND => file(folding, entry),
        Message::KIND => say(folding, entry),
        _ => Ok(()),
    }
}

fn receive(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(report), Some(body)) = (entry.read::<Report>(), entry.body) else { return Ok(()) };
    let source = report.source.map(|source| source.to_string());
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO notify_report (id, seq, class, closed, reference, source, received_us, body)
             VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            report.report.to_string(),
            entry.seq as i64,
            entry.class,
            &report.reference,
            source,
            report.received_at.as_microsecond(),
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}

fn step(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(step), Some(body)) = (entry.read::<Handling>(), entry.body) else { return Ok(()) };
    let source = step.source.map(|source| source.to_string());
    folding
        .tx
        .prepare_cached(
            "INSERT INTO notify_handling (report, seq, source, at_us, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((step.report.to_string(), entry.seq as i64, source, entry.at_us, body))?;
    // As a docket stands: what comes after its end opens it again, except an answer that was still on its way.
    if !matches!(step.step, Step::Answer { .. }) {
        let closed = matches!(step.step, Step::Close { .. });
        folding
            .tx
            .prepare_cached("UPDATE notify_report SET closed = ?2 WHERE id = ?1 AND closed != ?2")?
            .execute((step.report.to_string(), closed))?;
    }
    folding.topics.insert("notify");
    Ok(())
}

fn cause(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(cause), Some(body)) = (entry.read::<Cause>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached("INSERT OR REPLACE INTO notify_cause (cause, seq, body) VALUES (?1, ?2, ?3)")?
        .execute((&cause.cause, entry.seq as i64, body))?;
    folding.topics.insert("notify");
    Ok(())
}

/// What was handed on, by this party or to it.
fn hand_on(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let Some(body) = entry.body else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT INTO notify_handed_on (seq, log, kind, at_us, body) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((entry.seq as i64, entry.log.to_string(), entry.header.kind.as_ref(), entry.at_us, body))?;
    folding.topics.insert("notify");
    Ok(())
}

/// A stage that was filed over a link, by this party or with it.
fn file(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(filing), Some(body)) = (entry.read::<Filing>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO notify_filing (record, seq, log, addressed, incident, at_us, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            entry.record_id().to_string(),
            entry.seq as i64,
            entry.log.to_string(),
            filing.to.to_string(),
            &filing.incident,
            entry.at_us,
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}

/// What was said about a filing, by either side.
fn say(folding: &mut Folding<'_>, entry: &Entry<'_>) -> Result<(), FoldError> {
    let (Some(message), Some(body)) = (entry.read::<Message>(), entry.body) else { return Ok(()) };
    folding
        .tx
        .prepare_cached(
            "INSERT OR IGNORE INTO notify_message (record, seq, log, filing, tells, at_us, body)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute((
            entry.record_id().to_string(),
            entry.seq as i64,
            entry.log.to_string(),
            message.filing.to_string(),
            message.tells.to_string(),
            entry.at_us,
            body,
        ))?;
    folding.topics.insert("notify");
    Ok(())
}
