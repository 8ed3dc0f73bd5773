//! The file in which somebody proposes an agreement.

use model::Agreement;

/// One that reads as TOML or JSON is written to JSON that reads the same, as its record carries it.
pub fn file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let read = [toml::from_str::<Agreement>(text).ok(), serde_json::from_str::<Agreement>(text).ok()];
    for agreement in read.into_iter().flatten() {
        let written = serde_json::to_string(&agreement).expect("what was read is written");
        assert_eq!(serde_json::from_str::<Agreement>(&written).ok(), Some(agreement));
    }
}
