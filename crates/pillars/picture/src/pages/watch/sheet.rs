//! The form of one change to the list: what it asks, and which version it was looked at in.

use desk::pages::{App, Page, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, button_link, error_summary, field, heading};
use ui::t;

use super::trail;
use crate::watch::Entry;

/// One form.
pub(super) struct Sheet<'a> {
    pub title: std::borrow::Cow<'static, str>,
    pub lede: Markup,
    /// The entry that it changes; none for a new one.
    pub entry: Option<&'a Entry>,
    /// The end of the address that it is sent to.
    pub act: &'static str,
    pub fields: &'a [Field<'a>],
    /// What sends it.
    pub button: Markup,
}

impl Sheet<'_> {
    pub fn show(self, app: &App, visitor: &Visitor) -> Markup {
        let locale = visitor.locale;
        let (csrf, token) = visitor.csrf();
        let (action, back) = match self.entry {
            None => (format!("/picture/watch/{}", self.act), "/picture/watch".to_owned()),
            Some(entry) => (format!("/picture/watch/{}/{}", entry.said.watch.0, self.act), entry.href()),
        };
        let body = html! {
            (trail(locale, self.entry, &self.title))
            (heading(&self.title, self.lede, html! {}))
            (error_summary(locale, self.fields))
            form.form method="post" action=(action) novalidate {
                input type="hidden" name=(csrf) value=(token);
                @if let Some(entry) = self.entry { input type="hidden" name="version" value=(entry.record); }
                @for one in self.fields { (field(locale, one)) }
                div.actions {
                    (self.button)
                    (button_link(ButtonKind::Plain, &back, &t!(locale, "action-cancel")))
                }
            }
        };
        let marking = self.entry.map(|entry| entry.marking);
        Page { title: self.title, marking, ..Page::default() }.show(app, visitor, body)
    }
}
