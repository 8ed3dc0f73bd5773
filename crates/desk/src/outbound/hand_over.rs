//! Handing a message to the mail server so that it is known how it ended: taken, with the server's reply; not taken; or
//! unknown, because the connection ended after the message had gone out and before the server answered.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use lettre::Address;
use lettre::message::header::ContentType;
use lettre::message::{Attachment, Mailbox, Message, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::DEFAULT_MECHANISMS;
use lettre::transport::smtp::client::{AsyncSmtpConnection, Tls};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::response::Response;
use model::{Digest, Timestamp};

use super::mail::told;
use super::{MailError, Mailer};
use crate::edge;

/// Characters of a reply that are kept.
const MOST_REPLY: usize = 500;

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enclosed {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub kind: &'static str,
    /// What is in it.
    pub content: String,
}

/// A message with files, to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispatch {
    /// To which address.
    pub to: String,
    /// Whom an answer should reach; else the sender.
    pub reply_to: Option<String>,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The files.
    pub files: Vec<Enclosed>,
    /// What makes its `Message-ID`.
    pub id: String,
    /// Its date.
    pub at: Timestamp,
}

/// A message as it goes over the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Every byte of it.
    pub bytes: Vec<u8>,
    /// Its `Message-ID`, with brackets.
    pub message_id: String,
    to: Address,
}

impl Written {
    /// SHA-256 of the message, hexadecimal.
    pub fn sha256(&self) -> String {
        Digest::of(&self.bytes).hex()
    }
}

/// The server took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// When its reply was here.
    pub at: Timestamp,
    /// Its reply to the end of the message, with the code.
    pub reply: String,
}

/// The server did not take it, or nobody knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotTaken {
    /// The server said no.
    #[error("{0}")]
    Refused(String),
    /// The server was not reached, or the connection ended before the message went out.
    #[error("{0}")]
    Away(String),
    /// The message went out and no answer came.
    #[error("{0}")]
    Doubtful(String),
}

impl Mailer {
    /// The server, by name and port.
    pub fn server(&self) -> &str {
        &self.server
    }

    /// From whom mail comes.
    pub fn sender(&self) -> String {
        self.from.email.to_string()
    }

    /// The message as it will go over the wire: the same bytes for the same message.
    pub fn written(&self, dispatch: &Dispatch) -> Result<Written, MailError> {
        let failed = |error: &dyn fmt::Display| MailError::Letter(error.to_string());
        let address = |text: &str| text.parse::<Address>().map_err(|error| failed(&error));
        let to = address(&dispatch.to)?;
        let message_id = format!("<{}@{}>", dispatch.id, self.from.email.domain());
        // Random by default; what is in the message decides, so that its digest can be compared.
        let boundary = Digest::of(format!("{message_id}\0{}", dispatch.text).as_bytes()).hex();
        let text = SinglePart::builder().header(ContentType::TEXT_PLAIN).body(dispatch.text.clone());
        let mut parts = MultiPart::mixed().boundary(&boundary[..40]).singlepart(text);
        for file in &dispatch.files {
            let kind = ContentType::parse(file.kind).map_err(|error| failed(&error))?;
            parts = parts.singlepart(Attachment::new(file.name.clone()).body(file.content.clone(), kind));
        }
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(dispatch.subject.as_str())
            .date(dispatch.at.into())
            .message_id(Some(message_id.clone()));
        if let Some(reply_to) = &dispatch.reply_to {
            message = message.reply_to(Mailbox::new(None, address(reply_to)?));
        }
        let message = message.multipart(parts).map_err(|error| failed(&error))?;
        Ok(Written { bytes: message.formatted(), message_id, to })
    }

    /// Hands it over, once.
    pub async fn hand_over(&self, written: &Written) -> Result<Taken, NotTaken> {
        let gone = AtomicBool::new(false);
        let walked = tokio::time::timeout(self.limit, self.walk(written, &gone)).await;
        let (said, refused) = match walked {
            Ok(Ok(response)) => return Ok(Taken { at: edge::now(), reply: reply(&response) }),
            Ok(Err(error)) => (told(&error), error.status().is_some()),
            Err(_) => (format!("no answer within {} s", self.limit.as_secs()), false),
        };
        let said = said.chars().take(MOST_REPLY).collect();
        Err(match (refused, gone.load(Ordering::SeqCst)) {
            (true, _) => NotTaken::Refused(said),
            (false, false) => NotTaken::Away(said),
            (false, true) => NotTaken::Doubtful(said),
        })
    }

    /// The same on a thread that may block.
    pub fn hand_over_blocking(&self, written: &Written) -> Result<Taken, NotTaken> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|cause| NotTaken::Away(cause.to_string()))?.block_on(self.hand_over(written))
    }

    async fn walk(
        &self,
        written: &Written,
        gone: &AtomicBool,
    ) -> Result<Response, lettre::transport::smtp::Error> {
        let mut connection = self.call().await?;
        connection.command(Mail::new(Some(self.from.email.clone()), Vec::new())).await?;
        connection.command(Rcpt::new(written.to.clone(), Vec::new())).await?;
        connection.command(Data).await?;
        gone.store(true, Ordering::SeqCst);
        connection.message(&written.bytes).await
        // Without a farewell: what counts has been said, and nothing may come between it and its record.
    }

    async fn call(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let line = &self.line;
        let at_once = match &line.tls {
            Tls::Wrapper(parameters) => Some(parameters.clone()),
            _ => None,
        };
        let place = (line.host.as_str(), line.port);
        let mut connection =
            AsyncSmtpConnection::connect_tokio1(place, Some(line.timeout), &line.hello, at_once, None)
                .await?;
        if let Tls::Required(parameters) = &line.tls {
            connection.starttls(parameters.clone(), &line.hello).await?;
        }
        if let Some(login) = &line.login {
            connection.auth(DEFAULT_MECHANISMS, login).await?;
        }
        Ok(connection)
    }
}

/// `250 2.0.0 queued as 4F3C`, as the server said it, in one line.
fn reply(response: &Response) -> String {
    let said = response.message().collect::<Vec<_>>().join(" ");
    let line = format!("{} {said}", response.code());
    line.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_REPLY).collect()
}
