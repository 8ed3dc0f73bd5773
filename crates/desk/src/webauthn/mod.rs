//! Passkeys (W3C Web Authentication, level 2): what a browser brings is verified here, with the keys and hashes of
//! AWS-LC. Attestation is not asked for: who made an authenticator decides nothing here.

mod cbor;
mod key;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use model::{Digest, from_base64, to_base64};
use serde::Deserialize;

use cbor::Value;
pub use key::PublicKey;

/// Longer than anything a browser sends here, bytes.
const MOST_BYTES: usize = 16 << 10;
/// A person was there; and was recognised, by PIN or by body.
const PRESENT: u8 = 0x01;
const RECOGNISED: u8 = 0x04;
/// A new credential follows.
const ATTESTED: u8 = 0x40;

/// Why what a browser brought proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasskeyError {
    /// It cannot be read.
    #[error("what the browser sent cannot be read")]
    Malformed,
    /// It answers another question, at another site, or for another purpose.
    #[error("this passkey answers another question, or another site asked it")]
    Elsewhere,
    /// The authenticator did not recognise the person.
    #[error("the authenticator did not recognise the person; set a PIN or a fingerprint there")]
    Unrecognised,
    /// A key of a kind that is not used here.
    #[error("this kind of key is not used here")]
    Kind,
    /// The signature does not hold.
    #[error("the signature does not hold")]
    Signature,
    /// The counter went back: there may be a copy of the key.
    #[error("the counter of this passkey went back; there may be a copy of it")]
    Counter,
}

/// Who asks: the site as browsers name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Such as `https://entente.ecsc.example`.
    pub origin: String,
}

impl Site {
    /// The host, which passkeys belong to.
    pub fn host(&self) -> &str {
        let host = self.origin.split_once("://").map_or(self.origin.as_str(), |(_, rest)| rest);
        host.rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |(h, _)| h)
    }
}

/// A new passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// Its id, in base 64 for URLs.
    pub id: String,
    /// Its public key.
    pub key: PublicKey,
    /// How often it was used, as it says.
    pub counter: u32,
}

/// What the browser says it did.
#[derive(Debug, Deserialize)]
struct Client {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
}

/// What the authenticator says.
struct Said<'a> {
    flags: u8,
    counter: u32,
    rest: &'a [u8],
}

/// Reads a new passkey out of what `navigator.credentials.create` gave (section 7.1).
pub fn register(site: &Site, challenge: &str, client: &str, attestation: &str) -> Result<Made, PasskeyError> {
    let client = bytes(client)?;
    check_client(site, challenge, &client, "webauthn.create")?;
    let attestation = bytes(attestation)?;
    let (object, rest) = cbor::read(&attestation).ok_or(PasskeyError::Malformed)?;
    let said = match object.get_text("authData") {
        Some(Value::Bytes(said)) if rest.is_empty() => said,
        _ => return Err(PasskeyError::Malformed),
    };
    let said = check_said(site, said)?;
    if said.flags & ATTESTED == 0 || said.rest.len() < 18 {
        return Err(PasskeyError::Malformed);
    }
    let length = usize::from(u16::from_be_bytes([said.rest[16], said.rest[17]]));
    let id = said.rest.get(18..18 + length).filter(|id| !id.is_empty()).ok_or(PasskeyError::Malformed)?;
    let (key, _) = cbor::read(&said.rest[18 + length..]).ok_or(PasskeyError::Malformed)?;
    let key = PublicKey::read(&key).ok_or(PasskeyError::Kind)?;
    Ok(Made { id: base64url(id), key, counter: said.counter })
}

/// What `navigator.credentials.get` gave, as a form carries it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// What the browser says.
    pub client: &'a str,
    /// What the authenticator says.
    pub authenticator: &'a str,
    /// Its signature over both.
    pub signature: &'a str,
}

/// Verifies that whoever holds `key` answered `challenge` at this site just now (section 7.2); the counter now.
pub fn verify(
    site: &Site,
    challenge: &str,
    (key, counter): (&PublicKey, u32),
    shown: &Shown<'_>,
) -> Result<u32, PasskeyError> {
    let client = bytes(shown.client)?;
    check_client(site, challenge, &client, "webauthn.get")?;
    let authenticator = bytes(shown.authenticator)?;
    let said = check_said(site, &authenticator)?;
    let signed = [&authenticator[..], &Digest::of(&client).0].concat();
    if !key.signed(&signed, &bytes(shown.signature)?) {
        return Err(PasskeyError::Signature);
    }
    if (said.counter != 0 || counter != 0) && said.counter <= counter {
        return Err(PasskeyError::Counter);
    }
    Ok(said.counter)
}

fn check_client(site: &Site, challenge: &str, client: &[u8], kind: &str) -> Result<(), PasskeyError> {
    let client: Client = serde_json::from_slice(client).map_err(|_| PasskeyError::Malformed)?;
    let same = verify_slices_are_equal(client.challenge.as_bytes(), challenge.as_bytes()).is_ok();
    let fits = same && client.kind == kind && client.origin == site.origin && !client.cross_origin;
    if fits { Ok(()) } else { Err(PasskeyError::Elsewhere) }
}

fn check_said<'a>(site: &Site, said: &'a [u8]) -> Result<Said<'a>, PasskeyError> {
    let (host, rest) = said.split_at_checked(32).ok_or(PasskeyError::Malformed)?;
    let (head, rest) = rest.split_at_checked(5).ok_or(PasskeyError::Malformed)?;
    if host != Digest::of(site.host().as_bytes()).0 {
        return Err(PasskeyError::Elsewhere);
    }
    if head[0] & PRESENT == 0 || head[0] & RECOGNISED == 0 {
        return Err(PasskeyError::Unrecognised);
    }
    let counter = u32::from_be_bytes([head[1], head[2], head[3], head[4]]);
    Ok(Said { flags: head[0], counter, rest })
}

fn bytes(text: &str) -> Result<Vec<u8>, PasskeyError> {
    if text.is_empty() || text.len() > MOST_BYTES {
        return Err(PasskeyError::Malformed);
    }
    let padding = "=".repeat((4 - text.len() % 4) % 4);
    let text = format!("{}{padding}", text.replace('-', "+").replace('_', "/"));
    from_base64(&text).map_err(|_| PasskeyError::Malformed)
}

/// Base 64 for URLs, without padding.
pub fn base64url(bytes: &[u8]) -> String {
    to_base64(bytes).replace('+', "-").replace('/', "_").replace('=', "")
}

#[cfg(test)]
mod tests;
