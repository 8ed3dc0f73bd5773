//! Which duties follow from an incident, towards whom, by when, and why: on both sides of the Atlantic.
//!
//! The heart is pure: [`clocks()`] and [`plan()`] are functions of the law in `packs` and the facts of an incident, and
//! the instant is an argument, so that a plan can be worked out again for any moment in the past. Around it stand
//! the records of incidents ([`commands`], [`case`]), pages and an API.

mod api;
mod fold;
mod pages;

pub mod case;
pub mod clocks;
pub mod commands;
pub mod counting;
pub mod facts;
pub mod moment;
pub mod page;
pub mod plan;
pub mod threshold;
pub mod wording;

use std::borrow::Cow;

use axum::Router;
use axum::routing::get;
use desk::Pillar;
use desk::pages::{App, NavEntry, Place};
use ui::{Icon, Locale, t};

pub use api::openapi;
pub use clocks::{Clock, clocks};
pub use facts::{FactError, Facts};
pub use moment::Moment;
pub use pages::source;
pub use plan::{Incident, Plan, plan};

/// This pillar, as the node lists it.
pub const PILLAR: Pillar = Pillar {
    name: "notify",
    schema: fold::SCHEMA,
    version: 1,
    fold: fold::fold,
    settle: |_| Ok(()),
    // A later statement may have counted on an earlier one: erasing is rare, folding anew is exact.
    erase: |_, erased| Ok(!erased.header.kind.starts_with("notify.")),
    forget: |_, _| Ok(()),         // nothing is kept beside the views
    raised: |_, _| Ok(Vec::new()), // these kinds never leave their author
    reactors: &[],
};

/// The menu entry of this pillar.
pub const NAV: NavEntry =
    NavEntry { place: Place::Notify, href: "/notify/incidents", label, icon: Icon::Clock };

fn label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "nav-incidents")
}

/// Pages and API of this pillar.
pub fn routes(app: App) -> Router {
    let routes = Router::new()
        .route("/notify/incidents", get(pages::list::page))
        .route("/notify/incidents/{id}", get(pages::detail::page))
        .route("/api/v1/notify/incidents", get(api::list))
        .route("/api/v1/notify/incidents/{id}/plan", get(api::plan));
    desk::pages::finish(routes, app)
}
