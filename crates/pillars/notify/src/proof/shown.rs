//! What a checked file shows, link by link, and what it does not: said to whoever relies on it.

use serde::Serialize;

use super::receipt::Received;
use records::submission::Submission;

/// One link of the chain, checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// The card was signed by the keys of the fingerprint.
    Key,
    /// Those keys signed the state of the log.
    Checkpoint,
    /// Each record stands in that log, unchanged.
    Records,
    /// One of them says that the stage was submitted, and when.
    Submission,
    /// A second person approved it, the record says.
    Second,
    /// The dates follow from the records by the law.
    Law,
    /// The filing named there stands in the same log.
    Filing,
    /// The authority's card was signed by the keys of its fingerprint.
    AuthorityKey,
    /// Those keys signed the state of the authority's log.
    AuthorityCheckpoint,
    /// The receipt stands in that log, unchanged.
    Receipt,
    /// It names this very filing, its reference and the moment it came.
    ReceiptNames,
    /// The mail server's reply, the `Message-ID` and the digest of the message stand in the submission.
    Mail,
    /// A file of evidence is named by its digest.
    Evidence,
}

/// Something that the file does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unproved {
    /// That the fingerprints are those of the real organisations.
    Who,
    /// The hour of sending, which is the party's word.
    Sent,
    /// The hour of receipt, which is the authority's word.
    Received,
    /// That it was received at all: there is no receipt in it.
    Arrival,
    /// That the mail server said so, and carried the report further.
    Server,
    /// What the report said.
    Content,
    /// That the facts behind the dates are true and complete.
    Facts,
    /// That the authority found the report complete.
    Accepted,
    /// That the evidence file says what it should: only its digest is here.
    Evidence,
}

/// The links of a file that was checked.
pub(super) fn links(sent: &Submission, received: Option<&Received>, dated: bool) -> Vec<Link> {
    let mut links = vec![Link::Key, Link::Checkpoint, Link::Records, Link::Submission];
    links.extend(sent.second.as_ref().map(|_| Link::Second));
    links.extend(dated.then_some(Link::Law));
    if received.is_some() {
        links.extend([
            Link::Filing,
            Link::AuthorityKey,
            Link::AuthorityCheckpoint,
            Link::Receipt,
            Link::ReceiptNames,
        ]);
    }
    links.extend(sent.mail.as_ref().filter(|mail| !mail.reply.is_empty()).map(|_| Link::Mail));
    links.extend(sent.evidence_file.as_ref().map(|_| Link::Evidence));
    links
}

/// What stays open.
pub(super) fn unproved(sent: &Submission, received: Option<&Received>) -> Vec<Unproved> {
    let mut open = vec![Unproved::Who, Unproved::Sent];
    match received {
        Some(_) => open.extend([Unproved::Received, Unproved::Accepted]),
        None => open.push(Unproved::Arrival),
    }
    open.extend(sent.mail.as_ref().map(|_| Unproved::Server));
    open.extend([Unproved::Content, Unproved::Facts]);
    open.extend(sent.evidence_file.as_ref().map(|_| Unproved::Evidence));
    open
}
