//! How an account wants to be told: by which ways from which urgency on, in which language, when not, and when together.

use model::Timestamp;
use model::time::TimeZone;
use model::time::civil::Time;
use serde::{Deserialize, Serialize};
use ui::Locale;

use super::{Urgency, Way};
use crate::local::Local;
use crate::sql::SqlError;

/// The preference that holds them.
const WISHES: &str = "notices";
/// The preference that holds the zone's IANA name.
pub(crate) const ZONE: &str = "zone";

/// From which urgency on a way is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Upward {
    /// Never.
    #[default]
    Off,
    /// Only what is urgent.
    Urgent,
    /// What is of today, and what is urgent.
    Normal,
    /// Everything.
    Low,
}

impl Upward {
    /// Every one.
    pub const ALL: [Upward; 4] = [Upward::Off, Upward::Urgent, Upward::Normal, Upward::Low];

    /// Its word in forms.
    pub const fn word(self) -> &'static str {
        match self {
            Upward::Off => "off",
            Upward::Urgent => "urgent",
            Upward::Normal => "normal",
            Upward::Low => "low",
        }
    }

    /// The one of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|upward| upward.word() == word)
    }

    /// Whether something so urgent goes this way.
    pub fn takes(self, urgency: Urgency) -> bool {
        match self {
            Upward::Off => false,
            Upward::Urgent => urgency >= Urgency::Urgent,
            Upward::Normal => urgency >= Urgency::Normal,
            Upward::Low => true,
        }
    }
}

/// Hours in which nothing goes out, by the clock on the wall; over midnight when they end before they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quiet {
    /// From.
    pub from: Time,
    /// Until.
    pub until: Time,
}

/// When what is not urgent goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digests {
    /// At once, each for itself.
    #[default]
    Off,
    /// Together, at each full hour.
    Hourly,
    /// Together, once a day.
    Daily(Time),
}

/// How an account wants to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wishes {
    /// The language of mail: `en` or `fr`.
    pub language: String,
    /// From which urgency on by mail.
    pub mail: Upward,
    /// From which urgency on by webhook.
    pub webhook: Upward,
    /// When nothing goes out.
    #[serde(default)]
    pub quiet: Option<Quiet>,
    /// When what is not urgent goes out.
    #[serde(default)]
    pub digests: Digests,
    /// With so many hours left of a legal clock, neither quiet hours nor a digest hold anything back.
    pub clock_h: i64,
}

impl Default for Wishes {
    fn default() -> Self {
        Self {
            language: Locale::En.code().to_owned(),
            mail: Upward::Normal,
            webhook: Upward::Normal,
            quiet: None,
            digests: Digests::Off,
            clock_h: 4,
        }
    }
}

impl Wishes {
    /// The most hours that a legal clock may break quiet hours before its date.
    pub const MOST_CLOCK_H: i64 = 72;

    /// The language.
    pub fn locale(&self) -> Locale {
        Locale::from_code(&self.language).unwrap_or_default()
    }

    /// Whether something so urgent goes that way.
    pub fn takes(&self, way: Way, urgency: Urgency) -> bool {
        match way {
            Way::Mail => self.mail.takes(urgency),
            Way::Webhook => self.webhook.takes(urgency),
        }
    }
}

impl Local {
    /// How an account wants to be told.
    pub fn wishes(&self, account: &str) -> Wishes {
        let kept = self.preference(account, WISHES);
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// Remembers how, and moves what waits to where it now belongs.
    pub fn set_wishes(&self, account: &str, wishes: &Wishes, now: Timestamp) -> Result<(), SqlError> {
        let text = serde_json::to_string(wishes).unwrap_or_default(); // plain fields: it cannot fail
        self.prefer(account, WISHES, &text)?;
        self.plan_anew(account, now)
    }

    /// The zone by whose clock an account lives; UTC when it says none.
    pub fn zone_of(&self, account: &str) -> TimeZone {
        let named = self.preference(account, ZONE);
        named.and_then(|name| model::time::zone(&name)).unwrap_or(TimeZone::UTC)
    }
}
