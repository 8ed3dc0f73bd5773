//! Notices: what a person must be told although they do not look. A room gives a [`Source`]; the node lists them.
//!
//! The walk: sources → [`gather`] (each thing once for each account) → an errand for each way that the account chose,
//! at the instant that its quiet hours and digest allow ([`when`]) → [`carry`] by mail or webhook, with the verdict of
//! that moment → a receipt in the own ledger. The console shows every notice at once, whatever the other ways do, and
//! shows what became of each errand: none is lost (delivered, or shown as given up).
//!
//! A way out carries words only up to its own marking; beyond it goes out that something waits, and nothing of what.

mod address;
mod bell;
mod carry;
mod couriers;
mod gate;
mod gather;
mod hook;
mod letter;
mod parcel;
mod saved;
mod store;
mod when;
mod wishes;

use std::fmt;

use model::{Bilingual, Digest, Timestamp, Tlp};

use crate::access::Permission;
use crate::pages::{App, PageError};

pub use address::{AddressError, CODE_HOLDS, Pending};
pub use bell::{Bells, MOST};
pub use carry::carry;
pub use couriers::Couriers;
pub use gate::may_have;
pub use gather::gather;
pub use hook::{Hook, HookError};
pub(crate) use letter::code_letter;
pub use saved::SAVED;
pub(crate) use store::SCHEMA;
pub use store::{Errand, Kept, State};
pub use when::{MOST_QUIET_H, when};
pub(crate) use wishes::ZONE;
pub use wishes::{Digests, Quiet, Upward, Wishes};

/// How soon somebody should look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Urgency {
    /// For information.
    Low,
    /// Today.
    Normal,
    /// Now.
    Urgent,
}

impl Urgency {
    /// Every one, the least first.
    pub const ALL: [Urgency; 3] = [Urgency::Low, Urgency::Normal, Urgency::Urgent];

    /// Its word, as stored and sent.
    pub const fn word(self) -> &'static str {
        match self {
            Urgency::Low => "low",
            Urgency::Normal => "normal",
            Urgency::Urgent => "urgent",
        }
    }

    /// The one of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|urgency| urgency.word() == word)
    }
}

/// A way by which a notice leaves the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// Mail.
    Mail,
    /// A POST to a URL of the account's.
    Webhook,
}

impl Way {
    /// Every way.
    pub const ALL: [Way; 2] = [Way::Mail, Way::Webhook];

    /// Its word, as stored.
    pub const fn word(self) -> &'static str {
        match self {
            Way::Mail => "mail",
            Way::Webhook => "webhook",
        }
    }
}

/// What one account is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The thing: what has the same key is told to an account once.
    pub key: String,
    /// Whom.
    pub account: String,
    /// What kind of thing, such as `notify-reminder`; its name on pages is the string `notice-kind-…`.
    pub kind: &'static str,
    /// What happened, in a line.
    pub text: Bilingual,
    /// The page about it.
    pub href: String,
    /// The strictest marking of anything in the text.
    pub tlp: Tlp,
    /// How soon to look.
    pub urgency: Urgency,
    /// The legal date that it reminds of, when there is one.
    pub due: Option<Timestamp>,
    /// Who may be told: the permission of the page.
    pub needs: Permission,
    /// The arrival number of the record that it is about: whoever may not read that is not told.
    pub about: Option<u64>,
}

/// Characters of a notice in one language.
const MOST_CHARS: usize = 300;

impl Notice {
    /// The reference under which an account finds it again, and which says nothing to anybody else.
    pub fn reference(&self) -> String {
        reference(&self.account, &self.key)
    }
}

/// See [`Notice::reference`].
fn reference(account: &str, key: &str) -> String {
    Digest::of(format!("notice\0{account}\0{key}").as_bytes()).hex()[..16].to_owned()
}

/// One line of so many characters at most.
fn line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST_CHARS).collect()
}

/// What a source found, and where it goes on next time.
#[derive(Debug, Clone, Default)]
pub struct Gathered {
    /// The notices; what was told before may be among them.
    pub notices: Vec<Notice>,
    /// Kept for the source and given to it again.
    pub place: Option<String>,
}

/// Finds what is to be told: with the place that it gave last time, and now.
pub type Gather = fn(&App, Option<&str>, Timestamp) -> Result<Gathered, PageError>;

/// What a room has to tell.
#[derive(Clone, Copy)]
pub struct Source {
    /// Its name; its place is kept under it.
    pub name: &'static str,
    /// What there is.
    pub gather: Gather,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}
