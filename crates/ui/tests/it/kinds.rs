//! Every kind of record reaches the reader under a name.

use std::path::Path;

use ui::Locale;
use ui::locale::lookup;

/// The kinds, as their files say them: `body!(Snapshot, "picture.snapshot.v1")`.
fn kinds() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../records/src");
    let mut kinds = Vec::new();
    for file in std::fs::read_dir(folder).expect("the records") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("text");
        let said = text.split("body!(").skip(1).filter_map(|rest| rest.split('"').nth(1));
        kinds.extend(said.filter(|kind| kind.ends_with(".v1")).map(str::to_owned));
    }
    kinds
}

#[test]
fn every_kind_of_record_has_a_name_in_both_languages() {
    let kinds = kinds();
    assert!(kinds.len() > 30, "{kinds:?}");
    for locale in Locale::ALL {
        for kind in &kinds {
            let key = format!("record-kind-{}", kind.replace('.', "-"));
            assert!(lookup(locale, &key).is_some(), "{key} has no text in {}", locale.code());
        }
    }
}
