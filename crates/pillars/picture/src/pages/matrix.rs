//! The ATT&CK matrix as a heat map, narrowed by actor, sector and time, and side by side for two parties or two periods.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor, party_name};
use maud::{Markup, html};
use model::{Marking, PartyId};
use ui::component::{Column, Filter, Name, Table, card, filter_bar, heading, live, marking, table};
use ui::locale::Part;
use ui::svg::shade;
use ui::{Locale, query, sentence, t};

use super::sources;
use super::trends::period_name;
use crate::access::PictureRead;
use crate::ask;
use crate::key::key_of;
use crate::label;
use crate::matrix::{Cell, Choice, Matrix, Tactic, matrix};
use crate::sight::Sight;
use crate::tally::{Subject, Topic, tally};
use crate::trend::Period;
use crate::trends::trends;

/// What the address asks for.
pub(crate) struct Asked {
    pub period: Period,
    pub actor: String,
    pub sector: String,
    /// A party, or nothing for all.
    pub one: String,
    /// A party, `before` for the period before, or nothing.
    pub two: String,
}

impl Asked {
    pub fn of(visitor: &Visitor) -> Result<Self, PageError> {
        let text = |name| ask::text(visitor, name);
        let period = ask::period(&text("days"))?;
        Ok(Self { period, actor: text("actor"), sector: text("sector"), one: text("one"), two: text("two") })
    }

    /// What is counted, and what beside it.
    pub fn choices(&self, sight: &Sight<'_>) -> Result<(Choice, Option<Choice>), PageError> {
        let party = |text: &str| -> Result<Option<PartyId>, PageError> {
            let wrong = |_| PageError::Wrong(sentence!("refused-no-party", text = Part::quoted(text)));
            if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(wrong) }
        };
        let one = Choice {
            actor: (!self.actor.is_empty()).then(|| key_of(&self.actor)),
            sector: (!self.sector.is_empty()).then(|| self.sector.clone()),
            author: party(&self.one)?,
            days: self.period.until(sight.today()),
        };
        let two = match self.two.as_str() {
            "" => None,
            "before" => {
                let days = (one.days.0 - self.period.days, one.days.0 - 1);
                Some(Choice { days, ..one.clone() })
            }
            other => Some(Choice { author: party(other)?, ..one.clone() }),
        };
        Ok((one, two))
    }
}

pub async fn page(State(app): State<App>, visitor: May<PictureRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let asked = Asked::of(visitor)?;
    let sight = ask::sight(app, visitor)?;
    let (one, two) = asked.choices(&sight)?;
    let found = matrix(&sight, &one, two.as_ref())?;
    let marking = found
        .tactics
        .iter()
        .flat_map(|tactic| &tactic.cells)
        .map(|cell| cell.marking)
        .reduce(Marking::strictest);
    let heads = heads(app, visitor, &asked);
    let title = t!(locale, "picture-matrix-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "picture-matrix-lede")) }, html! {}))
        (controls(app, visitor, &sight, &asked)?)
        (super::then(visitor)?)
        (live("matrix", &visitor.path, &["picture"], html! {
            div.stack {
                @if found.tactics.is_empty() { p { (t!(locale, "picture-matrix-empty")) } }
                @for chain in chains(&found) { (chain_card(locale, &found, &chain, two.is_some(), &heads)) }
                @if found.unplaced > 0 { p.muted { (t!(locale, "picture-matrix-unplaced", count = found.unplaced)) } }
                @if !found.tactics.is_empty() {
                    (card(&t!(locale, "component-chart-table"), html! {}, twin(locale, &found, &heads, &[Some(&one), two.as_ref()])))
                }
            }
        }))
    };
    Ok(Page { title, marking, updated: Some(sight.at) }.show(app, visitor, body))
}

fn chains(found: &Matrix) -> Vec<String> {
    let mut chains: Vec<String> = found.tactics.iter().map(|tactic| tactic.chain.clone()).collect();
    chains.dedup();
    chains
}

/// What the two figures stand for.
fn heads(app: &App, visitor: &Visitor, asked: &Asked) -> [String; 2] {
    let locale = visitor.locale;
    let known = app.desk.known();
    let name = |text: &str| match text.parse::<PartyId>() {
        Ok(party) => party_name(&known, party),
        Err(_) => t!(locale, "picture-matrix-everybody").into_owned(),
    };
    match asked.two.as_str() {
        "before" => [t!(locale, "picture-now").into_owned(), t!(locale, "picture-before").into_owned()],
        two => [name(&asked.one), name(two)],
    }
}

fn controls(app: &App, visitor: &Visitor, sight: &Sight<'_>, asked: &Asked) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let spoken_of = trends(sight, locale, Topic::Actors, Period::ALL[3])?;
    let actors = spoken_of.into_iter().filter(|row| !row.label.unnamed).map(|row| Name {
        language: locale.foreign(&row.label.language).map(str::to_owned),
        value: row.label.id,
        text: row.label.text,
    });
    let mut sectors = vec![("".into(), t!(locale, "word-all"))];
    let mut words: Vec<String> = tally(sight, Topic::Sectors)?
        .into_keys()
        .filter_map(|subject| if let Subject::Sector(word) = subject { Some(word) } else { None })
        .collect();
    words.sort();
    sectors.extend(words.into_iter().map(|word| {
        let name = label::sector(locale, &word).into_owned();
        (word.into(), name.into())
    }));
    let known = app.desk.known();
    let mut ones = vec![("".into(), t!(locale, "picture-matrix-everybody"))];
    ones.extend(
        known.parties.iter().map(|(id, party)| (id.to_string().into(), party.card.short.clone().into())),
    );
    let mut twos =
        vec![("".into(), t!(locale, "word-none")), ("before".into(), t!(locale, "picture-matrix-before"))];
    twos.extend(ones.iter().skip(1).cloned());
    let at = visitor.past.map(|at| ask::day_of(visitor, at)).unwrap_or_default();
    let select = |name, label, options, value: &str| Filter::Select {
        name,
        label,
        options,
        value: value.to_owned().into(),
    };
    let periods = Period::ALL.map(|p| (p.days.to_string().into(), period_name(locale, p))).into();
    let filters = [
        select("days", t!(locale, "picture-period"), periods, &asked.period.days.to_string()),
        Filter::Names {
            name: "actor",
            label: t!(locale, "picture-topic-actors"),
            all: t!(locale, "word-all"),
            options: actors.collect(),
            value: asked.actor.as_str().into(),
        },
        select("sector", t!(locale, "picture-topic-sectors"), sectors, &asked.sector),
        select("one", t!(locale, "picture-by"), ones, &asked.one),
        select("two", t!(locale, "picture-matrix-beside"), twos, &asked.two),
        Filter::Date { name: "at", label: t!(locale, "picture-at"), value: at.into() },
    ];
    Ok(filter_bar(locale, "/picture/matrix", &filters, &[]))
}

fn chain_card(locale: Locale, found: &Matrix, chain: &str, both: bool, heads: &[String; 2]) -> Markup {
    let tactics = found.tactics.iter().filter(|tactic| tactic.chain == chain);
    let chain = chain_name(chain);
    card(
        chain,
        html! {},
        html! {
            @if both {
                p.muted { span.matrix-cell.matrix-one { (heads[0]) } " " span.matrix-cell.matrix-two { (heads[1]) } }
            }
            div.matrix role="group" aria-label=(t!(locale, "picture-matrix-of", chain = chain)) {
                @for tactic in tactics {
                    div.matrix-tactic {
                        h3 lang="en" { (words(&tactic.phase)) }
                        @for cell in &tactic.cells { (cell_box(locale, found.most, cell, both)) }
                    }
                }
            }
        },
    )
}

/// What MITRE calls its matrices; others by the name they have in STIX.
fn chain_name(chain: &str) -> &str {
    match chain {
        "mitre-attack" => "MITRE ATT&CK Enterprise",
        "mitre-ics-attack" => "MITRE ATT&CK ICS",
        "mitre-mobile-attack" => "MITRE ATT&CK Mobile",
        other => other,
    }
}

fn cell_box(locale: Locale, most: u64, cell: &Cell, both: bool) -> Markup {
    let side = match (both, cell.one, cell.two) {
        (true, 1.., 0) => " matrix-one",
        (true, 0, 1..) => " matrix-two",
        _ => "",
    };
    let shade = shade(cell.one.max(cell.two), most);
    html! {
        div class={ "matrix-cell heat-" (shade) (side) } {
            (cell.thing.link(locale))
            span.num {
                (locale.count(cell.one))
                @if both { " | " (locale.count(cell.two)) }
            }
        }
    }
}

/// A figure with the way to its statements: only where it counts what is said of the technique itself.
fn counted(locale: Locale, cell: &Cell, count: u64, choice: &Choice) -> Markup {
    if choice.actor.is_some() || choice.sector.is_some() || count == 0 {
        return html! { (locale.count(count)) };
    }
    let href = sources::href(Topic::Techniques, &cell.thing.id, choice.days, None);
    let author = choice.author.map(|author| author.to_string());
    html! { a href=(query::with(&href, &[("by", author.as_deref())])) { (locale.count(count)) } }
}

fn twin(locale: Locale, found: &Matrix, heads: &[String; 2], choices: &[Option<&Choice>; 2]) -> Markup {
    let both = choices[1].is_some();
    let row = |(tactic, cell): (&Tactic, &Cell)| {
        let mut row = vec![cell.thing.link(locale), html! { span lang="en" { (words(&tactic.phase)) } }];
        for (choice, count) in choices.iter().zip([cell.one, cell.two]) {
            row.extend(choice.map(|choice| counted(locale, cell, count, choice)));
        }
        row.push(marking(locale, cell.marking));
        row
    };
    let mut columns = vec![
        Column::text(t!(locale, "picture-matrix-technique")),
        Column::text(t!(locale, "picture-matrix-tactic")),
        Column::number(if both { heads[0].clone().into() } else { t!(locale, "word-count") }),
    ];
    if both {
        columns.push(Column::number(heads[1].clone()));
    }
    columns.push(Column::text(t!(locale, "word-marking")));
    let cells = found.tactics.iter().flat_map(|tactic| tactic.cells.iter().map(move |cell| (tactic, cell)));
    let list = Table {
        caption: t!(locale, "picture-matrix-title"),
        columns,
        rows: cells.map(row).collect(),
        ..Table::default()
    };
    table(locale, &list)
}

/// `initial-access` as MITRE writes it on its page; never translated.
fn words(phase: &str) -> String {
    let mut words = phase.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
