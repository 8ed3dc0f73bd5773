//! The bell in the bar: how many notices wait to be read.

use maud::{Markup, html};

use crate::{Icon, Locale, icon, t};

/// What waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Bell {
    /// Notices that were not read.
    pub count: usize,
    /// True when one of them is urgent.
    pub urgent: bool,
}

/// Counts beyond this are said as "99+".
const MOST: usize = 99;

/// The link to the notices. Where the page is live it keeps itself current.
pub fn bell(locale: Locale, bell: &Bell) -> Markup {
    let said = t!(locale, "shell-notices", count = bell.count);
    html! {
        a #bell .top-link.bell href="/notices" title=(said) data-live="/notices/bell" data-topics="notices" {
            (icon(Icon::Bell)) span.visually-hidden { (said) }
            @if bell.count > 0 {
                span.bell-count .bell-urgent[bell.urgent] aria-hidden="true" {
                    @if bell.count > MOST { (MOST) "+" } @else { (bell.count) }
                }
            }
        }
    }
}
