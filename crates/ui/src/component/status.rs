//! A state in one word, with an icon whose shape differs for each tone.

use maud::{Markup, html};

use crate::{Icon, icon};

/// How good or bad a state is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Tone {
    /// As it should be.
    Ok,
    /// Somebody should look.
    Warn,
    /// Something failed.
    Err,
    /// Nothing going on.
    #[default]
    Idle,
    /// Worth knowing.
    Info,
}

impl Tone {
    /// Every tone.
    pub const ALL: [Tone; 5] = [Tone::Ok, Tone::Warn, Tone::Err, Tone::Idle, Tone::Info];

    pub(crate) const fn class(self) -> &'static str {
        match self {
            Tone::Ok => "ok",
            Tone::Warn => "warn",
            Tone::Err => "err",
            Tone::Idle => "idle",
            Tone::Info => "info",
        }
    }

    pub(crate) const fn icon(self) -> Icon {
        match self {
            Tone::Ok => Icon::Check,
            Tone::Warn => Icon::Warning,
            Tone::Err => Icon::Cross,
            Tone::Idle => Icon::Idle,
            Tone::Info => Icon::Info,
        }
    }
}

/// The pill; `word` comes from `locales/`.
pub fn status(tone: Tone, word: &str) -> Markup {
    html! { span class={ "status tone-" (tone.class()) } { (icon(tone.icon())) (word) } }
}
