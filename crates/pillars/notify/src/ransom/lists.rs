//! Sanctions lists as their publishers write them, as tables: the SDN list of OFAC (`sdn.csv`, without a head), and the
//! consolidated list of the Union (with a head, separated by semicolons).

use model::Digest;

use crate::import::csv_rows;

/// A list that was read.
#[derive(Debug, Clone)]
pub struct List {
    /// `ofac-sdn` or `eu-consolidated`.
    pub kind: &'static str,
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
        "this is neither sdn.csv of OFAC nor the consolidated list of the Union as CSV; fetch one of these from its publisher"
    )]
    Unknown,
}

/// The largest list, in bytes.
const MOST_BYTES: usize = 256 << 20;

/// Reads a list, whichever of the two it is.
pub fn read_list(text: &str) -> Result<List, ListError> {
    if text.len() > MOST_BYTES {
        return Err(ListError::Oversized);
    }
    let sha256 = Digest::of(text.as_bytes()).hex();
    let plain = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = plain.lines().next().unwrap_or_default().to_lowercase();
    let (kind, entries) = if head.contains(';') && head.contains("wholename") {
        ("eu-consolidated", union(plain, &head))
    } else {
        ("ofac-sdn", ofac(plain))
    };
    if entries.is_empty() { Err(ListError::Unknown) } else { Ok(List { kind, sha256, entries }) }
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

/// One row for each name; the columns are found by their heads.
fn union(text: &str, head: &str) -> Vec<Entry> {
    let columns: Vec<&str> = head.split(';').map(|name| name.trim().trim_matches('"')).collect();
    let find = |end: &str| columns.iter().position(|name| name.ends_with(end));
    let (Some(name), number) = (find("wholename"), find("entity_logicalid").or_else(|| find("logicalid")))
    else {
        return Vec::new();
    };
    let rows = csv_rows(text, ';').into_iter().skip(1);
    let entry = |row: Vec<String>| {
        let name = row.get(name)?.trim().to_owned();
        let number = number.and_then(|at| row.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default();
        (!name.is_empty()).then_some(Entry { number, name, wallets: Vec::new() })
    };
    rows.filter_map(|(_, row)| entry(row)).collect()
}
