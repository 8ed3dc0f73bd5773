//! Proof of timely notification: a file that shows offline, to whoever trusts the party's fingerprint, that the records of
//! an incident's clocks and of one submission stand unchanged in the party's log, and what the law makes of them.
//!
//! It holds the records that start and stop the clocks, and no description of the incident: each with its header, its
//! body and its inclusion proof, under one signed checkpoint; the party's card; and the law's version. Where the report
//! went over the link and the authority's receipt has come back, it holds the other half too: the receipt in the
//! authority's log, under the authority's signed checkpoint, and the authority's card.

mod export;
mod receipt;
mod shown;
mod verify;

use ledger::Inclusion;
use model::{Digest, Position};
use records::card::SignedCard;
use serde::{Deserialize, Serialize};

pub use export::{ExportError, export};
pub use receipt::Received;
pub use shown::{Link, Unproved};
pub use verify::{ProofError, Verdict, Verified, verify};

/// The name of the format.
pub const FORMAT: &str = "entente.proof.v1";
/// The largest file that is read, in bytes.
pub const MOST_BYTES: usize = 16 << 20;

/// The file.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    /// Always [`FORMAT`].
    pub format: String,
    /// The stage that was submitted.
    pub stage: String,
    /// Who proves it.
    pub card: SignedCard,
    /// The signed state of the log that vouches for the records.
    pub checkpoint: String,
    /// The records, in the order of the log.
    pub records: Vec<Proved>,
    /// The text of the pack, when it is not the one that programs of that version bring.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    /// By which law it was made.
    pub made_with: String,
    /// What the authority says of it in its own log; nothing when it was filed by hand, or no receipt has come yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
}

/// The other half: the authority's receipt.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// The filing in the party's log, by its header alone: what the report says stays at home.
    pub filing: Bare,
    /// The authority.
    pub card: SignedCard,
    /// The signed state of the authority's log.
    pub checkpoint: String,
    /// The receipt in it.
    pub received: Proved,
}

/// A record without its body: its header names the digest of the body.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bare {
    /// The header, as it was sealed.
    pub header: String,
    /// Its place in the log.
    pub position: u64,
    /// The audit path, as for [`Proved`].
    pub path: Vec<String>,
}

/// One record and its place.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proved {
    /// The header, as it was sealed.
    pub header: String,
    /// The body, as it was sealed.
    pub body: String,
    /// Its place in the log.
    pub position: u64,
    /// The audit path up to the checkpoint's root, lowest first, hexadecimal.
    pub path: Vec<String>,
}

impl Proved {
    /// The inclusion that this record claims under a root; nothing when the path cannot be read.
    fn inclusion(&self, size: u64, root: Digest) -> Option<Inclusion> {
        inclusion(&self.header, self.position, &self.path, (size, root))
    }
}

impl Bare {
    fn inclusion(&self, size: u64, root: Digest) -> Option<Inclusion> {
        inclusion(&self.header, self.position, &self.path, (size, root))
    }
}

fn inclusion(header: &str, position: u64, path: &[String], (size, root): (u64, Digest)) -> Option<Inclusion> {
    let path = path.iter().map(|text| unhex(text)).collect::<Option<Vec<Digest>>>()?;
    let leaf = records::leaf_hash(header.as_bytes()).0;
    Some(Inclusion { leaf, position: Position(position), size, root, path })
}

fn unhex(text: &str) -> Option<Digest> {
    let pairs = text.as_bytes().chunks(2);
    let bytes = pairs.map(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
    let bytes: Vec<u8> = bytes.collect::<Option<_>>()?;
    Some(Digest(bytes.try_into().ok()?))
}
