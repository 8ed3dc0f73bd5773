//! The style guide: every component in every state, with sample content. It is also what the snapshot tests
//! render, so a component that changes shows in both languages.

mod charts;
mod forms;
mod foundations;
mod lists;
mod marks;
mod states;
mod thing;

use maud::{Markup, html};
use model::{Marking, Pap, Side, Timestamp, Tlp, time::TimeZone};

use crate::{Bell, Icon, Locale, NavItem, NavSection, OwnParty, Shell, Theme, User, component, t};

/// The instant the sample content is seen from: 25 November 2026, 02:05 UTC.
fn now() -> Timestamp {
    Timestamp::constant(1_795_572_300, 0)
}

/// The page with a frame that shows everything a frame can show.
pub fn page(locale: Locale, theme: Theme) -> Markup {
    shell(locale, theme).page(body(locale))
}

/// What stands in the frame, for the node that serves it in its own.
pub fn body(locale: Locale) -> Markup {
    html! {
        (component::heading(&t!(locale, "styleguide-title"), html! { (t!(locale, "styleguide-lede")) }, html! {}))
        (section("figures", &t!(locale, "styleguide-figures"), lists::figures(locale)))
        (section("marking", &t!(locale, "styleguide-marking"), marks::markings(locale)))
        (section("states", &t!(locale, "styleguide-states"), marks::states(locale)))
        (section("lists", &t!(locale, "styleguide-lists"), lists::lists(locale)))
        (section("thing", &t!(locale, "styleguide-thing"), thing::thing(locale)))
        (section("charts", &t!(locale, "styleguide-charts"), charts::charts(locale)))
        (section("graph", &t!(locale, "styleguide-graph"), charts::small_graph(locale)))
        (section("graph-large", &t!(locale, "styleguide-graph-large"), charts::large_graph(locale)))
        (section("forms", &t!(locale, "styleguide-forms"), forms::forms(locale)))
        (section("data-states", &t!(locale, "styleguide-data-states"), states::states(locale)))
        (section("banners", &t!(locale, "styleguide-banners"), states::banners(locale)))
        (section("times", &t!(locale, "styleguide-times"), states::times(locale)))
        (section("messages", &t!(locale, "styleguide-messages"), forms::messages(locale)))
        (section("type", &t!(locale, "styleguide-type"), foundations::type_scale(locale)))
        (section("spacing", &t!(locale, "styleguide-spacing"), foundations::spacing()))
        (section("colours", &t!(locale, "styleguide-colours"), foundations::colours(locale)))
        (section("icons", &t!(locale, "styleguide-icons"), foundations::icons()))
    }
}

/// The frame with everything in it that a frame can have.
fn shell(locale: Locale, theme: Theme) -> Shell<'static> {
    Shell {
        past: None,
        as_of: None,
        locale,
        theme,
        title: t!(locale, "styleguide-title"),
        path: "/styleguide".into(),
        nav: menu(locale),
        user: Some(User {
            name: "m.lindqvist".into(),
            sign_out: "/logout".into(),
            account: "/account".into(),
            csrf: "sample".into(),
        }),
        party: Some(OwnParty { name: "CSIRT Meridian".into(), side: Side::Eu }),
        exercise: Some("tidal-shift-2026".into()),
        trouble: Some(t!(locale, "styleguide-trouble")),
        alarms: Vec::new(),
        bell: Some(Bell { count: 3, urgent: true }),
        marking: Some(Marking { tlp: Tlp::AmberStrict, pap: Some(Pap::Amber) }),
        updated: Some(now()),
        zone: TimeZone::get("Europe/Brussels").ok(),
        events: Some("/events".into()),
        search: Some("/find".into()),
        palette: Some("/api/v1/find".into()),
    }
}

fn menu(locale: Locale) -> Vec<NavSection<'static>> {
    let item = |href: &'static str, label, icon, count| NavItem {
        href: href.into(),
        label,
        icon,
        active: href == "/styleguide",
        count,
    };
    vec![
        NavSection { title: "".into(), items: vec![item("/", t!(locale, "nav-overview"), Icon::Home, None)] },
        NavSection {
            title: t!(locale, "nav-exchange"),
            items: vec![
                item("/exchange/objects", t!(locale, "nav-objects"), Icon::Document, None),
                item("/exchange/collections", t!(locale, "nav-collections"), Icon::Stack, None),
                item("/exchange/quarantine", t!(locale, "nav-quarantine"), Icon::Quarantine, Some(3)),
            ],
        },
        NavSection {
            title: t!(locale, "nav-accord"),
            items: vec![item("/accord/agreements", t!(locale, "nav-agreements"), Icon::Agreement, Some(1))],
        },
        NavSection {
            title: t!(locale, "nav-desk"),
            items: vec![
                item("/parties", t!(locale, "nav-parties"), Icon::Party, None),
                item("/links", t!(locale, "nav-links"), Icon::Link, None),
                item("/ledger", t!(locale, "nav-ledger"), Icon::Ledger, None),
                item("/styleguide", t!(locale, "nav-styleguide"), Icon::Contrast, None),
            ],
        },
    ]
}

fn section(id: &str, title: &str, body: Markup) -> Markup {
    html! { section.stack id=(id) { h2 { (title) } (body) } }
}
