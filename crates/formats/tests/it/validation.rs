//! The checks of the standard, told by objects that break them one at a time.

use formats::json::Limits;
use formats::stix::{Family, Severity, SpecVersion, Unusable, inspect};
use serde_json::{Value, json};

/// Findings of an object as `severity pointer code`.
fn findings(object: &Value) -> Vec<String> {
    let text = object.to_string();
    let inspected =
        inspect(text.as_bytes(), &Limits::default()).unwrap_or_else(|error| panic!("{text}: {error}"));
    inspected
        .findings
        .iter()
        .map(|finding| format!("{:?} {} {}", finding.severity, finding.pointer, finding.code).to_lowercase())
        .collect()
}

/// A valid object of a type, with `changes` merged in; `null` takes a member out.
fn object(object_type: &str, changes: Value) -> Value {
    let mut base = json!({
        "type": object_type, "spec_version": "2.1",
        "id": format!("{object_type}--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"),
        "created": "2026-01-02T03:04:05.678Z", "modified": "2026-01-02T03:04:05.678Z",
    });
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => base.as_object_mut().unwrap().remove(key),
            value => base.as_object_mut().unwrap().insert(key.clone(), value.clone()),
        };
    }
    base
}

fn indicator(changes: Value) -> Value {
    let mut base = object(
        "indicator",
        json!({"pattern": "[url:value = 'https://a.example/']", "pattern_type": "stix", "valid_from": "2026-01-01T00:00:00Z"}),
    );
    for (key, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => base.as_object_mut().unwrap().remove(key),
            value => base.as_object_mut().unwrap().insert(key.clone(), value.clone()),
        };
    }
    base
}

fn sco(object_type: &str, changes: Value) -> Value {
    let mut base =
        json!({"type": object_type, "id": format!("{object_type}--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f")});
    base.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    base
}

#[test]
fn a_sound_object_has_no_findings_and_its_fields_are_read() {
    let text = indicator(json!({"name": "Caf\u{e9}", "confidence": 0, "labels": ["a"], "modified": "2026-01-02T03:04:05.6789012345Z"})).to_string();
    let object = inspect(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(object.findings, []);
    assert_eq!(
        (object.family, object.spec_version, object.confidence),
        (Family::Sdo, SpecVersion::V21, Some(0))
    );
    assert_eq!(object.version().unwrap().as_str(), "2026-01-02T03:04:05.6789012345Z");
    assert_eq!(object.name.as_deref(), Some("Café"));
    assert!(!object.is_quarantined());
}

#[test]
fn each_breach_is_found_at_its_place() {
    for (changes, expected) in [
        (json!({"pattern": null}), "error  required-property-missing"),
        (json!({"name": 7}), "error /name property-type"),
        (json!({"name": []}), "error /name empty-list"),
        (json!({"labels": []}), "error /labels empty-list"),
        (json!({"labels": ["a", 1]}), "error /labels/1 property-type"),
        (json!({"confidence": 101}), "error /confidence number-range"),
        (json!({"confidence": 1.5}), "error /confidence property-type"),
        (json!({"revoked": "true"}), "error /revoked property-type"),
        (json!({"valid_from": "2026-01-01T00:00:00+01:00"}), "error /valid_from timestamp-form"),
        (json!({"valid_until": "2026-01-01T00:00:00.000Z"}), "error /valid_until time-order"),
        (json!({"modified": "2026-01-02T03:04:05.677Z"}), "error /modified time-order"),
        (json!({"modified": "2026-01-02T03:04:06Z"}), "warning /modified timestamp-precision"),
        (
            json!({"created_by_ref": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"}),
            "error /created_by_ref reference-type",
        ),
        (json!({"created_by_ref": "identity--x"}), "error /created_by_ref identifier-form"),
        (
            json!({"object_marking_refs": ["identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"]}),
            "error /object_marking_refs/0 reference-type",
        ),
        (json!({"id": "malware--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"}), "error /id identifier-type"),
        (json!({"id": "indicator--1"}), "error /id identifier-form"),
        (json!({"spec_version": "2.2"}), "error /spec_version spec-version"),
        (json!({"pattern": "[url:value = 'x'"}), "error /pattern pattern-syntax"),
        (json!({"pattern": "[a:b = 1 AND c:d = 2]"}), "warning /pattern pattern-never-matches"),
        (json!({"indicator_types": ["odd"]}), "info /indicator_types/0 open-vocabulary"),
        (json!({"x_acme_note": 1}), "info  custom-property"),
        (json!({"note_by_acme": 1}), "warning  unknown-property"),
        (json!({"Bad-Name": 1}), "error /bad-name property-name"),
        (json!({"x_acme_note": {}}), "error /x_acme_note empty-object"),
        (json!({"lang": "english text"}), "warning /lang language"),
        (
            json!({"external_references": [{"source_name": "a"}]}),
            "error /external_references/0 property-choice",
        ),
        (
            json!({"external_references": [{"url": "https://a.example"}]}),
            "error /external_references/0 required-property-missing",
        ),
        (
            json!({"kill_chain_phases": [{"kill_chain_name": "a"}]}),
            "error /kill_chain_phases/0 required-property-missing",
        ),
        (
            json!({"granular_markings": [{"selectors": ["labels.[0]"], "lang": "fr"}]}),
            "error /granular_markings/0/selectors/0 selector-missing",
        ),
        (
            json!({"granular_markings": [{"selectors": ["pattern"]}]}),
            "error /granular_markings/0 property-choice",
        ),
        (
            json!({"extensions": {"extension-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f": {"extension_type": "odd"}}}),
            "error /extensions/extension-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f/extension_type enumeration",
        ),
        (json!({"extensions": {"acme-ext": {"a": 1}}}), "info /extensions/acme-ext custom-extension"),
    ] {
        let found = findings(&indicator(changes.clone()));
        assert!(found.iter().any(|finding| finding == expected), "{changes}: {found:?}");
    }
}

#[test]
fn other_pattern_languages_are_not_read_as_stix() {
    assert_eq!(
        findings(&indicator(json!({"pattern_type": "yara", "pattern": "rule a { condition: true }"}))),
        [""; 0]
    );
}

#[test]
fn selectors_that_find_something_are_fine() {
    let markings = json!([{"selectors": ["external_references.[0].source_name", "name"], "lang": "fr"}]);
    let references = json!([{"source_name": "a", "external_id": "1"}]);
    let object =
        indicator(json!({"name": "n", "external_references": references, "granular_markings": markings}));
    assert_eq!(findings(&object), [""; 0]);
}

#[test]
fn toplevel_extensions_may_add_properties() {
    let extensions = json!({"extension-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f": {"extension_type": "toplevel-property-extension"}});
    assert_eq!(findings(&indicator(json!({"extensions": extensions, "rank": 5}))), [""; 0]);
}

#[test]
fn rules_between_properties_hold() {
    let location = |changes: Value| findings(&object("location", changes));
    assert_eq!(location(json!({"country": "FR"})), [""; 0]);
    assert_eq!(location(json!({"name": "somewhere"})), ["error  property-choice"]);
    assert_eq!(location(json!({"latitude": 48.8})), ["error /latitude property-dependency"]);
    assert_eq!(location(json!({"latitude": 91.0, "longitude": 2})), ["error /latitude number-range"]);
    let malware = |changes: Value| findings(&object("malware", changes));
    assert_eq!(malware(json!({"is_family": false})), [""; 0]);
    assert_eq!(malware(json!({"is_family": true})), ["error  property-dependency"]);
    let relationship = |changes: Value| findings(&object("relationship", changes));
    let ends = json!({"relationship_type": "uses", "source_ref": "malware--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "target_ref": "tool--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"});
    assert_eq!(relationship(ends), [""; 0]);
    let ends = json!({"relationship_type": "Uses it", "source_ref": "sighting--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "target_ref": "tool--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"});
    let found = relationship(ends);
    assert!(found.contains(&"error /source_ref reference-type".to_owned()), "{found:?}");
    assert!(found.contains(&"error /relationship_type relationship-type".to_owned()), "{found:?}");
}

#[test]
fn observables_are_checked_with_their_extensions() {
    assert_eq!(findings(&sco("ipv4-addr", json!({"value": "198.51.100.3/24"}))), [""; 0]);
    assert_eq!(findings(&sco("ipv4-addr", json!({"value": "198.51.100.300"}))), ["error /value ipv4-form"]);
    assert_eq!(
        findings(&sco("ipv4-addr", json!({"value": "198[.]51.100.3", "defanged": true}))),
        ["warning /value ipv4-form"]
    );
    let file = json!({"hashes": {"MD5": "abc", "imphash": "x"}, "extensions": {"windows-pebinary-ext": {"sections": [{"size": -1}]}}});
    let found = findings(&sco("file", file));
    for expected in [
        "error /hashes/md5 hash-form",
        "info /hashes/imphash hash-algorithm",
        "error /extensions/windows-pebinary-ext required-property-missing",
        "error /extensions/windows-pebinary-ext/sections/0 required-property-missing",
        "error /extensions/windows-pebinary-ext/sections/0/size number-range",
    ] {
        assert!(found.iter().any(|finding| finding == expected), "{expected}: {found:?}");
    }
    assert_eq!(findings(&sco("network-traffic", json!({"protocols": ["tcp"]}))), ["error  property-choice"]);
    let mutex = json!({"type": "mutex", "id": "mutex--f93fe911-e545-5239-b9b0-597840d0c872", "name": "__CLEANSWEEP__"});
    assert_eq!(findings(&mutex), ["warning /id sco-id-not-deterministic"]);
    let process = json!({"type": "process", "id": "process--f93fe911-e545-5239-b9b0-597840d0c871"});
    assert_eq!(findings(&process), ["error  property-choice", "warning /id sco-id-not-random"]);
}

#[test]
fn the_deprecated_container_is_read() {
    let window = json!({"first_observed": "2026-01-01T00:00:00Z", "last_observed": "2026-01-01T00:00:00Z", "number_observed": 1,
        "objects": {"0": {"type": "ipv4-addr", "value": "198.51.100.3"}, "1": {"type": "network-traffic", "dst_ref": "0", "protocols": ["tcp"], "dst_port": 70000}}});
    assert_eq!(
        findings(&object("observed-data", window)),
        ["info /objects deprecated-container", "error /objects/1/dst_port number-range"]
    );
}

#[test]
fn a_stix_2_0_object_is_kept_with_warnings() {
    let text = json!({"type": "indicator", "id": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "created": "2017-01-02T03:04:05.678Z",
        "modified": "2017-01-02T03:04:05.678Z", "labels": ["malicious-activity"], "pattern": "[a:b = 1]", "valid_from": "2017-01-01T00:00:00Z"})
    .to_string();
    let object = inspect(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(object.spec_version, SpecVersion::V20);
    assert_eq!(object.severity(), Some(Severity::Warning));
}

#[test]
fn meta_objects_are_checked() {
    let marking = json!({"type": "marking-definition", "spec_version": "2.1", "id": "marking-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f",
        "created": "2026-01-01T00:00:00.000Z", "definition_type": "statement", "definition": {"other": "x"},
        "object_marking_refs": ["marking-definition--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"]});
    assert_eq!(
        findings(&marking),
        ["error /definition required-property-missing", "error /object_marking_refs circular-marking"]
    );
    let content = json!({"object_ref": "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f", "contents": {"fr": {"name": "Balise"}, "de": "x"}});
    assert_eq!(findings(&object("language-content", content)), ["error /contents/de property-type"]);
    let definition = json!({"name": "n", "schema": "s", "version": "1.0.0", "extension_types": ["new-sdo"], "extension_properties": ["rank"],
        "created_by_ref": "identity--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"});
    assert_eq!(
        findings(&object("extension-definition", definition)),
        ["error /extension_properties property-dependency"]
    );
}

#[test]
fn what_is_no_object_is_unusable_and_says_why() {
    let read = |text: &str| inspect(text.as_bytes(), &Limits::default()).map(|_| ()).unwrap_err();
    assert_eq!(read("{}"), Unusable::NoType);
    assert_eq!(read(r#"{"type":"indicator"}"#), Unusable::NoId);
    assert_eq!(read(r#"{"type":"indicator","id":7}"#), Unusable::NoId);
    assert_eq!(read(r#"{"type":"bundle","id":"bundle--1","objects":[]}"#), Unusable::Bundle);
    assert!(read(r#"{"type":"a","type":"b"}"#).to_string().contains("twice"));
    assert!(read("{\"type\":\"a\",\n\"id\":nul").to_string().contains("line 2"));
}

#[test]
fn a_flood_of_findings_is_cut_and_never_hides_an_error() {
    let words: Vec<String> = (0..5000).map(|number| format!("odd-{number}")).collect();
    let text = indicator(json!({"indicator_types": words, "valid_from": "never"})).to_string();
    let object = inspect(text.as_bytes(), &Limits::default()).unwrap();
    assert!(object.findings.len() <= 102);
    assert!(object.is_quarantined());
    assert!(object.findings.iter().any(|finding| finding.code == "more-findings"));
}
