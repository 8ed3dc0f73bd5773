//! Searches that a person keeps for themselves.

use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, Tone, button, field, post_button, status};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::fields::Signed;
use super::super::visitor::{Visitor, local_path};
use crate::access::EverythingFind;
use crate::local::Saved;

/// Keeps the search at hand under a name.
pub(in super::super) async fn save(
    State(app): State<App>,
    sent: Signed<EverythingFind>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let (visitor, locale) = (&sent.visitor, sent.visitor.locale);
        let path = of_find(sent.fields.get("path"));
        let name = sent.fields.get("name");
        if name.is_empty() {
            return Err(PageError::Wrong(t!(locale, "find-save-unnamed").into()));
        }
        if !app.desk.local.save_search(&visitor.account.name, name, &path, visitor.now)? {
            return Err(PageError::Conflict(t!(locale, "find-save-full").into()));
        }
        Ok(Redirect::to(&path))
    })
    .await
}

/// Forgets one.
pub(in super::super) async fn forget(
    State(app): State<App>,
    sent: Signed<EverythingFind>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        app.desk.local.forget_search(&sent.visitor.account.name, sent.fields.get("name"))?;
        Ok(Redirect::to("/find"))
    })
    .await
}

/// Watches one, or no longer.
pub(in super::super) async fn watch(
    State(app): State<App>,
    sent: Signed<EverythingFind>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let (visitor, on) = (&sent.visitor, sent.fields.get("watch") == "on");
        app.desk.local.watch_search(&visitor.account.name, sent.fields.get("name"), on, visitor.now)?;
        Ok(Redirect::to("/find"))
    })
    .await
}

/// A path of this page, and of no other.
fn of_find(path: &str) -> String {
    let path = local_path(path);
    if path.starts_with("/find?") { path.to_owned() } else { "/find".to_owned() }
}

fn watch_button(visitor: &Visitor, one: &Saved) -> Markup {
    let locale = visitor.locale;
    let name = one.name.as_str();
    let (words, on) = match one.watched {
        true => (t!(locale, "find-unwatch", name = name), "off"),
        false => (t!(locale, "find-watch", name = name), "on"),
    };
    let hidden = [visitor.csrf(), ("name", name), ("watch", on)];
    post_button(ButtonKind::Plain, "/find/saved/watch", &words, &hidden)
}

/// The list of them; and, where something was asked, the form that keeps it.
pub(super) fn card(app: &App, visitor: &Visitor, asked: bool) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let saved = app.desk.local.saved_searches(&visitor.account.name)?;
    let (csrf, token) = visitor.csrf();
    let name =
        Field { name: "name", label: t!(locale, "find-save-name"), required: true, ..Field::default() };
    let path = ui::query::with(&visitor.path, &[("after", None)]);
    let body = html! {
        @if saved.is_empty() { p.muted { (t!(locale, "find-saved-none")) } }
        @else {
            ul.saved {
                @for one in &saved {
                    li.row {
                        a href=(one.path) { (one.name) }
                        @if one.watched { (status(Tone::Ok, &t!(locale, "find-watched"))) }
                        (watch_button(visitor, one))
                        (post_button(ButtonKind::Plain, "/find/saved/forget",
                            &t!(locale, "find-forget", name = one.name.as_str()), &[(csrf, token), ("name", &one.name)]))
                    }
                }
            }
        }
        @if asked {
            form.form method="post" action="/find/saved" {
                input type="hidden" name=(csrf) value=(token);
                input type="hidden" name="path" value=(path);
                (field(locale, &name))
                div.actions { (button(ButtonKind::Plain, &t!(locale, "find-save"))) }
            }
        }
    };
    Ok(ui::component::card(&t!(locale, "find-saved"), html! {}, body))
}
