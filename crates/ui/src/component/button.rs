//! Buttons, and links that look like them.

use maud::{Markup, html};

/// How much a button weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum ButtonKind {
    /// The one thing this page is for.
    Primary,
    /// Everything else.
    #[default]
    Plain,
    /// Takes something away.
    Danger,
}

impl ButtonKind {
    const fn class(self) -> &'static str {
        match self {
            ButtonKind::Primary => "button button-primary",
            ButtonKind::Plain => "button",
            ButtonKind::Danger => "button button-danger",
        }
    }
}

/// Submits the form around it.
pub fn button(kind: ButtonKind, label: &str) -> Markup {
    html! { button class=(kind.class()) type="submit" { (label) } }
}

/// Goes somewhere.
pub fn button_link(kind: ButtonKind, href: &str, label: &str) -> Markup {
    html! { a class=(kind.class()) href=(href) { (label) } }
}

/// A form of one button; `hidden` are its fields, the CSRF token among them.
pub fn post_button(kind: ButtonKind, action: &str, label: &str, hidden: &[(&str, &str)]) -> Markup {
    html! {
        form.post-button method="post" action=(action) {
            @for (name, value) in hidden { input type="hidden" name=(name) value=(value); }
            (button(kind, label))
        }
    }
}
