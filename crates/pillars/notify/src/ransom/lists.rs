//! Sanctions lists as their publishers write them: the SDN list of OFAC (`sdn.csv`, without a head, or `sdn.xml`), and the
//! consolidated list of the Union (as CSV with a head, separated by semicolons, or as XML).

use std::io::{BufRead, Read as _};

use formats::xml::XmlError;
use model::Digest;

use super::xml_lists;
use crate::import::csv_rows;

/// A list that was read.
#[derive(Debug, Clone)]
pub struct List {
    /// `ofac-sdn` or `eu-consolidated`.
    pub kind: &'static str,
    /// The day that the list itself names; empty when it names none, as OFAC's CSV does.
    pub version: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
    /// Its entries.
    pub entries: Vec<Entry>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number in the list.
    pub number: String,
    /// Its name, or one of its names.
    pub name: String,
    /// Addresses of virtual currency.
    pub wallets: Vec<String>,
}

/// Why a list was not read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Too long.
    #[error("the list is longer than {MOST_BYTES} bytes; is it the right file")]
    Oversized,
    /// Not one of the two.
    #[error(
        "this is neither sdn.xml or sdn.csv of OFAC nor the consolidated list of the Union as XML or CSV; fetch one of these from its publisher"
    )]
    Unknown,
    /// Bad XML.
    #[error(transparent)]
    Xml(#[from] XmlError),
    /// The file cannot be read.
    #[error("cannot read the list: {0}")]
    Unreadable(String),
}

/// The largest list, in bytes.
pub const MOST_BYTES: usize = 256 << 20;
/// The most names in a list; both together hold under a hundred thousand.
pub(super) const MOST_ENTRIES: usize = 1_000_000;

/// Reads a list from a text, whichever of them it is.
pub fn read_list(text: &str) -> Result<List, ListError> {
    read_list_from(text.as_bytes(), Digest::of(text.as_bytes()).hex())
}

/// Reads a list from a file that has this SHA-256. XML is read as it streams by.
pub fn read_list_from(mut from: impl BufRead, sha256: String) -> Result<List, ListError> {
    let unreadable = |error: std::io::Error| ListError::Unreadable(error.to_string());
    let start = loop {
        let piece = from.fill_buf().map_err(unreadable)?;
        let plain = piece.strip_prefix("\u{feff}".as_bytes()).unwrap_or(piece);
        let start = plain.iter().find(|byte| !byte.is_ascii_whitespace()).copied();
        let blank = piece.len();
        if start.is_some() || blank == 0 {
            break start;
        }
        from.consume(blank);
    };
    if start == Some(b'<') {
        let read = xml_lists::read(from.take(MOST_BYTES as u64))?;
        let list = List { kind: read.kind, version: read.version, sha256, entries: read.entries };
        return if list.entries.is_empty() { Err(ListError::Unknown) } else { Ok(list) };
    }
    let mut bytes = Vec::new();
    from.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() > MOST_BYTES {
        return Err(ListError::Oversized);
    }
    // Some publishers still write Latin letters in one byte; what is compared is letters and digits.
    table(&String::from_utf8_lossy(&bytes), sha256)
}

fn table(text: &str, sha256: String) -> Result<List, ListError> {
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = plain.lines().next().unwrap_or_default().to_lowercase();
    let (kind, version, entries) = if head.contains(';') && head.contains("wholename") {
        let (version, entries) = union(plain, &head);
        ("eu-consolidated", version, entries)
    } else {
        ("ofac-sdn", String::new(), ofac(plain))
    };
    if entries.is_empty() { Err(ListError::Unknown) } else { Ok(List { kind, version, sha256, entries }) }
}

/// `ent_num, name, type, program, title, …, remarks`: no head; `-0-` stands for nothing.
fn ofac(text: &str) -> Vec<Entry> {
    let rows = csv_rows(text, ',').into_iter();
    let rows = rows.filter(|(_, row)| row.len() >= 4 && row[0].trim().parse::<u64>().is_ok());
    rows.map(|(_, row)| Entry {
        number: row[0].trim().to_owned(),
        name: row[1].trim().to_owned(),
        wallets: row.last().map(|remarks| wallets(remarks)).unwrap_or_default(),
    })
    .collect()
}

/// `Digital Currency Address - XBT 12abc…; alt. Digital Currency Address - ETH 0x…`.
fn wallets(remarks: &str) -> Vec<String> {
    let parts = remarks.split("Digital Currency Address - ").skip(1);
    let address = |part: &str| {
        let word = part.split_whitespace().nth(1)?;
        Some(word.trim_matches([';', ',', '.', '"']).to_owned())
    };
    parts.filter_map(address).collect()
}

/// One row for each name; the columns are found by their heads. With the day that the list was made.
fn union(text: &str, head: &str) -> (String, Vec<Entry>) {
    let columns: Vec<&str> = head.split(';').map(|name| name.trim().trim_matches('"')).collect();
    let find = |end: &str| columns.iter().position(|name| name.ends_with(end));
    let (Some(name), number) = (find("wholename"), find("entity_logicalid").or_else(|| find("logicalid")))
    else {
        return (String::new(), Vec::new());
    };
    let made = find("filegenerationdate").or_else(|| find("generationdate"));
    let rows: Vec<Vec<String>> = csv_rows(text, ';').into_iter().skip(1).map(|(_, row)| row).collect();
    let version = made.and_then(|at| rows.first()?.get(at)).map(|day| day.trim().to_owned());
    let entry = |row: Vec<String>| {
        let name = row.get(name)?.trim().to_owned();
        let number = number.and_then(|at| row.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        (!name.is_empty()).then_some(Entry { number, name, wallets: Vec::new() })
    };
    (version.unwrap_or_default(), rows.into_iter().filter_map(entry).collect())
}
