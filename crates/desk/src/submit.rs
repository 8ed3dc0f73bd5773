//! Submitting: sealed records go to the ledger, and a receipt comes back once they are durable.

use std::time::Duration;

use bytes::Bytes;
use ledger::{AppendError, Draft, OnceKey, Receipt};
use model::{PartyId, Timestamp};
use records::{Body, Marked, Recipients, Seal, Sealed};

use crate::desk::Desk;
use crate::edge;

/// How long a caller waits for its own record to be folded.
pub const FOLD_PATIENCE: Duration = Duration::from_secs(10);

/// Why nothing was submitted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SubmitError {
    /// The ledger refused.
    #[error(transparent)]
    Append(#[from] AppendError),
    /// The ledger stopped before it answered.
    #[error(
        "the ledger stopped before it answered; start the node again and check whether the record is there"
    )]
    Stopped,
}

impl Desk {
    /// Appends sealed records and waits until they are durable. Blocks; see [`Desk::submit`].
    pub fn submit_blocking(&self, sealed: Vec<Sealed>) -> Result<Receipt, SubmitError> {
        Ok(self.ledger.append(self.log, sealed.into_iter().map(draft).collect())?)
    }

    /// Appends sealed records; resolves once they are durable.
    pub async fn submit(&self, sealed: Vec<Sealed>) -> Result<Receipt, SubmitError> {
        let (answer, answered) = tokio::sync::oneshot::channel();
        let drafts = sealed.into_iter().map(draft).collect();
        self.ledger.append_with(
            self.log,
            drafts,
            Box::new(move |result| {
                let _ = answer.send(result); // a caller that went away needs no answer
            }),
        );
        answered.await.map_err(|_| SubmitError::Stopped)?.map_err(SubmitError::Append)
    }

    /// Seals one body of our own kinds for this node alone and submits it; returns when it is folded.
    pub fn note<B: Body>(&self, body: &B) -> Result<Receipt, SubmitError> {
        let sealed = self.seal::<B>(edge::now()).body(body, edge::salt());
        self.submit_and_fold(vec![sealed])
    }

    /// Seals one body for `recipients` by name, marked as `marked` says, and submits it.
    pub fn send<B: Body>(
        &self,
        body: &B,
        marked: Marked,
        recipients: &[PartyId],
        about: &[String],
    ) -> Result<Receipt, SubmitError> {
        let to = Recipients::blind(recipients, edge::random);
        let seal = Seal { marked, to: Some(&to), about, ..self.seal::<B>(edge::now()) };
        self.submit_and_fold(vec![seal.body(body, edge::salt())])
    }

    /// A seal with this party, realm and instant, and nothing else said.
    pub fn seal<B: Body>(&self, stated_at: Timestamp) -> Seal<'_> {
        Seal::of::<B>(self.me, &self.realm, stated_at)
    }

    /// Submits and waits until the views show it, so that the next page is not stale.
    pub fn submit_and_fold(&self, sealed: Vec<Sealed>) -> Result<Receipt, SubmitError> {
        let receipt = self.submit_blocking(sealed)?;
        self.fold_up_to(&receipt);
        Ok(receipt)
    }

    /// The same for answers of which each carries a key: those that another node of this party has given are left out.
    /// Says how many were submitted.
    pub fn submit_once(&self, answers: Vec<(OnceKey, Sealed)>) -> Result<usize, SubmitError> {
        let append = |answers: Vec<(OnceKey, Sealed)>| {
            let (keys, drafts) = answers.into_iter().map(|(key, sealed)| (key, draft(sealed))).unzip();
            match self.ledger.append_once(self.log, drafts, keys) {
                Ok(receipt) => {
                    self.fold_up_to(&receipt);
                    Ok(receipt.count as usize)
                }
                Err(AppendError::Repeated) => Ok(0),
                Err(error) => Err(error),
            }
        };
        let count = answers.len();
        let mut given = append(answers.clone())?;
        if given == 0 && count > 1 {
            // One of them was given: each by itself.
            for answer in answers {
                given += append(vec![answer])?;
            }
        }
        Ok(given)
    }

    fn fold_up_to(&self, receipt: &Receipt) {
        if let Err(late) = self.views.wait_blocking(receipt.last_seq(), FOLD_PATIENCE) {
            tracing::warn!(%late, "submitted, not yet folded"); // durable all the same
        }
    }
}

/// What the ledger stores of a sealed record.
pub fn draft(sealed: Sealed) -> Draft {
    Draft {
        header: Bytes::from(sealed.header),
        body: Some(sealed.body),
        openings: sealed.openings.map(Bytes::from),
    }
}
