//! What a newer pack changes, stage by stage, so that a person sees which open duties will move.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::pack::{Pack, Stage};

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The stage, or `head`.
    pub place: String,
    /// What of it: `clock`, `status`, …
    pub what: &'static str,
    /// Before; empty when it is new.
    pub before: String,
    /// After; empty when it is gone.
    pub after: String,
}

/// Every difference between two packs of one regime.
pub fn changes(before: &Pack, after: &Pack) -> Vec<Change> {
    let mut found = compare("head", &head(before), &head(after));
    let (old, new) = (stages(before), stages(after));
    for (place, stage) in &old {
        match new.get(place) {
            Some(now) => found.extend(compare(place, stage, now)),
            None => found.push(Change {
                place: place.clone(),
                what: "stage",
                before: stage[0].1.clone(),
                after: String::new(),
            }),
        }
    }
    for (place, stage) in new.iter().filter(|(place, _)| !old.contains_key(*place)) {
        found.push(Change {
            place: place.clone(),
            what: "stage",
            before: String::new(),
            after: stage[0].1.clone(),
        });
    }
    found
}

type Aspects = Vec<(&'static str, String)>;

fn compare(place: &str, before: &Aspects, after: &Aspects) -> Vec<Change> {
    let pairs = before.iter().zip(after).filter(|(a, b)| a.1 != b.1);
    pairs
        .map(|((what, before), (_, after))| Change {
            place: place.to_owned(),
            what,
            before: before.clone(),
            after: after.clone(),
        })
        .collect()
}

fn head(pack: &Pack) -> Aspects {
    let head = &pack.head;
    vec![
        ("version", head.version.to_string()),
        ("law", head.law.clone()),
        ("status", format!("{:?}", head.status)),
        ("from", head.from.map_or(String::new(), |day| day.to_string())),
        ("until", head.until.map_or(String::new(), |day| day.to_string())),
        ("confidence", head.confidence.clone()),
    ]
}

/// Stages by id, later versions numbered.
fn stages(pack: &Pack) -> BTreeMap<String, Aspects> {
    let mut found = BTreeMap::new();
    for stage in &pack.stages {
        let mut place = stage.id.clone();
        let mut version = 1;
        while found.contains_key(&place) {
            version += 1;
            place = format!("{} (version {version})", stage.id);
        }
        found.insert(place, aspects(pack, stage));
    }
    found
}

fn aspects(pack: &Pack, stage: &Stage) -> Aspects {
    let (from, until) = pack.window(stage);
    vec![
        ("title", stage.title.en.clone()),
        ("clock", clock(stage)),
        ("clause", stage.cite.clone()),
        ("duty", format!("{:?}", stage.duty)),
        ("status", format!("{:?}", stage.status.unwrap_or(pack.head.status))),
        ("from", from.map_or(String::new(), |day| day.to_string())),
        ("until", until.map_or(String::new(), |day| day.to_string())),
        ("when", stage.when.iter().map(|when| format!("{when:?}")).collect::<Vec<_>>().join("; ")),
        ("recipients", stage.recipients.join(", ")),
        ("required", stage.required.join(", ")),
        ("conditional", stage.conditional.join(", ")),
    ]
}

/// A clock in one line: `PT24H from aware, eu_hours`.
pub fn clock(stage: &Stage) -> String {
    let limb = |limb: &crate::pack::Limb| {
        let name = limb.name.as_ref().map_or(String::new(), |name| format!("{name}: "));
        let only = if limb.when.is_some() { ", on a condition" } else { "" };
        format!("{name}{} from {}, {:?}{only}", limb.period, limb.anchor, limb.counting)
    };
    stage.limbs.iter().map(limb).collect::<Vec<_>>().join("; ")
}
