//! A bundle with everything odd that ATT&CK does: in by one command, again without change, out byte for byte.

use std::collections::BTreeSet;
use std::path::Path;

use formats::json::{Limits, split};

use crate::away::{OBJECTS, get_bytes};
use crate::node::Node;
use crate::run::Running;
use crate::share::agreed;

/// The objects of a bundle or an envelope, byte for byte.
fn objects(document: &[u8]) -> Vec<Vec<u8>> {
    split(document, Limits::default()).map(|object| object.expect("an object").to_vec()).collect()
}

/// Imports the bundle twice and reads it back over TAXII; how many objects it has.
fn there_and_back(bundle: &Path) -> usize {
    let document = std::fs::read(bundle).expect("the bundle");
    let sent = objects(&document);
    let (node, _us): (Node, Node) = agreed();
    let bundle = bundle.display().to_string();
    let import = || {
        let arguments = ["exchange", "import", &bundle, "--under", "pilot", "--marking", "clear", "--json"];
        node.run(&arguments).well().json()
    };
    let first = import();
    assert_eq!(
        (&first["accepted"], &first["refused"]),
        (&sent.len().into(), &0.into()),
        "{}",
        first["refusals"]
    );
    let again = import();
    assert_eq!((&again["accepted"], &again["known"]), (&0.into(), &sent.len().into()));

    let consumer = ["party", "consumer", "add", "any", "--relation", "public", "--clearance", "clear"];
    let added = node.run(&[&consumer[..], &["--agreement", "pilot", "--json"]].concat()).well().json();
    let token = added["token"].as_str().expect("a token");
    let running = Running::start(&node);
    let (mut back, mut next) = (Vec::new(), String::new());
    loop {
        let page = get_bytes(&running, token, &format!("{OBJECTS}?limit=1000{next}"));
        let mut pieces = split(&page, Limits::default());
        back.extend(pieces.by_ref().map(|object| object.expect("an object").to_vec()));
        match &pieces.container().next {
            Some(cursor) => next = format!("&next={cursor}"),
            None => break,
        }
    }
    running.stop();
    assert_eq!(back.len(), sent.len(), "each once");
    for (sent, back) in sent.iter().zip(&back) {
        assert_eq!(String::from_utf8_lossy(back), String::from_utf8_lossy(sent));
    }
    node.run(&["ledger", "verify"]).well();
    sent.len()
}

#[test]
fn a_matrix_with_every_oddity_comes_back_byte_for_byte() {
    let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/matrix.json");
    let document = std::fs::read(&fixture).expect("the fixture");
    let types: BTreeSet<String> = objects(&document)
        .iter()
        .map(|object| serde_json::from_slice::<serde_json::Value>(object).expect("json")["type"].to_string())
        .collect();
    assert!(types.len() >= 17, "{types:?}");
    assert_eq!(there_and_back(&fixture), 40);
}

#[test]
#[ignore = "reads a published matrix, unpacked, at the path in ENTENTE_MATRIX; run by hand"]
#[expect(clippy::disallowed_methods, reason = "a run by hand names its file")]
fn a_published_matrix_comes_back_byte_for_byte() {
    let path = std::env::var("ENTENTE_MATRIX").expect("ENTENTE_MATRIX names the file");
    println!("{} objects came back byte for byte", there_and_back(Path::new(&path)));
}
