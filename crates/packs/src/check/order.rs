//! Stages stand in order: one pack for each, versions that do not overlap, and no clock that waits for itself.

use std::collections::{BTreeMap, BTreeSet};

use super::{Finding, at};
use crate::library::Library;
use crate::pack::{Pack, Stage};

/// Each version ends before the next begins, and none ends before it begins.
pub fn windows(pack: &Pack) -> Vec<Finding> {
    let mut found = Vec::new();
    for (n, stage) in pack.stages.iter().enumerate() {
        let (from, until) = pack.window(stage);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            found.push(at(pack, stage, format!("it ends on {until}, before it begins on {from}")));
        }
        let later = pack.stages[n + 1..].iter().filter(|other| other.id == stage.id);
        found.extend(later.filter(|other| overlap(pack, stage, other)).map(|_| {
            at(pack, stage, "two versions of it hold on the same day; end one before the other begins")
        }));
    }
    found
}

fn overlap(pack: &Pack, one: &Stage, other: &Stage) -> bool {
    let ends_before = |a: &Stage, b: &Stage| match (pack.window(a).1, pack.window(b).0) {
        (Some(until), Some(from)) => until < from,
        _ => false,
    };
    !ends_before(one, other) && !ends_before(other, one)
}

/// No stage id stands in two packs.
pub fn stages_belong_to_one_pack(library: &Library) -> Vec<Finding> {
    let mut owners: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (pack, stage) in library.stages() {
        owners.entry(&stage.id).or_default().insert(&pack.head.regime);
    }
    let shared = library.stages().filter(|(_, stage)| owners[stage.id.as_str()].len() > 1);
    shared.map(|(pack, stage)| at(pack, stage, "another pack has a stage of this name; rename one")).collect()
}

/// No stage waits, through submissions and limits, for itself. One that renews its own clock (a second part
/// after its first) may.
pub fn circles(library: &Library) -> Vec<Finding> {
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, stage) in library.stages() {
        let anchors = stage.limbs.iter().filter_map(|limb| limb.anchor.stage());
        needs.entry(&stage.id).or_default().extend(anchors.filter(|other| *other != stage.id));
    }
    let waits = |(_, stage): &(&Pack, &Stage)| reaches(&needs, &stage.id, &stage.id);
    library
        .stages()
        .filter(waits)
        .map(|(pack, stage)| at(pack, stage, "it waits for itself; break the circle"))
        .collect()
}

fn reaches(needs: &BTreeMap<&str, BTreeSet<&str>>, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open: Vec<&str> = needs.get(from).into_iter().flatten().copied().collect();
    while let Some(next) = open.pop() {
        if next == to {
            return true;
        }
        if seen.insert(next) {
            open.extend(needs.get(next).into_iter().flatten());
        }
    }
    false
}
