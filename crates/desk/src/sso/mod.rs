//! Single sign-on: OpenID Connect 1.0, authorization code with PKCE (RFC 7636), state and nonce. The provider says who
//! somebody is; role and clearance are those of the account here, which an administrator made.

mod discovery;
mod jwt;

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue};
use model::{Timestamp, to_base64};
use serde::Deserialize;
use tokio::sync::Mutex;

use crate::edge;
use crate::outbound::{Outbound, OutboundError, Url};

pub use discovery::Provider;
pub use jwt::{Claims, TokenError};

/// What the configuration says.
#[derive(Debug, Clone)]
pub struct SsoOptions {
    /// The provider, as it names itself.
    pub issuer: String,
    /// This node there.
    pub client_id: String,
    /// The secret shared with it, for a confidential client.
    pub client_secret: Option<String>,
    /// The claim that holds the name of the account here.
    pub claim: String,
    /// The URL under which browsers reach this node, without a final slash.
    pub public_url: String,
}

/// The way to sign in at a provider.
#[derive(Debug)]
pub struct Sso {
    options: SsoOptions,
    outbound: Outbound,
    /// What the provider says of itself, and when it was asked.
    known: Mutex<Option<(Timestamp, Arc<Provider>)>>,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum SsoError {
    /// The provider could not be asked.
    #[error(transparent)]
    Outbound(#[from] OutboundError),
    /// A URL of the configuration or of the provider is none.
    #[error("{0:?} is no URL this node may ask")]
    Url(String),
    /// It answered something else than the standard says.
    #[error("the provider's {what} cannot be used: {why}")]
    Answer {
        /// Which answer.
        what: &'static str,
        /// What is wrong.
        why: String,
    },
    /// The token does not prove who it is.
    #[error(transparent)]
    Token(#[from] TokenError),
}

/// What one sign-in remembers while the person is at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errand {
    /// Comes back with the answer.
    pub state: String,
    /// Stands in the token.
    pub nonce: String,
    /// Proves to the provider that who asks for the token is who began.
    pub verifier: String,
}

impl Errand {
    /// A new one.
    pub fn new() -> Self {
        Self { state: random(), nonce: random(), verifier: random() }
    }

    /// As one text, to be kept in a ticket.
    pub fn to_text(&self) -> String {
        format!("{} {} {}", self.state, self.nonce, self.verifier)
    }

    /// From that text.
    pub fn of_text(text: &str) -> Option<Self> {
        let mut parts = text.split(' ').map(str::to_owned);
        let errand = Self { state: parts.next()?, nonce: parts.next()?, verifier: parts.next()? };
        parts.next().is_none().then_some(errand)
    }

    /// What the provider is given beforehand (RFC 7636, S256).
    fn challenge(&self) -> String {
        base64url(digest(&SHA256, self.verifier.as_bytes()).as_ref())
    }
}

impl Default for Errand {
    fn default() -> Self {
        Self::new()
    }
}

/// What is read of a token endpoint's answer.
#[derive(Debug, Deserialize)]
struct Tokens {
    id_token: String,
}

/// For so long what a provider says of itself is believed without asking again.
const FRESH_S: i64 = 300;

impl Sso {
    /// A way to sign in as the configuration says.
    pub fn new(options: SsoOptions, outbound: Outbound) -> Self {
        Self { options, outbound, known: Mutex::new(None) }
    }

    /// Where the person is sent. `again` asks the provider to let them prove anew who they are.
    pub async fn begin(&self, errand: &Errand, again: bool, now: Timestamp) -> Result<String, SsoError> {
        let provider = self.provider(now).await?;
        let encode = ui::query::encode;
        let mut url = format!(
            "{}{}response_type=code&scope=openid%20profile&client_id={}&redirect_uri={}&state={}&nonce={}\
             &code_challenge={}&code_challenge_method=S256",
            provider.authorization_endpoint,
            if provider.authorization_endpoint.contains('?') { '&' } else { '?' },
            encode(&self.options.client_id),
            encode(&self.back()),
            encode(&errand.state),
            encode(&errand.nonce),
            errand.challenge(),
        );
        if again {
            url.push_str("&prompt=login&max_age=0");
        }
        Ok(url)
    }

    /// The name of the account that the provider vouches for.
    pub async fn end(&self, errand: &Errand, code: &str, now: Timestamp) -> Result<String, SsoError> {
        let provider = self.provider(now).await?;
        let token = self.token(&provider, errand, code).await?;
        let wanted = jwt::Wanted {
            issuer: &self.options.issuer,
            client: &self.options.client_id,
            nonce: &errand.nonce,
            now,
        };
        let claims = jwt::verify(&token, &provider.keys, &wanted)?;
        Ok(claims.text(&self.options.claim)?.to_owned())
    }

    /// The provider's own name, for what it says in `iss` beside the code (RFC 9207).
    pub fn issuer(&self) -> &str {
        &self.options.issuer
    }

    /// Where the person comes back to.
    fn back(&self) -> String {
        format!("{}/login/sso/back", self.options.public_url)
    }

    async fn provider(&self, now: Timestamp) -> Result<Arc<Provider>, SsoError> {
        let mut known = self.known.lock().await;
        if let Some((since, provider)) = &*known
            && now.as_second() - since.as_second() < FRESH_S
        {
            return Ok(Arc::clone(provider));
        }
        let provider = Arc::new(Provider::ask(&self.outbound, &self.options.issuer).await?);
        *known = Some((now, Arc::clone(&provider)));
        Ok(provider)
    }

    async fn token(&self, provider: &Provider, errand: &Errand, code: &str) -> Result<String, SsoError> {
        let encode = ui::query::encode;
        let mut form = format!(
            "grant_type=authorization_code&code={}&redirect_uri={}&client_id={}&code_verifier={}",
            encode(code),
            encode(&self.back()),
            encode(&self.options.client_id),
            encode(&errand.verifier),
        );
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        if let Some(secret) = &self.options.client_secret {
            if provider.takes_basic {
                // RFC 6749, section 2.3.1: both parts encoded as in a form, then as Basic.
                let pair = format!("{}:{}", encode(&self.options.client_id), encode(secret));
                let value = format!("Basic {}", to_base64(pair.as_bytes()));
                let value = HeaderValue::from_str(&value).map_err(|_| SsoError::Url("client_id".into()))?;
                headers.insert(AUTHORIZATION, value);
            } else {
                form.push_str(&format!("&client_secret={}", encode(secret)));
            }
        }
        let url = url(&provider.token_endpoint)?;
        let answer = self.outbound.post(&url, &headers, form).await?;
        let bad = |why: String| SsoError::Answer { what: "token", why };
        if !answer.status.is_success() {
            return Err(bad(format!("it answered {}", answer.status.as_u16())));
        }
        let tokens: Tokens = serde_json::from_slice(&answer.body).map_err(|error| bad(error.to_string()))?;
        Ok(tokens.id_token)
    }
}

fn url(text: &str) -> Result<Url, SsoError> {
    Url::parse(text).map_err(|_| SsoError::Url(text.chars().take(200).collect()))
}

/// 256 random bits as text.
fn random() -> String {
    let mut bytes = [0; 32];
    edge::random(&mut bytes);
    base64url(&bytes)
}

fn base64url(bytes: &[u8]) -> String {
    to_base64(bytes).replace('+', "-").replace('/', "_").replace('=', "")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 7636, appendix B.
    #[test]
    fn the_challenge_is_that_of_the_standard() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let errand = Errand { state: String::new(), nonce: String::new(), verifier };
        assert_eq!(errand.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    fn an_errand_comes_back_as_it_went() {
        let errand = Errand::new();
        assert_eq!(Errand::of_text(&errand.to_text()), Some(errand));
        assert_eq!(Errand::of_text("a b"), None);
        assert_eq!(Errand::of_text("a b c d"), None);
    }
}
