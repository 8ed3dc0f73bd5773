//! Mail out of a node: one letter to one address by the server that the configuration names, over TLS. A message of which it
//! must be known whether the server took it goes by `hand_over`.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, CertificateStore, Tls, TlsParametersBuilder};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use model::Timestamp;

/// How the server is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MailTls {
    /// TLS from the first byte (RFC 8314).
    Required,
    /// `STARTTLS`, and nothing without it (RFC 3207).
    StartTls,
    /// In the clear: to this machine alone.
    None,
}

/// How mail leaves.
#[derive(Clone)]
pub struct MailOptions {
    /// The server's name, or its address.
    pub server: String,
    /// Its port.
    pub port: u16,
    /// How it is spoken to.
    pub tls: MailTls,
    /// Name and password there.
    pub login: Option<(String, String)>,
    /// From whom mail comes: an address.
    pub from: String,
    /// Certificate authorities in PEM; `None` trusts those of the system.
    pub ca_file: Option<PathBuf>,
    /// How long the server may take for each step.
    pub timeout: Duration,
}

impl fmt::Debug for MailOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The password is nobody's business.
        f.debug_struct("MailOptions")
            .field("server", &self.server)
            .field("port", &self.port)
            .finish_non_exhaustive()
    }
}

/// Why mail cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum MailSetupError {
    /// A wrong address.
    #[error("[mail] from = {0:?} is not a mail address; write it as name@host")]
    From(String),
    /// In the clear to others.
    #[error(
        "[mail] tls = \"none\" is for a server on this machine, and {0:?} is another; use \"required\" or \"starttls\""
    )]
    Plain(String),
    /// The certificate authorities.
    #[error(
        "cannot read certificate authorities from {path}: {reason}; give a file with certificates in PEM"
    )]
    Authorities {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// TLS itself.
    #[error("TLS to the mail server cannot be set up: {0}")]
    Tls(String),
}

/// Why a letter was not taken.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// The letter cannot be written.
    #[error("the letter cannot be written: {0}")]
    Letter(String),
    /// The server refused it, or could not be reached.
    #[error("{server}: {reason}")]
    Server {
        /// Which server.
        server: String,
        /// What it said.
        reason: String,
        /// True when it will never take it.
        lasting: bool,
    },
    /// Too slow.
    #[error("{server} did not take the letter within {limit_s} s")]
    Late {
        /// Which server.
        server: String,
        /// How long was waited.
        limit_s: u64,
    },
}

impl MailError {
    /// True when another try cannot help.
    pub fn is_lasting(&self) -> bool {
        match self {
            Self::Letter(_) => true,
            Self::Server { lasting, .. } => *lasting,
            Self::Late { .. } => false,
        }
    }
}

/// One letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// To which address.
    pub to: String,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// What makes its `Message-ID`: the same for every try.
    pub id: String,
    /// Its date.
    pub at: Timestamp,
}

/// Whether a text is a mail address.
pub fn is_address(text: &str) -> bool {
    text.len() <= 254 && text.parse::<Address>().is_ok()
}

/// The way out for mail.
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    pub(super) from: Mailbox,
    pub(super) server: String,
    pub(super) limit: Duration,
    /// How the server is called where each step is taken by itself.
    pub(super) line: Line,
}

/// What is needed to call the server.
pub(super) struct Line {
    pub host: String,
    pub port: u16,
    pub tls: Tls,
    pub hello: ClientId,
    pub login: Option<Credentials>,
    pub timeout: Duration,
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("server", &self.server).finish_non_exhaustive()
    }
}

impl Mailer {
    /// A way out as the configuration says; nothing is sent yet.
    pub fn new(options: &MailOptions) -> Result<Self, MailSetupError> {
        let address: Address =
            options.from.parse().map_err(|_| MailSetupError::From(options.from.clone()))?;
        let tls = match options.tls {
            MailTls::None if !is_here(&options.server) => {
                return Err(MailSetupError::Plain(options.server.clone()));
            }
            MailTls::None => Tls::None,
            MailTls::StartTls => Tls::Required(parameters(options)?),
            MailTls::Required => Tls::Wrapper(parameters(options)?),
        };
        // The name of this machine is nobody's business either.
        let hello = ClientId::Domain(address.domain().to_owned());
        let login = options.login.as_ref();
        let login = login.map(|(user, password)| Credentials::new(user.clone(), password.clone()));
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&options.server)
            .port(options.port)
            .tls(tls.clone())
            .hello_name(hello.clone())
            .timeout(Some(options.timeout));
        if let Some(login) = &login {
            builder = builder.credentials(login.clone());
        }
        let (host, port, timeout) = (options.server.clone(), options.port, options.timeout);
        Ok(Self {
            line: Line { host, port, tls, hello, login, timeout },
            transport: builder.build(),
            from: Mailbox::new(Some("Entente".to_owned()), address),
            server: format!("{}:{}", options.server, options.port),
            limit: options.timeout * 4,
        })
    }

    /// Hands a letter to the server.
    pub async fn send(&self, letter: &Letter) -> Result<(), MailError> {
        let message = self.message(letter)?;
        let server = || self.server.clone();
        match tokio::time::timeout(self.limit, self.transport.send(message)).await {
            Ok(Ok(_)) => Ok(()),
            Ok(Err(error)) => Err(MailError::Server {
                server: server(),
                lasting: error.status().is_some_and(|code| is_lasting(u16::from(code))),
                reason: told(&error),
            }),
            Err(_) => Err(MailError::Late { server: server(), limit_s: self.limit.as_secs() }),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, MailError> {
        let failed = |error: &dyn fmt::Display| MailError::Letter(error.to_string());
        let to: Address = letter.to.parse().map_err(|error| failed(&error))?;
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(letter.subject.as_str())
            .date(letter.at.into())
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|error| failed(&error))?;
        // RFC 3834: nobody's holiday notice answers a machine.
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        message.headers_mut().insert_raw(HeaderValue::new(automatic, "auto-generated".to_owned()));
        Ok(message)
    }
}

/// RFC 5321 §4.2.3: the address does not exist or may not be written to. Whatever else a server refuses for good, such
/// as a password, an administrator may put right.
fn is_lasting(code: u16) -> bool {
    matches!(code, 550 | 551 | 553 | 556)
}

pub(super) fn told(error: &lettre::transport::smtp::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}

fn is_here(server: &str) -> bool {
    server == "localhost" || server.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn parameters(
    options: &MailOptions,
) -> Result<lettre::transport::smtp::client::TlsParameters, MailSetupError> {
    let mut builder = TlsParametersBuilder::new(options.server.clone());
    if let Some(path) = &options.ca_file {
        builder = builder.certificate_store(CertificateStore::None);
        for certificate in authorities(path)? {
            builder = builder.add_root_certificate(certificate);
        }
    }
    builder.build().map_err(|error| MailSetupError::Tls(error.to_string()))
}

fn authorities(path: &Path) -> Result<Vec<Certificate>, MailSetupError> {
    let failed = |reason: String| MailSetupError::Authorities { path: path.to_owned(), reason };
    let pem = std::fs::read(path).map_err(|cause| failed(cause.to_string()))?;
    let certificate = Certificate::from_pem(&pem).map_err(|cause| failed(cause.to_string()))?;
    Ok(vec![certificate])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(server: &str, tls: MailTls) -> MailOptions {
        MailOptions {
            server: server.into(),
            port: 25,
            tls,
            login: Some(("desk".into(), "a secret of many letters".into())),
            from: "desk@ecsc.example".into(),
            ca_file: None,
            timeout: Duration::from_secs(1),
        }
    }

    #[test]
    fn without_tls_only_this_machine_is_spoken_to() {
        assert!(Mailer::new(&options("127.0.0.1", MailTls::None)).is_ok());
        assert!(Mailer::new(&options("localhost", MailTls::None)).is_ok());
        for elsewhere in ["10.0.0.25", "mail.ecsc.example", "localhost.example"] {
            let error = Mailer::new(&options(elsewhere, MailTls::None)).expect_err("refused").to_string();
            assert!(error.contains("starttls"), "{error}");
        }
    }

    #[test]
    fn the_password_is_never_shown() {
        let options = options("127.0.0.1", MailTls::None);
        let shown = format!("{options:?} {:?}", Mailer::new(&options).expect("a mailer"));
        assert!(!shown.contains("secret"), "{shown}");
    }

    #[test]
    fn a_letter_says_that_no_person_wrote_it_and_lets_nobody_add_a_header() {
        let mailer = Mailer::new(&options("127.0.0.1", MailTls::None)).expect("a mailer");
        let letter = Letter {
            to: "anna@ecsc.example".into(),
            subject: "Entente: né\r\nBcc: eve@evil.example".into(),
            text: "Ça va.".into(),
            id: "abc".into(),
            at: "2026-11-28T06:00:00Z".parse().expect("an instant"),
        };
        let message = mailer.message(&letter).expect("a message");
        let text = String::from_utf8(message.formatted()).expect("ASCII");
        assert!(text.contains("Auto-Submitted: auto-generated\r\n"), "{text}");
        assert!(text.contains("Message-ID: <abc@ecsc.example>"), "{text}");
        assert!(text.contains("Date: Sat, 28 Nov 2026 06:00:00"), "{text}");
        assert!(!text.contains("\r\nBcc:"), "{text}");
    }

    #[test]
    fn only_an_address_is_an_address() {
        for good in ["anna@ecsc.example", "a.b+c@d.example"] {
            assert!(is_address(good), "{good}");
        }
        for bad in
            ["", "anna", "anna@", "@x.example", "a b@x.example", "anna@x.example\r\nBcc: eve@y.example"]
        {
            assert!(!is_address(bad), "{bad:?}");
        }
    }
}
