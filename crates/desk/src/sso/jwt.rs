//! The token that says who somebody is (RFC 7519, OpenID Connect Core 1.0, section 3.1.3.7): signature first, then every
//! claim that ties it to this node, this sign-in and this moment.

use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256,
    RsaPublicKeyComponents, UnparsedPublicKey,
};
use model::{Timestamp, from_base64};
use serde::Deserialize;
use serde_json::Value;

/// Longer than any token, bytes.
const MOST_BYTES: usize = 64 << 10;
/// Clocks may differ by so much, seconds.
const SLACK_S: f64 = 60.0;

/// Why a token proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// It is none.
    #[error("the token cannot be read")]
    Malformed,
    /// It is signed by an algorithm that is not taken here, or by none.
    #[error("the token is signed by an algorithm that is not taken here")]
    Algorithm,
    /// No key of the provider signed it.
    #[error("no key of the provider signed the token")]
    Signature,
    /// A claim says something else than it must.
    #[error("the claim {0:?} of the token is not the one that was asked for")]
    Claim(String),
    /// It is too old, or from the future.
    #[error("the token is not valid now; compare the clocks of node and provider")]
    Time,
}

/// How a token must be signed. There is no choice in the token: the key decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Algorithm {
    Rs256,
    Ps256,
    Es256,
    EdDsa,
}

/// A public key of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    id: Option<String>,
    kind: Kind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Rsa { n: Vec<u8>, e: Vec<u8> },
    P256(Vec<u8>),
    Ed25519(Vec<u8>),
}

/// What a token must say.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wanted<'a> {
    pub issuer: &'a str,
    pub client: &'a str,
    pub nonce: &'a str,
    pub now: Timestamp,
}

/// The claims of a token that was verified.
#[derive(Debug, Clone)]
pub struct Claims(Value);

impl Claims {
    /// A claim that is a text.
    pub fn text(&self, claim: &str) -> Result<&str, TokenError> {
        self.0[claim].as_str().ok_or_else(|| TokenError::Claim(claim.to_owned()))
    }
}

#[derive(Debug, Deserialize)]
struct Head {
    alg: String,
    #[serde(default)]
    kid: Option<String>,
    /// Extensions that must be understood; there are none here.
    #[serde(default)]
    crit: Option<Value>,
}

/// The claims, once the token is proved.
pub(super) fn verify(token: &str, keys: &[Key], wanted: &Wanted<'_>) -> Result<Claims, TokenError> {
    if token.len() > MOST_BYTES {
        return Err(TokenError::Malformed);
    }
    let (signed, signature) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
    let (head, body) = signed.split_once('.').ok_or(TokenError::Malformed)?;
    let head: Head = json(head)?;
    let algorithm = match head.alg.as_str() {
        "RS256" => Algorithm::Rs256,
        "PS256" => Algorithm::Ps256,
        "ES256" => Algorithm::Es256,
        "EdDSA" | "Ed25519" => Algorithm::EdDsa,
        _ => return Err(TokenError::Algorithm),
    };
    if head.crit.is_some() {
        return Err(TokenError::Algorithm);
    }
    let signature = base64url(signature).ok_or(TokenError::Malformed)?;
    let named = |key: &&Key| head.kid.is_none() || key.id.is_none() || key.id == head.kid;
    let holds = keys.iter().filter(named).any(|key| key.signed(algorithm, signed.as_bytes(), &signature));
    if !holds {
        return Err(TokenError::Signature);
    }
    let claims = Claims(json(body)?);
    check(&claims, wanted)?;
    Ok(claims)
}

fn check(claims: &Claims, wanted: &Wanted<'_>) -> Result<(), TokenError> {
    let is = |claim: &str, value: &str| match claims.text(claim)? == value {
        true => Ok(()),
        false => Err(TokenError::Claim(claim.to_owned())),
    };
    is("iss", wanted.issuer)?;
    is("nonce", wanted.nonce)?;
    let for_us = match &claims.0["aud"] {
        Value::String(one) => one == wanted.client,
        // Who else it is for must say that this node is the one it was made for.
        Value::Array(many) => {
            let ours = many.iter().any(|one| one == wanted.client);
            ours && (many.len() == 1 || claims.0["azp"] == wanted.client)
        }
        _ => false,
    };
    if !for_us {
        return Err(TokenError::Claim("aud".to_owned()));
    }
    if !claims.0["azp"].is_null() && claims.0["azp"] != wanted.client {
        return Err(TokenError::Claim("azp".to_owned()));
    }
    let now = wanted.now.as_second() as f64;
    let instant = |claim: &str| claims.0[claim].as_f64();
    let ends = instant("exp").ok_or(TokenError::Time)?;
    let made = instant("iat").ok_or(TokenError::Time)?;
    let begins = instant("nbf").unwrap_or(made);
    let valid = now < ends + SLACK_S && made <= now + SLACK_S && begins <= now + SLACK_S;
    if valid { Ok(()) } else { Err(TokenError::Time) }
}

impl Key {
    /// A key of a set, when it is of a kind that is used here and meant for signatures.
    pub(super) fn read(key: &Value) -> Option<Self> {
        if key["use"].as_str().is_some_and(|purpose| purpose != "sig") {
            return None;
        }
        let part = |name: &str| base64url(key[name].as_str()?);
        let kind = match (key["kty"].as_str()?, key["crv"].as_str()) {
            ("RSA", _) => Kind::Rsa { n: part("n")?, e: part("e")? },
            ("EC", Some("P-256")) => Kind::P256([vec![4], part("x")?, part("y")?].concat()),
            ("OKP", Some("Ed25519")) => Kind::Ed25519(part("x")?),
            _ => return None,
        };
        Some(Self { id: key["kid"].as_str().map(str::to_owned), kind })
    }

    fn signed(&self, algorithm: Algorithm, text: &[u8], signature: &[u8]) -> bool {
        match (&self.kind, algorithm) {
            (Kind::Rsa { n, e }, Algorithm::Rs256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, text, signature).is_ok()
            }
            (Kind::Rsa { n, e }, Algorithm::Ps256) => {
                RsaPublicKeyComponents { n, e }.verify(&RSA_PSS_2048_8192_SHA256, text, signature).is_ok()
            }
            (Kind::P256(point), Algorithm::Es256) => {
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(text, signature).is_ok()
            }
            (Kind::Ed25519(point), Algorithm::EdDsa) => {
                UnparsedPublicKey::new(&ED25519, point).verify(text, signature).is_ok()
            }
            (Kind::Rsa { .. } | Kind::P256(_) | Kind::Ed25519(_), _) => false,
        }
    }
}

fn json<T: serde::de::DeserializeOwned>(part: &str) -> Result<T, TokenError> {
    let bytes = base64url(part).ok_or(TokenError::Malformed)?;
    serde_json::from_slice(&bytes).map_err(|_| TokenError::Malformed)
}

/// Base 64 for URLs, without padding (RFC 7515, section 2).
fn base64url(text: &str) -> Option<Vec<u8>> {
    if text.contains(['+', '/', '=']) {
        return None;
    }
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    from_base64(&format!("{}{padding}", text.replace('-', "+").replace('_', "/"))).ok()
}

#[cfg(test)]
mod tests;
