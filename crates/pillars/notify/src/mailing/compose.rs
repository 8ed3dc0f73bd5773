//! Writing a report as mail: in the language of whoever receives it, with the same fields that go over the link, and no
//! instant of its own, so that the same facts make the same mail. The subject tells nothing of the incident: no gateway
//! encrypts it.

use desk::Desk;
use model::IncidentId;
use packs::Library;
use records::mailbox::Mailbox;
use records::report::Reporter;
use serde_json::{Map, Value, json};
use ui::{Locale, t};

use super::{Mail, print};
use crate::ask::name_of;
use crate::case::Case;
use crate::cite::cited_text;
use crate::commands::file_stage::{newest, reporter, stated};
use crate::form;
use crate::plan::Obligation;

/// One field of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its code.
    pub code: String,
    /// Its name in the language of the report.
    pub name: String,
    /// Its value, as people read it.
    pub value: String,
    /// Whether it is an estimate.
    pub estimate: bool,
}

/// What stands at the head of a report, and its fields.
pub(super) struct Content<'a> {
    pub locale: Locale,
    pub title: String,
    pub reference: String,
    pub duty: &'a Obligation,
    pub incident: IncidentId,
    pub reporter: Reporter,
    pub pack: String,
    pub rows: Vec<Row>,
}

impl Content<'_> {
    /// The head, label and value.
    pub(super) fn head(&self) -> Vec<(String, String)> {
        let locale = self.locale;
        let lines = [
            (t!(locale, "filing-reporter"), self.reporter.name.clone()),
            (t!(locale, "mailing-contact"), self.reporter.contact.clone()),
            (t!(locale, "mailing-country"), self.reporter.country.clone()),
            (t!(locale, "notify-clause"), cited_text(locale, &self.duty.clause)),
            (t!(locale, "mailing-our-reference"), self.reference.clone()),
            (t!(locale, "filing-pack"), self.pack.clone()),
        ];
        let given = lines.into_iter().filter(|(_, value)| !value.is_empty());
        given.map(|(label, value)| (label.into_owned(), value)).collect()
    }
}

/// The report of a duty, to that mailbox.
pub fn compose(
    desk: &Desk,
    library: &Library,
    (case, duty): (&Case, &Obligation),
    mailbox: &Mailbox,
    (by, reply_to): (&str, Option<String>),
) -> Mail {
    let locale = if mailbox.language == "fr" { Locale::Fr } else { Locale::En };
    let values = stated(library, case, &duty.stage);
    let pack = library.pack_of(&duty.stage).map(|pack| pack.head.label()).unwrap_or_default();
    let content = Content {
        locale,
        title: locale.pick(&duty.title).to_owned(),
        reference: reference(case.id, &duty.stage),
        duty,
        incident: case.id,
        reporter: reporter(desk, (&newest(case, "country"), ""), by),
        pack: pack.clone(),
        rows: rows(library, case, locale, &duty.stage),
    };
    let party = content.reporter.name.as_str();
    let subject = t!(
        locale,
        "mailing-subject",
        reference = content.reference.as_str(),
        title = content.title.as_str(),
        party = party
    );
    Mail {
        stage: duty.stage.clone(),
        recipient: mailbox.recipient.clone(),
        to: mailbox.address.clone(),
        reply_to,
        language: mailbox.language.clone(),
        subject: subject.chars().map(|c| if c.is_control() { ' ' } else { c }).take(200).collect(),
        text: text(&content),
        json: document(&content, library, &values),
        html: print::page(&content),
        pack,
        by: by.to_owned(),
    }
}

/// What an answer can name: from the number of the incident, which tells nothing.
fn reference(incident: IncidentId, stage: &str) -> String {
    let hex = incident.0.simple().to_string();
    format!("ENT-{}-{stage}", hex[..8].to_ascii_uppercase())
}

fn rows(library: &Library, case: &Case, locale: Locale, stage: &str) -> Vec<Row> {
    let values = stated(library, case, stage);
    let asked = library.pack_of(stage).and_then(|pack| pack.stage_on(stage, None));
    let codes = asked.into_iter().flat_map(|stage| stage.required.iter().chain(&stage.conditional));
    let row = |code: &String| {
        let value = values.get(code)?;
        Some(Row {
            code: code.clone(),
            name: locale.pick(&name_of(library, code)).to_owned(),
            value: read(locale, value),
            estimate: form::value(library, case, code).is_some_and(|(_, estimate)| estimate),
        })
    };
    let mut rows: Vec<Row> = Vec::new();
    for row in codes.filter_map(row) {
        if !rows.iter().any(|one| one.code == row.code) {
            rows.push(row);
        }
    }
    rows
}

fn read(locale: Locale, value: &Value) -> String {
    match value {
        Value::Bool(true) => t!(locale, "word-yes").into_owned(),
        Value::Bool(false) => t!(locale, "word-no").into_owned(),
        value => form::shown(value),
    }
}

fn text(content: &Content<'_>) -> String {
    let locale = content.locale;
    let colon = if locale == Locale::Fr { "\u{a0}:" } else { ":" };
    let mut text = format!("{}\n\n", content.title);
    for (label, value) in content.head() {
        text.push_str(&format!("{label}{colon} {value}\n"));
    }
    text.push_str(&format!("\n{}\n\n", t!(locale, "filing-fields")));
    if content.rows.is_empty() {
        text.push_str(&format!("{}\n", t!(locale, "filing-no-fields")));
    }
    for row in &content.rows {
        let estimate =
            if row.estimate { format!(" ({})", t!(locale, "notify-estimate")) } else { String::new() };
        text.push_str(&format!("{} ({}){colon} {}{estimate}\n", row.name, row.code, row.value));
    }
    let reference = content.reference.as_str();
    text.push_str(&format!("\n{}\n", t!(locale, "mailing-attached", stage = content.duty.stage.as_str())));
    text.push_str(&format!("{}\n", t!(locale, "mailing-answer", reference = reference)));
    text
}

/// The form for programs: the fields by the paths of the record.
fn document(
    content: &Content<'_>,
    library: &Library,
    values: &std::collections::BTreeMap<String, Value>,
) -> String {
    let mut report = Map::new();
    for (code, value) in values {
        let path = library.words.fields.get(code).map_or(code.as_str(), |field| field.path.as_str());
        form::put(&mut report, path, value.clone());
    }
    let document = json!({
        "stage": content.duty.stage, "clause": content.duty.clause, "pack": content.pack,
        "reference": content.reference, "incident": content.incident.to_string(),
        "reporter": content.reporter, "report": report,
    });
    serde_json::to_string_pretty(&document).unwrap_or_default()
}
