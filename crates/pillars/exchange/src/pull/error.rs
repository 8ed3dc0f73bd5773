//! Why a walk did not come to its end.

use desk::outbound::{OutboundError, UrlError};
use desk::sql::SqlError;
use formats::taxii::Trouble;

use crate::ingest::IngestError;

/// Why. What was taken in before is kept, and the next walk goes on there.
#[derive(Debug, thiserror::Error)]
pub enum PullError {
    /// A URL that the server or the caller gave.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// No answer, also after waiting.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// The credentials.
    #[error("{url} does not let us in ({status}{}); check --user with --password-file, or --token-file", told(.trouble))]
    Denied {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// What it said.
        trouble: Trouble,
    },
    /// Credentials that cannot be sent.
    #[error("the credentials hold characters that HTTP cannot carry; look for a line break inside the file")]
    Unspeakable,
    /// Refused for another reason.
    #[error("{url} answers {status}{}; ask its operator, or check the URL", told(.trouble))]
    Refused {
        /// What was asked.
        url: String,
        /// HTTP status.
        status: u16,
        /// What it said.
        trouble: Trouble,
    },
    /// It wants to be left alone longer than we wait.
    #[error("{url} asks to come back in {wait_s} s; run the command again then")]
    Later {
        /// What was asked.
        url: String,
        /// Seconds.
        wait_s: u64,
    },
    /// Not TAXII.
    #[error(
        "{url} answers {found:?} instead of TAXII 2.1; check the URL, and that no portal stands in between"
    )]
    NotTaxii {
        /// What was asked.
        url: String,
        /// The Content-Type, or what is wrong.
        found: String,
    },
    /// TAXII 2.0.
    #[error(
        "{url} speaks TAXII 2.0, which pages differently and is not pulled; ask its operator for the 2.1 API root"
    )]
    Old {
        /// What was asked.
        url: String,
    },
    /// A page that is no page, again and again.
    #[error(
        "{url} sent a page that cannot be read to its end: {reason}; what came before is kept, nothing is skipped"
    )]
    Malformed {
        /// What was asked.
        url: String,
        /// What is wrong, with its place.
        reason: String,
    },
    /// The server says that there is more but leads nowhere.
    #[error(
        "{url} says that there is more and {how}; what came is kept, the next walk begins again at the last complete one"
    )]
    Stuck {
        /// What was asked.
        url: String,
        /// How it leads nowhere.
        how: &'static str,
    },
    /// More pages than one walk takes.
    #[error("{pages} pages and no end; what came is kept, run the command again to go on")]
    Endless {
        /// Pages read.
        pages: u64,
    },
    /// Which collection is meant.
    #[error("{reason}; name one with --collection: {choices}")]
    Which {
        /// Why it is not clear.
        reason: String,
        /// What there is.
        choices: String,
    },
    /// The account may not read it.
    #[error("this account may not read the collection {0:?}; ask its operator")]
    Unreadable(String),
    /// The intake.
    #[error(transparent)]
    Ingest(#[from] IngestError),
    /// The local store.
    #[error("cannot keep the place of the walk: {0}; see `entente doctor`")]
    Place(#[from] SqlError),
}

impl PullError {
    /// True when asking again can only annoy the server or lock the account: somebody must change something first.
    pub fn needs_a_person(&self) -> bool {
        match self {
            Self::Url(_)
            | Self::Denied { .. }
            | Self::Unspeakable
            | Self::Old { .. }
            | Self::Which { .. }
            | Self::Unreadable(_) => true,
            Self::Outbound(error) => !error.is_passing(),
            Self::Refused { .. }
            | Self::Later { .. }
            | Self::NotTaxii { .. }
            | Self::Malformed { .. }
            | Self::Stuck { .. }
            | Self::Endless { .. }
            | Self::Ingest(_)
            | Self::Place(_) => false,
        }
    }
}

fn told(trouble: &Trouble) -> String {
    let mut text = format!(", {}", trouble.title);
    if let Some(description) = &trouble.description {
        text.push_str(": ");
        text.push_str(description);
    }
    text
}
