//! The main menu: a column on wide screens, a sheet behind a link on narrow ones.

use std::borrow::Cow;

use maud::{Markup, html};

use super::Shell;
use crate::{Icon, icon, t};

/// A group of entries under one heading.
#[derive(Debug, Clone, Default)]
pub struct NavSection<'a> {
    /// The heading; empty for none.
    pub title: Cow<'a, str>,
    /// The entries.
    pub items: Vec<NavItem<'a>>,
}

/// One entry of the menu.
#[derive(Debug, Clone)]
pub struct NavItem<'a> {
    /// Where it leads.
    pub href: Cow<'a, str>,
    /// What it says.
    pub label: Cow<'a, str>,
    /// Its icon.
    pub icon: Icon,
    /// True on the pages behind it.
    pub active: bool,
    /// A number worth seeing from afar: open conflicts, links down.
    pub count: Option<u64>,
}

pub(super) fn menu(shell: &Shell<'_>) -> Markup {
    html! {
        nav.menu #menu aria-label=(t!(shell.locale, "shell-nav")) {
            a.menu-close href="#content" { (icon(Icon::Cross)) (t!(shell.locale, "action-close")) }
            @for section in &shell.nav {
                @if !section.title.is_empty() { p.menu-title { (section.title) } }
                ul {
                    @for item in &section.items {
                        li {
                            a href=(item.href) aria-current=[item.active.then_some("page")] {
                                (icon(item.icon)) span { (item.label) }
                                @if let Some(count) = item.count {
                                    span.menu-count { (shell.locale.count(count)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
