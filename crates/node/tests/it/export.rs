//! Exporting what a receiver may have, and taking it in elsewhere.

use std::os::unix::fs::PermissionsExt as _;

use crate::node::Node;
use crate::objects::{indicator, lines};
use crate::share::agreed;

fn filled() -> (Node, Node) {
    let (eu, us) = agreed();
    let mut objects: Vec<String> = (0..5).map(|n| indicator(n, Some("green"))).collect();
    objects.push(indicator(5, Some("red")));
    objects.push(indicator(6, Some("amber+strict")));
    objects.push(indicator(7, None));
    eu.write("feed.ndjson", &lines(&objects));
    eu.run(&["exchange", "import", &eu.arg("feed.ndjson"), "--under", "pilot"]).well();
    eu.write("kept.ndjson", &lines(&[indicator(8, Some("green"))]));
    eu.run(&["exchange", "import", &eu.arg("kept.ndjson")]).well();
    (eu, us)
}

#[test]
fn a_receiver_gets_its_share_byte_for_byte_and_the_rest_is_counted_with_reasons() {
    let (eu, us) = filled();
    let file = eu.arg("for-us.json");
    let said = eu.run(&["exchange", "export", "--for", "us", "-o", &file, "--json"]).well().json();
    assert_eq!((&said["objects"], &said["withheld"]), (&5.into(), &4.into()), "{said}");
    let reasons = &said["reasons"];
    for (reason, count) in [("red-without-recipients", 1), ("marking-missing", 1), ("not-published", 1)] {
        assert_eq!(reasons[reason], count, "{said}");
    }
    let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);

    std::fs::copy(&file, us.path("from-eu.json")).expect("carried");
    let taken = us.run(&["exchange", "import", &us.arg("from-eu.json"), "--under", "pilot", "--json"]);
    assert_eq!(taken.well().json()["accepted"], 5);
    let again = us.run(&["exchange", "export", "--format", "ndjson"]).well();
    assert_eq!(again.out, lines(&(0..5).map(|n| indicator(n, Some("green"))).collect::<Vec<_>>()));
    assert!(again.err.contains("5 objects for our own organisation"), "{}", again.err);
}

#[test]
fn a_file_that_is_there_stays_unless_it_is_to_be_replaced() {
    let (eu, _us) = filled();
    eu.write("there.json", "mine");
    let refused = eu.run(&["exchange", "export", "-o", &eu.arg("there.json")]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(refused.err.contains("--force"), "{}", refused.err);
    assert_eq!(std::fs::read_to_string(eu.path("there.json")).expect("read"), "mine");
    eu.run(&["exchange", "export", "-o", &eu.arg("there.json"), "--force"]).well();
    let text = std::fs::read_to_string(eu.path("there.json")).expect("read");
    let bundle: serde_json::Value = serde_json::from_str(&text).expect("a bundle");
    assert_eq!(
        (bundle["type"].as_str(), bundle["objects"].as_array().map(Vec::len)),
        (Some("bundle"), Some(9))
    );
    let left: Vec<_> = std::fs::read_dir(eu.path(".")).expect("a folder").flatten().collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(".there")));
}

#[test]
fn filters_narrow_an_export_and_what_one_line_cannot_carry_is_said() {
    let (eu, _us) = filled();
    let count = |arguments: &[&str]| {
        let said = eu.run(&[&["exchange", "export", "--json"], arguments].concat());
        (said.code, serde_json::from_str::<serde_json::Value>(&said.err).expect("a report"))
    };
    assert_eq!(count(&["--under", "pilot"]).1["objects"], 8);
    assert_eq!(count(&["--for", "eu"]).1["objects"], 9, "our own party is our own organisation");
    assert_eq!(count(&["--type", "malware"]).1["objects"], 0);
    assert_eq!(count(&["--since", "2001-01-01"]).1["objects"], 9);
    assert_eq!(count(&["--since", "2999-01-01T00:00:00Z", "--for", "us"]).1["withheld"], 0);
    assert_eq!(eu.run(&["exchange", "export", "--since", "yesterday"]).code, 2);
    let unknown = eu.run(&["exchange", "export", "--collection", "nothing"]);
    assert!(unknown.code == 2 && unknown.err.contains("pilot"), "{}", unknown.err);

    eu.write("wide.json", &indicator(9, Some("green")).replace(",\"pattern\"", ",\n\"pattern\""));
    eu.run(&["exchange", "import", &eu.arg("wide.json")]).well();
    let (code, report) = count(&["--format", "ndjson"]);
    assert_eq!((code, &report["objects"], &report["unfit"]), (1, &9.into(), &1.into()));
    assert_eq!(count(&["--format", "bundle"]).1["objects"], 10);
}
