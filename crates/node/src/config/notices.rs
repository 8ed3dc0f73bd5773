//! The sections of notices: mail and webhooks.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::Result;
use desk::outbound::{MailOptions, MailTls, Mailer};
use model::Tlp;
use serde::Deserialize;

use super::sections::{all_default, section};
use crate::exit::Ending;
use crate::secret;

/// How the mail server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encryption {
    /// TLS from the first byte.
    Required,
    /// `STARTTLS`, and nothing without it.
    StartTls,
    /// In the clear, to this machine alone.
    None,
}

section! {
    /// Mail: reminders of legal clocks, watched searches, reviews that are due, and reports to authorities. Without `server` none is sent.
    Mail {
        /// The mail server, by name or address.
        #[serde(default)]
        server: Option<String> = "# \"mail.ecsc.example\"",
        /// Its port: 465 for `required`, 587 for `starttls`.
        #[serde(default = "port")]
        port: u16 = "465",
        /// `required`: TLS from the first byte; `starttls`: STARTTLS, and nothing without it; `none`: to this machine alone.
        #[serde(default = "tls")]
        tls: Encryption = "\"required\"",
        /// The name to sign in with there.
        #[serde(default)]
        user: Option<String> = "# \"entente\"",
        /// A file with its password, readable by the owner alone.
        #[serde(default)]
        password_file: Option<PathBuf> = "# \"secrets/mail.password\"",
        /// The address that notices come from; needed with `server`.
        #[serde(default)]
        from: Option<String> = "# \"entente@ecsc.example\"",
        /// The certificate authorities to trust, in PEM; without it those of the system.
        #[serde(default)]
        ca_file: Option<PathBuf> = "# \"tls/authorities.pem\"",
        /// Seconds that the server may take for each step.
        #[serde(default = "timeout_s")]
        timeout_s: u64 = "15",
        /// The strictest TLP whose words mail may carry; beyond it a notice says only that something awaits its reader, and a report, which is AMBER, does not go.
        #[serde(default = "up_to")]
        up_to: Tlp = "\"CLEAR\"",
    }
}

section! {
    /// Notices by webhook: each account of the staff may name a URL. It is asked as `[outbound]` says.
    Webhook {
        /// Whether there are any.
        #[serde(default)]
        on: bool = "false",
        /// The strictest TLP whose words may be posted; beyond it a message says only that something awaits its reader.
        #[serde(default = "up_to")]
        up_to: Tlp = "\"CLEAR\"",
    }
}

fn port() -> u16 {
    465
}

fn tls() -> Encryption {
    Encryption::Required
}

fn timeout_s() -> u64 {
    15
}

fn up_to() -> Tlp {
    Tlp::Clear
}

all_default!(Mail, Webhook);

impl Mail {
    pub(super) fn check(&self) -> Result<()> {
        if self.server.is_some() && self.from.is_none() {
            return Err(Ending::usage("[mail] needs from, the address that notices come from"));
        }
        if self.user.is_some() != self.password_file.is_some() {
            return Err(Ending::usage("[mail] user and password_file go together; set both or none"));
        }
        if !(1..=120).contains(&self.timeout_s) {
            return Err(Ending::usage("[mail] timeout_s lies between 1 and 120"));
        }
        Ok(())
    }

    /// The way out for mail, when there is one. Reads the password and the certificate authorities.
    pub fn mailer(&self) -> Result<Option<Mailer>> {
        let (Some(server), Some(from)) = (&self.server, &self.from) else { return Ok(None) };
        let password = self.password_file.as_deref().map(secret::read).transpose()?;
        let options = MailOptions {
            server: server.clone(),
            port: self.port,
            tls: match self.tls {
                Encryption::Required => MailTls::Required,
                Encryption::StartTls => MailTls::StartTls,
                Encryption::None => MailTls::None,
            },
            login: self.user.clone().zip(password),
            from: from.clone(),
            ca_file: self.ca_file.clone(),
            timeout: Duration::from_secs(self.timeout_s),
        };
        Mailer::new(&options).map(Some).map_err(|error| Ending::usage(error.to_string()))
    }
}
