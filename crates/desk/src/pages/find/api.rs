//! `/api/v1/find`: the same question and the same answer for programs, and for the palette.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use model::{PartyId, Timestamp, Tlp};
use serde::Serialize;
use ui::{query, t};
use utoipa::ToSchema;

use super::super::app::App;
use super::super::error::PageError;
use super::super::may::May;
use super::super::problem::Problem;
use super::super::visitor::Visitor;
use super::list::kind_name;
use super::{Asked, Found, answer};
use crate::access::EverythingFind;
use crate::find::{Facet, Hit, PERIODS};

/// Hits of each source when the caller names no limit, and at most.
const DEFAULT_LIMIT: usize = 10;
const MAX_LIMIT: usize = 50;

/// One thing found.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct HitItem {
    title: String,
    /// Its page, a path of this node.
    href: String,
    /// A STIX type, `agreement`, `incident`, `party`, `record` or `page`.
    kind: String,
    /// The kind in words, in the caller's language.
    kind_name: String,
    /// Marking, such as `TLP:AMBER`.
    #[serde(skip_serializing_if = "Option::is_none")]
    tlp: Option<String>,
    /// `party:<32 hex digits>`.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    /// When it arrived, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
    /// Why it was found: the network that holds an address.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

/// What one source found.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct Group {
    source: String,
    /// The source in words, in the caller's language.
    label: String,
    /// How many there are, as far as was counted.
    total: u64,
    /// False when counting stopped before everything was counted.
    whole: bool,
    /// Where the next page starts, with the same filters.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    hits: Vec<HitItem>,
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(in super::super) struct FindAnswer {
    /// The question as it was understood.
    question: String,
    /// The words that were looked for instead of misspelt ones.
    #[serde(skip_serializing_if = "Option::is_none")]
    meant: Option<String>,
    /// How many hits follow, in a sentence in the caller's language.
    said: String,
    /// Sources that found something.
    groups: Vec<Group>,
    /// Counts by facet and value, over all sources; only where `facets=1` was asked for.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    facets: BTreeMap<String, BTreeMap<String, u64>>,
}

/// Everything that the caller may see and that answers a question: objects, incidents, agreements, parties, records and
/// pages.
#[utoipa::path(get, path = "/api/v1/find", tag = "find",
    params(
        ("q" = Option<String>, Query, description = "words that all occur, an address or network, a hash, a CVE or ATT&CK number, an id; defanged input is understood; 400 characters are read"),
        ("in" = Option<String>, Query, pattern = "^[a-z]{0,32}$", description = "one source, such as `objects`"),
        ("kind" = Option<String>, Query, pattern = "^[a-z0-9-]{0,64}$", description = "a STIX type, or `agreement`, `incident`, `party`, `record`, `page`"),
        ("author" = Option<String>, Query, pattern = "^(|party:[0-9a-f]{32})$", description = "`party:<32 hex digits>`"),
        ("tlp" = Option<String>, Query, pattern = "^(|none|CLEAR|GREEN|AMBER|AMBER[+]STRICT|RED)$", description = "marking in force"),
        ("period" = Option<String>, Query, pattern = "^(|1d|7d|30d|365d)$", description = "arrived since"),
        ("verdict" = Option<String>, Query, pattern = "^(|out|stays)$", description = "whether it goes to anybody outside"),
        ("after" = Option<String>, Query, pattern = "^[0-9]{0,18}$", description = "`next` of the page before, with the same filters and `in`"),
        ("limit" = Option<usize>, Query, minimum = 1, maximum = 50, description = "hits of each source, 1 to 50, else 10"),
        ("facets" = Option<String>, Query, pattern = "^(|1)$", description = "`1` to count by facet"),
    ),
    responses(
        (status = 200, description = "what was found", body = FindAnswer),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a parameter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub(in super::super) async fn find(
    State(app): State<App>,
    visitor: May<EverythingFind>,
) -> Result<Json<FindAnswer>, PageError> {
    let limit = limit(&visitor.path)?;
    check(&visitor.path)?;
    app.blocking(move |app| {
        let asked = Asked::of(&visitor.path);
        let counting = query::get(&visitor.path, "facets") == Some("1");
        let found = if asked.is_something() {
            answer(app, &visitor, &asked, (limit, limit), counting)?
        } else {
            Vec::new()
        };
        Ok(Json(told(&visitor, &asked, &found, counting)))
    })
    .await
}

fn told(visitor: &Visitor, asked: &Asked, found: &[Found], counting: bool) -> FindAnswer {
    let locale = visitor.locale;
    let item = |hit: &Hit| HitItem {
        title: hit.title.clone(),
        href: hit.href.clone(),
        kind: hit.values.kind.clone(),
        kind_name: kind_name(locale, &hit.values.kind).into_owned(),
        tlp: hit.marking.map(|marking| marking.tlp.to_string()),
        author: hit.author.map(|author| author.to_string()),
        at: hit.at,
        why: hit.why.as_ref().map(ToString::to_string),
    };
    let mut facets: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for one in found.iter().filter(|_| counting) {
        for (facet, counts) in &one.finding.facets.counts {
            for (value, count) in counts {
                *facets.entry(facet.name().to_owned()).or_default().entry(value.clone()).or_default() +=
                    count;
            }
        }
    }
    let group = |one: &Found| Group {
        source: one.source.name.to_owned(),
        label: (one.source.label)(locale).into_owned(),
        total: one.finding.facets.total,
        whole: one.finding.whole,
        next: one.finding.next.clone(),
        hits: one.finding.hits.iter().map(item).collect(),
    };
    let groups: Vec<Group> = found.iter().filter(|one| !one.finding.hits.is_empty()).map(group).collect();
    let shown: usize = groups.iter().map(|group| group.hits.len()).sum();
    FindAnswer {
        question: asked.question.text.clone(),
        meant: found.iter().find_map(|found| found.finding.meant.clone()),
        said: t!(locale, "find-shown", count = shown as u64).into_owned(),
        groups,
        facets,
    }
}

fn limit(path: &str) -> Result<usize, PageError> {
    let Some(text) = query::value(path, "limit").filter(|text| !text.is_empty()) else {
        return Ok(DEFAULT_LIMIT);
    };
    text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit)).ok_or_else(|| {
        PageError::Wrong(format!("limit {text:?} is not a number between 1 and {MAX_LIMIT}").into())
    })
}

/// A parameter that cannot be read is an error that names it, and not "everything".
fn check(path: &str) -> Result<(), PageError> {
    let value = |name: &str| query::value(path, name).filter(|text| !text.is_empty());
    let wrong = |name: &str, what: &str| Err(PageError::Wrong(format!("{name}: {what}").into()));
    if value(Facet::Author.name()).is_some_and(|author| author.parse::<PartyId>().is_err()) {
        return wrong("author", "not a party's id");
    }
    if value(Facet::Marking.name())
        .is_some_and(|tlp| tlp != "none" && !Tlp::ALL.iter().any(|known| known.word() == tlp))
    {
        return wrong("tlp", "neither a TLP label nor `none`");
    }
    if value(Facet::Period.name()).is_some_and(|period| !PERIODS.iter().any(|(name, _)| *name == period)) {
        return wrong("period", "neither `1d`, `7d`, `30d` nor `365d`");
    }
    if value(Facet::Verdict.name()).is_some_and(|verdict| !matches!(verdict.as_str(), "out" | "stays")) {
        return wrong("verdict", "neither `out` nor `stays`");
    }
    if value("after").is_some_and(|after| after.len() > 18 || !after.bytes().all(|b| b.is_ascii_digit())) {
        return wrong("after", "not the `next` of another page");
    }
    let word = |text: &str, most: usize, also: fn(u8) -> bool| {
        text.len() <= most && text.bytes().all(|b| b.is_ascii_lowercase() || also(b))
    };
    if value("in").is_some_and(|source| !word(&source, 32, |_| false)) {
        return wrong("in", "not the name of a source");
    }
    if value("kind").is_some_and(|kind| !word(&kind, 64, |b| b.is_ascii_digit() || b == b'-')) {
        return wrong("kind", "not the name of a type");
    }
    if value("facets").is_some_and(|facets| facets != "1") {
        return wrong("facets", "not `1`");
    }
    Ok(())
}
