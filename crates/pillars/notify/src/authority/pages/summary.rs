//! Figures of a period without names, as a single point of contact sends them on every three months.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::Date;
use ui::component::{Column, Table, breadcrumb, card, facts, heading, table};
use ui::{Locale, t};

use super::{all_within, words};
use crate::access::ReportRead;
use crate::authority::commands::MARKING;
use crate::authority::ransoms::{Ransoms, ransoms};
use crate::authority::statistics::{K, Summary, summary};

pub async fn page(State(app): State<App>, visitor: May<ReportRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let (from, until) = period(&visitor)?;
        let dockets = all_within(app, &visitor, (from, until))?;
        let figures = summary(&dockets, from, until);
        Ok(show(app, &visitor, &figures, &ransoms(&dockets, from, until)))
    })
    .await
}

/// The quarter that `?quarter=2026-4` asks for, else the one of now, in UTC.
pub(crate) fn period(visitor: &Visitor) -> Result<(Timestamp, Timestamp), PageError> {
    let now = TimeZone::UTC.to_datetime(visitor.now);
    // A link of a page may leave it empty; a program leaves it out.
    let program = visitor.path.starts_with("/api/");
    let asked = ui::query::get(&visitor.path, "quarter").filter(|asked| program || !asked.is_empty());
    let (year, quarter) = match asked {
        None => (now.year(), (now.month() - 1) / 3 + 1),
        Some(asked) => asked
            .split_once('-')
            .and_then(|(year, quarter)| Some((year.parse().ok()?, quarter.parse().ok()?)))
            .filter(|(year, quarter)| (1970..=2200).contains(year) && (1..=4).contains(quarter))
            .ok_or_else(|| PageError::Wrong("quarter: write a year and a quarter, such as 2026-4".into()))?,
    };
    let first = |year: i16, quarter: i8| {
        let (year, quarter) = if quarter > 4 { (year + 1, 1) } else { (year, quarter) };
        let day = Date::new(year, (quarter - 1) * 3 + 1, 1).map_err(PageError::broken)?;
        TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).map_err(PageError::broken)
    };
    Ok((first(year, quarter)?, first(year, quarter + 1)?))
}

fn show(app: &App, visitor: &Visitor, figures: &Summary, paid: &Ransoms) -> Markup {
    let locale = visitor.locale;
    let title = t!(locale, "reports-summary");
    let from = TimeZone::UTC.to_datetime(figures.from);
    let quarter = (from.month() - 1) / 3 + 1;
    let (before, after) = match quarter {
        1 => ((from.year() - 1, 4), (from.year(), 2)),
        4 => ((from.year(), 3), (from.year() + 1, 1)),
        other => ((from.year(), other - 1), (from.year(), other + 1)),
    };
    let to = |(year, quarter): (i16, i8)| format!("{year}-{quarter}");
    let body = html! {
        (breadcrumb(locale, &[("/notify/reports", &t!(locale, "reports-title"))], &title))
        (heading(&title, html! { (t!(locale, "reports-summary-lede", k = K)) }, html! {}))
        p {
            a href={ "/notify/summary?quarter=" (to(before)) } rel="prev" { (to(before)) } " · "
            strong { (to((from.year(), quarter))) } " · "
            a href={ "/notify/summary?quarter=" (to(after)) } rel="next" { (to(after)) }
        }
        p {
            (t!(locale, "reports-summary-incidents")) ": "
            @if let Some(count) = figures.incidents { strong { (locale.count(count as u64)) } }
            @else { span.muted { (t!(locale, "reports-summary-few", k = K)) } }
        }
        // Where nothing may be told at all, one sentence says so.
        @if figures.incidents.is_some() { div.stack { @for one in &figures.tables { (by(locale, one)) } (of_ransoms(locale, paid)) } }
    };
    Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body)
}

fn by(locale: Locale, figures: &crate::authority::statistics::Table) -> Markup {
    let name = match figures.by {
        "regime" => t!(locale, "reports-by-regime"),
        "sector" => t!(locale, "reports-ask-sector"),
        "country" => t!(locale, "reports-ask-country"),
        "severity" => t!(locale, "reports-severity"),
        _ => t!(locale, "reports-by-border"),
    };
    let what = |cell: &str| match (figures.by, cell) {
        ("severity", word) => words::severity(locale, word).into_owned(),
        ("cross_border", "yes") => t!(locale, "notify-yes").into_owned(),
        ("cross_border", _) => t!(locale, "notify-no").into_owned(),
        (_, "") => t!(locale, "notify-unknown").into_owned(),
        (_, other) => other.to_owned(),
    };
    let list = Table {
        caption: name.clone(),
        columns: vec![Column::text(name.clone()), Column::number(t!(locale, "reports-summary-incidents"))],
        rows: figures
            .cells
            .iter()
            .map(|cell| vec![html! { (what(&cell.what)) }, html! { (locale.count(cell.incidents as u64)) }])
            .collect(),
        empty: Some(html! { p.muted { (t!(locale, "reports-summary-few", k = K)) } }),
        ..Table::default()
    };
    card(
        &name,
        html! {},
        html! {
            (table(locale, &list))
            @if figures.left_out > 0 && !figures.cells.is_empty() {
                p.muted { (t!(locale, "reports-summary-left-out", count = figures.left_out)) }
            }
        },
    )
}

/// Payments and refusals, without anybody's name.
fn of_ransoms(locale: Locale, figures: &Ransoms) -> Markup {
    let told = |count: Option<u64>| {
        html! {
            @if let Some(count) = count { (locale.count(count)) }
            @else { span.muted { (t!(locale, "reports-summary-few", k = figures.least)) } }
        }
    };
    let rows = [
        (t!(locale, "ransom-reported"), figures.reported),
        (t!(locale, "ransom-paid"), figures.paid),
        (t!(locale, "ransom-refused"), figures.refused),
        (t!(locale, "ransom-undecided"), figures.open),
    ];
    card(&t!(locale, "ransom-figures"), html! {}, facts(rows.map(|(name, count)| (name, told(count)))))
}
