//! The picture's part of `/compare`: figures of two instants side by side, each leading to the statements behind it.

use desk::access::Permit as _;
use desk::pages::{App, PageError, Part, Visitor, party_link};
use maud::{Markup, html};
use model::Timestamp;
use ui::component::{Column, Tab, Table, card, marking, stix_type, table, tabs};
use ui::{Locale, query, t};

use super::sources;
use super::trends::{move_pill, period_name, topic_name};
use crate::access::PictureRead;
use crate::ask;
use crate::compared::{Compared, Pair, Section, compared, difference};
use crate::kind::Kind;
use crate::sight::Sight;
use crate::tally::Topic;
use crate::trend::Period;

/// For the page of two instants, as this visitor may see it.
pub fn side_by_side(
    app: &App,
    visitor: &Visitor,
    instants: (Timestamp, Option<Timestamp>),
) -> Result<Part, PageError> {
    if !visitor.holds(&PictureRead::PERMISSION) {
        return Ok(Part { due: Vec::new(), cards: html! {}, marking: None });
    }
    let period = ask::period(&ask::text(visitor, "days"))?;
    let side = |at: Option<Timestamp>| Sight::new(&app.desk, &visitor.receiver(app), visitor.now, at);
    let sides = [side(Some(instants.0))?, side(instants.1)?];
    let found = compared(&sides, visitor.locale, period)?;
    let shown = Shown { visitor, ats: [Some(instants.0), instants.1], found: &found };
    let locale = visitor.locale;
    let cards = html! {
        (tabs(locale, &periods(visitor, period)))
        (card(&t!(locale, "compared-title"), html! {}, html! {
            p.muted { (t!(locale, "compared-method")) }
            (shown.totals())
        }))
        @for section in found.sections.iter().filter(|section| !section.rows.is_empty()) {
            (card(&topic_name(locale, section.topic), html! {}, shown.section(section)))
        }
        @if !found.cells.is_empty() {
            (card(&t!(locale, "picture-matrix-title"), html! {}, shown.cells()))
        }
        @if !found.parties.is_empty() {
            (card(&t!(locale, "picture-report-sources"), html! {}, shown.parties(app)))
        }
        (card(&t!(locale, "compared-held"), html! {}, shown.held()))
    };
    Ok(Part { due: Vec::new(), cards, marking: found.marking })
}

fn periods(visitor: &Visitor, active: Period) -> Vec<Tab<'static>> {
    let tab = |period: Period| Tab {
        href: query::with(&visitor.path, &[("days", Some(&period.days.to_string()))]).into(),
        label: period_name(visitor.locale, period),
        active: period == active,
        ..Tab::default()
    };
    Period::ALL.into_iter().map(tab).collect()
}

/// Subjects and statements of a topic.
type Total = (Topic, [u64; 2], [u64; 2]);

/// What is shown, and to whom.
struct Shown<'a> {
    visitor: &'a Visitor,
    ats: [Option<Timestamp>; 2],
    found: &'a Compared,
}

impl Shown<'_> {
    fn locale(&self) -> Locale {
        self.visitor.locale
    }

    /// The heads of the three columns of every table.
    fn columns(&self) -> [Column<'static>; 3] {
        let locale = self.locale();
        let head = |at: Option<Timestamp>| match at {
            Some(at) => Column::number(locale.utc(at)),
            None => Column::number(t!(locale, "compared-now")),
        };
        [head(self.ats[0]), head(self.ats[1]), Column::number(t!(locale, "compared-difference"))]
    }

    /// Both figures, each a link where `href` says so, and the difference.
    fn cells_of(&self, counts: [u64; 2], href: impl Fn(usize) -> Option<String>) -> [Markup; 3] {
        let locale = self.locale();
        let one = |n: usize| match href(n).filter(|_| counts[n] > 0) {
            Some(href) => html! { a href=(href) { (locale.count(counts[n])) } },
            None => html! { (locale.count(counts[n])) },
        };
        [one(0), one(1), html! { (locale.signed(difference(counts))) }]
    }

    /// An address of the picture as it stood at one of the instants.
    fn at(&self, n: usize, href: &str) -> String {
        query::with(href, &[("at", self.ats[n].map(|at| at.to_string()).as_deref())])
    }

    /// Subjects and statements of each topic: two narrow tables, where one would be too wide for a laptop.
    fn totals(&self) -> Markup {
        let locale = self.locale();
        let days = self.found.period.days;
        let counted = |of: fn(&Total) -> [u64; 2]| {
            let row = move |total: &Total| {
                let topic = total.0;
                let href = |n: usize| {
                    Some(self.at(n, &format!("/picture/trends?topic={}&days={days}", topic.code())))
                };
                let mut row = vec![html! { (topic_name(locale, topic)) }];
                row.extend(self.cells_of(of(total), href));
                row
            };
            self.found.totals.iter().map(row)
        };
        let topic = || t!(locale, "snapshot-topic");
        html! {
            (self.plain(t!(locale, "compared-title"), topic(), counted(|total| total.1)))
            h3 { (t!(locale, "picture-report-statements")) }
            (self.plain(t!(locale, "picture-report-statements"), topic(), counted(|total| total.2)))
        }
    }

    fn section(&self, section: &Section) -> Markup {
        let locale = self.locale();
        let row = |pair: &Pair| {
            let href = |n: usize| {
                let known = !pair.id.is_empty();
                known.then(|| sources::href(section.topic, &pair.id, self.found.days[n], self.ats[n]))
            };
            let mut row = vec![self.name(pair, section.topic)];
            row.extend(self.cells_of(pair.counts, href));
            row.push(html! {
                @match pair.moved {
                    [Some(one), Some(two)] if one == two => { (move_pill(locale, two)) }
                    [one, two] => {
                        span.whole {
                            @match one { Some(moved) => { (move_pill(locale, moved)) } None => { "–" } }
                            " → "
                            @match two { Some(moved) => { (move_pill(locale, moved)) } None => { "–" } }
                        }
                    }
                }
            });
            row.push(marking(locale, pair.marking));
            row
        };
        let [one, two, difference] = self.columns();
        let list = Table {
            caption: topic_name(locale, section.topic),
            columns: vec![
                Column::text(t!(locale, "word-name")),
                one,
                two,
                difference,
                Column::text(t!(locale, "picture-move")),
                Column::text(t!(locale, "word-marking")),
            ],
            rows: section.rows.iter().map(row).collect(),
            ..Table::default()
        };
        html! {
            (table(locale, &list))
            @if section.more > 0 { p.muted { (t!(locale, "compared-more", count = section.more)) } }
        }
    }

    /// The subject, leading to its page as it stood last.
    fn name(&self, pair: &Pair, topic: Topic) -> Markup {
        let placed = matches!(topic, Topic::Sectors | Topic::Countries);
        let last = if pair.counts[1] > 0 { 1 } else { 0 };
        let language = self.locale().foreign(&pair.language);
        html! {
            @if pair.id.is_empty() { span.muted { (pair.name) } }
            @else if placed { span lang=[language] { (pair.name) } }
            @else { a href=(self.at(last, &format!("/picture/subjects/{}", pair.id))) translate="no" lang=[language] { (pair.name) } }
        }
    }

    fn cells(&self) -> Markup {
        let locale = self.locale();
        let row = |pair: &Pair| {
            let href =
                |n: usize| Some(sources::href(Topic::Techniques, &pair.id, self.found.days[n], self.ats[n]));
            let mut row = vec![
                self.name(pair, Topic::Techniques),
                html! { span lang="en" translate="no" { (pair.under) } },
            ];
            row.extend(self.cells_of(pair.counts, href));
            row.push(marking(locale, pair.marking));
            row
        };
        let [one, two, difference] = self.columns();
        let list = Table {
            caption: t!(locale, "picture-matrix-title"),
            columns: vec![
                Column::text(t!(locale, "picture-matrix-technique")),
                Column::text(t!(locale, "picture-matrix-tactic")),
                one,
                two,
                difference,
                Column::text(t!(locale, "word-marking")),
            ],
            rows: self.found.cells.iter().map(row).collect(),
            ..Table::default()
        };
        table(locale, &list)
    }

    fn parties(&self, app: &App) -> Markup {
        let locale = self.locale();
        let known = app.desk.known();
        let objects = |party: &model::PartyId| format!("/exchange/objects?author={party}");
        let row = |(party, counts): &(model::PartyId, [u64; 2])| {
            let mut row = vec![party_link(locale, &known, *party)];
            row.extend(self.cells_of(*counts, |n| Some(self.at(n, &objects(party)))));
            row
        };
        self.plain(
            t!(locale, "picture-report-sources"),
            t!(locale, "word-party"),
            self.found.parties.iter().map(row),
        )
    }

    fn held(&self) -> Markup {
        let locale = self.locale();
        let row = |(kind, counts): &(Kind, [u64; 2])| {
            let href = format!("/exchange/objects?type={}", kind.stix_type());
            let mut row = vec![stix_type(locale, kind.stix_type())];
            row.extend(self.cells_of(*counts, |n| Some(self.at(n, &href))));
            row
        };
        self.plain(t!(locale, "compared-held"), t!(locale, "word-type"), self.found.held.iter().map(row))
    }

    fn plain(
        &self,
        caption: std::borrow::Cow<'static, str>,
        of: std::borrow::Cow<'static, str>,
        rows: impl Iterator<Item = Vec<Markup>>,
    ) -> Markup {
        let [one, two, difference] = self.columns();
        let list = Table {
            caption,
            columns: vec![Column::text(of), one, two, difference],
            rows: rows.collect(),
            empty: Some(html! { p { (t!(self.locale(), "compare-none")) } }),
            ..Table::default()
        };
        table(self.locale(), &list)
    }
}
