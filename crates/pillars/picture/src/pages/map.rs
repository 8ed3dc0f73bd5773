//! The map: which countries and sectors were hit, as both sides of the Atlantic state it, and by whom.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use model::{Marking, Side};
use ui::component::{Column, Filter, Slide, Table, card, filter_bar, heading, live, marking, slide, table};
use ui::locale::lookup;
use ui::svg::{Spot, map};
use ui::{Locale, query, t};

use super::slider;
use super::sources::figure;
use super::space::space;
use super::trends::{move_pill, period_name};
use crate::access::PictureRead;
use crate::ask;
use crate::fold::{self, start_of};
use crate::held::{self, Thing};
use crate::label::label;
use crate::sector;
use crate::sight::{Sight, SightError};
use crate::tally::{Subject, Tally, Topic, tally};
use crate::trend::{Move, Period, moved};

/// Strikers that are named in one row.
const NAMED: usize = 3;

/// One row of the two tables.
struct Row {
    subject: Subject,
    name: String,
    now: u64,
    sides: [u64; 3],
    moved: Move,
    marking: Marking,
    by: Vec<Thing>,
    /// First and last day that are counted.
    days: (i64, i64),
}

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Response, PageError> {
    let period = ask::period(&ask::text(&visitor, "days"))?;
    match query::get(&visitor.path, "stop").filter(|stop| !stop.is_empty()) {
        Some(stop) => {
            let to = slider::stop(period, stop, visitor.now)?;
            let at = to.map(|at| at.to_string());
            let path = query::with(&visitor.path, &[("stop", None), ("at", at.as_deref())]);
            Ok(Redirect::to(&path).into_response())
        }
        None => Ok(app.blocking(move |app| show(app, &visitor)).await?.into_response()),
    }
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let period = ask::period(&ask::text(visitor, "days"))?;
    let sight = ask::sight(app, visitor)?;
    let countries = rows(&sight, locale, period, tally(&sight, Topic::Countries)?)?;
    let mut sectors = rows(&sight, locale, period, tally(&sight, Topic::Sectors)?)?;
    strikers(&sight, &mut sectors, period)?;
    let all = countries.iter().chain(&sectors);
    let named = sectors.iter().flat_map(|row| row.by.iter().map(|thing| sight.marking(thing.class)));
    let marking = all.map(|row| row.marking).chain(named).reduce(Marking::strictest);
    let title = t!(locale, "picture-map-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "picture-map-lede")) }, html! {}))
        (controls(visitor, &sight, period))
        (live("map", &visitor.path, &["picture"], html! {
            div.stack {
                (super::then(visitor)?)
                (card(&t!(locale, "picture-topic-countries"), html! {}, html! {
                    (map(locale, &t!(locale, "picture-map-title"), &spots(&countries)))
                    (countries_table(locale, &countries))
                }))
                (card(&t!(locale, "picture-topic-sectors"), html! {}, sectors_table(locale, &sectors)))
                (space(locale, |word| hits(&sectors, word)))
            }
        }))
    };
    Ok(Page { title, marking, updated: Some(sight.at) }.show(app, visitor, body))
}

/// A period, a slider through the year before, and steps back and forth through time.
fn controls(visitor: &Visitor, sight: &Sight<'_>, period: Period) -> Markup {
    let locale = visitor.locale;
    let at = visitor.past.map(|at| ask::day_of(visitor, at)).unwrap_or_default();
    let filters = [
        Filter::Select {
            name: "days",
            label: t!(locale, "picture-period"),
            options: Period::ALL.map(|p| (p.days.to_string().into(), period_name(locale, p))).into(),
            value: period.days.to_string().into(),
        },
        Filter::Date { name: "at", label: t!(locale, "picture-at"), value: at.into() },
    ];
    // Never a day that has not come.
    let latest = fold::day_of(visitor.now.as_microsecond());
    let day = |days: i64| start_of((sight.today() + days).min(latest)).strftime("%F").to_string();
    let step = |days: i64| query::with(&visitor.path, &[("at", Some(&day(days)))]);
    let (label, days) = (t!(locale, "picture-map-slide"), period.days.to_string());
    let keep = [("days", days.as_str())];
    let through = Slide { label: &label, keep: &keep, ..slider::of(visitor, sight, period) };
    let (first, last) = period.until(sight.today());
    let utc = model::time::TimeZone::UTC;
    html! {
        div #map-filters { (filter_bar(locale, "/picture/map", &filters, &[])) }
        (slide(locale, &through))
        nav.row #map-steps aria-label=(t!(locale, "picture-map-steps")) {
            a.button href=(step(-period.days)) rel="prev" { (t!(locale, "picture-map-earlier")) }
            span { (locale.date(start_of(first), &utc)) " – " (locale.date(start_of(last), &utc)) }
            @if sight.upto.is_some() { a.button href=(step(period.days)) rel="next" { (t!(locale, "picture-map-later")) } }
        }
    }
}

fn rows(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    tallies: HashMap<Subject, Tally>,
) -> Result<Vec<Row>, SightError> {
    let today = sight.today();
    let (first, last) = period.until(today);
    let mut found = Vec::new();
    for (subject, tally) in tallies {
        let now = tally.between(first, last);
        let (true, Some(moved)) = (now > 0, moved(|first, last| tally.between(first, last), period, today))
        else {
            continue;
        };
        let name = label(sight, locale, &subject, tally.kind)?.text;
        let of = |side| tally.side_between(sight, side, first, last);
        let (eu, us) = (of(Side::Eu), of(Side::Us));
        let marking = tally.marking;
        found.push(Row {
            subject,
            name,
            now,
            sides: [eu, us, now - eu - us],
            moved,
            marking,
            by: Vec::new(),
            days: (first, last),
        });
    }
    found.sort_by(|one, other| (other.now, &one.name).cmp(&(one.now, &other.name)));
    Ok(found)
}

/// Who struck each of these sectors in the period, the most frequent first.
fn strikers(sight: &Sight<'_>, rows: &mut [Row], period: Period) -> Result<(), SightError> {
    let is_of = |row: &Row, thing: &Thing| match &row.subject {
        Subject::Sector(word) => thing.sectors.split_whitespace().any(|one| one == word),
        _ => false,
    };
    let groups = |victim: i64| {
        let thing = held::thing(sight, victim)?;
        let belongs = |row: &Row| thing.as_ref().is_some_and(|thing| is_of(row, thing));
        Ok(rows.iter().enumerate().filter(|(_, row)| belongs(row)).map(|(n, _)| n).collect())
    };
    let mut counts = crate::strikers::strikers(sight, period.until(sight.today()), groups)?;
    for (n, row) in rows.iter_mut().enumerate() {
        let mut ranked: Vec<(i64, u64)> = counts.remove(&n).unwrap_or_default().into_iter().collect();
        ranked.sort_by_key(|(key, count)| (std::cmp::Reverse(*count), *key));
        for (key, _) in ranked {
            row.by.extend(held::thing(sight, key)?);
            if row.by.len() == NAMED {
                break;
            }
        }
    }
    Ok(())
}

/// The sectors that were hit most in the period, and by whom, for the start page.
pub(super) fn hit(
    sight: &Sight<'_>,
    locale: Locale,
    period: Period,
    most: usize,
) -> Result<(Markup, Option<Marking>), SightError> {
    let mut sectors = rows(sight, locale, period, tally(sight, Topic::Sectors)?)?;
    sectors.truncate(most);
    strikers(sight, &mut sectors, period)?;
    let named = sectors.iter().flat_map(|row| row.by.iter().map(|thing| sight.marking(thing.class)));
    let marking = sectors.iter().map(|row| row.marking).chain(named).reduce(Marking::strictest);
    Ok((sectors_table(locale, &sectors), marking))
}

fn spots(rows: &[Row]) -> Vec<Spot<'_>> {
    let spot = |row: &Row| Spot {
        code: code(&row.subject).to_owned().into(),
        name: row.name.clone().into(),
        value: row.now,
    };
    rows.iter().map(spot).collect()
}

fn code(subject: &Subject) -> &str {
    match subject {
        Subject::Country(code) | Subject::Region(code) | Subject::Sector(code) => code,
        Subject::Thing(_) => "",
    }
}

/// How often a sector was hit.
fn hits(sectors: &[Row], word: &str) -> u64 {
    sectors.iter().find(|row| code(&row.subject) == word).map_or(0, |row| row.now)
}

/// The figures of one row, by who states them.
fn figures(locale: Locale, row: &Row) -> Vec<Markup> {
    let topic = if matches!(row.subject, Subject::Sector(_)) { Topic::Sectors } else { Topic::Countries };
    let mut cells = vec![figure(locale, topic, (code(&row.subject), row.now), row.days)];
    cells.extend(row.sides.iter().map(|count| html! { (locale.count(*count)) }));
    cells.push(move_pill(locale, row.moved));
    cells
}

fn figure_columns(locale: Locale) -> Vec<Column<'static>> {
    vec![
        Column::number(t!(locale, "word-count")),
        Column::number(t!(locale, "picture-map-eu")),
        Column::number(t!(locale, "picture-map-us")),
        Column::number(t!(locale, "picture-map-others")),
        Column::text(t!(locale, "picture-move")),
    ]
}

fn countries_table(locale: Locale, rows: &[Row]) -> Markup {
    let row = |row: &Row| {
        let mut cells = vec![html! { (row.name) }];
        cells.extend(figures(locale, row));
        cells.push(marking(locale, row.marking));
        cells
    };
    let mut columns = vec![Column::text(t!(locale, "picture-map-place"))];
    columns.extend(figure_columns(locale));
    columns.push(Column::text(t!(locale, "word-marking")));
    let list = Table {
        caption: t!(locale, "picture-topic-countries"),
        columns,
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-map-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn sectors_table(locale: Locale, rows: &[Row]) -> Markup {
    let row = |row: &Row| {
        let (nis2, cisa) = counterparts(locale, code(&row.subject));
        let mut cells = vec![html! {
            (row.name)
            div.muted.small { (t!(locale, "picture-map-nis2")) " " (nis2) }
            div.muted.small { (t!(locale, "picture-map-cisa")) " " (cisa) }
        }];
        cells.extend(figures(locale, row));
        cells.push(html! {
            span {
                @for (n, thing) in row.by.iter().enumerate() {
                    @if n > 0 { ", " }
                    (thing.link(locale))
                }
            }
        });
        cells.push(marking(locale, row.marking));
        cells
    };
    let mut columns = vec![Column::text(t!(locale, "picture-map-sector"))];
    columns.extend(figure_columns(locale));
    columns.push(Column::text(t!(locale, "picture-map-by")));
    columns.push(Column::text(t!(locale, "word-marking")));
    let list = Table {
        caption: t!(locale, "picture-topic-sectors"),
        columns,
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-map-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// The sectors of NIS2 and of the United States that a word of STIX stands for.
fn counterparts(locale: Locale, word: &str) -> (String, String) {
    let (nis2, annex, cisa) =
        sector::of(word).map_or(("none", "", "none"), |row| (row.nis2, row.annex, row.cisa));
    let name = |key: String| lookup(locale, &key).unwrap_or_default().into_owned();
    let nis2 = name(format!("nis2-{nis2}"));
    let nis2 = if annex.is_empty() { nis2 } else { format!("{annex} · {nis2}") };
    (nis2, name(format!("cisa-{cisa}")))
}
