//! Taking away what the views hold because of a body that was erased.

use ledger::{Ledger, LogKey};
use records::audit::Audit;
use records::consumer::Consumer;
use records::erasure::Erasure;
use records::group::Group;
use records::proposal::Proposal;
use records::release_decision::ReleaseDecision;
use records::release_draft::ReleaseDraft;
use records::release_rule::ReleaseRule;
use records::rotation::Rotation;
use records::signature::Signature;
use records::trust::Trust;
use records::withdrawal::Withdrawal;
use records::{Body as _, Header};

use super::entry::{Erased, FoldError, Folding};
use crate::pillar::Pillar;

/// The desk's own tables quote the bodies of these; they are few, and folding anew is right for them.
const QUOTED: [&str; 10] = [
    Trust::KIND,
    Rotation::KIND,
    Proposal::KIND,
    Signature::KIND,
    Withdrawal::KIND,
    Consumer::KIND,
    Group::KIND,
    ReleaseRule::KIND,
    ReleaseDraft::KIND,
    ReleaseDecision::KIND,
];

/// Asks every projection to forget the body; [`FoldError::Anew`] when one of them cannot.
pub(super) fn take_away(
    folding: &mut Folding<'_>,
    ledger: &Ledger,
    erasure: &Erasure,
    pillars: &[Pillar],
) -> Result<(), FoldError> {
    let party = erasure.author.unwrap_or(folding.me);
    let Some(log) = ledger.find(&LogKey { party, realm: folding.realm.clone() }) else { return Ok(()) };
    let mut found = None;
    ledger.reader()?.at(log, erasure.position, |entry| {
        found = entry.header.map(|header| (entry.seq, entry.at_us, header.to_vec()));
    })?;
    let Some((seq, at_us, header)) = found else { return Ok(()) };
    let Ok(header) = Header::parse(&header) else { return Ok(()) };
    if QUOTED.contains(&header.kind.as_ref()) {
        return Err(FoldError::Anew);
    }
    if header.kind == Audit::KIND {
        super::audit::forget(folding, seq)?;
    }
    let erased = Erased { seq, at_us, header: &header };
    for pillar in pillars {
        if !(pillar.erase)(folding, &erased)? {
            return Err(FoldError::Anew);
        }
    }
    Ok(())
}
