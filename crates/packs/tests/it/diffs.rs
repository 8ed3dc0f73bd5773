//! What a newer pack would change is said stage by stage.

use packs::{Library, diff};

#[test]
fn a_pack_does_not_differ_from_itself() {
    for pack in Library::embedded().packs.values() {
        assert_eq!(diff::changes(pack, pack), []);
    }
}

#[test]
fn a_longer_limit_a_dropped_stage_and_a_new_status_are_each_named() {
    let library = Library::embedded();
    let before = &library.packs["GDPR"];
    let mut after = before.clone();
    after.head.version = "2027.1".parse().expect("a version");
    after.stages[0].limbs[0].period = "PT96H".parse().expect("a period");
    after.stages.pop();
    let changes = diff::changes(before, &after);
    let said: Vec<_> = changes.iter().map(|c| (c.place.as_str(), c.what)).collect();
    assert_eq!(said, [("head", "version"), ("gdpr.33", "clock"), ("gdpr.34", "stage")]);
    assert_eq!(changes[1].before, "PT72H from aware, EuHours");
    assert_eq!(changes[1].after, "PT96H from aware, EuHours");
    assert_eq!(changes[2].after, "");
}
