//! Webhooks, as Standard Webhooks 1.0 wants them: `webhook-id`, `webhook-timestamp` and `webhook-signature`, an
//! HMAC-SHA256 over both and the body under a secret that only the two ends know.

use aws_lc_rs::hmac;
use base64::Engine as _;
// With padding, unlike everywhere else in this house: the standard's libraries insist on it.
use base64::engine::general_purpose::STANDARD;
use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::edge;
use crate::local::Local;
use crate::outbound::{Url, UrlError};
use crate::sql::SqlError;

/// The preference that holds it.
const HOOK: &str = "notices-hook";
/// What a secret begins with, so that scanners of leaked secrets know it.
const PREFIX: &str = "whsec_";
/// Characters of a URL.
const MOST_CHARS: usize = 1_000;

/// Where an account wants notices posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hook {
    /// The URL.
    pub url: Url,
    secret: String,
}

/// As it is kept.
#[derive(Serialize, Deserialize)]
struct Stored {
    url: String,
    secret: String,
}

/// Why a URL was not taken.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// It is none.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// It would be sent in the clear.
    #[error("notices are posted over https only; http is for this machine alone")]
    Plain,
    /// It is too long.
    #[error("the URL is longer than {MOST_CHARS} characters; choose a shorter one")]
    Long,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] SqlError),
}

impl Hook {
    /// The value of `webhook-signature` for a message.
    pub fn sign(&self, id: &str, at: Timestamp, body: &str) -> String {
        let key = STANDARD.decode(&self.secret).unwrap_or_default();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &key);
        let signed = format!("{id}.{}.{body}", at.as_second());
        format!("v1,{}", STANDARD.encode(hmac::sign(&key, signed.as_bytes())))
    }
}

impl Local {
    /// The webhook of an account.
    pub fn hook(&self, account: &str) -> Option<Hook> {
        let stored: Stored = serde_json::from_str(&self.preference(account, HOOK)?).ok()?;
        Some(Hook { url: Url::parse(&stored.url).ok()?, secret: stored.secret })
    }

    /// Sets it, and makes the secret, which is shown once.
    pub fn set_hook(&self, account: &str, url: &str) -> Result<String, HookError> {
        if url.chars().count() > MOST_CHARS {
            return Err(HookError::Long);
        }
        let parsed = Url::parse(url)?;
        if !parsed.is_tls() && !is_here(parsed.host()) {
            return Err(HookError::Plain);
        }
        let mut bytes = [0; 32];
        edge::random(&mut bytes);
        let secret = STANDARD.encode(bytes);
        let stored = Stored { url: url.to_owned(), secret };
        self.prefer(account, HOOK, &serde_json::to_string(&stored).unwrap_or_default())?;
        Ok(format!("{PREFIX}{}", stored.secret))
    }

    /// Forgets it.
    pub fn drop_hook(&self, account: &str) -> Result<(), SqlError> {
        self.prefer(account, HOOK, "")
    }
}

/// Whether a host is this machine; the guard asks the configuration all the same.
fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_the_standard() {
        // The example of the specification, "Symmetric", with its secret, id, time and body.
        let url = Url::parse("https://a.example/hook").expect("a URL");
        let hook = Hook { url, secret: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw".to_owned() };
        let at = Timestamp::from_second(1_614_265_330).expect("a time");
        let signature = hook.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", at, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn only_this_machine_is_this_machine() {
        for here in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] {
            assert!(is_here(here), "{here}");
        }
        for elsewhere in ["localhost.example", "10.0.0.1", "192.168.0.1", "a.example"] {
            assert!(!is_here(elsewhere), "{elsewhere}");
        }
    }
}
