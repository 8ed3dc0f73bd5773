//! Handing a report on to other parties: a releasable version of it is sealed for them, with nothing but what was chosen.

use std::collections::BTreeSet;

use desk::Desk;
use model::{Marking, PartyId, RecordId, ReportId};
use records::forward::Forward;
use records::handling::{Handling, Step};
use records::leaf_hash;
use ui::sentence;

use super::{AuthorityError, MAX_CHARS, keep, known, short, text};
use crate::authority::docket::Docket;
use desk::addressed;

/// What is handed on, and to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// To whom.
    pub to: Vec<PartyId>,
    /// The duty that it answers; empty for none.
    pub duty: String,
    /// How it is marked.
    pub marking: Marking,
    /// The fields that go with it, by code.
    pub fields: BTreeSet<String>,
    /// Whether the reporter is named.
    pub name_reporter: bool,
    /// What is said besides.
    pub note: String,
}

/// Seals the releasable version, sends it, and notes it in the docket. Nobody is sent what the verdict withholds: the
/// step is refused before anything is written, so that a duty never looks done that is not.
pub fn forward_report(
    desk: &Desk,
    report: ReportId,
    chosen: &Chosen,
    by: &str,
) -> Result<RecordId, AuthorityError> {
    let docket = known(desk, report)?;
    let by = text("by", by, 200)?;
    let now = desk::edge::now();
    if let Some(until) = docket.held_until(now) {
        return Err(AuthorityError::HeldBack(until));
    }
    if chosen.to.is_empty() {
        return Err(AuthorityError::at("to", sentence!("refused-party")));
    }
    let body = version(&docket, chosen)?;
    // A blind list of recipients: nobody else learns to whom it went.
    let sealed = addressed::sealed(desk, &body, chosen.marking, &chosen.to)
        .map_err(|withheld| AuthorityError::at("to", withheld.sentence()))?;
    let record = leaf_hash(&sealed.header);
    desk.submit_and_fold(vec![sealed])?;
    let step = Step::Forward { to: chosen.to.clone(), duty: chosen.duty.clone(), record };
    keep(desk, &Handling { report, at: now, by, step, source: None }, &report.to_string())?;
    Ok(record)
}

/// The releasable version: what was chosen, and nothing else.
pub fn version(docket: &Docket, chosen: &Chosen) -> Result<Forward, AuthorityError> {
    let report = &docket.report;
    let triage = docket.triage();
    let fields = report.fields.iter().filter(|(code, _)| chosen.fields.contains(*code));
    Ok(Forward {
        reference: report.reference.clone(),
        regime: report.regime.clone(),
        stage: report.stage.clone(),
        duty: short("duty", &chosen.duty, 60)?,
        country: report.reporter.country.clone(),
        sector: report.reporter.sector.clone(),
        reporter: chosen.name_reporter.then(|| report.reporter.name.clone()),
        severity: triage.map_or(String::new(), |triage| triage.severity.to_owned()),
        cause: triage.map_or(String::new(), |triage| triage.cause.to_owned()),
        fields: fields.map(|(code, value)| (code.clone(), value.clone())).collect(),
        received_at: report.received_at,
        note: short("note", &chosen.note, MAX_CHARS)?,
        exercise: report.exercise,
    })
}
