//! What a provider says of itself: OpenID Connect Discovery 1.0, and its keys (RFC 7517).

use http::HeaderMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::jwt::Key;
use super::{SsoError, url};
use crate::outbound::Outbound;

/// Keys of one provider at most.
const MOST_KEYS: usize = 50;

/// A provider.
#[derive(Debug, Clone)]
pub struct Provider {
    pub(super) authorization_endpoint: String,
    pub(super) token_endpoint: String,
    /// True when the secret travels in the header, which is what a provider takes that says nothing.
    pub(super) takes_basic: bool,
    pub(super) keys: Vec<Key>,
}

#[derive(Debug, Deserialize)]
struct Described {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
struct KeySet {
    keys: Vec<serde_json::Value>,
}

impl Provider {
    /// Asks it.
    pub(super) async fn ask(outbound: &Outbound, issuer: &str) -> Result<Self, SsoError> {
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let said: Described = get(outbound, &place, "description").await?;
        // Section 4.3: the name must be the one that was asked for, or somebody else answers.
        if said.issuer != issuer {
            let why = format!("it calls itself {:?}", said.issuer.chars().take(200).collect::<String>());
            return Err(SsoError::Answer { what: "description", why });
        }
        let keys: KeySet = get(outbound, &said.jwks_uri, "key set").await?;
        let methods = said.token_endpoint_auth_methods_supported;
        Ok(Self {
            authorization_endpoint: said.authorization_endpoint,
            token_endpoint: said.token_endpoint,
            takes_basic: methods.is_none_or(|methods| methods.iter().any(|one| one == "client_secret_basic")),
            // Keys of kinds that are not used here are nobody's fault.
            keys: keys.keys.iter().take(MOST_KEYS).filter_map(Key::read).collect(),
        })
    }
}

async fn get<T: DeserializeOwned>(
    outbound: &Outbound,
    place: &str,
    what: &'static str,
) -> Result<T, SsoError> {
    let answer = outbound.get(&url(place)?, &HeaderMap::new()).await?;
    let bad = |why: String| SsoError::Answer { what, why };
    if !answer.status.is_success() {
        return Err(bad(format!("it answered {}", answer.status.as_u16())));
    }
    serde_json::from_slice(&answer.body).map_err(|error| bad(error.to_string()))
}
