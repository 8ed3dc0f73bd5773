//! Two instants of the picture side by side, for programs.
//!
//! For an audience beyond the own organisation, both sides are made from what everybody in it may have, and the leak canary
//! reads every name. Figures over what may not go itself are those that were published to that audience by each instant:
//! counted anew for two instants, their difference would tell of single parties.

use std::collections::{BTreeMap, BTreeSet};

use axum::Json;
use axum::extract::State;
use claims::Audience;
use desk::pages::{App, May, PageError, Problem, Visitor};
use model::{Marking, Timestamp};
use serde::Serialize;
use ui::locale::Part;
use ui::sentence;
use utoipa::ToSchema;

use super::leak;
use crate::access::PictureRead;
use crate::ask;
use crate::compared::{Pair, Section, difference, of_topic};
use crate::guarded::Before;
use crate::label::{country, region, sector};
use crate::landscape::{canary, word};
use crate::sight::Sight;
use crate::tally::Topic;
use crate::trend::Period;

/// Subjects of one answer: those that differ most.
const MOST: usize = 200;

/// One subject at both instants.
#[derive(Debug, Serialize, ToSchema)]
pub struct ComparedItem {
    /// STIX id, sector, region, or ISO 3166-1 code; empty when the caller may not know what it is.
    id: String,
    /// What people call it, in the caller's language.
    name: String,
    /// How often it was spoken of in the period that ends with the first instant.
    one: u64,
    /// And with the second.
    two: u64,
    /// `two` less `one`.
    difference: i64,
    /// `new`, `back`, `rising`, `steady` or `fading` at the first instant; absent where it was not spoken of.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_one: Option<&'static str>,
    /// And at the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_two: Option<&'static str>,
    /// The strictest marking of what was counted.
    tlp: String,
}

/// A figure over what may not go itself, as the audience had it in hand.
#[derive(Debug, Serialize, ToSchema)]
pub struct InHand {
    /// Sector, region, or ISO 3166-1 code.
    id: String,
    /// What people call it, in the caller's language.
    name: String,
    /// As published last by the first instant; absent where none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    one: Option<u64>,
    /// And by the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    two: Option<u64>,
}

/// Two instants of one topic.
#[derive(Debug, Serialize, ToSchema)]
pub struct Comparison {
    topic: &'static str,
    /// For whom it is.
    audience: String,
    /// Days of the period.
    days: i64,
    /// The first instant, RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    one: Timestamp,
    /// The second.
    #[schema(value_type = String, format = DateTime)]
    two: Timestamp,
    /// Subjects that were spoken of, at both instants.
    subjects: [u64; 2],
    /// Statements, at both instants.
    statements: [u64; 2],
    /// The subjects that differ most first.
    items: Vec<ComparedItem>,
    /// Subjects that were spoken of and are not listed.
    more: usize,
    /// For an audience beyond the own organisation, of sectors and countries: published figures, never counted anew.
    published: Vec<InHand>,
    /// The strictest marking of anything counted.
    tlp: String,
}

/// What the address asks for.
struct Asked {
    topic: Topic,
    period: Period,
    audience: Audience,
    /// Each in the past; nothing for the present.
    instants: [Option<Timestamp>; 2],
}

impl Asked {
    fn of(app: &App, visitor: &Visitor) -> Result<Self, PageError> {
        let topic = super::topic(visitor)?;
        let period = ask::period(&ask::text(visitor, "days"))?;
        let audience = ask::audience(app, visitor, &ask::text(visitor, "audience"))?;
        if ask::text(visitor, "one").is_empty() {
            return Err(PageError::Wrong(sentence!("refused-instant-missing", what = Part::code("one"))));
        }
        let instants = [ask::instant(visitor, "one")?, ask::instant(visitor, "two")?];
        Ok(Self { topic, period, audience, instants })
    }

    /// Both sides for the audience, and both as the caller sees them.
    fn sides<'a>(&self, app: &'a App, visitor: &Visitor) -> Result<[[Sight<'a>; 2]; 2], PageError> {
        let side = |at| Sight::new(&app.desk, &visitor.receiver(app), visitor.now, at);
        let given = |at| side(at).map(|sight| sight.for_audience(&self.audience, visitor.now));
        let [one, two] = self.instants;
        Ok([[given(one)?, given(two)?], [side(one)?, side(two)?]])
    }

    fn is_outside(&self) -> bool {
        !matches!(self.audience, Audience::Organisation(_))
    }
}

/// One topic at two instants, as far as the caller may see it, or as everybody in an audience may have it.
#[utoipa::path(get, path = "/api/v1/picture/compare", tag = "picture",
    params(
        ("topic" = Option<String>, Query, pattern = "^(|actors|campaigns|malware|techniques|vulnerabilities|sectors|countries)$", description = "what is compared; `actors` when absent"),
        ("one" = String, Query, format = DateTime, description = "one instant: RFC 3339, or a day; what arrived later is left out of it; the present when it has not come yet"),
        ("two" = Option<String>, Query, format = DateTime, description = "the other; the present when absent"),
        ("days" = Option<String>, Query, pattern = "^(|7|28|91|364)$", description = "days of the period that ends with each instant; 28 when absent"),
        ("audience" = Option<String>, Query, pattern = "^(|organisation|(parties|community|public):agreement:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$", description = "for whom it is; the own organisation when absent"),
    ),
    responses(
        (status = 200, description = "both sides", body = Comparison),
        (status = 401, description = "sign in first", body = Problem, content_type = "application/problem+json"),
        (status = 409, description = "it would say what was left out; the detail names the entry", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "a parameter cannot be read", body = Problem, content_type = "application/problem+json"),
    ))]
pub async fn compare(
    State(app): State<App>,
    visitor: May<PictureRead>,
) -> Result<Json<Comparison>, PageError> {
    app.blocking(move |app| made(app, &visitor).map(Json)).await
}

fn made(app: &App, visitor: &Visitor) -> Result<Comparison, PageError> {
    let asked = Asked::of(app, visitor)?;
    let [given, all] = asked.sides(app, visitor)?;
    let (mut section, subjects, statements) =
        of_topic(&given, visitor.locale, (asked.topic, asked.period, MOST))?;
    if asked.is_outside() {
        named_only(&mut section);
        for (all, given) in all.iter().zip(&given) {
            let names: Vec<&str> = section.rows.iter().map(|row| row.name.as_str()).collect();
            if let Some(hit) = canary(all, given)?.sings(&names.join(" | ")) {
                return Err(leak(&hit));
            }
        }
    }
    let marking = section.rows.iter().map(|row| row.marking).reduce(Marking::strictest);
    Ok(Comparison {
        topic: asked.topic.code(),
        audience: word(&asked.audience),
        days: asked.period.days,
        one: given[0].at,
        two: given[1].at,
        subjects,
        statements,
        more: section.more,
        published: if asked.is_outside() { published(visitor, &asked, &all)? } else { Vec::new() },
        tlp: marking.unwrap_or(Marking::tlp(model::Tlp::Clear)).tlp.to_string(),
        items: section.rows.into_iter().map(item).collect(),
    })
}

/// What goes to others names what it speaks of, or says nothing of it.
fn named_only(section: &mut Section) {
    let listed = section.rows.len();
    section.rows.retain(|row| !row.id.is_empty());
    section.more += listed - section.rows.len();
}

fn published(visitor: &Visitor, asked: &Asked, all: &[Sight<'_>; 2]) -> Result<Vec<InHand>, PageError> {
    let befores = [Before::of(&all[0], &asked.audience)?, Before::of(&all[1], &asked.audience)?];
    let in_hand: [BTreeMap<&str, u64>; 2] =
        [0, 1].map(|n: usize| befores[n].in_hand(&asked.audience, asked.topic, asked.period.days));
    let subjects: BTreeSet<&str> = in_hand.iter().flat_map(|side| side.keys().copied()).collect();
    let locale = visitor.locale;
    let name = |subject: &str| match asked.topic {
        Topic::Sectors => sector(locale, subject).into_owned(),
        _ if subject.len() == 2 => country(locale, subject),
        _ => region(locale, subject).into_owned(),
    };
    let one = |subject: &str| InHand {
        id: subject.to_owned(),
        name: name(subject),
        one: in_hand[0].get(subject).copied(),
        two: in_hand[1].get(subject).copied(),
    };
    Ok(subjects.into_iter().map(one).collect())
}

fn item(pair: Pair) -> ComparedItem {
    let [one, two] = pair.counts;
    let [moved_one, moved_two] = pair.moved.map(|moved| moved.map(|moved| moved.code()));
    ComparedItem {
        difference: difference(pair.counts),
        id: pair.id,
        name: pair.name,
        one,
        two,
        moved_one,
        moved_two,
        tlp: pair.marking.tlp.to_string(),
    }
}
