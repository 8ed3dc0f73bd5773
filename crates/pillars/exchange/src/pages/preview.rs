//! The dry run before publishing: what the document holds, who would receive it, and why not.

use std::collections::{BTreeMap, HashMap};

use desk::Desk;
use formats::json::{Limits, split};
use formats::stix::{self, KnownMarking};
use model::{AgreementId, Marking, PartyId, Timestamp, Tlp};
use records::Marked;
use records::delivery::OBJECT;
use share::{Class, Reason};

use crate::import::definitions;
use crate::search::{Outside, audience, hypothetical};

/// Objects of one document that the dry run looks at.
pub(super) const MOST_OBJECTS: u64 = 5_000;

/// How the document is to be published.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    pub document: String,
    /// True when it came as a file.
    pub is_file: bool,
    pub marking: Option<Tlp>,
    pub under: Option<AgreementId>,
    pub to: Vec<PartyId>,
}

/// One object of the document.
#[derive(Debug, Clone)]
pub(super) struct Seen {
    pub title: String,
    pub object_type: String,
    pub marked: Marked,
    pub problem: Option<String>,
}

/// What one receiver would get.
#[derive(Debug, Clone)]
pub(super) struct Outlook {
    pub outside: Outside,
    pub receives: u64,
    pub withheld: BTreeMap<Reason, u64>,
}

/// The answer of the dry run.
#[derive(Debug, Clone, Default)]
pub(super) struct Preview {
    pub objects: Vec<Seen>,
    pub good: u64,
    pub outlooks: Vec<Outlook>,
}

/// Looks at every object as the intake would, and asks the verdict for every receiver. Stores nothing.
pub(super) fn preview(desk: &Desk, limits: Limits, wish: &Wish, now: Timestamp) -> Preview {
    let limits = Limits { max_objects: MOST_OBJECTS, ..limits };
    let mut preview = Preview::default();
    let mut classes: HashMap<Class, u64> = HashMap::new();
    let input = wish.document.as_bytes();
    let defined = definitions(input, limits);
    let mut pieces = split(input, limits);
    while let Some(piece) = pieces.next_range() {
        let seen = match piece {
            Ok(range) => see(desk, &limits, wish, &input[range], &defined),
            Err(flaw) => unreadable(flaw.to_string()),
        };
        if seen.problem.is_none() {
            preview.good += 1;
            *classes.entry(class(desk, wish, &seen)).or_default() += 1;
        }
        preview.objects.push(seen);
    }
    for (outside, receiver) in audience(desk) {
        let mut outlook = Outlook { outside, receives: 0, withheld: BTreeMap::new() };
        for (class, count) in &classes {
            match hypothetical(desk, class, &receiver, now).reason() {
                None => outlook.receives += count,
                Some(reason) => *outlook.withheld.entry(reason).or_default() += count,
            }
        }
        preview.outlooks.push(outlook);
    }
    preview
}

fn unreadable(problem: String) -> Seen {
    Seen { title: String::new(), object_type: String::new(), marked: Marked::Missing, problem: Some(problem) }
}

fn see(
    desk: &Desk,
    limits: &Limits,
    wish: &Wish,
    bytes: &[u8],
    defined: &HashMap<String, KnownMarking>,
) -> Seen {
    let object = match stix::inspect(bytes, limits) {
        Ok(object) => object,
        Err(unusable) => return unreadable(format!("{unusable} [{}]", unusable.code())),
    };
    let lookup = |id: &str| defined.get(id).copied().or_else(|| held_definition(desk, limits, id));
    let marked = match stix::marking_of(&object, lookup) {
        stix::Marked::Known { marking, .. } => Marked::Known(marking),
        stix::Marked::Unknown(_) => Marked::Unknown,
        stix::Marked::None { .. } if stix::official(&object.id).is_some() => {
            Marked::Known(Marking::tlp(Tlp::Clear))
        }
        stix::Marked::None { pap } => {
            wish.marking.map_or(Marked::Missing, |tlp| Marked::Known(Marking { tlp, pap }))
        }
    };
    let fault = object.findings.iter().find(|finding| finding.severity == stix::Severity::Error);
    Seen {
        title: stix::summary_of(&object.document).title.into_owned(),
        object_type: object.object_type.to_string(),
        marked,
        problem: fault.map(ToString::to_string),
    }
}

fn held_definition(desk: &Desk, limits: &Limits, id: &str) -> Option<KnownMarking> {
    let reader = desk.views.read().ok()?;
    let mut statement = reader.prepare_cached("SELECT body FROM exchange_marking WHERE id = ?1").ok()?;
    let body: Vec<u8> = statement.query_row([id], |row| row.get(0)).ok()?;
    stix::inspect(&body, limits).ok()?.defines
}

fn class(desk: &Desk, wish: &Wish, seen: &Seen) -> Class {
    let is_red = matches!(seen.marked, Marked::Known(marking) if marking.tlp == Tlp::Red);
    let named = (is_red && !wish.to.is_empty()).then(|| wish.to.iter().copied().collect());
    Class {
        realm: desk.realm.to_string(),
        author: desk.me,
        kind: OBJECT.to_owned(),
        object_type: seen.object_type.clone(),
        marked: seen.marked,
        under: wish.under.into_iter().collect(),
        named,
        group: None,
    }
}
