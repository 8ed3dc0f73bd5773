//! The ways out of a node, as its configuration gives them: a mail server, and HTTP to webhooks; each with the strictest
//! marking whose words it may carry.

use http::header::{CONTENT_TYPE, HeaderName};
use http::{HeaderMap, HeaderValue, StatusCode};
use model::{Timestamp, Tlp};

use super::Hook;
use crate::outbound::{Letter, Mailer, Outbound};

/// What carries notices out.
#[derive(Debug)]
pub struct Couriers {
    /// The mail server.
    pub mail: Option<Mailer>,
    /// The strictest marking whose words mail may carry.
    pub mail_up_to: Tlp,
    /// The way to webhooks.
    pub webhook: Option<Outbound>,
    /// The strictest marking whose words a webhook may carry.
    pub webhook_up_to: Tlp,
    /// The URL under which people reach the node, without a final slash; links are no use without it.
    pub base: String,
}

/// Why something did not arrive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    /// In the words of whoever refused it.
    pub said: String,
    /// True when another try cannot help.
    pub lasting: bool,
}

impl Failure {
    pub fn passing(said: impl Into<String>) -> Self {
        Self { said: said.into(), lasting: false }
    }

    pub fn lasting(said: impl Into<String>) -> Self {
        Self { said: said.into(), lasting: true }
    }
}

impl Couriers {
    /// Mails a letter.
    pub(super) async fn mail(&self, letter: &Letter) -> Result<(), Failure> {
        let Some(mailer) = &self.mail else {
            return Err(Failure::passing("this node has no mail server; see [mail] in the configuration"));
        };
        let sent = mailer.send(letter).await;
        sent.map_err(|error| Failure { said: error.to_string(), lasting: error.is_lasting() })
    }

    /// Posts a message to a webhook.
    pub(super) async fn post(
        &self,
        hook: &Hook,
        id: &str,
        body: String,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Some(outbound) = &self.webhook else {
            return Err(Failure::passing(
                "this node posts to no webhooks; see [webhook] in the configuration",
            ));
        };
        let headers = headers(hook, id, &body, now)?;
        match outbound.apart().post(&hook.url, &headers, body).await {
            Ok(answer) if answer.status.is_success() => Ok(()),
            // Standard Webhooks: whoever answers so wants nothing more.
            Ok(answer) if answer.status == StatusCode::GONE => {
                Err(Failure::lasting("the URL answered 410 Gone"))
            }
            Ok(answer) => Err(Failure::passing(format!("the URL answered {}", answer.status))),
            Err(error) => Err(Failure { lasting: !error.is_passing(), said: error.to_string() }),
        }
    }
}

fn headers(hook: &Hook, id: &str, body: &str, now: Timestamp) -> Result<HeaderMap, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let signed = [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", now.as_second().to_string()),
        ("webhook-signature", hook.sign(id, now, body)),
    ];
    for (name, value) in signed {
        let value = HeaderValue::from_str(&value).map_err(|error| Failure::lasting(error.to_string()))?;
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}
