//! The landscape report: for a period and an audience, in both languages from the same figures, ready to be printed.

use axum::extract::State;
use claims::{Audience, Hit};
use desk::pages::{App, May, Page, PageError, Visitor, party_name};
use maud::{Markup, html};
use model::Marking;
use model::time::TimeZone;
use ui::component::{Column, Filter, Table, Tone, alert, filter_bar, heading, marking, table};
use ui::svg::sparkline;
use ui::{Locale, t};

use super::trends::{move_pill, period_name, topic_name};
use super::{publish, then};
use crate::access::PictureRead;
use crate::ask;
use crate::fold::start_of;
use crate::guarded::{Before, guarded};
use crate::label::Label;
use crate::landscape::{Landscape, Section, canary, count, landscape, word};
use crate::tally::Topic;
use crate::trend::{ENOUGH, Move, Period};
use crate::trends::Trend;

/// Names that one sentence gives.
const NAMED: usize = 3;

/// What the address asks for.
pub(crate) struct Asked {
    pub audience: Audience,
    pub period: Period,
}

impl Asked {
    pub fn of(app: &App, visitor: &Visitor) -> Result<Self, PageError> {
        let audience = ask::audience(app, visitor, &ask::text(visitor, "audience"))?;
        Ok(Self { audience, period: ask::period(&ask::text(visitor, "days"))? })
    }
}

/// The report in the language asked for, once neither language says what was left out.
pub(crate) fn checked(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
) -> Result<Result<Landscape, Hit>, PageError> {
    let all = ask::sight(app, visitor)?;
    let given = ask::sight(app, visitor)?.for_audience(&asked.audience, visitor.now);
    let mut canary = canary(&all, &given)?;
    let outside = !matches!(asked.audience, Audience::Organisation(_));
    let before = Before::of(&all, &asked.audience)?;
    let counted = count(&given, asked.period)?;
    let made = |locale| -> Result<Landscape, PageError> {
        let report = landscape(&given, locale, asked.period, &counted)?;
        let figures =
            if outside { guarded(&all, locale, asked.period, &before, all.at)? } else { Vec::new() };
        Ok(Landscape { figures, outside, ..report })
    };
    let mut sings = |locale, report: &Landscape| {
        // Sectors and countries that are counted for others are named with good right.
        let goes_out = report.figures.iter().filter(|figure| figure.goes_out());
        goes_out.for_each(|figure| canary.allow_name(&figure.name));
        canary.sings(&plain(&content(app, locale, report).0))
    };
    for locale in Locale::ALL.into_iter().filter(|locale| *locale != visitor.locale) {
        if let Some(hit) = sings(locale, &made(locale)?) {
            return Ok(Err(hit));
        }
    }
    let report = made(visitor.locale)?;
    Ok(sings(visitor.locale, &report).map_or(Ok(report), Err))
}

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let asked = Asked::of(app, visitor)?;
    let title = t!(locale, "picture-report-title");
    let controls = controls(app, visitor, &asked)?;
    let (content, marking, at) = match checked(app, visitor, &asked)? {
        Ok(report) => {
            let marking = report.marking.or(Some(Marking::tlp(model::Tlp::Clear)));
            (content(app, locale, &report), marking, report.at)
        }
        Err(hit) => (blocked(locale, &hit), Some(Marking::tlp(visitor.account.clearance)), visitor.now),
    };
    let body = html! {
        (heading(&title, html! { (audience_name(app, locale, &asked.audience)) }, html! {}))
        (controls)
        (then(visitor)?)
        div.stack.report { (content) }
        (publish::form(app, visitor, &asked)?)
    };
    Ok(Page { title, marking, updated: Some(at) }.show(app, visitor, body))
}

/// Why nothing is shown, for whoever may see what it says.
pub(super) fn blocked(locale: Locale, hit: &Hit) -> Markup {
    alert(
        Tone::Err,
        &t!(locale, "picture-report-leak", word = hit.word.as_str()),
        html! {
            p { (t!(locale, "picture-report-leak-do")) }
            p { a href={ "/picture/subjects/" (hit.entry) } { code { (hit.entry) } } }
        },
    )
}

fn controls(app: &App, visitor: &Visitor, asked: &Asked) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut audiences = vec![("organisation".into(), t!(locale, "picture-audience-organisation"))];
    for (id, state) in &known.agreements {
        let Some(version) = state.newest_signed() else { continue };
        if !desk::pages::may_read(app, visitor, version)? {
            continue;
        }
        for audience in [Audience::Parties(*id), Audience::Community(*id), Audience::Public(*id)] {
            audiences.push((word(&audience).into(), audience_name(app, locale, &audience).into()));
        }
    }
    let at = visitor.past.map(|at| ask::day_of(visitor, at)).unwrap_or_default();
    let filters = [
        Filter::Select {
            name: "audience",
            label: t!(locale, "picture-audience"),
            options: audiences,
            value: word(&asked.audience).into(),
        },
        Filter::Select {
            name: "days",
            label: t!(locale, "picture-period"),
            options: Period::ALL.map(|p| (p.days.to_string().into(), period_name(locale, p))).into(),
            value: asked.period.days.to_string().into(),
        },
        Filter::Date { name: "at", label: t!(locale, "picture-at"), value: at.into() },
    ];
    Ok(filter_bar(locale, "/picture/report", &filters, &[]))
}

pub(super) fn audience_name(app: &App, locale: Locale, audience: &Audience) -> String {
    let known = app.desk.known();
    let name = |id: &model::AgreementId| {
        let version = known.agreements.get(id).and_then(|state| state.newest_signed());
        version.map_or_else(|| id.to_string(), |version| locale.pick(&version.agreement.title).to_owned())
    };
    match audience {
        Audience::Organisation(_) => t!(locale, "picture-audience-organisation").into_owned(),
        Audience::Parties(id) => t!(locale, "picture-audience-parties", name = name(id)).into_owned(),
        Audience::Community(id) => t!(locale, "picture-audience-community", name = name(id)).into_owned(),
        Audience::Public(id) => t!(locale, "picture-audience-public", name = name(id)).into_owned(),
    }
}

/// Everything that leaves with the report.
pub(crate) fn content(app: &App, locale: Locale, report: &Landscape) -> Markup {
    let known = app.desk.known();
    let utc = TimeZone::UTC;
    let (first, last) = report.period.until(report.today);
    let days = (locale.date(start_of(first), &utc), locale.date(start_of(last), &utc));
    html! {
        p { strong { (days.0) " – " (days.1) } " · " (t!(locale, "picture-report-by", party = party_name(&known, app.desk.me))) }
        section.card {
            div.card-head { h2 { (t!(locale, "picture-report-summary")) } }
            div.card-body { ul.plain-list { @for line in summary(locale, report) { li { p { (line.show(locale)) } } } } }
        }
        @for section in &report.sections { (block(app, locale, section)) }
        @if report.outside { (publish::figures(locale, report)) }
        section.card {
            div.card-head { h2 { (t!(locale, "picture-report-sources")) } }
            div.card-body {
                (sources(app, locale, report))
                p { (gaps(app, locale, report)) }
            }
        }
        section.card {
            div.card-head { h2 { (t!(locale, "picture-method-title")) } }
            div.card-body {
                p { (t!(locale, "picture-report-method")) }
                p { (t!(locale, "picture-method-count")) }
                p { (t!(locale, "picture-method-day")) }
                p { (t!(locale, "picture-method-move", enough = ENOUGH)) }
            }
        }
    }
}

/// One sentence of the bottom line, around the names that it gives.
struct Line<'a> {
    before: String,
    names: Vec<&'a Label>,
    after: String,
}

/// Where the names stand in a sentence while it is made.
const NAMES: &str = "\u{1}";

impl<'a> Line<'a> {
    fn of(sentence: &str, names: Vec<&'a Label>) -> Self {
        let (before, after) = sentence.split_once(NAMES).unwrap_or((sentence, ""));
        Self { before: before.to_owned(), names, after: after.to_owned() }
    }

    fn text(&self) -> String {
        let names: Vec<&str> = self.names.iter().map(|label| label.text.as_str()).collect();
        format!("{}{}{}", self.before, names.join(", "), self.after)
    }

    /// The same with each name in its own language.
    fn show(&self, locale: Locale) -> Markup {
        html! {
            (self.before)
            @for (n, label) in self.names.iter().enumerate() {
                @if n > 0 { ", " }
                span lang=[locale.foreign(&label.language)] { (label.text) }
            }
            (self.after)
        }
    }
}

/// The names that one sentence gives.
fn labels<'a>(rows: &[&'a Trend]) -> Vec<&'a Label> {
    rows.iter().take(NAMED).map(|row| &row.label).collect()
}

/// The bottom line, one sentence for each thing worth saying.
fn summary(locale: Locale, report: &Landscape) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for section in &report.sections {
        let topic = topic_name(locale, section.topic);
        let topic = topic.as_ref();
        let active: Vec<&Trend> = section.rows.iter().filter(|row| row.now > 0).collect();
        if active.is_empty() {
            continue;
        }
        let of = |moved: Move| active.iter().copied().filter(|row| row.moved == moved).collect::<Vec<_>>();
        let (new, rising) = (of(Move::New), of(Move::Rising));
        let tells_new = !matches!(section.topic, Topic::Sectors | Topic::Countries) && !new.is_empty();
        let same = labels(&new) == labels(&active);
        let most = if tells_new && same {
            t!(locale, "picture-report-most-new", topic = topic, names = NAMES)
        } else {
            t!(locale, "picture-report-most", topic = topic, names = NAMES)
        };
        lines.push(Line::of(&most, labels(&active)));
        if tells_new && !same {
            lines.push(Line::of(
                &t!(locale, "picture-report-new", topic = topic, names = NAMES),
                labels(&new),
            ));
        }
        if !rising.is_empty() {
            let says = t!(locale, "picture-report-rising", topic = topic, names = NAMES);
            lines.push(Line::of(&says, labels(&rising)));
        }
    }
    if lines.is_empty() {
        lines.push(Line::of(&t!(locale, "picture-report-nothing"), Vec::new()));
    }
    lines
}

fn block(app: &App, locale: Locale, section: &Section) -> Markup {
    let known = app.desk.known();
    let row = |row: &Trend| {
        let words = t!(locale, "picture-spoken-of", now = row.now, before = row.before);
        let by: Vec<String> = row.authors.iter().map(|author| party_name(&known, *author)).collect();
        vec![
            html! { span lang=[locale.foreign(&row.label.language)] { (row.label.text) } },
            move_pill(locale, row.moved),
            html! { div.spark-cell { (sparkline(&words, &row.series)) } },
            html! { (locale.count(row.now)) },
            html! { (locale.count(row.before)) },
            html! { (by.join(", ")) },
            marking(locale, row.marking),
        ]
    };
    let title = topic_name(locale, section.topic);
    let list = Table {
        caption: title.clone(),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "picture-move")),
            Column::text(t!(locale, "picture-course")),
            Column::number(t!(locale, "picture-now")),
            Column::number(t!(locale, "picture-before")),
            Column::text(t!(locale, "picture-by")),
            Column::text(t!(locale, "word-marking")),
        ],
        rows: section.rows.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "picture-report-none")) } }),
        ..Table::default()
    };
    ui::component::card(&title, html! {}, table(locale, &list))
}

fn sources(app: &App, locale: Locale, report: &Landscape) -> Markup {
    let known = app.desk.known();
    let row = |(party, count): (&model::PartyId, &u64)| {
        vec![html! { (party_name(&known, *party)) }, html! { (locale.count(*count)) }]
    };
    let list = Table {
        caption: t!(locale, "picture-report-sources"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::number(t!(locale, "picture-report-statements")),
        ],
        rows: report.sources.iter().map(row).collect(),
        ..Table::default()
    };
    table(locale, &list)
}

/// What is missing, as far as it can be said without saying it.
fn gaps(app: &App, locale: Locale, report: &Landscape) -> Markup {
    let known = app.desk.known();
    let silent: Vec<String> = report.silent.iter().map(|party| party_name(&known, *party)).collect();
    html! {
        (t!(locale, "picture-report-left-out"))
        @if !silent.is_empty() { " " (t!(locale, "picture-report-silent", parties = silent.join(", "))) }
    }
}

/// The text of markup: what people read of it.
fn plain(markup: &str) -> String {
    let mut text = String::with_capacity(markup.len());
    let mut tag = false;
    for c in markup.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                text.push(' ');
            }
            c if !tag => text.push(c),
            _ => {}
        }
    }
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// The report as one language says it, for tests of the canary and for the API: sentences only.
pub(crate) fn sentences(locale: Locale, report: &Landscape) -> Vec<String> {
    summary(locale, report).iter().map(Line::text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_read_is_what_the_canary_reads() {
        assert_eq!(plain("<p class=\"x\">A &amp; B</p><b>C</b>"), " A & B  C ");
    }
}
