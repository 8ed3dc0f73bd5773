//! Answers on standard output: for people as text, for programs as JSON.

use std::io::Write as _;

use anyhow::Result;
use clap::Args;
use serde::Serialize;

/// The choice that every query has.
#[derive(Debug, Clone, Copy, Args)]
pub struct Output {
    /// Answer in JSON
    #[arg(long)]
    pub json: bool,
}

impl Output {
    /// Prints `answer` as JSON, or the text made of it.
    pub fn print<T: Serialize>(self, answer: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
        let text = if self.json { serde_json::to_string_pretty(answer)? } else { text(answer) };
        line(&text)
    }
}

/// Prints one text with a line break. A reader that went away (`| head`) is no error.
pub fn line(text: &str) -> Result<()> {
    match writeln!(std::io::stdout().lock(), "{}", text.trim_end_matches('\n')) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Columns aligned by spaces, the first row as head.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |n: usize| rows.iter().filter_map(|row| row.get(n)).map(|c| c.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// An instant of the ledger, for people.
pub fn instant(at_us: i64) -> String {
    model::Timestamp::from_microsecond(at_us).map_or_else(|_| at_us.to_string(), model::time::millis)
}
