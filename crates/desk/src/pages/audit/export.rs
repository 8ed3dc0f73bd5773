//! The audit trail as a file: CSV for people, JSON with the proof of each record for whoever verifies.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use ledger::{CheckpointNote, Inclusion};
use model::RecordId;
use records::audit::Line;
use serde::Serialize;
use ui::sentence;

use super::super::app::App;
use super::super::error::PageError;
use super::super::may::May;
use super::asked::Wanted;
use crate::access::AuditExport;
use crate::views::audit::{Trace, traces};

/// Lines of one file.
const MOST_LINES: usize = 50_000;

/// One file.
#[derive(Debug, Serialize)]
struct Trail<'a> {
    lines: Vec<Row<'a>>,
    /// True when there are more lines than one file holds: narrow the filters and export again.
    cut: bool,
    /// The C2SP checkpoint that all proofs lead to.
    checkpoint: String,
    /// RFC 6962 inclusion proofs by record.
    proofs: BTreeMap<String, Proof>,
}

#[derive(Debug, Serialize)]
struct Row<'a> {
    #[serde(flatten)]
    line: &'a Line,
    record: String,
}

#[derive(Debug, Serialize)]
struct Proof {
    position: u64,
    size: u64,
    root: String,
    path: Vec<String>,
}

/// Answers with the file.
pub(in super::super) async fn export(
    State(app): State<App>,
    _: May<AuditExport>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, PageError> {
    app.blocking(move |app| file(app, &wanted)).await
}

fn file(app: &App, wanted: &Wanted) -> Result<Response, PageError> {
    app.desk.write_audit().map_err(PageError::broken)?;
    let mut found = traces(&app.desk.views.read()?, &wanted.asked()?, MOST_LINES + 1)?;
    let cut = found.len() > MOST_LINES;
    found.truncate(MOST_LINES);
    let (kind, name, text) = match wanted.format.as_str() {
        "csv" => ("text/csv; charset=utf-8", "audit.csv", csv(&found)),
        "json" => ("application/json", "audit.json", json(app, &found, cut)?),
        _ => return Err(PageError::Wrong(sentence!("refused-format"))),
    };
    let attached = format!("attachment; filename=\"{name}\"");
    Ok(([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, attached)], text).into_response())
}

fn json(app: &App, found: &[Trace], cut: bool) -> Result<String, PageError> {
    let log = app.desk.log;
    let note: CheckpointNote = app.desk.ledger.checkpoint(log, &app.desk.keys).map_err(PageError::broken)?;
    let mut proofs = BTreeMap::new();
    for trace in found {
        let id = trace.record.to_string();
        if !proofs.contains_key(&id)
            && let Some(inclusion) = prove(app, &trace.record, trace.place.0, note.size())?
        {
            proofs.insert(id, proof(&inclusion));
        }
    }
    let rows = found.iter().map(|trace| Row { line: &trace.line, record: trace.record.to_string() });
    let trail = Trail { lines: rows.collect(), cut, checkpoint: note.text().to_owned(), proofs };
    serde_json::to_string_pretty(&trail).map_err(PageError::broken)
}

/// The proof that the record which arrived as number `seq` is in the tree of `size`.
fn prove(app: &App, record: &RecordId, seq: u64, size: u64) -> Result<Option<Inclusion>, PageError> {
    let reader = app.desk.ledger.reader()?;
    let mut position = None;
    reader.entry(seq, |entry| {
        position = (entry.record_id() == *record).then_some(entry.position);
    })?;
    let Some(position) = position.filter(|position| position.0 < size) else { return Ok(None) };
    Ok(Some(reader.prove_inclusion(app.desk.log, position, size)?))
}

fn proof(inclusion: &Inclusion) -> Proof {
    Proof {
        position: inclusion.position.0,
        size: inclusion.size,
        root: inclusion.root.to_string(),
        path: inclusion.path.iter().map(ToString::to_string).collect(),
    }
}

fn csv(found: &[Trace]) -> String {
    let mut text = String::from("at,who,by,program,act,what,deed,count,reason,record\r\n");
    for Trace { line, record, .. } in found {
        let fields = [
            line.at.to_string(),
            line.who.clone(),
            line.by.clone(),
            line.program.to_string(),
            line.act.clone(),
            line.what.clone(),
            line.deed.word().to_owned(),
            line.count.to_string(),
            line.reason.clone(),
            record.to_string(),
        ];
        let fields: Vec<String> = fields.iter().map(|field| cell(field)).collect();
        let _ = write!(text, "{}\r\n", fields.join(",")); // a String takes everything
    }
    text
}

/// One cell (RFC 4180). A spreadsheet must not take what somebody typed for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_cell_is_one_cell_and_no_formula() {
        assert_eq!(cell("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        assert_eq!(cell("=HYPERLINK(1)"), "\"'=HYPERLINK(1)\"");
    }
}
