//! Signed checkpoints, and the file of the keys.

use std::path::Path;
use std::sync::LazyLock;

use ledger::CheckpointNote;
use ledger::keys::PartyKeys;

/// A parser under attack: its name, which is also that of its folder of seeds, and what reads the bytes.
type Target = (&'static str, fn(&[u8]));

/// The targets of the ledger.
pub const TARGETS: &[Target] = &[("signed_note", note), ("key_file", key_file)];

static KEYS: LazyLock<PartyKeys> = LazyLock::new(|| PartyKeys::from_seeds([[3; 32], [4; 32]]).expect("keys"));

/// Nothing that was not signed by these keys verifies. The seeds hold a good note by other keys.
pub fn note(bytes: &[u8]) {
    let Ok(note) = CheckpointNote::parse(bytes) else { return };
    assert_eq!(note.text().as_bytes(), bytes);
    assert!(note.verify(note.origin(), KEYS.verifying()).is_err(), "a note nobody signed verifies");
    let again = CheckpointNote::parse(note.text().as_bytes()).expect("it reads again");
    assert_eq!(again, note);
}

/// A key file that reads gives keys; anything else is refused with its line.
pub fn key_file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(error) = PartyKeys::read(text, Path::new("party.key")) {
        assert!(error.to_string().contains("party.key"));
    }
}
