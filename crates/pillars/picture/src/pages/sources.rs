//! `/picture/sources`: the statements behind one figure, each with a link to the object itself. Every figure of the picture
//! leads here, so that its sources are two clicks away.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::time::civil::Date;
use model::{Marking, PartyId, Timestamp};
use records::Header;
use ui::component::{Column, Table, breadcrumb, card, day, heading, marking, stix_type, table, time};
use ui::locale::Part;
use ui::{Locale, query, sentence, t};

use super::trends::topic_name;
use crate::access::PictureRead;
use crate::ask;
use crate::fold::{day_of, start_of};
use crate::held;
use crate::key::key_of;
use crate::kind::Kind;
use crate::label::{self, Label};
use crate::read;
use crate::sight::{Sight, SightError};
use crate::sources::{Counted, Figure, sources};
use crate::tally::{Subject, Topic};

/// Statements that are listed.
const LISTED: usize = 100;

/// The address of the statements behind a figure; with an instant where the figure is of the past.
pub(crate) fn href(topic: Topic, subject: &str, (first, last): (i64, i64), at: Option<Timestamp>) -> String {
    let written = |day: i64| start_of(day).strftime("%F").to_string();
    let (from, to, at) = (written(first), written(last), at.map(|at| at.to_string()));
    let asked = [
        ("topic", Some(topic.code())),
        ("of", Some(subject)),
        ("from", Some(from.as_str())),
        ("to", Some(to.as_str())),
        ("at", at.as_deref()),
    ];
    query::with("/picture/sources", &asked)
}

/// A figure that leads to its statements; zero leads nowhere.
pub(crate) fn figure(locale: Locale, topic: Topic, of: (&str, u64), days: (i64, i64)) -> Markup {
    let (subject, count) = of;
    html! {
        @if count > 0 && !subject.is_empty() { a href=(href(topic, subject, days, None)) { (locale.count(count)) } }
        @else { (locale.count(count)) }
    }
}

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn asked(visitor: &Visitor) -> Result<Figure, PageError> {
    let wrong = |what: &str| PageError::Wrong(sentence!("refused-figure", what = Part::code(what)));
    let date = |name: &str| {
        let date: Date = ask::text(visitor, name).parse().map_err(|_| wrong(name))?;
        let at = date.to_zoned(model::time::TimeZone::UTC).map_err(|_| wrong(name))?.timestamp();
        Ok::<_, PageError>(day_of(at.as_microsecond()))
    };
    let topic = Topic::of(&ask::text(visitor, "topic")).ok_or_else(|| wrong("topic"))?;
    let subject = Some(ask::text(visitor, "of")).filter(|of| !of.is_empty() && of.len() <= 200);
    let by = ask::text(visitor, "by");
    let author: Option<PartyId> =
        if by.is_empty() { None } else { Some(by.parse().map_err(|_| wrong("by"))?) };
    Ok(Figure {
        topic,
        subject: subject.ok_or_else(|| wrong("of"))?,
        days: (date("from")?, date("to")?),
        author,
    })
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let asked = asked(visitor)?;
    let sight = ask::sight(app, visitor)?;
    let found = sources(&sight, &asked)?;
    let named = name(&sight, locale, &asked)?;
    let marks = found.iter().map(|one| sight.marking(one.class));
    let marks = marks.chain(named.as_ref().map(|(_, marking)| *marking));
    let (list, ends) = list(app, visitor, &sight, &found)?;
    let marking = marks.chain(ends).reduce(Marking::strictest);
    let figure: u64 = found.iter().map(|one| one.times).sum();
    let utc = model::time::TimeZone::UTC;
    let days = [asked.days.0, asked.days.1].map(|day| locale.date(start_of(day), &utc));
    let title = t!(locale, "picture-sources-title");
    let topics = topic_name(locale, asked.topic);
    let up = format!("/picture/trends?topic={}", asked.topic.code());
    let body = html! {
        (breadcrumb(locale, &[(up.as_str(), topics.as_ref())], &title))
        (heading(&title, html! {
            @match &named {
                Some((label, _)) => { (label.show(locale)) }
                None => { (topics) }
            }
            " · " (days[0]) " – " (days[1])
        }, html! {}))
        (super::then(visitor)?)
        (card(&topics, html! {}, html! {
            p { (t!(locale, "picture-sources-count", figure = figure, count = found.len())) }
            (list)
            @if found.len() > LISTED { p.muted { (t!(locale, "picture-cut", count = LISTED)) } }
        }))
    };
    Ok(Page { title, marking, updated: Some(sight.at) }.show(app, visitor, body))
}

/// What the figure is about, as far as this reader may know it.
fn name(sight: &Sight<'_>, locale: Locale, asked: &Figure) -> Result<Option<(Label, Marking)>, SightError> {
    let clear = Marking::tlp(model::Tlp::Clear);
    Ok(match asked.topic {
        Topic::Sectors => {
            let subject = Subject::Sector(asked.subject.clone());
            Some((label::label(sight, locale, &subject, Kind::Identity)?, clear))
        }
        Topic::Countries => {
            let code = asked.subject.clone();
            let subject = if code.len() == 2 { Subject::Country(code) } else { Subject::Region(code) };
            Some((label::label(sight, locale, &subject, Kind::Location)?, clear))
        }
        _ => held::thing_by_id(sight, &asked.subject)?.map(|thing| {
            let marking = sight.marking(thing.class);
            (thing.into(), marking)
        }),
    })
}

/// One statement as it was read from the ledger.
struct Said {
    stix_type: String,
    /// Its STIX id; empty when the body cannot be read.
    id: String,
    /// What it is called, or what it ties.
    name: Markup,
    record: String,
    at: Timestamp,
    /// That of what its name is taken from, where that is another record.
    marking: Option<Marking>,
}

fn said(app: &App, sight: &Sight<'_>, locale: Locale, seq: u64) -> Result<Option<Said>, PageError> {
    let mut found = None;
    let mut tie = None;
    app.desk.ledger.reader()?.entry(seq, |entry| {
        let Some(header) = entry.header.and_then(|header| Header::parse(header).ok()) else { return };
        let (stix_type, record) = (header.object_type.to_string(), entry.record_id().to_string());
        let statement = entry.body.and_then(|body| read::read(&stix_type, body, false));
        let (id, name) = match &statement {
            None => (String::new(), html! { (record) }),
            Some(said) if said.name.is_empty() => (said.id.to_string(), html! { (said.id) }),
            Some(said) => {
                let name = html! { span lang=[locale.foreign(&said.language)] { (said.name) } };
                (said.id.to_string(), name)
            }
        };
        let ends = statement.as_ref().filter(|said| said.name.is_empty()).and_then(|said| said.edges.first());
        tie = ends.map(|edge| [edge.from.to_string(), edge.relation.to_string(), edge.to.to_string()]);
        let at = Timestamp::from_microsecond(entry.at_us).unwrap_or_default();
        found = Some(Said { stix_type, id, name, record, at, marking: None });
    })?;
    if let (Some(said), Some(tie)) = (&mut found, tie) {
        (said.name, said.marking) = tied(sight, locale, &tie)?;
    }
    Ok(found)
}

/// What a tie says, with the names of its ends as far as this reader may know them, and how strict these are.
fn tied(
    sight: &Sight<'_>,
    locale: Locale,
    [from, relation, to]: &[String; 3],
) -> Result<(Markup, Option<Marking>), SightError> {
    let mut marks = Vec::new();
    let mut end = |id: &str| -> Result<Markup, SightError> {
        let key = key_of(id);
        marks.extend(held::thing(sight, key)?.map(|thing| sight.marking(thing.class)));
        let label = label::label(sight, locale, &Subject::Thing(key), Kind::of_id(id))?;
        Ok(html! { span lang=[locale.foreign(&label.language)] { (label.text) } })
    };
    let from = end(from)?;
    let to = if to.is_empty() { None } else { Some(end(to)?) };
    let name = html! {
        (from) " · " (label::relation_in(locale, relation)) @if let Some(to) = &to { " · " (to) }
    };
    Ok((name, marks.into_iter().reduce(Marking::strictest)))
}

/// The table, and how strict what it names is.
fn list(
    app: &App,
    visitor: &Visitor,
    sight: &Sight<'_>,
    found: &[Counted],
) -> Result<(Markup, Option<Marking>), PageError> {
    let locale = visitor.locale;
    let (mut rows, mut marks) = (Vec::new(), Vec::new());
    for one in found.iter().take(LISTED) {
        let Some(said) = said(app, sight, locale, one.seq)? else { continue };
        marks.extend(said.marking);
        let href = match said.id.is_empty() {
            true => format!("/ledger/records/{}", said.record),
            false => format!("/exchange/objects/{}", said.id),
        };
        rows.push(vec![
            html! { a href=(href) translate="no" { (said.name) } },
            stix_type(locale, &said.stix_type),
            html! { @if let Some(author) = sight.author(one.class) { (party_link(locale, &sight.known, author)) } },
            day(locale, start_of(one.day)),
            time(locale, said.at, visitor.now),
            html! { (locale.count(one.times)) },
            marking(locale, sight.marking(one.class)),
        ]);
    }
    let list = Table {
        caption: t!(locale, "picture-sources-title"),
        columns: vec![
            Column::text(t!(locale, "picture-sources-statement")),
            Column::text(t!(locale, "word-type")),
            Column::text(t!(locale, "word-author")),
            Column::text(t!(locale, "picture-sources-day")),
            Column::text(t!(locale, "word-received")),
            Column::number(t!(locale, "picture-sources-times")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows,
        empty: Some(html! { p { (t!(locale, "picture-sources-none")) } }),
        ..Table::default()
    };
    Ok((table(locale, &list), marks.into_iter().reduce(Marking::strictest)))
}
