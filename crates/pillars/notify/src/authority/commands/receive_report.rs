//! Taking a report in: it is checked field by field, gets its reference, and the authority's clocks start.

use std::collections::BTreeMap;

use desk::Desk;
use model::{Digest, RecordId, ReportId};
use packs::Library;
use records::report::{Report, Reporter, Way};
use serde::Deserialize;
use serde_json::Value;
use ui::locale::Part;
use ui::sentence;

use super::{AuthorityError, MAX_CHARS, country, keep, short, text};
use crate::authority::docket::{Docket, by_reference, by_source, docket};

/// A report on its way in, as a form or a file says it.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Incoming {
    /// The stage, such as `nis2.ew`.
    pub stage: String,
    /// Who reports.
    pub reporter: Reporter,
    /// What the reporter calls the incident.
    #[serde(default)]
    pub incident: String,
    /// The fields, by code or path.
    #[serde(default)]
    pub fields: BTreeMap<String, Value>,
    /// An exercise.
    #[serde(default)]
    pub exercise: bool,
}

/// What the reporter is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The report.
    pub report: ReportId,
    /// Its reference.
    pub reference: String,
    /// The code with which the reporter asks how it stands; only its hash is kept. Empty unless one was made.
    pub code: String,
}

/// How it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// By which way.
    pub way: Way,
    /// The record that it was made from.
    pub source: Option<RecordId>,
    /// Who wrote it down.
    pub by: String,
    /// The id that the form was given: sent twice, it is taken in once.
    pub id: Option<ReportId>,
}

/// The most fields in one report.
const MOST_FIELDS: usize = 200;
/// Letters of references and codes: no letter that is mistaken for another over the telephone.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Takes it in. The same record of a peer is taken in once: whoever asks again has the same answer.
pub fn receive_report(desk: &Desk, incoming: Incoming, arrival: Arrival) -> Result<Taken, AuthorityError> {
    if let Some(docket) = taken_before(desk, &arrival)? {
        let Report { report, reference, .. } = docket.report;
        return Ok(Taken { report, reference, code: String::new() });
    }
    let (report, code) = made(desk, incoming, arrival)?;
    keep(desk, &report, &report.report.to_string())?;
    Ok(Taken { report: report.report, reference: report.reference, code })
}

/// The report as it would be kept, and the code that was made for its reporter.
pub(crate) fn made(
    desk: &Desk,
    incoming: Incoming,
    arrival: Arrival,
) -> Result<(Report, String), AuthorityError> {
    let (regime, fields) = checked(&incoming)?;
    let now = desk::edge::now();
    let code = if arrival.way == Way::Web { letters(16) } else { String::new() };
    let report = Report {
        report: arrival.id.unwrap_or_else(|| ReportId(desk::edge::uuid())),
        reference: unused(desk, now)?,
        regime,
        stage: incoming.stage.trim().to_owned(),
        way: arrival.way,
        reporter: reporter(incoming.reporter)?,
        incident: short("incident", &incoming.incident, 200)?,
        fields,
        received_at: now,
        exercise: incoming.exercise,
        source: arrival.source,
        code: if code.is_empty() { String::new() } else { digest(&code) },
        by: short("by", &arrival.by, 200)?,
    };
    Ok((report, code))
}

fn taken_before(desk: &Desk, arrival: &Arrival) -> Result<Option<Docket>, AuthorityError> {
    if let Some(source) = arrival.source {
        return Ok(by_source(&desk.views, &source.to_string())?);
    }
    Ok(match arrival.id {
        Some(id) => docket(&desk.views, id)?,
        None => None,
    })
}

/// The regime of the stage, and the fields by their codes.
fn checked(incoming: &Incoming) -> Result<(String, BTreeMap<String, Value>), AuthorityError> {
    let library = Library::embedded();
    let stage = incoming.stage.trim();
    let pack = library
        .pack_of(stage)
        .ok_or_else(|| AuthorityError::at("stage", sentence!("refused-stage", name = Part::quoted(stage))))?;
    if incoming.fields.len() > MOST_FIELDS {
        return Err(AuthorityError::at("fields", sentence!("refused-report-fields", most = MOST_FIELDS)));
    }
    let known = &library.words.fields;
    let mut fields = BTreeMap::new();
    for (name, value) in &incoming.fields {
        let by_path = || known.iter().find(|(_, field)| field.path == *name).map(|(code, _)| code);
        let code = known
            .get_key_value(name)
            .map(|(code, _)| code)
            .or_else(by_path)
            .ok_or_else(|| AuthorityError::at(short_name(name), sentence!("refused-no-field")))?;
        if value.is_object() || value.to_string().chars().count() > MAX_CHARS {
            let fault = sentence!("refused-field-value", most = MAX_CHARS);
            return Err(AuthorityError::at(short_name(name), fault));
        }
        if !is_empty(value) {
            fields.insert(code.clone(), value.clone());
        }
    }
    Ok((pack.head.regime.clone(), fields))
}

fn reporter(said: Reporter) -> Result<Reporter, AuthorityError> {
    Ok(Reporter {
        name: text("reporter.name", &said.name, 200)?,
        contact: short("reporter.contact", &said.contact, 500)?,
        country: country("reporter.country", &said.country)?,
        sector: short("reporter.sector", &said.sector, 200)?,
        ..said
    })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(list) => list.is_empty(),
        _ => false,
    }
}

fn short_name(name: &str) -> String {
    name.chars().take(80).collect()
}

/// A reference that no report has.
fn unused(desk: &Desk, now: model::Timestamp) -> Result<String, AuthorityError> {
    let year = model::time::TimeZone::UTC.to_datetime(now).year();
    let mut reference = String::new();
    // 40 bits: a second turn is rare.
    for _ in 0..8 {
        reference = format!("R{year}-{}", letters(8));
        if by_reference(&desk.views, &reference)?.is_none() {
            break;
        }
    }
    Ok(reference)
}

fn letters(count: usize) -> String {
    let mut bytes = vec![0; count];
    desk::edge::random(&mut bytes);
    bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
}

/// The hash under which a code is kept. Codes are random, so nothing has to make guessing slow but their length.
pub fn digest(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Digest::of(plain.to_ascii_uppercase().as_bytes()).hex()
}
