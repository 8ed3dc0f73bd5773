//! Who is known here: parties with a node, and consumers that this node serves.

use axum::extract::State;
use maud::{Markup, html};
use records::consumer::Relation;
use ui::component::{ButtonKind, Column, Table, Tone, button_link, card, hash, heading, status, table, tlp};
use ui::locale::lookup;
use ui::{Locale, t};

use super::app::App;
use super::error::PageError;
use super::frame::Page;
use super::may::May;
use super::names;
use super::sight::may_read;
use super::visitor::Visitor;
use crate::access::{ConsumerManage, PartyRead, PartyTrust};
use crate::views::{Known, Party};

pub(super) async fn page(State(app): State<App>, visitor: May<PartyRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| Ok(show(app, &visitor))).await
}

fn show(app: &App, visitor: &Visitor) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let actions = html! {
        @if visitor.may::<PartyTrust>() {
            (button_link(ButtonKind::Primary, "/parties/trust", &t!(locale, "party-trust-title")))
        }
        (button_link(ButtonKind::Plain, "/parties/card", &t!(locale, "party-card-download")))
    };
    let add = html! {
        @if visitor.may::<ConsumerManage>() {
            (button_link(ButtonKind::Plain, "/parties/consumers/add", &t!(locale, "consumer-add-submit")))
        }
    };
    let body = html! {
        (heading(&t!(locale, "party-parties-title"), html! { (t!(locale, "party-parties-lede")) }, actions))
        div.stack {
            (parties(app, visitor, &known))
            (card(&t!(locale, "consumer-consumers-title"), add, html! {
                p.muted { (t!(locale, "consumer-consumers-lede")) }
                (consumers(app, visitor, &known))
            }))
        }
    };
    let page = Page { title: t!(locale, "party-parties-title"), ..Page::default() };
    page.show(app, visitor, body)
}

fn parties(app: &App, visitor: &Visitor, known: &Known) -> Markup {
    let locale = visitor.locale;
    let columns = vec![
        Column::text(t!(locale, "word-party")),
        Column::text(t!(locale, "word-name")),
        Column::text(t!(locale, "party-roles")),
        Column::text(t!(locale, "party-fingerprint")),
        Column::text(t!(locale, "word-state")),
        Column::number(t!(locale, "party-agreements")),
    ];
    let rows = known
        .parties
        .iter()
        .map(|(id, party)| {
            let shared = known.agreements.values().filter_map(|a| a.newest_signed());
            let shared = shared.filter(|version| version.agreement.has_party(id));
            let shared = shared.filter(|version| may_read(app, visitor, version).unwrap_or(false)).count();
            vec![
                names::party_link(locale, known, *id),
                html! { (locale.pick(&party.card.name)) },
                html! { (roles(locale, party)) },
                hash(locale, &t!(locale, "party-fingerprint"), &names::fingerprint(party)),
                trust(locale, party, *id == app.desk.me),
                html! { (locale.count(shared as u64)) },
            ]
        })
        .collect();
    let list = Table {
        caption: t!(locale, "party-parties-title"),
        columns,
        rows,
        empty: Some(html! { p { (t!(locale, "party-parties-empty")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

/// The state of trust in a word.
pub(super) fn trust(locale: Locale, party: &Party, own: bool) -> Markup {
    match (own, party.trusted) {
        (true, _) => status(Tone::Info, &t!(locale, "party-own")),
        (false, true) => status(Tone::Ok, &t!(locale, "party-trusted")),
        (false, false) => status(Tone::Warn, &t!(locale, "party-untrusted")),
    }
}

/// The roles of a party in words.
pub(super) fn roles(locale: Locale, party: &Party) -> String {
    let name = |role: &model::Role| {
        let code = serde_json::to_value(role).ok()?.as_str()?.to_owned();
        lookup(locale, &format!("role-{code}"))
    };
    party.card.roles.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

fn consumers(app: &App, visitor: &Visitor, known: &Known) -> Markup {
    let locale = visitor.locale;
    let columns = vec![
        Column::text(t!(locale, "word-name")),
        Column::text(t!(locale, "word-relation")),
        Column::text(t!(locale, "consumer-clearance")),
        Column::text(t!(locale, "nav-agreements")),
        Column::text(t!(locale, "consumer-writes")),
        Column::text(t!(locale, "word-state")),
    ];
    let rows = known
        .consumers
        .values()
        .map(|consumer| {
            vec![
                html! { (consumer.name) },
                html! { (relation(locale, consumer.relation)) },
                tlp(locale, consumer.clearance),
                html! {
                    @if consumer.agreements.is_empty() { span.muted { (t!(locale, "word-none")) } }
                    @for id in &consumer.agreements {
                        (names::agreement_link(app, visitor, known, id)) " "
                    }
                },
                html! { @if consumer.can_write { (t!(locale, "word-yes")) } @else { (t!(locale, "word-no")) } },
                if consumer.active {
                    html! {
                        (status(Tone::Ok, &t!(locale, "state-active"))) " "
                        @if visitor.may::<ConsumerManage>() {
                            a href={ "/parties/consumers/" (ui::query::encode(&consumer.name)) "/close" } {
                                (t!(locale, "consumer-close"))
                            }
                        }
                    }
                } else {
                    status(Tone::Idle, &t!(locale, "consumer-closed"))
                },
            ]
        })
        .collect();
    let list = Table {
        caption: t!(locale, "consumer-consumers-title"),
        columns,
        rows,
        empty: Some(
            html! { p { (t!(locale, "consumer-consumers-empty")) } p.muted { (t!(locale, "consumer-add")) } },
        ),
        ..Table::default()
    };
    table(locale, &list)
}

pub(super) fn relation(locale: Locale, relation: Relation) -> std::borrow::Cow<'static, str> {
    match relation {
        Relation::Organisation => t!(locale, "consumer-relation-organisation"),
        Relation::Client => t!(locale, "consumer-relation-client"),
        Relation::Community => t!(locale, "consumer-relation-community"),
        Relation::Public => t!(locale, "consumer-relation-public"),
    }
}
