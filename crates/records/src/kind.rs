//! Which kinds exist, and how far each may ever travel.

use serde::Serialize;
use serde::de::DeserializeOwned;

/// A body of one of our own kinds.
pub trait Body: Serialize + DeserializeOwned {
    /// The kind, such as `accord.proposal.v1`; fixed for ever.
    const KIND: &'static str;
}

/// How far records of a kind may travel at all; the verdict starts from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The node's own bookkeeping: never leaves.
    Own,
    /// Makes or ends trust itself, or answers what its recipient sent, so it goes to whom it names without an agreement.
    Named,
    /// Goes where an agreement grants it.
    Agreed,
}

/// The reach of a kind. A kind this node does not know flows only under a grant that names it.
pub fn reach(kind: &str) -> Reach {
    match kind {
        "party.card.v1"
        | "party.rotation.v1"
        | "accord.proposal.v1"
        | "accord.signature.v1"
        | "accord.withdrawal.v1"
        | "exchange.retraction.v1"
        | "exchange.receipt.v1"
        | "notify.message.v1" => Reach::Named,
        "party.trust.v1"
        | "party.consumer.v1"
        | "party.group.v1"
        | "desk.audit.v1"
        | "release.rule.v1"
        | "release.draft.v1"
        | "release.decision.v1"
        | "ledger.erasure.v1"
        | "exchange.delivery.v1"
        | "exchange.quarantine.v1"
        | "notify.incident.v1"
        | "notify.fact.v1"
        | "notify.determination.v1"
        | "notify.submission.v1"
        | "notify.assignment.v1"
        | "notify.reminder.v1"
        | "notify.screening.v1"
        | "notify.evidence.v1"
        | "notify.mailbox.v1"
        | "notify.mailing.v1"
        | "notify.pack.v1"
        | "notify.obligation.v1"
        | "notify.report.v1"
        | "notify.handling.v1"
        | "notify.cause.v1"
        | "notice.receipt.v1"
        | "picture.handover.v1"
        | "picture.publication.v1"
        | "link.equivocation.v1" => Reach::Own,
        _ => Reach::Agreed,
    }
}

macro_rules! body {
    ($body:ty, $kind:literal) => {
        impl crate::kind::Body for $body {
            const KIND: &'static str = $kind;
        }
    };
}
pub(crate) use body;

/// True for the kinds that this version of the vocabulary defines.
pub fn is_known(kind: &str) -> bool {
    const AGREED: [&str; 9] = [
        crate::delivery::OBJECT,
        "notify.filing.v1",
        "notify.forward.v1",
        "notify.warning.v1",
        "picture.snapshot.v1",
        "picture.cosign.v1",
        "picture.watch.v1",
        "notify.pledge.v1",
        "notify.practice.v1",
    ];
    AGREED.contains(&kind) || reach(kind) != Reach::Agreed
}
