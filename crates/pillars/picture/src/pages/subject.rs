//! One subject: what it is called and by whom, its course, its graph, what each side says of it, and its timeline.

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::time::TimeZone;
use ui::component::{
    Column, Event, Table, Tone, breadcrumb_in, card, day, facts, heading_in, live, marking, stix_type, table,
    time, timeline,
};
use ui::svg::{Graph, GraphEdge, GraphNode, MOST_NODES, graph, trend};
use ui::{Locale, t};

use super::told::told;
use crate::access::PictureRead;
use crate::ask;
use crate::fold::start_of;
use crate::held::Thing;
use crate::label::{Label, label, relation, relation_in, relation_language};
use crate::sight::Sight;
use crate::subject::{Bond, Dossier, dossier};
use crate::tally::Subject;
use crate::trend::{Period, series, sum};

/// Happenings of the timeline.
const HAPPENINGS: usize = 60;

pub async fn page(
    State(app): State<App>,
    visitor: May<PictureRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &id)).await
}

fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let sight = ask::sight(app, visitor)?;
    let found = dossier(&sight, id)?.ok_or(PageError::NotFound)?;
    let thing = &found.statements[0];
    let name = thing.label();
    let trends = t!(locale, "picture-trends-title");
    let body = html! {
        (breadcrumb_in(locale.foreign(&thing.language), locale, &[("/picture/trends", &trends)], &name))
        (heading_in(locale.foreign(&thing.language), &name, html! { (stix_type(locale, thing.kind.stix_type())) }, html! {
            a.button href={ "/exchange/objects/" (thing.id) } { (t!(locale, "picture-subject-object")) }
        }))
        (super::then(visitor)?)
        (live("subject", &visitor.path, &["picture"], html! {
            div.stack {
                (card(&t!(locale, "picture-subject-is"), html! {}, statements(app, visitor, &sight, &found)))
                @if !found.days.is_empty() { (card(&t!(locale, "picture-course"), html! {}, course(locale, &sight, &found))) }
                @if !found.bonds.is_empty() { (card(&t!(locale, "picture-subject-graph"), html! {}, drawn(&sight, locale, &found))) }
                (card(&t!(locale, "picture-told-title"), html! {}, told(app, visitor, &sight, &found)?))
                (card(&t!(locale, "picture-subject-ties"), html! {}, ties(app, visitor, &sight, &found)?))
                (card(&t!(locale, "picture-subject-timeline"), html! {}, happenings(app, visitor, &sight, &found)?))
            }
        }))
    };
    let page = Page { title: name.clone().into(), marking: Some(found.marking), updated: Some(sight.at) };
    Ok(page.show(app, visitor, body))
}

/// What each author says it is.
fn statements(app: &App, visitor: &Visitor, sight: &Sight<'_>, found: &Dossier) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let thing = &found.statements[0];
    let row = |one: &Thing| {
        vec![
            html! { span lang=[locale.foreign(&one.language)] { (one.label()) } },
            html! { @if let Some(author) = sight.author(one.class) { (party_link(locale, &known, author)) } },
            time(locale, one.at, visitor.now),
            marking(locale, sight.marking(one.class)),
        ]
    };
    let list = Table {
        caption: t!(locale, "picture-subject-is"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-author")),
            Column::text(t!(locale, "word-received")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: found.statements.iter().map(row).collect(),
        ..Table::default()
    };
    html! {
        (facts([
            (t!(locale, "word-id"), html! { code translate="no" { (thing.id) } }),
            (t!(locale, "picture-matrix-tactic"), html! { span lang="en" { (thing.phases) } }),
            (t!(locale, "picture-topic-sectors"), html! {
                @for (n, word) in thing.sectors.split_whitespace().enumerate() {
                    @if n > 0 { ", " } (crate::label::sector(locale, word))
                }
            }),
        ].into_iter().filter(|(_, value)| value.0 != "<span lang=\"en\"></span>")))
        (table(locale, &list))
    }
}

fn course(locale: Locale, sight: &Sight<'_>, found: &Dossier) -> Markup {
    let period = Period::ALL[3];
    let (first, _) = period.until(sight.today());
    let values = series(|first, last| sum(&found.days, first, last), period, sight.today());
    let points: Vec<(String, u64)> = values
        .into_iter()
        .enumerate()
        .map(|(n, count)| (locale.date(start_of(first + n as i64 * period.step), &TimeZone::UTC), count))
        .collect();
    trend(locale, &t!(locale, "picture-subject-course"), &points)
}

/// The subject, what it is tied to, and how that hangs together.
fn drawn(sight: &Sight<'_>, locale: Locale, found: &Dossier) -> Markup {
    let subject = &found.statements[0];
    let mut things: Vec<&Thing> = found.things.values().filter(|thing| thing.key != subject.key).collect();
    things.sort_by_key(|thing| (thing.kind, thing.label()));
    things.insert(0, subject);
    things.truncate(MOST_NODES);
    let place = |key: i64| things.iter().position(|thing| thing.key == key);
    let node = |thing: &&Thing| GraphNode {
        label: thing.label().into(),
        kind: thing.kind.stix_type().into(),
        href: Some(thing.href().into()),
        language: locale.foreign(&thing.language).map(|language| language.to_owned().into()),
        focus: thing.key == subject.key,
    };
    let edge = |bond: &Bond| {
        Some(GraphEdge {
            from: place(bond.from)?,
            to: place(bond.to)?,
            label: relation(locale, &bond.relation).into_owned().into(),
            language: relation_language(locale, &bond.relation).map(Into::into),
        })
    };
    let title = t!(locale, "picture-subject-graph-of", name = subject.label());
    let picture = Graph {
        title,
        nodes: things.iter().map(node).collect(),
        edges: found.bonds.iter().chain(&found.beyond).filter_map(edge).collect(),
    };
    debug_assert!(sight.has(subject.class), "a dossier is made of what its reader may see");
    graph(locale, &picture)
}

/// Every tie with who states it: what only the other side says stands out.
fn ties(app: &App, visitor: &Visitor, sight: &Sight<'_>, found: &Dossier) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let subject = &found.statements[0];
    let mut rows = Vec::new();
    for bond in &found.bonds {
        let named = named(sight, locale, found, bond)?.show(locale);
        let own = bond.authors.contains(&app.desk.me);
        rows.push(vec![
            named,
            html! { (if bond.from == subject.key { "→ " } else { "← " }) (relation_in(locale, &bond.relation)) },
            stix_type(locale, bond.kind.stix_type()),
            html! {
                div.row {
                    @for author in &bond.authors { (party_link(locale, &known, *author)) }
                    @if !own { span.muted { (t!(locale, "picture-subject-others-only")) } }
                }
            },
            day(locale, start_of(bond.days.1)),
            marking(locale, bond.marking),
        ]);
    }
    let list = Table {
        caption: t!(locale, "picture-subject-ties"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-relation")),
            Column::text(t!(locale, "word-type")),
            Column::text(t!(locale, "picture-by")),
            Column::text(t!(locale, "picture-last")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows,
        empty: Some(html! { p { (t!(locale, "picture-subject-alone")) } }),
        ..Table::default()
    };
    Ok(table(locale, &list))
}

/// What stands at the other end of a tie: read once for the whole page.
fn named(sight: &Sight<'_>, locale: Locale, found: &Dossier, bond: &Bond) -> Result<Label, PageError> {
    let other = bond.other(found.statements[0].key);
    match found.things.get(&other) {
        Some(thing) => Ok(thing.clone().into()),
        None => Ok(label(sight, locale, &Subject::Thing(other), bond.kind)?),
    }
}

/// Statements and ties on one line of time, the newest first.
fn happenings(app: &App, visitor: &Visitor, sight: &Sight<'_>, found: &Dossier) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let subject = &found.statements[0];
    let mut events = Vec::new();
    for one in &found.statements {
        let author = sight.author(one.class);
        let at = if one.version == i64::MIN {
            Some(one.at)
        } else {
            model::Timestamp::from_microsecond(one.version).ok()
        };
        events.push(Event {
            at: at.unwrap_or(one.at),
            tone: Tone::Info,
            what: html! { @if let Some(author) = author { (party_link(locale, &known, author)) } " " (t!(locale, "picture-subject-stated")) " " span lang=[locale.foreign(&one.language)] { (one.label()) } },
            more: html! {},
        });
    }
    let mut bonds: Vec<&Bond> = found.bonds.iter().collect();
    bonds.sort_by_key(|bond| std::cmp::Reverse(bond.days.0));
    for bond in bonds.into_iter().take(HAPPENINGS) {
        let label = named(sight, locale, found, bond)?;
        events.push(Event {
            at: start_of(bond.days.0),
            tone: Tone::Idle,
            what: html! {
                @for author in &bond.authors { (party_link(locale, &known, *author)) " " }
                (if bond.from == subject.key { "→ " } else { "← " }) (relation_in(locale, &bond.relation)) " "
                span lang=[locale.foreign(&label.language)] { (label.text) }
            },
            more: html! {},
        });
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    events.truncate(HAPPENINGS);
    Ok(timeline(locale, &events, visitor.now))
}
