//! `/find`: one question over everything that the rooms of this node hold. Its whole state is the URL.

pub(super) mod api;
mod facets;
mod fresh;
mod list;
mod own;
mod saved;

use axum::extract::State;
use maud::{Markup, html};
use model::Marking;
use ui::component::{Pages, Tab, Tone, alert, card, heading, pagination, tabs};
use ui::{query, t};

use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use crate::access::EverythingFind;
use crate::find::{Ask, Facets, Filters, Finding, Question, Source};

pub use fresh::{Fresh, fresh};
pub(super) use saved::{forget, save, watch};

/// Hits of the page of one source.
const ROWS: usize = 50;
/// Hits of each source on the page of all.
const FIRST_ROWS: usize = 8;

/// What is asked for, as the URL says it.
struct Asked {
    typed: String,
    question: Question,
    source: String,
    filters: Filters,
    after: Option<String>,
}

/// One source and what it found.
struct Found {
    source: Source,
    finding: Finding,
}

impl Asked {
    fn of(path: &str) -> Self {
        let value = |name: &str| query::value(path, name).filter(|value| !value.is_empty());
        let typed = value("q").unwrap_or_default();
        Self {
            question: Question::new(&typed),
            source: value("in").unwrap_or_default(),
            filters: Filters::of(path),
            after: value("after"),
            typed,
        }
    }

    /// True when there is something to answer.
    fn is_something(&self) -> bool {
        !self.question.is_empty() || !self.filters.is_empty() || !self.source.is_empty()
    }
}

/// Every source: first those of the pillars, then the node's own.
fn sources(app: &App) -> Vec<Source> {
    app.site.sources.iter().cloned().chain(own::sources()).collect()
}

/// Asks every source; where a source was chosen, the others only count. When nothing answers, the same is asked again
/// with words that may be misspelt.
fn answer(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    limits: (usize, usize),
    counting: bool,
) -> Result<Vec<Found>, PageError> {
    let (of_one, of_each) = limits;
    let mut found = Vec::new();
    for near in [false, true] {
        for source in sources(app) {
            let limit = match asked.source.as_str() {
                "" => of_each,
                chosen if chosen == source.name => of_one,
                _ if !counting => continue,
                _ => 0,
            };
            let ask = Ask {
                question: &asked.question,
                filters: &asked.filters,
                after: asked.after.as_deref().filter(|_| limit == of_one),
                limit,
                counting,
                near,
                now: visitor.now,
            };
            let finding = (source.find)(app, visitor, &ask)?;
            found.push(Found { source, finding });
        }
        let anything =
            |found: &Found| !found.finding.hits.is_empty() || !found.finding.facets.counts.is_empty();
        if near || asked.question.is_empty() || asked.question.ioc.is_some() || found.iter().any(anything) {
            break;
        }
        found.clear();
    }
    Ok(found)
}

pub(super) async fn page(State(app): State<App>, visitor: May<EverythingFind>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let asked = Asked::of(&visitor.path);
    let found = if asked.is_something() {
        answer(app, visitor, &asked, (ROWS, FIRST_ROWS), true)?
    } else {
        Vec::new()
    };
    let title = t!(locale, "find-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "find-lede")) }, html! {}))
        (form(visitor, &asked))
        @if asked.is_something() { (results(app, visitor, &asked, &found)) }
        @else { (help(visitor)) }
        (saved::card(app, visitor, asked.is_something())?)
    };
    let marking = found
        .iter()
        .flat_map(|found| &found.finding.hits)
        .filter_map(|hit| hit.marking)
        .reduce(Marking::strictest);
    let title = if asked.typed.is_empty() { title } else { format!("{} · {title}", asked.typed).into() };
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

/// The field, and what narrows already as hidden fields: a new question keeps the filters.
fn form(visitor: &Visitor, asked: &Asked) -> Markup {
    let locale = visitor.locale;
    html! {
        form.find-form role="search" method="get" action="/find" aria-label=(t!(locale, "find-title")) {
            label for="q" { (t!(locale, "find-question")) }
            div.row {
                input #q type="search" name="q" value=(asked.typed) maxlength="400" autocomplete="off" spellcheck="false"
                    data-search="" aria-describedby="q-hint";
                button.button.button-primary type="submit" { (t!(locale, "action-search")) }
            }
            p #q-hint .field-hint { (t!(locale, "find-hint")) }
            @if !asked.source.is_empty() { input type="hidden" name="in" value=(asked.source); }
            @for (facet, value) in asked.filters.chosen() { input type="hidden" name=(facet.name()) value=(value); }
        }
    }
}

fn results(app: &App, visitor: &Visitor, asked: &Asked, found: &[Found]) -> Markup {
    let locale = visitor.locale;
    let mut all = Facets::default();
    for one in found.iter().filter(|one| asked.source.is_empty() || one.source.name == asked.source) {
        all.merge(&one.finding.facets);
    }
    let shown: Vec<&Found> = found.iter().filter(|found| !found.finding.hits.is_empty()).collect();
    html! {
        (understood(visitor, asked, found))
        (tabs(locale, &source_tabs(visitor, asked, found)))
        div.find {
            div.find-list.stack {
                p.muted role="status" { (said(visitor, asked, found)) }
                @if shown.is_empty() { div.empty { p { (t!(locale, "find-nothing")) } p { (t!(locale, "find-nothing-why")) } } }
                @for one in &shown { (group(app, visitor, asked, one)) }
            }
            (facets::facets(app, visitor, &asked.filters, &all))
        }
    }
}

/// How the question was read, when it was not read as it was typed.
fn understood(visitor: &Visitor, asked: &Asked, found: &[Found]) -> Markup {
    let locale = visitor.locale;
    let meant = found.iter().find_map(|found| found.finding.meant.as_deref());
    html! {
        @if asked.question.refanged {
            p.muted { (t!(locale, "find-refanged")) " " code translate="no" { (asked.question.text) } }
        }
        @if let Some(meant) = meant {
            (alert(Tone::Info, &t!(locale, "find-meant", asked = asked.typed.as_str(), meant = meant), html! {}))
        }
    }
}

fn source_tabs<'a>(visitor: &Visitor, asked: &Asked, found: &[Found]) -> Vec<Tab<'a>> {
    let locale = visitor.locale;
    let to = |name: Option<&str>| query::with(&visitor.path, &[("in", name), ("after", None)]);
    let all = Tab {
        href: to(None).into(),
        label: t!(locale, "find-all"),
        count: None,
        active: asked.source.is_empty(),
    };
    let each = found.iter().map(|one| Tab {
        href: to(Some(one.source.name)).into(),
        label: (one.source.label)(locale),
        // A count that stopped early is none.
        count: one.finding.whole.then_some(one.finding.facets.total),
        active: asked.source == one.source.name,
    });
    std::iter::once(all).chain(each).collect()
}

/// How many there are, in a sentence.
fn said(visitor: &Visitor, asked: &Asked, found: &[Found]) -> String {
    let counted = found.iter().filter(|one| asked.source.is_empty() || one.source.name == asked.source);
    let (total, whole) = counted.fold((0, true), |(total, whole), one| {
        (total + one.finding.facets.total, whole && one.finding.whole)
    });
    if whole {
        t!(visitor.locale, "find-count", count = total).into_owned()
    } else {
        t!(visitor.locale, "find-count-more", count = total).into_owned()
    }
}

fn group(app: &App, visitor: &Visitor, asked: &Asked, one: &Found) -> Markup {
    let locale = visitor.locale;
    let label = (one.source.label)(locale);
    let all = query::with(&visitor.path, &[("in", Some(one.source.name)), ("after", None)]);
    if asked.source.is_empty() {
        let more = html! { @if one.finding.next.is_some() { a href=(all) { (t!(locale, "find-more")) } } };
        return card(&label, more, list::list(app, visitor, &one.finding.hits));
    }
    let next = one.finding.next.as_ref().map(|next| query::with(&visitor.path, &[("after", Some(next))]));
    let first = asked.after.is_some().then(|| query::with(&visitor.path, &[("after", None)]));
    let summary = t!(locale, "find-shown", count = one.finding.hits.len() as u64);
    html! {
        (card(&label, html! {}, list::list(app, visitor, &one.finding.hits)))
        (pagination(locale, &Pages { first: first.map(Into::into), next: next.map(Into::into), summary }))
    }
}

/// What can be asked, for whoever has not asked yet.
fn help(visitor: &Visitor) -> Markup {
    let locale = visitor.locale;
    let examples = [
        ("grey heron", t!(locale, "find-help-words")),
        ("hxxps://evil[.]example/a", t!(locale, "find-help-defanged")),
        ("192.0.2.7", t!(locale, "find-help-address")),
        ("192.0.2.0/24", t!(locale, "find-help-network")),
        ("CVE-2026-31337", t!(locale, "find-help-cve")),
        ("T1059.001", t!(locale, "find-help-attack")),
    ];
    card(
        &t!(locale, "find-help-title"),
        html! {},
        html! {
            dl.facts {
                @for (example, what) in examples {
                    div {
                        dt { a href={ "/find?q=" (query::encode(example)) } { code translate="no" { (example) } } }
                        dd { (what) }
                    }
                }
            }
            p.muted { (t!(locale, "find-help-keys")) " " kbd { "Ctrl" } " " kbd { "K" } }
        },
    )
}
