//! A table: sortable heads as links, a head that stays in sight, a word when it is empty, cards on a phone.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::{Icon, Locale, icon, query, t};

/// One column.
#[derive(Debug, Clone, Default)]
pub struct Column<'a> {
    /// Its head.
    pub label: Cow<'a, str>,
    /// The value of `?sort=` that sorts by it; `None` when it cannot be sorted.
    pub sort: Option<&'a str>,
    /// True for figures: right-aligned, digits of equal width.
    pub numeric: bool,
}

impl<'a> Column<'a> {
    /// A column of text.
    pub fn text(label: impl Into<Cow<'a, str>>) -> Self {
        Self { label: label.into(), ..Self::default() }
    }

    /// A column of figures.
    pub fn number(label: impl Into<Cow<'a, str>>) -> Self {
        Self { label: label.into(), numeric: true, ..Self::default() }
    }

    /// The same column, sortable as `key`.
    pub fn sorted_by(mut self, key: &'a str) -> Self {
        self.sort = Some(key);
        self
    }
}

/// A table; the first cell of each row is its head.
#[derive(Debug, Clone, Default)]
pub struct Table<'a> {
    /// What it lists; read out, and shown when `show_caption`.
    pub caption: Cow<'a, str>,
    /// True to show the caption.
    pub show_caption: bool,
    /// The columns.
    pub columns: Vec<Column<'a>>,
    /// The cells, row by row.
    pub rows: Vec<Vec<Markup>>,
    /// Path and query of the page, for the sort links.
    pub path: Cow<'a, str>,
    /// The order in force: `name`, or `-name` for descending.
    pub sorted: Option<Cow<'a, str>>,
    /// What to say, and what to do, when there are no rows.
    pub empty: Option<Markup>,
}

/// The table in its scrolling frame.
pub fn table(locale: Locale, table: &Table<'_>) -> Markup {
    html! {
        @if table.rows.is_empty() {
            div.empty {
                @if let Some(empty) = &table.empty { (empty) } @else { p { (t!(locale, "component-table-empty")) } }
            }
        } @else {
            // Roles are spelt out because a phone shows rows as cards, and browsers forget what
            // `display: grid` was before.
            div.table-frame {
                table.table role="table" {
                    caption class=[(!table.show_caption).then_some("visually-hidden")] { (table.caption) }
                    thead role="rowgroup" {
                        tr role="row" { @for column in &table.columns { (head(locale, table, column)) } }
                    }
                    tbody role="rowgroup" { @for row in &table.rows { tr role="row" { (cells(table, row)) } } }
                }
            }
        }
    }
}

fn cells(table: &Table<'_>, row: &[Markup]) -> Markup {
    html! {
        @for (i, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
            @let class = column.numeric.then_some("num");
            @if i == 0 {
                th scope="row" role="rowheader" class=[class] { (cell) }
            } @else {
                td role="cell" class=[class] data-label=(column.label) { (cell) }
            }
        }
    }
}

fn head(locale: Locale, table: &Table<'_>, column: &Column<'_>) -> Markup {
    let class = column.numeric.then_some("num");
    let Some(key) = column.sort else {
        return html! { th scope="col" role="columnheader" class=[class] { (column.label) } };
    };
    let sorted = table.sorted.as_deref().unwrap_or("");
    let (up, down) = (sorted == key, sorted.strip_prefix('-') == Some(key));
    let next = if up { format!("-{key}") } else { key.to_owned() };
    // A new order starts on the first page.
    let href = query::with(&table.path, &[("sort", Some(&next)), ("next", None)]);
    let order = if up { Some("ascending") } else { down.then_some("descending") };
    html! {
        th scope="col" role="columnheader" class=[class] aria-sort=[order] {
            a href=(href) title=(t!(locale, "component-table-sort", column = column.label.as_ref())) {
                (column.label)
                @if up { (icon(Icon::Up)) } @else if down { (icon(Icon::Down)) }
            }
        }
    }
}
