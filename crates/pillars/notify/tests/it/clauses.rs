//! Coverage of promises: each clause of each pack has a worked case, a story or a number beside it, or stands in
//! `clauses.txt` with the reason why it has none. The list may only shrink.

use std::collections::BTreeSet;

use packs::Library;
use serde_json::Value;

use crate::{stories, thresholds};

/// Every place of a pack that cites a clause: `regime stage` with its first day when it has several versions, `regime/criterion`, `regime country`.
fn places() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for pack in Library::embedded().packs.values() {
        let regime = &pack.head.regime;
        for stage in &pack.stages {
            let versions = pack.stages.iter().filter(|other| other.id == stage.id).count();
            let from = pack.window(stage).0.filter(|_| versions > 1);
            let version = from.map_or(String::new(), |from| format!(" from {from}"));
            found.insert(format!("{regime} {}{version}", stage.id));
        }
        found.extend(pack.criteria.iter().map(|criterion| format!("{regime}/{}", criterion.id)));
        found.extend(pack.overlays.iter().map(|overlay| format!("{regime} in {}", overlay.country)));
    }
    found
}

/// What cases, stories and tables say something about.
fn told() -> BTreeSet<String> {
    let library = Library::embedded();
    let mut found: BTreeSet<String> = thresholds::criteria_told().into_iter().collect();
    let cases: Vec<Value> = serde_json::from_str(include_str!("../vectors.json")).expect("a list of cases");
    let dated = cases.iter().flat_map(|case| {
        let input = case["input"].as_object().expect("facts");
        let facts = notify::Facts::read(input, library).expect("sound facts");
        let expected = case["expect"].as_object().expect("dates");
        let stages: Vec<&String> =
            expected.iter().filter(|(_, date)| !date.is_null()).map(|(stage, _)| stage).collect();
        let clocks = notify::clocks(library, &facts);
        let of = clocks.iter().filter(|clock| stages.contains(&&clock.stage.id));
        of.map(|clock| version(clock.pack, clock.stage)).collect::<Vec<_>>()
    });
    found.extend(dated);
    for id in stories::stages_told() {
        let pack = library.pack_of(&id).expect("a stage of a pack");
        let mut versions = pack.stages.iter().filter(|stage| stage.id == id);
        if let (Some(stage), None) = (versions.next(), versions.next()) {
            found.insert(version(pack, stage));
        }
    }
    found.extend(crate::overlays::told());
    found
}

fn version(pack: &packs::Pack, stage: &packs::Stage) -> String {
    let several = pack.stages.iter().filter(|other| other.id == stage.id).count() > 1;
    let from = pack.window(stage).0.filter(|_| several);
    let from = from.map_or(String::new(), |from| format!(" from {from}"));
    format!("{} {}{from}", pack.head.regime, stage.id)
}

/// The lines of `clauses.txt`: a place, a colon, the reason.
fn excused() -> Vec<(String, String)> {
    let lines = include_str!("../clauses.txt").lines();
    let lines = lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| {
            let (place, reason) = line.split_once(": ").expect("a place, a colon and a reason");
            (place.to_owned(), reason.to_owned())
        })
        .collect()
}

#[test]
fn every_clause_has_a_test_or_is_listed_with_its_reason() {
    let (places, told) = (places(), told());
    let listed: BTreeSet<String> = excused().into_iter().map(|(place, _)| place).collect();
    let missing: Vec<&String> = places.difference(&told).filter(|place| !listed.contains(*place)).collect();
    assert_eq!(
        missing, [""; 0],
        "add a case, a story or a number, or a line with the reason to tests/clauses.txt"
    );
    let needless: Vec<&String> =
        listed.iter().filter(|place| told.contains(*place) || !places.contains(*place)).collect();
    assert_eq!(needless, [""; 0], "take these lines out of tests/clauses.txt");
    assert!(excused().iter().all(|(_, reason)| reason.len() > 20), "each line gives its reason");
    assert!(places.len() > 100, "{}", places.len());
}
