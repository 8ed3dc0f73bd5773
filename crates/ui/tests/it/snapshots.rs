//! A few snapshots, in both languages: the frame, and the components with words of their own.

use model::time::{SignedDuration, Timestamp};
use model::{Marking, Pap, Side, Tlp};
use ui::component::{self, Column, Table, Tone};
use ui::{Icon, Locale, Markup, NavItem, NavSection, OwnParty, Shell, Theme, User, assets, html};

fn at() -> Timestamp {
    "2026-11-25T02:05:00Z".parse().expect("a timestamp")
}

/// One tag per line, and names of assets without their hash, so that a diff can be read.
fn lines(markup: Markup) -> String {
    let mut text = markup.into_string().replace("><", ">\n<");
    for asset in assets::all() {
        let extension = asset.path.rsplit('.').next().unwrap_or("");
        text = text.replace(&asset.path, &format!("/assets/[hash].{extension}"));
    }
    text
}

fn frame(locale: Locale) -> Markup {
    let item = NavItem {
        href: "/ledger".into(),
        label: ui::t!(locale, "nav-ledger"),
        icon: Icon::Ledger,
        active: true,
        count: Some(2),
    };
    let shell = Shell {
        locale,
        theme: Theme::Dark,
        title: ui::t!(locale, "ledger-title"),
        path: "/ledger?sort=-at".into(),
        nav: vec![NavSection { title: ui::t!(locale, "nav-desk"), items: vec![item] }],
        user: Some(User {
            name: "<officer>".into(),
            account: "/account".into(),
            sign_out: "/logout".into(),
            csrf: "token".into(),
        }),
        party: Some(OwnParty { name: "CSIRT Meridian".into(), side: Side::Eu }),
        exercise: Some("run-7".into()),
        marking: Some(Marking { tlp: Tlp::Green, pap: Some(Pap::Amber) }),
        updated: Some(at()),
        events: Some("/events".into()),
        search: Some("/find".into()),
        palette: Some("/api/v1/find".into()),
        ..Shell::default()
    };
    shell.page(html! { h1 { "—" } })
}

fn words(locale: Locale) -> Markup {
    let columns = vec![
        Column::text(ui::t!(locale, "word-name")).sorted_by("name"),
        Column::number(ui::t!(locale, "word-count")),
    ];
    let content = Table {
        caption: ui::t!(locale, "nav-objects"),
        columns,
        rows: vec![vec![html! { "a & b" }, html! { (locale.count(12_345)) }]],
        path: "/objects?next=9&q=x".into(),
        sorted: Some("name".into()),
        ..Table::default()
    };
    html! {
        (component::tlp(locale, Tlp::AmberStrict))
        (component::reason(locale, "above-grant", Tone::Warn))
        (component::time_full(locale, at() - SignedDuration::from_hours(3), at(), None))
        (component::table(locale, &content))
        (component::loading(locale))
        (component::stale(locale, "why"))
    }
}

#[test]
fn the_frame_in_english() {
    insta::assert_snapshot!(lines(frame(Locale::En)));
}

#[test]
fn the_frame_in_french() {
    insta::assert_snapshot!(lines(frame(Locale::Fr)));
}

#[test]
fn components_in_english() {
    insta::assert_snapshot!(lines(words(Locale::En)));
}

#[test]
fn components_in_french() {
    insta::assert_snapshot!(lines(words(Locale::Fr)));
}
