//! A page that asks before something weighty happens; a page, not a dialog, so it works without scripts.

use std::borrow::Cow;

use maud::{Markup, html};

use super::{ButtonKind, button, button_link, facts};
use crate::{Locale, t};

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct Confirm<'a> {
    /// The question, as a title.
    pub question: Cow<'a, str>,
    /// What will happen.
    pub consequence: Markup,
    /// On what.
    pub subject: Vec<(Cow<'a, str>, Markup)>,
    /// Where the form posts to.
    pub action: Cow<'a, str>,
    /// Its hidden fields, the CSRF token among them.
    pub hidden: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    /// The verb on the button ("Withdraw").
    pub verb: Cow<'a, str>,
    /// Where "Cancel" leads.
    pub cancel: Cow<'a, str>,
    /// True when nothing brings it back.
    pub irreversible: bool,
}

/// The page's content.
pub fn confirm(locale: Locale, ask: &Confirm<'_>) -> Markup {
    let kind = if ask.irreversible { ButtonKind::Danger } else { ButtonKind::Primary };
    html! {
        section.card.confirm {
            div.card-body {
                h1 { (ask.question) }
                div { (ask.consequence) }
                @if !ask.subject.is_empty() { (facts(ask.subject.iter().cloned())) }
                @if ask.irreversible { p.confirm-warning { strong { (t!(locale, "component-confirm-irreversible")) } } }
                form.actions method="post" action=(ask.action) {
                    @for (name, value) in &ask.hidden { input type="hidden" name=(name) value=(value); }
                    (button(kind, &ask.verb))
                    (button_link(ButtonKind::Plain, &ask.cancel, &t!(locale, "action-cancel")))
                }
            }
        }
    }
}
