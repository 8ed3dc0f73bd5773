//! Why a request out did not succeed, and whether asking again can help.

use std::net::IpAddr;

use super::url::UrlError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// A URL, or a redirect, that cannot be used.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The guard.
    #[error(
        "{host} has the address {address}, which is {what}; if it is meant, add \"{address}\" or \"{host}\" to [outbound] allow"
    )]
    Guarded {
        /// The host asked for.
        host: String,
        /// The address it has.
        address: IpAddr,
        /// What kind of address that is.
        what: &'static str,
    },
    /// Plain HTTP to the open network.
    #[error("{host} would be asked without TLS; use https, or add \"{host}\" to [outbound] allow")]
    Plain {
        /// The host asked for.
        host: String,
    },
    /// The name server.
    #[error("{host} cannot be found: {reason}; check the name and the resolver of this machine")]
    Unknown {
        /// The host asked for.
        host: String,
        /// What the resolver said.
        reason: String,
    },
    /// Nobody answers there.
    #[error("cannot connect to {host}: {reason}")]
    Unreachable {
        /// The host asked for.
        host: String,
        /// What the system said.
        reason: String,
    },
    /// TLS failed: a certificate that is not trusted, or no common language.
    #[error(
        "no trusted TLS connection to {host}: {reason}; name its certificate authority in [outbound] ca_file"
    )]
    Untrusted {
        /// The host asked for.
        host: String,
        /// What TLS said.
        reason: String,
    },
    /// The connection broke, or what came is not HTTP.
    #[error("the answer of {host} broke off: {reason}")]
    Broken {
        /// The host asked for.
        host: String,
        /// What happened.
        reason: String,
    },
    /// Too slow.
    #[error("{host} did not answer within {limit_s} s")]
    Late {
        /// The host asked for.
        host: String,
        /// How long was waited.
        limit_s: u64,
    },
    /// Too long.
    #[error("the answer of {host} is longer than {limit_bytes} bytes; ask for smaller pages")]
    TooLarge {
        /// The host asked for.
        host: String,
        /// The bound.
        limit_bytes: usize,
    },
    /// A redirect to another origin.
    #[error(
        "{from} redirects to {to}; nothing is sent there, use that address itself if it is the right one"
    )]
    Elsewhere {
        /// Who redirects.
        from: String,
        /// To which origin.
        to: String,
    },
    /// A redirect without a target.
    #[error("{url} redirects without saying where; ask its operator")]
    Nowhere {
        /// Who redirects.
        url: String,
    },
    /// Redirects without end.
    #[error("{url} redirects again and again; ask its operator")]
    Circle {
        /// What was asked for.
        url: String,
    },
}

impl OutboundError {
    /// True when the same request may succeed later.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unknown { .. } | Self::Unreachable { .. } | Self::Broken { .. } | Self::Late { .. } => true,
            Self::Url(_)
            | Self::Guarded { .. }
            | Self::Plain { .. }
            | Self::Untrusted { .. }
            | Self::TooLarge { .. }
            | Self::Elsewhere { .. }
            | Self::Nowhere { .. }
            | Self::Circle { .. } => false,
        }
    }
}
