//! The one door out of a node but for links: mail goes by [`Mailer`], and what is asked of others over HTTP through [`Outbound`], which bounds time and
//! size, follows redirects only to where it asked, and speaks only to addresses that the guard has passed.
//!
//! The guard is against requests forged through us: a URL, a redirect or a name server must not lead a node to
//! itself, to its neighbours or to the metadata service of its cloud. Names are resolved here, every address is
//! checked, and the connection goes to the address that was checked, so a second answer of the name server cannot
//! change anything.

mod connect;
mod error;
mod exchange;
mod guard;
mod hand_over;
mod mail;
mod pinned;
mod trust;
mod url;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use tokio::sync::Mutex;
use tokio_rustls::TlsConnector;

pub use error::OutboundError;
pub use guard::{Allowed, AllowedError};
pub use hand_over::{Dispatch, Enclosed, NotTaken, Taken, Written};
pub use mail::{Letter, MailError, MailOptions, MailSetupError, MailTls, Mailer, is_address};
pub use trust::TrustError;
pub use url::{Url, UrlError};

/// How a node may go out.
#[derive(Debug, Clone, Default)]
pub struct OutboundOptions {
    /// Hosts and networks that may be reached although they are not public.
    pub allow: Vec<Allowed>,
    /// Certificate authorities in PEM; `None` trusts those of the system.
    pub ca_file: Option<PathBuf>,
    /// Bounds of each request.
    pub bounds: Bounds,
}

/// Bounds of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Name, connection and TLS together.
    pub connect: Duration,
    /// The longest silence while an answer is awaited or comes in.
    pub silence: Duration,
    /// Everything together, redirects too.
    pub whole: Duration,
    /// The largest body, bytes.
    pub body_bytes: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(60),
            whole: Duration::from_secs(600),
            body_bytes: 128 << 20,
        }
    }
}

/// What a server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The URL that answered, after redirects.
    pub url: Url,
    /// Status.
    pub status: StatusCode,
    /// Header fields.
    pub headers: HeaderMap,
    /// The body, whole.
    pub body: Bytes,
}

/// Redirects followed for one request.
const MAX_REDIRECTS: usize = 5;

/// The way out. One connection is kept open between requests to the same origin.
pub struct Outbound {
    allow: Vec<Allowed>,
    bounds: Bounds,
    tls: TlsConnector,
    kept: Mutex<Option<connect::Connection>>,
}

impl std::fmt::Debug for Outbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbound").field("allow", &self.allow).finish_non_exhaustive()
    }
}

impl Outbound {
    /// A way out as the configuration says. Reads the certificate authorities.
    pub fn new(options: &OutboundOptions) -> Result<Self, TrustError> {
        let tls = TlsConnector::from(Arc::new(trust::client(options.ca_file.as_deref())?));
        Ok(Self { allow: options.allow.clone(), bounds: options.bounds, tls, kept: Mutex::new(None) })
    }

    /// A way to servers that show the first certificate of `file` and hold its key, whatever they are called; the authorities of
    /// `options` count for nothing.
    pub fn pinned(options: &OutboundOptions, file: &Path) -> Result<Self, TrustError> {
        let tls = TlsConnector::from(Arc::new(pinned::client(file)?));
        Ok(Self { allow: options.allow.clone(), bounds: options.bounds, tls, kept: Mutex::new(None) })
    }

    /// The same way out with a connection of its own: whoever is slow on one holds up nobody on the other.
    pub(crate) fn apart(&self) -> Self {
        let (allow, tls) = (self.allow.clone(), self.tls.clone());
        Self { allow, bounds: self.bounds, tls, kept: Mutex::new(None) }
    }

    /// Asks for `url` with `headers`. Credentials among them are sent to the origin of `url` and nowhere else:
    /// a redirect to another origin is an error that names it.
    pub async fn get(&self, url: &Url, headers: &HeaderMap) -> Result<Answer, OutboundError> {
        let whole = self.bounds.whole;
        tokio::time::timeout(whole, self.follow(url, headers)).await.unwrap_or_else(|_| {
            Err(OutboundError::Late { host: url.host().to_owned(), limit_s: whole.as_secs() })
        })
    }

    /// Posts `body` to `url`, once: a redirect is an answer like any other and is not followed.
    pub async fn post(&self, url: &Url, headers: &HeaderMap, body: String) -> Result<Answer, OutboundError> {
        let whole = self.bounds.whole;
        let posted = self.once(url, headers, Some(&body));
        tokio::time::timeout(whole, posted).await.unwrap_or_else(|_| {
            Err(OutboundError::Late { host: url.host().to_owned(), limit_s: whole.as_secs() })
        })
    }

    async fn follow(&self, asked: &Url, headers: &HeaderMap) -> Result<Answer, OutboundError> {
        let mut url = asked.clone();
        for _ in 0..=MAX_REDIRECTS {
            let answer = self.once(&url, headers, None).await?;
            if !is_redirect(answer.status) {
                return Ok(answer);
            }
            let target = answer.headers.get(http::header::LOCATION).and_then(|value| value.to_str().ok());
            let target = target.ok_or_else(|| OutboundError::Nowhere { url: url.to_string() })?;
            let next = url.join(target)?;
            if next.origin() != asked.origin() {
                return Err(OutboundError::Elsewhere {
                    from: url.to_string(),
                    to: next.origin().to_string(),
                });
            }
            url = next;
        }
        Err(OutboundError::Circle { url: asked.to_string() })
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}
