//! STIX objects and patterns.

use formats::json::Limits;
use formats::stix::{self, StixTime, pattern};

/// Everything that is asked of an object when it comes in.
pub fn object(bytes: &[u8]) {
    let limits = Limits::default();
    let inspected = stix::inspect(bytes, &limits);
    let _ = stix::definition_in(bytes, &limits);
    let references = stix::references(bytes, &limits);
    let summary = stix::summary(bytes, &limits);
    let id = stix::deterministic_id(bytes, &limits);
    if let Ok(object) = inspected {
        // What is a STIX object is at least a JSON document to the others.
        assert!(references.is_ok() && summary.is_ok() && id.is_ok());
        let _ = (object.version(), object.severity(), object.is_quarantined());
        if let Some(time) = object.version() {
            let normal = time.normalised();
            assert!(StixTime::parse(&normal).is_some(), "{normal} is no time");
        }
    }
}

/// A pattern that reads is printed to one that reads the same.
pub fn pattern(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(read) = pattern::parse(text) else { return };
    let _ = (pattern::remarks(&read), read.tests().len(), read.matches().len());
    let printed = read.to_string();
    let again = pattern::parse(&printed).unwrap_or_else(|error| panic!("{printed:?} of {text:?}: {error}"));
    assert_eq!(again.to_string(), printed);
}
