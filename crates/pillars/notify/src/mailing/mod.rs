//! Reports by mail: to the address of whoever the law names, by the mail server of the configuration, as they were looked at.
//!
//! When the server has taken it, it is filed: at that moment, with the server's reply as evidence. An attempt is on record
//! before it is made ([`send`]); one whose end is not known is never made again by itself: a person looks, and says whether
//! it went ([`settle()`]). Signing and encrypting are left to the organisation's gateway.

mod attempts;
mod compose;
mod hindrance;
mod mailboxes;
mod print;
mod send;
mod settle;

use serde::{Deserialize, Serialize};

pub use attempts::{Attempt, End, attempts};
pub use compose::{Row, compose};
pub use hindrance::Hindrance;
pub use mailboxes::{Offer, mailbox_of, mailboxes, offers, set_mailbox};
pub use send::{Order, begin, look, send};
pub(crate) use send::{post, ready, way};
pub use settle::{Found, settle};

pub(crate) use mailboxes::{fold as fold_mailbox, readable};

/// The channel of a submission by mail.
pub const CHANNEL: &str = "mail";

/// A report as it goes, word for word; what was looked at is what is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// The stage.
    pub stage: String,
    /// Who receives, by the code of the packs.
    pub recipient: String,
    /// The address.
    pub to: String,
    /// Whom an answer should reach; else the sender.
    pub reply_to: Option<String>,
    /// In which language it is written.
    pub language: String,
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The form for programs, attached.
    pub json: String,
    /// The form for print, attached.
    pub html: String,
    /// The pack by which it was made.
    pub pack: String,
    /// Who files it, by name and office.
    pub by: String,
}

impl Mail {
    /// What names it when it is sent.
    pub fn digest(&self) -> String {
        model::Digest::of(&serde_json::to_vec(self).unwrap_or_default()).hex()
    }
}
