//! Which role may do what, as a table: the same that the handlers ask.

use axum::extract::State;
use maud::{Markup, html};
use ui::component::{Column, Table, Tone, heading, status, table};
use ui::locale::lookup;
use ui::{Locale, t};

use super::accounts::role_name;
use super::app::App;
use super::frame::Page;
use super::may::May;
use super::visitor::PROOF_HOLDS;
use crate::access::{OwnAccount, Permission};
use crate::local::Role;

/// The table; one's own role first.
pub(super) async fn page(State(app): State<App>, visitor: May<OwnAccount>) -> Markup {
    let locale = visitor.locale;
    let own = visitor.account.role;
    let others = Role::ALL.into_iter().filter(|role| *role != own);
    let roles: Vec<Role> = std::iter::once(own).chain(others).collect();
    let row = |permission: Permission| {
        let what = html! {
            (permission_words(locale, permission.name)) br;
            code.muted translate="no" { (permission.name) }
            @if permission.sensitive { " " (status(Tone::Info, &t!(locale, "access-asks"))) }
        };
        let held = roles.iter().map(|role| match permission.is_of(*role) {
            true => html! { b { (t!(locale, "word-yes")) } },
            false => html! { (t!(locale, "word-no")) },
        });
        std::iter::once(what).chain(held).collect()
    };
    let list = Table {
        caption: t!(locale, "access-roles-title"),
        columns: std::iter::once(Column::text(t!(locale, "access-permission")))
            .chain(roles.iter().map(|role| Column::text(role_name(locale, *role))))
            .collect(),
        rows: app.site.permissions().map(row).collect(),
        ..Table::default()
    };
    let title = t!(locale, "access-roles-title");
    let lede = t!(locale, "access-roles-lede", duration = locale.duration(PROOF_HOLDS));
    let body = html! {
        (heading(&title, html! { (lede) }, html! {}))
        (table(locale, &list))
    };
    Page { title, ..Page::default() }.show(&app, &visitor, body)
}

/// A permission in words.
pub(super) fn permission_words(locale: Locale, name: &str) -> String {
    let key = format!("permission-{}", name.replace(' ', "-"));
    lookup(locale, &key).map_or_else(|| name.to_owned(), std::borrow::Cow::into_owned)
}
