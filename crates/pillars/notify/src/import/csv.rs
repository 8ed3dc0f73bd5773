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
            _ => contents.put(Item {
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
        text if is_number(text) => text.parse::<f64>().map_or_else(|_| json!(text), |number| json!(number)),
        text => json!(text),
    }
}

/// Digits with a decimal point perhaps, as many as a number holds exactly. What begins with a zero is a name, such as a
/// registration number or a postal code; so is what begins with a plus, and words like `inf`, of which a number would be made.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole)
        && all_digits(part)
        && whole.len() + part.len() <= 15
        && (whole == "0" || !whole.starts_with('0'))
}

/// Rows with the line on which each begins. A quoted cell may hold separators, line ends and doubled quotes.
pub(crate) fn rows(text: &str, separator: char) -> Vec<(usize, Vec<String>)> {
    let separator = u8::try_from(separator).unwrap_or(b',');
    let mut reader = ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    // Text has no bytes that are not UTF-8, and rows may differ in length: there is nothing that the reader refuses.
    let records = reader.records().filter_map(Result::ok);
    let row = |record: ::csv::StringRecord| {
        let begun = record.position().map_or((0, 1), |at| (at.byte() as usize, at.line() as usize));
        // The position is that behind the row before; empty lines between them are skipped.
        let blank = text.as_bytes().get(begun.0..).unwrap_or_default().iter();
        let skipped = blank.take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n');
        (begun.1 + skipped.count(), record.iter().map(str::to_owned).collect())
    };
    records.map(row).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{cell, rows};

    #[test]
    fn a_cell_is_a_number_only_where_nothing_of_it_is_lost() {
        assert_eq!([cell("12"), cell("-0.5"), cell("0")], [json!(12.0), json!(-0.5), json!(0.0)]);
        for name in
            ["+33123456789", "0612", "inf", "NaN", "1e5", "1.", ".5", "12345678901234567890", "-", "01.5"]
        {
            assert_eq!(cell(name), json!(name));
        }
        assert_eq!([cell("unknown"), cell("")], [Value::Null, Value::Null]);
    }

    #[test]
    fn quoted_cells_hold_what_separates_others_and_lines_are_counted() {
        let read = rows("field,value\r\nD01,\"a, \"\"b\"\"\nc\"\r\nB01,Grid", ',');
        assert_eq!(read[1], (2, vec!["D01".to_owned(), "a, \"b\"\nc".to_owned()]));
        assert_eq!(read[2], (4, vec!["B01".to_owned(), "Grid".to_owned()]));
    }
}
