//! Agreements: proposed, signed, amended, withdrawn; and the pages and API on which people read them.
//!
//! What an agreement permits is decided in `share`; what its records mean is folded in `desk`. This pillar is
//! the part that people touch: [`commands`] that make records, a [`standing`] in one word, pages, and an API.

mod api;
mod pages;

pub mod access;
pub mod commands;
pub mod profile;
pub mod standing;

use std::borrow::Cow;

use axum::Router;
use axum::routing::get;
use desk::pages::{App, NavEntry, Place};
use ui::{Icon, Locale, t};

pub use api::openapi;
pub use commands::propose::{ProposeError, propose};
pub use commands::sign::{SignError, sign};
pub use commands::withdraw::{WithdrawError, withdraw};
pub use pages::sign::carry_out;
pub use pages::{overview, source, telling, tiles};
pub use profile::{Profile, ProfileError, Terms};
pub use standing::Standing;

/// The menu entry of this pillar.
pub const NAV: NavEntry =
    NavEntry { place: Place::Accord, href: "/accord/agreements", label, icon: Icon::Agreement };

fn label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "nav-agreements")
}

/// Pages and API of this pillar.
pub fn routes(app: App) -> Router {
    let routes = Router::new()
        .route("/accord/agreements", get(pages::list::page))
        .route("/accord/agreements/propose", get(pages::propose::ask).post(pages::propose::submit))
        .route("/accord/agreements/{id}", get(pages::detail::page))
        .route("/accord/agreements/{id}/amend", get(pages::propose::ask_amend).post(pages::propose::amend))
        .route("/accord/agreements/{id}/sign", get(pages::sign::ask).post(pages::sign::submit))
        .route("/accord/agreements/{id}/withdraw", get(pages::withdraw::ask).post(pages::withdraw::submit))
        .route("/api/v1/accord/agreements", get(api::list))
        .route("/api/v1/accord/agreements/{id}", get(api::one));
    desk::pages::finish(routes, app)
}
