//! A page that shows a secret once, right after it was made.

use std::borrow::Cow;

use maud::{Markup, html};
use ui::component::{ButtonKind, Tone, alert, button_link, heading};
use ui::t;

use super::app::App;
use super::frame::Page;
use super::visitor::Visitor;

/// What was made, and what to do with it now.
pub(super) struct Once<'a> {
    pub title: Cow<'a, str>,
    /// Whom to give it to, and what to do when it is lost.
    pub todo: Cow<'a, str>,
    /// What kind of secret it is.
    pub what: Cow<'a, str>,
    pub secret: &'a str,
    /// Where to go from here: address and words.
    pub back: (&'static str, Cow<'a, str>),
}

impl Once<'_> {
    pub fn page(self, app: &App, visitor: &Visitor) -> Markup {
        let locale = visitor.locale;
        let (href, words) = &self.back;
        let body = html! {
            (heading(&self.title, html! {}, html! {}))
            (alert(Tone::Warn, &t!(locale, "form-shown-once"), html! { (self.todo) }))
            (secret(visitor, &self.what, self.secret))
            div.actions { (button_link(ButtonKind::Primary, href, words)) }
        };
        Page { title: self.title, ..Page::default() }.show(app, visitor, body)
    }
}

/// A secret that is shown once: whole, to be selected by hand or copied.
pub(super) fn secret(visitor: &Visitor, what: &str, value: &str) -> Markup {
    let label = t!(visitor.locale, "component-copy-value", what = what);
    html! {
        p { (what) }
        p.secret {
            code translate="no" { (value) }
            button.copy type="button" hidden data-copy=(value) data-copied=(t!(visitor.locale, "action-copied"))
                aria-label=(label) title=(label) { (ui::icon(ui::Icon::Copy)) }
        }
    }
}
