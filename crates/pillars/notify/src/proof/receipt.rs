//! The authority's half of a proof: that its log holds a receipt for this very filing, under a checkpoint that the
//! authority signed, and by which key that was checked.

use desk::Desk;
use desk::card;
use ledger::{CheckpointNote, LogKey};
use model::{PartyId, Realm, RecordId, Timestamp};
use records::filing::Filing;
use records::message::{Message, Says};
use records::submission::Submission;
use records::{Body as _, Header};
use serde::Serialize;

use super::export::{ExportError, card_of, place, proved};
use super::verify::{ProofError, included, signed};
use super::{Bare, Receipt};
use crate::authority::letters::letter;

/// What the authority's log says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Received {
    /// The authority.
    pub party: PartyId,
    /// Its short name, as its card says.
    pub name: String,
    /// The fingerprint of its first keys, to compare with what the reader trusts.
    pub fingerprint: String,
    /// The filing that it received.
    pub filing: RecordId,
    /// Its reference.
    pub reference: String,
    /// When it came, as the authority says.
    pub at: Timestamp,
    /// The receipt.
    pub record: RecordId,
    /// The size of the authority's log that its checkpoint vouches for.
    pub size: u64,
}

/// The receipt of a submission over the link, once it has come.
pub(super) fn receipt(desk: &Desk, sent: &Submission, size: u64) -> Result<Option<Receipt>, ExportError> {
    if sent.channel != "link" {
        return Ok(None);
    }
    let Some(letter) = letter(&desk.views, &sent.reference)? else { return Ok(None) };
    let of_authority = letter.said.iter().filter(|spoken| spoken.from == letter.filing.to);
    let Some(received) =
        of_authority.into_iter().find(|spoken| matches!(spoken.message.says, Says::Received { .. }))
    else {
        return Ok(None);
    };
    let key = LogKey { party: letter.filing.to, realm: Realm::Real };
    let Some(log) = desk.ledger.find(&key) else { return Ok(None) };
    let held = desk.ledger.size(log);
    let Some(note) = desk.ledger.reader()?.checkpoint_upto(log, held)? else { return Ok(None) };
    let (header, position, path) = place(desk, (desk.log, letter.record), size)?;
    Ok(Some(Receipt {
        filing: Bare { header, position, path },
        card: card_of(desk, letter.filing.to)?,
        checkpoint: note.text().to_owned(),
        received: proved(desk, (log, received.record), note.size())?,
    }))
}

/// Checks it: each step names the one before.
pub(super) fn check(
    receipt: &Receipt,
    sent: &Submission,
    (party, own): (PartyId, &CheckpointNote),
) -> Result<Received, ProofError> {
    let wrong = |what: &'static str| ProofError::Receipt(what);
    let filing = &receipt.filing;
    let inclusion = filing.inclusion(own.size(), own.root());
    if !inclusion.is_some_and(|inclusion| inclusion.holds()) {
        return Err(wrong("for a filing that is not in the log of the party"));
    }
    let header =
        Header::parse(filing.header.as_bytes()).map_err(|error| ProofError::Malformed(error.to_string()))?;
    let record = records::leaf_hash(filing.header.as_bytes());
    if header.author != party || header.kind != Filing::KIND || record.to_string() != sent.reference {
        return Err(wrong("for another record than the filing that was noted as submitted"));
    }
    let (authority, line) = card::line(&receipt.card)?;
    let note = CheckpointNote::parse(receipt.checkpoint.as_bytes())?;
    signed(&note, authority.party, &line)
        .map_err(|_| wrong("under a checkpoint that the authority on the card did not sign"))?;
    let header = included(0, &receipt.received, &note).map_err(|_| {
        wrong("not in the log that the authority's checkpoint vouches for, or it was changed")
    })?;
    if header.author != authority.party || header.kind != Message::KIND {
        return Err(wrong("no receipt of the authority on the card"));
    }
    let message: Message = serde_json::from_str(&receipt.received.body)
        .map_err(|error| ProofError::Malformed(error.to_string()))?;
    let Says::Received { at } = message.says else { return Err(wrong("another message, and no receipt")) };
    if message.filing != record {
        return Err(wrong("a receipt for another filing"));
    }
    Ok(Received {
        party: authority.party,
        name: authority.short,
        fingerprint: line.first().fingerprint_text(),
        filing: record,
        reference: message.reference,
        at,
        record: records::leaf_hash(receipt.received.header.as_bytes()),
        size: note.size(),
    })
}
