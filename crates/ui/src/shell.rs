//! The frame around every page: banners, header, menu, content, footer.

mod banner;
mod bell;
mod header;
mod menu;
mod palette;

use std::borrow::Cow;

use maud::{DOCTYPE, Markup, html};
use model::time::{TimeZone, Timestamp};
use model::{Marking, Side};

pub(crate) use banner::strip;
pub use bell::{Bell, bell};
pub use menu::{NavItem, NavSection};

use crate::{Locale, Theme, assets, t};

/// Everything about a page but its content.
#[derive(Debug, Clone, Default)]
pub struct Shell<'a> {
    /// The language of the page.
    pub locale: Locale,
    /// How it is coloured.
    pub theme: Theme,
    /// The title of the page, without the name of the product.
    pub title: Cow<'a, str>,
    /// Path and query of this page: the language and theme switches lead back to it.
    pub path: Cow<'a, str>,
    /// The menu; empty on pages before sign-in.
    pub nav: Vec<NavSection<'a>>,
    /// Who is signed in.
    pub user: Option<User<'a>>,
    /// Whose node this is.
    pub party: Option<OwnParty<'a>>,
    /// The exercise run, when the realm is not reality.
    pub exercise: Option<Cow<'a, str>>,
    /// Why the node takes no writes, or shows old content, and what to do.
    pub trouble: Option<Cow<'a, str>>,
    /// What everybody must know while it lasts, on each page.
    pub alarms: Vec<Cow<'a, str>>,
    /// What waits for the person signed in.
    pub bell: Option<Bell>,
    /// The strictest marking of anything on the page; `None` shows no banner.
    pub marking: Option<Marking>,
    /// The instant to which the content is true.
    pub updated: Option<Timestamp>,
    /// The instant of the past that the page shows instead of the present.
    pub past: Option<PastStrip<'a>>,
    /// Where an instant of the past is chosen for this page; `None` hides the way there.
    pub as_of: Option<Cow<'a, str>>,
    /// The viewer's time zone, shown beside UTC.
    pub zone: Option<TimeZone>,
    /// The server-sent events of this page, when it has live fragments.
    pub events: Option<Cow<'a, str>>,
    /// Where the search box of the header leads (parameter `q`); `None` hides it.
    pub search: Option<Cow<'a, str>>,
    /// Whom the palette asks (parameters `q` and `limit`); `None` leaves it out.
    pub palette: Option<Cow<'a, str>>,
}

/// The person signed in.
#[derive(Debug, Clone)]
pub struct User<'a> {
    /// The account's name.
    pub name: Cow<'a, str>,
    /// The page about oneself.
    pub account: Cow<'a, str>,
    /// Where the sign-out form posts to.
    pub sign_out: Cow<'a, str>,
    /// The token that the form carries as `csrf`.
    pub csrf: Cow<'a, str>,
}

/// What stands above a page of the past.
#[derive(Debug, Clone)]
pub struct PastStrip<'a> {
    /// The instant.
    pub at: Timestamp,
    /// The same page now.
    pub now: Cow<'a, str>,
    /// What has changed since.
    pub compare: Cow<'a, str>,
    /// Where another instant is chosen.
    pub other: Cow<'a, str>,
}

/// The party that runs this node.
#[derive(Debug, Clone)]
pub struct OwnParty<'a> {
    /// Its short name.
    pub name: Cow<'a, str>,
    /// Its side of the Atlantic.
    pub side: Side,
}

impl Shell<'_> {
    /// The whole document around `body`.
    pub fn page(&self, body: Markup) -> Markup {
        let theme = (self.theme != Theme::System).then(|| self.theme.code());
        html! {
            (DOCTYPE)
            html lang=(self.locale.code()) data-theme=[theme] {
                (self.head())
                body data-events=[self.events.as_deref()] {
                    a.skip href="#content" { (t!(self.locale, "shell-skip")) }
                    (banner::exercise(self))
                    div #past-strip { (banner::past(self)) }
                    (banner::trouble(self))
                    (banner::alarms(self))
                    (banner::marking(self))
                    (header::header(self))
                    div.frame {
                        @if !self.nav.is_empty() { (menu::menu(self)) }
                        main #content tabindex="-1" { (body) }
                    }
                    (self.footer())
                    (self.keys())
                    (palette::palette(self))
                }
            }
        }
    }

    fn head(&self) -> Markup {
        html! {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title {
                    (self.title) " · "
                    @if let Some(party) = &self.party { (party.name) " · " }
                    "Entente"
                }
                link rel="stylesheet" href=(assets::css().path);
                link rel="icon" type="image/svg+xml" href=(assets::mark().path);
                script src=(assets::script().path) defer {}
            }
        }
    }

    fn footer(&self) -> Markup {
        html! {
            footer.foot {
                p { (t!(self.locale, "shell-footer")) }
                button.foot-keys type="button" data-keys-open="" { kbd { "?" } " " (t!(self.locale, "shell-keys")) }
            }
            (banner::marking_bottom(self))
        }
    }

    /// The list of shortcuts; opened by the script, useless and therefore hidden without it.
    fn keys(&self) -> Markup {
        let rows = [
            ("Ctrl K", t!(self.locale, "shell-keys-palette")),
            ("/", t!(self.locale, "shell-keys-search")),
            ("1 … 9", t!(self.locale, "shell-keys-go")),
            ("j / k", t!(self.locale, "shell-keys-rows")),
            ("?", t!(self.locale, "shell-keys-help")),
        ];
        html! {
            dialog.keys #keys aria-labelledby="keys-title" {
                h2 #keys-title { (t!(self.locale, "shell-keys")) }
                dl.facts {
                    @for (key, what) in rows { div { dt { kbd { (key) } } dd { (what) } } }
                }
                // WCAG 2.2, 2.1.4: shortcuts of a single character can be turned off.
                p.field.field-check {
                    input #keys-on type="checkbox" checked data-keys-switch="";
                    label for="keys-on" { (t!(self.locale, "shell-keys-on")) }
                }
                form method="dialog" { button.button { (t!(self.locale, "action-close")) } }
            }
        }
    }
}
