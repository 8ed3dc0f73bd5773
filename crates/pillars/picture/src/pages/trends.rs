//! Trends: what is new, rising and fading, topic by topic, with its sparkline and its sources.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::Marking;
use ui::component::{
    Column, Filter, Tab, Table, Tone, card, day, filter_bar, heading, live, marking, status, table, tabs,
};
use ui::svg::{sparkline, trend};
use ui::{Locale, query, t};

use super::sources::figure;
use crate::access::PictureRead;
use crate::ask;
use crate::fold::start_of;
use crate::sight::Sight;
use crate::tally::Topic;
use crate::trend::{ENOUGH, Move, Period};
use crate::trends::{MOST, Trend, trends};

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let topic = Topic::of(&ask::text(visitor, "topic")).unwrap_or(Topic::Actors);
    let period = ask::period(&ask::text(visitor, "days"))?;
    let sight = ask::sight(app, visitor)?;
    let rows = trends(&sight, locale, topic, period)?;
    let marking = rows.iter().map(|row| row.marking).reduce(Marking::strictest);
    let title = t!(locale, "picture-trends-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "picture-trends-lede")) }, html! {}))
        (tabs(locale, &topics(visitor, topic)))
        (controls(visitor, topic, period))
        (super::then(visitor)?)
        (live("trends", &visitor.path, &["picture"], html! {
            div.stack {
                (card(&topic_name(locale, topic), html! {}, html! {
                    @if !rows.is_empty() { (overall(locale, &sight, topic, period, &rows)) }
                    (list(app, visitor, &rows, (topic, period, sight.today())))
                }))
                (card(&t!(locale, "picture-method-title"), html! {}, method(locale)))
            }
        }))
    };
    Ok(Page { title, marking, updated: Some(sight.at) }.show(app, visitor, body))
}

fn topics(visitor: &Visitor, active: Topic) -> Vec<Tab<'static>> {
    let tab = |topic: Topic| Tab {
        href: query::with(&visitor.path, &[("topic", Some(topic.code()))]).into(),
        label: topic_name(visitor.locale, topic),
        active: topic == active,
        ..Tab::default()
    };
    Topic::ALL.into_iter().map(tab).collect()
}

fn controls(visitor: &Visitor, topic: Topic, period: Period) -> Markup {
    let locale = visitor.locale;
    let at = ask::text(visitor, "at");
    let filters = [
        Filter::Select {
            name: "days",
            label: t!(locale, "picture-period"),
            options: Period::ALL.map(|p| (p.days.to_string().into(), period_name(locale, p))).into(),
            value: period.days.to_string().into(),
        },
        Filter::Date {
            name: "at",
            label: t!(locale, "picture-at"),
            value: at.get(..10).unwrap_or("").to_owned().into(),
        },
    ];
    filter_bar(locale, "/picture/trends", &filters, &[("topic", topic.code())])
}

/// All rows together, step by step.
fn overall(locale: Locale, sight: &Sight<'_>, topic: Topic, period: Period, rows: &[Trend]) -> Markup {
    let (first, _) = period.until(sight.today());
    let sum = |n: usize| rows.iter().map(|row| row.series.get(n).copied().unwrap_or(0)).sum();
    let points: Vec<(String, u64)> = (0..period.days / period.step)
        .map(|n| {
            let day = start_of(first + n * period.step);
            (locale.date(day, &model::time::TimeZone::UTC), sum(n as usize))
        })
        .collect();
    trend(locale, &t!(locale, "picture-trend-all", topic = topic_name(locale, topic).as_ref()), &points)
}

fn list(
    app: &App,
    visitor: &Visitor,
    rows: &[Trend],
    (topic, period, today): (Topic, Period, i64),
) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (first, last) = period.until(today);
    let before = (first - period.days, first - 1);
    let row = |row: &Trend| {
        let words = t!(locale, "picture-spoken-of", now = row.now, before = row.before);
        vec![
            row.label.show(locale),
            move_pill(locale, row.moved),
            html! { div.spark-cell { (sparkline(&words, &row.series)) } },
            figure(locale, topic, (&row.label.id, row.now), (first, last)),
            figure(locale, topic, (&row.label.id, row.before), before),
            html! { div.row { @for author in &row.authors { (party_link(locale, &known, *author)) } } },
            day(locale, start_of(row.last)),
            marking(locale, row.marking),
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-trends-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "picture-move")),
            Column::text(t!(locale, "picture-course")),
            Column::number(t!(locale, "picture-now")),
            Column::number(t!(locale, "picture-before")),
            Column::text(t!(locale, "picture-by")),
            Column::text(t!(locale, "picture-last")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-trends-empty")) } }),
        ..Table::default()
    };
    html! {
        (table(locale, &list))
        @if rows.len() == MOST { p.muted { (t!(locale, "picture-cut", count = MOST)) } }
    }
}

/// How it was worked out, for whoever asks why.
fn method(locale: Locale) -> Markup {
    html! {
        p { (t!(locale, "picture-method-count")) }
        p { (t!(locale, "picture-method-day")) }
        p { (t!(locale, "picture-method-move", enough = ENOUGH)) }
        p { (t!(locale, "picture-method-sight")) }
    }
}

/// A topic in words.
pub(crate) fn topic_name(locale: Locale, topic: Topic) -> std::borrow::Cow<'static, str> {
    match topic {
        Topic::Actors => t!(locale, "picture-topic-actors"),
        Topic::Campaigns => t!(locale, "picture-topic-campaigns"),
        Topic::Malware => t!(locale, "picture-topic-malware"),
        Topic::Techniques => t!(locale, "picture-topic-techniques"),
        Topic::Vulnerabilities => t!(locale, "picture-topic-vulnerabilities"),
        Topic::Sectors => t!(locale, "picture-topic-sectors"),
        Topic::Countries => t!(locale, "picture-topic-countries"),
    }
}

pub(crate) fn period_name(locale: Locale, period: Period) -> std::borrow::Cow<'static, str> {
    match period.days {
        7 => t!(locale, "picture-period-7"),
        28 => t!(locale, "picture-period-28"),
        91 => t!(locale, "picture-period-91"),
        _ => t!(locale, "picture-period-364"),
    }
}

/// How something moves, as a coloured word.
pub(crate) fn move_pill(locale: Locale, moved: Move) -> Markup {
    match moved {
        Move::New => status(Tone::Info, &t!(locale, "picture-move-new")),
        Move::Back => status(Tone::Info, &t!(locale, "picture-move-back")),
        Move::Rising => status(Tone::Warn, &t!(locale, "picture-move-rising")),
        Move::Steady => status(Tone::Idle, &t!(locale, "picture-move-steady")),
        Move::Fading => status(Tone::Ok, &t!(locale, "picture-move-fading")),
    }
}
