//! One checkpoint: parsed, verified, or signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::{Digest, from_base64};

use super::signed;
use crate::keys::{PartyKeys, SignatureError, VerifyingKeys};

/// The longest note a node reads, bytes; two hybrid signatures take about 13,000.
const MAX_NOTE_BYTES: usize = 64 * 1024;

/// A checkpoint as its exact text, with what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointNote {
    text: String,
    origin: String,
    size: u64,
    root: Digest,
}

/// Why bytes are not a checkpoint, or prove nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not the form of C2SP tlog-checkpoint in a C2SP signed note.
    #[error("not a signed checkpoint: {0}")]
    Malformed(&'static str),
    /// No pair of signature lines by the expected keys.
    #[error(
        "the checkpoint is not signed by the expected keys; fetch the party's key rotations, or stop the link"
    )]
    Unsigned,
    /// A signature does not hold.
    #[error("the checkpoint is forged or damaged: {0}; stop the link and ask its author")]
    Signature(SignatureError),
    /// Another log's checkpoint.
    #[error("the checkpoint is of log {found}, not of {expected}")]
    OtherLog {
        /// The origin that was expected.
        expected: String,
        /// The origin found.
        found: String,
    },
}

impl CheckpointNote {
    /// Signs a checkpoint of the log named `origin`.
    pub fn sign(origin: &str, size: u64, root: Digest, keys: &PartyKeys) -> Self {
        let text = format!("{origin}\n{size}\n{}\n", STANDARD.encode(root.0));
        let note = signed::sign(&text, origin, keys);
        Self { text: note, origin: origin.to_owned(), size, root }
    }

    /// Reads a note; nothing is verified yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteError> {
        if bytes.len() > MAX_NOTE_BYTES {
            return Err(NoteError::Malformed("longer than 65,536 bytes"));
        }
        let note = std::str::from_utf8(bytes).map_err(|_| NoteError::Malformed("not UTF-8"))?;
        let (text, _) = signed::split(note)?;
        let mut lines = text.lines();
        let origin = lines.next().filter(|line| !line.is_empty()).ok_or(NoteError::Malformed("no origin"))?;
        let size_text = lines.next().ok_or(NoteError::Malformed("no size"))?;
        let size: u64 = size_text.parse().map_err(|_| NoteError::Malformed("the size is not a number"))?;
        if size.to_string() != size_text || size > i64::MAX as u64 {
            return Err(NoteError::Malformed("the size is not in canonical form"));
        }
        let root =
            lines.next().and_then(|line| from_base64(line).ok()).and_then(|bytes| bytes.try_into().ok());
        let root = Digest(root.ok_or(NoteError::Malformed("the root is not 32 bytes of base64"))?);
        Ok(Self { text: note.to_owned(), origin: origin.to_owned(), size, root })
    }

    /// Checks that it is of the log named `origin` and signed by `keys`, both ways.
    pub fn verify(&self, origin: &str, keys: &VerifyingKeys) -> Result<(), NoteError> {
        if self.origin != origin {
            return Err(NoteError::OtherLog { expected: origin.to_owned(), found: self.origin.clone() });
        }
        let (text, lines) = signed::split(&self.text)?;
        signed::verify(text, origin, &lines, keys)
    }

    /// The note as it is sent and stored.
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// The note as text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many records it vouches for.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The Merkle root over them.
    pub fn root(&self) -> Digest {
        self.root
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(n: u8) -> PartyKeys {
        PartyKeys::from_seeds([[n; 32], [n + 1; 32]]).expect("keys")
    }

    #[test]
    fn a_checkpoint_reads_back_and_verifies_for_its_own_log_and_keys_alone() {
        let note = CheckpointNote::sign("entente/real/ab", 42, Digest([7; 32]), &keys(1));
        let read = CheckpointNote::parse(note.as_bytes()).expect("a note");
        assert_eq!(read, note);
        assert_eq!(read.verify("entente/real/ab", keys(1).verifying()), Ok(()));
        assert_eq!(read.verify("entente/real/ab", keys(3).verifying()), Err(NoteError::Unsigned));
        assert!(matches!(
            read.verify("entente/real/cd", keys(1).verifying()),
            Err(NoteError::OtherLog { .. })
        ));
    }

    #[test]
    fn a_changed_size_or_root_breaks_both_signatures() {
        let note = CheckpointNote::sign("entente/real/ab", 42, Digest([7; 32]), &keys(1));
        let forged = note.text().replacen("\n42\n", "\n43\n", 1);
        let read = CheckpointNote::parse(forged.as_bytes()).expect("well formed");
        assert!(matches!(read.verify("entente/real/ab", keys(1).verifying()), Err(NoteError::Signature(_))));
    }

    #[test]
    fn text_that_is_no_checkpoint_is_refused_with_a_reason() {
        for bad in ["", "a\n1\n", "a\n01\nAAAA\n\n\u{2014} a AAAA\n", "a\n1\nAA\n\nx\n", "\u{2014}"] {
            assert!(CheckpointNote::parse(bad.as_bytes()).is_err(), "{bad:?}");
        }
    }
}
