//! Asking a server, with credentials and patience: what may pass is asked again, later each time.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::edge;
use desk::outbound::{Answer, Outbound, Url};
use formats::taxii::{AnswerBody, CONTENT_TYPE, answer_body, read_trouble, retry_after};
use http::{HeaderMap, HeaderValue, header};

use super::Source;
use super::error::PullError;

/// Who we are at a server.
#[derive(Clone, Default)]
pub enum Credentials {
    /// Nobody.
    #[default]
    None,
    /// A name and its password.
    Basic {
        /// The name.
        user: String,
        /// Its password.
        password: String,
    },
    /// A token.
    Bearer(String),
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic(…)",
            Self::Bearer(_) => "Bearer(…)",
        })
    }
}

/// How failures that may pass are borne.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// How often one page is asked for.
    pub attempts: u32,
    /// The first pause; each later one is twice as long.
    pub first: Duration,
    /// The longest pause; a server that asks for more is left for the next run.
    pub longest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self { attempts: 6, first: Duration::from_secs(1), longest: Duration::from_secs(300) }
    }
}

/// One server, as we speak to it.
pub(super) struct Asker<'a> {
    outbound: &'a Outbound,
    headers: HeaderMap,
    pub patience: Patience,
}

impl<'a> Asker<'a> {
    pub fn new(outbound: &'a Outbound, source: &Source) -> Result<Self, PullError> {
        let mut headers = HeaderMap::new();
        // medallion answers 406 to a type without its version.
        headers.insert(header::ACCEPT, HeaderValue::from_static(CONTENT_TYPE));
        let spoken = match &source.credentials {
            Credentials::None => None,
            Credentials::Basic { user, password } => {
                Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))))
            }
            Credentials::Bearer(token) => Some(format!("Bearer {token}")),
        };
        if let Some(spoken) = spoken {
            let mut value = HeaderValue::from_str(&spoken).map_err(|_| PullError::Unspeakable)?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        Ok(Self { outbound, headers, patience: source.patience })
    }

    /// A good TAXII answer, or the reason why there is none after all attempts.
    pub async fn ask(&self, url: &Url) -> Result<Answer, PullError> {
        let mut attempt = 1;
        loop {
            let (failure, wished) = match self.outbound.get(url, &self.headers).await {
                Ok(answer) if answer.status.is_success() => return taxii(answer),
                Ok(answer) => {
                    let wished = wished(&answer);
                    let failure = refusal(answer);
                    if !matches!(&failure, PullError::Refused { status, .. } if is_passing(*status)) {
                        return Err(failure);
                    }
                    (failure, wished)
                }
                Err(error) if error.is_passing() => (error.into(), None),
                Err(error) => return Err(error.into()),
            };
            if let Some(wait_s) = wished.filter(|wait_s| *wait_s > self.patience.longest.as_secs()) {
                return Err(PullError::Later { url: url.to_string(), wait_s });
            }
            if attempt >= self.patience.attempts {
                return Err(failure);
            }
            let pause = self.pause(attempt, wished.map(Duration::from_secs));
            tracing::info!(%url, attempt, %failure, pause_ms = pause.as_millis() as u64, "asking again");
            tokio::time::sleep(pause).await;
            attempt += 1;
        }
    }

    /// Never sooner than the server wished; spread, so that many clients do not come back at one instant.
    pub fn pause(&self, attempt: u32, wished: Option<Duration>) -> Duration {
        let doubled = self.patience.first.saturating_mul(1 << attempt.saturating_sub(1).min(20));
        let base = doubled.min(self.patience.longest);
        let mut byte = [0];
        edge::random(&mut byte);
        base.mul_f64(0.5 + f64::from(byte[0]) / 512.0) + wished.unwrap_or_default()
    }
}

/// Statuses that may be another one soon.
fn is_passing(status: u16) -> bool {
    matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504)
}

fn wished(answer: &Answer) -> Option<u64> {
    let header = answer.headers.get(header::RETRY_AFTER)?.to_str().ok()?;
    retry_after(header, edge::now())
}

fn refusal(answer: Answer) -> PullError {
    let (url, status) = (answer.url.to_string(), answer.status.as_u16());
    let trouble = read_trouble(status, &answer.body);
    match status {
        401 | 403 => PullError::Denied { url, status, trouble },
        _ => PullError::Refused { url, status, trouble },
    }
}

fn taxii(answer: Answer) -> Result<Answer, PullError> {
    let header = answer.headers.get(header::CONTENT_TYPE);
    let text = header.map(|value| value.to_str().unwrap_or("no text"));
    match answer_body(text) {
        AnswerBody::Taxii => Ok(answer),
        AnswerBody::Old => Err(PullError::Old { url: answer.url.to_string() }),
        AnswerBody::Other => Err(PullError::NotTaxii {
            url: answer.url.to_string(),
            found: text.unwrap_or_default().chars().take(100).collect(),
        }),
    }
}
