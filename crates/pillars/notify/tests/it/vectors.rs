//! Worked cases: facts in, dates out. Each says why; `ENTENTE_CLOCK_VECTORS` names a file with more of them.

use notify::{Facts, clocks};
use packs::Library;
use serde_json::Value;

fn answer(input: &Value) -> Value {
    let library = Library::embedded();
    let facts = Facts::read(input.as_object().expect("an object"), library).expect("sound facts");
    assert_eq!(facts.unused, [""; 0], "every fact of a case is used");
    Value::Object(clocks::answer(&clocks(library, &facts)))
}

/// Every key that is expected is there with exactly this value; other stages may be there too.
fn differences(expected: &Value, found: &Value, place: &str) -> Vec<String> {
    match expected {
        Value::Object(object) => object
            .iter()
            .flat_map(|(key, value)| {
                let place = format!("{place}/{key}");
                match found.get(key) {
                    Some(found) => differences(value, found, &place),
                    None => vec![format!("{place} is missing in {found}")],
                }
            })
            .collect(),
        value if value == found => Vec::new(),
        value => vec![format!("{place}: expected {value}, found {found}")],
    }
}

/// How many cases hold, and what is wrong with the others.
fn run(text: &str) -> (usize, Vec<String>) {
    let cases: Vec<Value> = serde_json::from_str(text).expect("a list of cases");
    let mut wrong = Vec::new();
    for case in &cases {
        let found = answer(&case["input"]);
        let mut faults = differences(&case["expect"], &found, "");
        for stage in case["no_flags"].as_array().into_iter().flatten() {
            let stage = stage.as_str().expect("a stage");
            if found[stage].get("flags").is_some() {
                faults.push(format!("{stage} is flagged"));
            }
        }
        wrong.extend(faults.into_iter().map(|fault| format!("{}: {fault}", case["id"])));
    }
    (cases.len(), wrong)
}

#[test]
fn every_worked_case_holds() {
    let (count, wrong) = run(include_str!("../vectors.json"));
    assert_eq!(wrong, [""; 0]);
    assert!(count >= 45, "{count}");
}

#[test]
fn every_regime_has_a_worked_case_or_no_number() {
    let cases: Vec<Value> = serde_json::from_str(include_str!("../vectors.json")).expect("a list of cases");
    let expected: std::collections::BTreeSet<String> = cases
        .iter()
        .flat_map(|case| case["expect"].as_object().expect("an object").keys().cloned())
        .collect();
    let library = Library::embedded();
    let without = library.packs.values().filter(|pack| {
        let numbered = pack.stages.iter().any(|stage| !stage.limbs.is_empty());
        numbered && !pack.stages.iter().any(|stage| expected.contains(&stage.id))
    });
    assert_eq!(without.map(|pack| pack.head.regime.as_str()).collect::<Vec<_>>(), [""; 0]);
}

#[test]
#[ignore = "by hand: ENTENTE_CLOCK_VECTORS=<file> cargo nextest run -p notify --run-ignored only"]
fn every_case_of_the_file_named_by_the_environment_holds() {
    #[expect(
        clippy::disallowed_methods,
        reason = "a file of somebody else is named on the command line of a test"
    )]
    let path = std::env::var("ENTENTE_CLOCK_VECTORS").expect("ENTENTE_CLOCK_VECTORS names a file");
    let (count, wrong) = run(&std::fs::read_to_string(&path).expect("a readable file"));
    assert_eq!(wrong, [""; 0]);
    println!("{count} cases hold");
}
