//! Whole public corpora, when there are any: set `STIX_CORPUS` to a folder of bundles and NDJSON
//! files (MITRE ATT&CK, CAPEC, …). Nothing of them is kept in this repository.

use std::collections::BTreeMap;
use std::fs::File;

use formats::json::{Limits, ObjectStream};
use formats::stix::{Severity, deterministic_id_of, inspect, references_of, summary_of};

#[test]
#[expect(clippy::disallowed_methods, reason = "a corpus outside the repository is named by whoever has one")]
fn objects_of_a_public_corpus_have_no_errors() {
    let Ok(folder) = std::env::var("STIX_CORPUS") else { return };
    let limits = Limits::default();
    let mut codes: BTreeMap<(Severity, &'static str), (u64, String)> = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mut stream = ObjectStream::new(File::open(&path).unwrap(), limits);
        let mut objects = 0u64;
        while let Some(piece) = stream.next_object() {
            let (offset, bytes) = piece.unwrap();
            let object = inspect(bytes, &limits)
                .unwrap_or_else(|error| panic!("{} at {offset}: {error}", path.display()));
            let _ = (
                references_of(&object.document),
                summary_of(&object.document),
                deterministic_id_of(&object.document),
            );
            for finding in &object.findings {
                if finding.severity == Severity::Error {
                    println!("{}: {finding}", object.id);
                }
                let entry =
                    codes.entry((finding.severity, finding.code)).or_insert_with(|| (0, finding.to_string()));
                entry.0 += 1;
            }
            objects += 1;
        }
        println!("{}: {objects} objects, {:?}", path.display(), stream.container().kind);
        assert!(objects > 0);
    }
    for ((severity, code), (count, example)) in &codes {
        println!("{severity:?} {code}: {count}, e.g. {example}");
    }
    assert!(codes.keys().all(|(severity, _)| *severity < Severity::Error));
}
