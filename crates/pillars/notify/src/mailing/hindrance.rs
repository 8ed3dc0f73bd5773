//! What stands in the way of a report by mail, and what to do.

use model::{Timestamp, Tlp};
use ui::locale::{Part, Sentence};
use ui::sentence;

/// Why a report did not go by mail, or why nobody knows whether it went.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub enum Hindrance {
    /// The node has no mail server.
    NoServer,
    /// Mail may not carry what a report is marked as.
    Marking {
        /// What mail may carry.
        up_to: Tlp,
        /// What a report is.
        marked: Tlp,
    },
    /// An attempt at the same stage has no known end.
    Open {
        /// When it was begun.
        since: Timestamp,
    },
    /// This very report was taken already.
    Same {
        /// When.
        at: Timestamp,
    },
    /// It is still being handed over.
    Underway,
    /// The server said no.
    Refused {
        /// Which server.
        server: String,
        /// What it said.
        said: String,
    },
    /// The server was not reached.
    Away {
        /// Which server.
        server: String,
        /// What happened.
        said: String,
    },
    /// It went out, and no answer came.
    Doubtful {
        /// Which server.
        server: String,
        /// What happened.
        said: String,
    },
}

impl Hindrance {
    /// What happened, and what to do.
    pub fn sentence(&self) -> Sentence {
        match self {
            Self::NoServer => sentence!("refused-mail-none"),
            Self::Marking { up_to, marked } => {
                sentence!("refused-mail-marking", up_to = up_to.to_string(), marked = marked.to_string())
            }
            Self::Open { since } => sentence!("refused-mail-open", since = *since),
            Self::Same { at } => sentence!("refused-mail-same", at = *at),
            Self::Underway => sentence!("refused-mail-underway"),
            Self::Refused { server, said } => {
                sentence!("refused-mail-refused", server = server.as_str(), said = Part::quoted(said))
            }
            Self::Away { server, said } => {
                sentence!("refused-mail-away", server = server.as_str(), said = Part::quoted(said))
            }
            Self::Doubtful { server, said } => {
                sentence!("refused-mail-doubtful", server = server.as_str(), said = Part::quoted(said))
            }
        }
    }
}
