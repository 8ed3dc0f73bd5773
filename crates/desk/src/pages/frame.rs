//! The frame around the pages of a signed-in person: menu, party, exercise banner, live updates.

use std::borrow::Cow;

use maud::Markup;
use model::{Marking, Realm, Side, Timestamp};
use ui::{Icon, Locale, NavItem, NavSection, OwnParty, Shell, User, t};

use super::app::{App, NavEntry, Place};
use super::visitor::Visitor;
use crate::access::{AccountManage, AuditRead, LinkRead, Permission, Permit as _, ReleaseRead};

/// What a page adds to its frame.
#[derive(Debug, Clone, Default)]
pub struct Page<'a> {
    /// The title.
    pub title: Cow<'a, str>,
    /// The strictest marking of anything on the page.
    pub marking: Option<Marking>,
    /// The instant to which the content is true.
    pub updated: Option<Timestamp>,
}

impl Page<'_> {
    /// The whole document around `body`.
    pub fn show(&self, app: &App, visitor: &Visitor, body: Markup) -> Markup {
        Shell { marking: self.marking, updated: self.updated, ..shell(app, visitor, &self.title) }.page(body)
    }
}

/// The entries of the node itself.
pub(super) const OWN: [NavEntry; 5] = [
    NavEntry { place: Place::Node, href: "/parties", label: |l| t!(l, "nav-parties"), icon: Icon::Party },
    NavEntry { place: Place::Node, href: "/links", label: |l| t!(l, "nav-links"), icon: Icon::Link },
    NavEntry { place: Place::Node, href: "/ledger", label: |l| t!(l, "nav-ledger"), icon: Icon::Ledger },
    NavEntry { place: Place::Node, href: "/release", label: |l| t!(l, "nav-release"), icon: Icon::Check },
    NavEntry { place: Place::Node, href: "/audit", label: |l| t!(l, "nav-audit"), icon: Icon::Search },
];

/// For who manages accounts.
pub(super) const ACCOUNTS: NavEntry =
    NavEntry { place: Place::Node, href: "/accounts", label: |l| t!(l, "nav-accounts"), icon: Icon::User };

/// The frame without its content.
pub(super) fn shell<'a>(app: &'a App, visitor: &'a Visitor, title: &'a str) -> Shell<'a> {
    let exercise = match &app.desk.realm {
        Realm::Real => None,
        Realm::Exercise(run) => Some(Cow::Borrowed(run.as_str())),
    };
    Shell {
        locale: visitor.locale,
        theme: visitor.theme,
        title: title.into(),
        path: visitor.path.as_str().into(),
        nav: nav(app, visitor),
        user: Some(User {
            name: visitor.account.name.as_str().into(),
            account: "/account".into(),
            sign_out: "/logout".into(),
            csrf: visitor.form_token.as_str().into(),
        }),
        party: Some(own_party(app)),
        exercise,
        trouble: super::health::trouble(app).map(|trouble| trouble.text(visitor.locale)),
        alarms: super::glass::alarms(app, visitor),
        bell: visitor.past.is_none().then(|| super::notices::unread(app, visitor)),
        events: visitor.past.is_none().then_some("/events".into()),
        zone: visitor.zone.clone(),
        search: Some("/find".into()),
        palette: visitor.past.is_none().then_some("/api/v1/find".into()),
        past: visitor.past.map(|at| super::past::strip(visitor, at)),
        as_of: Some(super::past::chooser(visitor).into()),
        ..Shell::default()
    }
}

/// This node's party, by its card or by its id while it has none.
pub(super) fn own_party(app: &App) -> OwnParty<'static> {
    let known = app.desk.known();
    let card = known.parties.get(&app.desk.me).map(|party| &party.card);
    let name = super::names::party_name(&known, app.desk.me);
    OwnParty { name: name.into(), side: card.map_or(Side::Other, |card| card.side) }
}

fn nav<'a>(app: &App, visitor: &Visitor) -> Vec<NavSection<'a>> {
    let locale = visitor.locale;
    let here = visitor.path.split('?').next().unwrap_or("/");
    let item = |entry: &NavEntry| NavItem {
        href: entry.href.into(),
        label: (entry.label)(locale),
        icon: entry.icon,
        active: is_below(here, entry.href),
        count: None,
    };
    let home = NavEntry { place: Place::Node, href: "/", label: |l| t!(l, "nav-overview"), icon: Icon::Home };
    let mut sections = vec![NavSection { title: t!(locale, "nav-watch"), items: vec![item(&home)] }];
    for place in [Place::Picture, Place::Exchange, Place::Notify, Place::Accord, Place::Node] {
        let sees = |entry: &&NavEntry| need(app, entry.href).is_none_or(|needed| visitor.holds(&needed));
        let entries = app.site.nav.iter().chain(&OWN).filter(|entry| entry.place == place).filter(sees);
        let mut items: Vec<_> = entries.map(item).collect();
        if place == Place::Node && visitor.may::<AccountManage>() {
            items.push(item(&ACCOUNTS));
        }
        if !items.is_empty() {
            sections.push(NavSection { title: place_name(locale, place), items });
        }
    }
    sections
}

/// What a menu entry asks for.
pub(super) fn need(app: &App, href: &str) -> Option<Permission> {
    let own = [
        ("/links", LinkRead::PERMISSION),
        ("/audit", AuditRead::PERMISSION),
        ("/release", ReleaseRead::PERMISSION),
    ];
    let mut needs = app.site.needs.iter().chain(&own);
    needs.find(|(entry, _)| *entry == href).map(|(_, needed)| *needed)
}

fn place_name(locale: Locale, place: Place) -> Cow<'static, str> {
    match place {
        Place::Picture => t!(locale, "nav-picture"),
        Place::Exchange => t!(locale, "nav-exchange"),
        Place::Notify => t!(locale, "nav-notify"),
        Place::Accord => t!(locale, "nav-accord"),
        Place::Node => t!(locale, "nav-desk"),
    }
}

/// True on the entry's page and those behind it.
fn is_below(here: &str, href: &str) -> bool {
    here == href || (href != "/" && here.strip_prefix(href).is_some_and(|rest| rest.starts_with('/')))
}
