//! Sanctions lists as XML, read as they stream by: the SDN list of OFAC (`sdn.xml`) and its consolidated list, which has
//! the same form; the consolidated list of the Union in both of its forms (1.0 with `WHOLE`, 1.1 with `export`). Of each
//! entry the names and the addresses of virtual currency are kept.

use std::io::BufRead;

use formats::xml::{Element, Event, Reader, XmlError};

use super::lists::{Entry, ListError, MOST_ENTRIES};

/// Elements and attributes of a list that are looked at.
pub(super) struct Read {
    pub kind: &'static str,
    /// The day that the list itself names; empty when it names none.
    pub version: String,
    pub entries: Vec<Entry>,
}

/// One entry on its way.
#[derive(Default)]
struct Open {
    number: String,
    /// Of the name that is being read: first and last part.
    first: String,
    last: String,
    names: Vec<String>,
    wallets: Vec<String>,
    /// The kind of the identifier that is being read.
    id_type: String,
}

/// The three forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Ofac,
    Union10,
    Union11,
}

/// Reads a list.
pub(super) fn read(from: impl BufRead) -> Result<Read, ListError> {
    let mut reader = Reader::new(from);
    let Some(Event::Start(root)) = next(&mut reader)? else { return Err(ListError::Unknown) };
    let (form, version) = match root.name.as_str() {
        "sdnList" => (Form::Ofac, String::new()),
        "export" => (Form::Union11, day(root.get("generationDate"))),
        "WHOLE" => (Form::Union10, day(root.get("Date"))),
        _ => return Err(ListError::Unknown),
    };
    let kind = if form == Form::Ofac { "ofac-sdn" } else { "eu-consolidated" };
    let mut read = Read { kind, version, entries: Vec::new() };
    let (mut open, mut name) = (Open::default(), String::new());
    while let Some(event) = next(&mut reader)? {
        match event {
            Event::Start(element) => {
                begin(form, &element, &mut open);
                name = element.name;
            }
            Event::Text(text) => hold(form, &name, text, &mut open, &mut read.version),
            Event::End(ended) => {
                end(form, &ended, &mut open);
                name.clear();
                if ends_entry(form, &ended) {
                    read.entries.extend(std::mem::take(&mut open).rows());
                    if read.entries.len() > MOST_ENTRIES {
                        return Err(ListError::Oversized);
                    }
                }
            }
        }
    }
    Ok(read)
}

fn next<R: BufRead>(reader: &mut Reader<R>) -> Result<Option<Event>, XmlError> {
    reader.next_event()
}

fn begin(form: Form, element: &Element, open: &mut Open) {
    match (form, element.name.as_str()) {
        (Form::Union11, "sanctionEntity") => open.number = element.get("logicalId").to_owned(),
        (Form::Union10, "ENTITY") => open.number = element.get("Id").to_owned(),
        (Form::Union11, "nameAlias") => open.name(element.get("wholeName")),
        (Form::Ofac, "aka" | "id") => {
            open.first.clear();
            open.last.clear();
            open.id_type.clear();
        }
        _ => {}
    }
}

fn hold(form: Form, name: &str, text: String, open: &mut Open, version: &mut String) {
    match (form, name) {
        (Form::Ofac, "Publish_Date") => *version = day(&text),
        // The entry's own number comes first; those of its aliases come later.
        (Form::Ofac, "uid") if open.number.is_empty() => open.number = text,
        (Form::Ofac, "firstName") => open.first = text,
        (Form::Ofac, "lastName") => {
            open.last = text;
        }
        (Form::Ofac, "idType") => open.id_type = text,
        (Form::Ofac, "idNumber") if open.id_type.starts_with("Digital Currency Address") => {
            open.wallets.push(text);
        }
        (Form::Union10, "WHOLENAME") => open.name(&text),
        _ => {}
    }
}

fn end(form: Form, name: &str, open: &mut Open) {
    // The name of the entry is whole when what comes after it begins; that of an alias when the alias ends.
    if form == Form::Ofac && matches!(name, "sdnType" | "aka" | "sdnEntry") {
        let whole = [open.first.trim(), open.last.trim()].join(" ");
        open.name(whole.trim());
        open.first.clear();
        open.last.clear();
    }
}

fn ends_entry(form: Form, name: &str) -> bool {
    match form {
        Form::Ofac => name == "sdnEntry",
        Form::Union10 => name == "ENTITY",
        Form::Union11 => name == "sanctionEntity",
    }
}

impl Open {
    fn name(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && !self.names.iter().any(|one| one == name) {
            self.names.push(name.to_owned());
        }
    }

    /// One row for each name; the addresses stand with the first.
    fn rows(self) -> Vec<Entry> {
        let Self { number, names, mut wallets, .. } = self;
        let row =
            |name: String| Entry { number: number.clone(), name, wallets: std::mem::take(&mut wallets) };
        names.into_iter().map(row).collect()
    }
}

/// The day of an instant or date; `mm/dd/yyyy`, as OFAC writes it, becomes `yyyy-mm-dd`.
fn day(text: &str) -> String {
    let text = text.trim().split('T').next().unwrap_or_default();
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [month, day, year] if year.len() == 4 && form_of_day(month) && form_of_day(day) => {
            format!("{year}-{month:0>2}-{day:0>2}")
        }
        _ => text.chars().take(40).collect(),
    }
}

fn form_of_day(part: &str) -> bool {
    (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
}
