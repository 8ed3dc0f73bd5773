//! A table (RFC 4180): a head with `field` and `value`, and perhaps `estimate`, `source` and `confidence`; separated by
//! commas, or by semicolons as spreadsheets on the continent write them.

use serde_json::{Value, json};
use ui::sentence;

use super::{Contents, Item};

/// Reads it.
pub(super) fn read(text: &str, contents: &mut Contents) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let head = text.lines().next().unwrap_or_default();
    let separator = if head.contains(';') && !head.contains(',') { ';' } else { ',' };
    let mut rows = rows(text, separator).into_iter();
    let Some((_, head)) = rows.next() else {
        return contents.miss("line 1", sentence!("refused-import-empty"));
    };
    let head: Vec<String> = head.iter().map(|name| name.trim().to_lowercase()).collect();
    let column = |name: &str| head.iter().position(|known| known == name);
    let (Some(field), Some(value)) = (column("field"), column("value")) else {
        return contents.miss("line 1", sentence!("refused-import-columns"));
    };
    let of = |row: &[String], at: Option<usize>| {
        at.and_then(|at| row.get(at)).map(|cell| cell.trim().to_owned()).unwrap_or_default()
    };
    for (line, row) in rows {
        let (name, typed) = (of(&row, Some(field)), of(&row, Some(value)));
        let place = format!("line {line}");
        match name.as_str() {
            "" if row.iter().all(|cell| cell.trim().is_empty()) => {}
            "" => contents.miss(place, sentence!("refused-import-nameless")),
            "title" => contents.title = Some(typed),
            "exercise" => contents.exercise = matches!(typed.as_str(), "yes" | "true"),
            _ => contents.items.push(Item {
                place,
                field: name,
                value: cell(&typed),
                estimate: matches!(of(&row, column("estimate")).as_str(), "yes" | "true"),
                source: of(&row, column("source")),
                confidence: of(&row, column("confidence")),
            }),
        }
    }
}

/// A cell as a value; empty is unknown.
fn cell(typed: &str) -> Value {
    match typed {
        "" | "unknown" => Value::Null,
        "yes" | "true" => json!(true),
        "no" | "false" => json!(false),
        text => match text.parse::<f64>() {
            // Numbers with leading zeros are names: registration numbers, postal codes.
            Ok(number) if !text.starts_with('0') || text == "0" || text.starts_with("0.") => json!(number),
            _ => json!(text),
        },
    }
}

/// Rows with the line on which each begins. A quoted cell may hold separators, line ends and doubled quotes.
pub(crate) fn rows(text: &str, separator: char) -> Vec<(usize, Vec<String>)> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut begun, mut quoted) = (1, 1, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\n' {
            line += 1;
        }
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            c if quoted => cell.push(c),
            '\r' => {}
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push((begun, std::mem::take(&mut row)));
                begun = line;
            }
            c if c == separator => row.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push((begun, row));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn quoted_cells_hold_what_separates_others_and_lines_are_counted() {
        let read = rows("field,value\r\nD01,\"a, \"\"b\"\"\nc\"\r\nB01,Grid", ',');
        assert_eq!(read[1], (2, vec!["D01".to_owned(), "a, \"b\"\nc".to_owned()]));
        assert_eq!(read[2], (4, vec!["B01".to_owned(), "Grid".to_owned()]));
    }
}
