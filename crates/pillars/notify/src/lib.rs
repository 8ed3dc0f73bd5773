//! Which duties follow from an incident, towards whom, by when, and why: on both sides of the Atlantic.
//!
//! The heart is pure: [`clocks()`] and [`plan()`] are functions of the law in `packs` and the facts of an incident, and
//! the instant is an argument, so that a plan can be worked out again for any moment in the past. Around it stand
//! the records of incidents ([`commands`], [`case`]), pages and an API.

mod api;
mod cite;
mod fold;
mod ical;
mod notices;
mod pages;
mod place;

pub mod access;
pub mod ask;
pub mod authority;
pub mod board;
pub mod case;
pub mod clocks;
pub mod commands;
pub mod counting;
mod currency;
pub mod facts;
pub mod form;
pub mod heads;
pub mod held;
pub mod import;
mod labels;
pub mod law;
pub mod law_moves;
pub mod mailing;
pub mod methods;
pub mod moment;
pub mod moves;
pub mod page;
pub mod plan;
pub mod pledges;
pub mod proof;
pub mod ransom;
pub mod remind;
pub mod sending;
pub mod standing;
pub mod template;
pub mod threshold;
pub mod watch;
pub mod wording;

use std::borrow::Cow;

use axum::routing::{get, post};
use axum::{Extension, Router};
use desk::Pillar;
use desk::pages::{App, NavEntry, Place};
use ui::{Icon, Locale, t};

pub use api::openapi;
pub use clocks::{Clock, clocks};
pub use facts::{FactError, Facts};
pub use moment::Moment;
pub use notices::REMINDERS;
pub use pages::{due_soon, source, telling};
pub use plan::{Incident, Plan, outline, plan};

/// This pillar, as the node lists it.
pub const PILLAR: Pillar = Pillar {
    name: "notify",
    schema: fold::SCHEMA,
    version: 6,
    fold: fold::fold,
    settle: |_| Ok(()),
    // A later statement may have counted on an earlier one: erasing is rare, folding anew is exact.
    erase: |_, erased| Ok(!erased.header.kind.starts_with("notify.")),
    forget: |_, _| Ok(()),         // nothing is kept beside the views
    raised: |_, _| Ok(Vec::new()), // these kinds never leave their author
    reactors: &[
        watch::NOTE_OBLIGATIONS,
        authority::RECEIVE_FILING,
        authority::NOTE_ANSWER,
        authority::TELL_RECEIVED,
        authority::TELL_STEP,
    ],
};

/// The menu entries of this pillar: what happened here, what is due when, what others report to us, and
/// how risk is assessed.
pub const NAV: [NavEntry; 4] = [
    NavEntry { place: Place::Notify, href: "/notify/incidents", label, icon: Icon::Document },
    NavEntry {
        place: Place::Notify,
        href: "/notify/clocks",
        label: |locale| t!(locale, "notify-clocks-title"),
        icon: Icon::Clock,
    },
    NavEntry {
        place: Place::Notify,
        href: "/notify/reports",
        label: |locale| t!(locale, "nav-reports"),
        icon: Icon::Document,
    },
    NavEntry {
        place: Place::Notify,
        href: "/notify/methods",
        label: |locale| t!(locale, "methods-title"),
        icon: Icon::Document,
    },
];

fn label(locale: Locale) -> Cow<'static, str> {
    t!(locale, "nav-incidents")
}

/// Pages and API of this pillar.
pub fn routes(app: App) -> Router {
    let routes = Router::new()
        .route("/notify/incidents", get(pages::list::page))
        .route("/notify/incidents/open", get(pages::open::ask).post(pages::open::submit))
        .route("/notify/incidents/import", get(pages::import::ask).post(pages::import::submit))
        .route("/notify/incidents/{id}", get(pages::detail::page))
        .route("/notify/incidents/{id}/laws", get(pages::laws::ask).post(pages::laws::submit))
        .route("/notify/incidents/{id}/intake", get(pages::intake::ask).post(pages::intake::submit))
        .route("/notify/incidents/{id}/decide", get(pages::decide::ask).post(pages::decide::submit))
        .route("/notify/incidents/{id}/assign", post(pages::assign::submit))
        .route("/notify/incidents/{id}/whatif", get(pages::whatif::page))
        .route("/notify/incidents/{id}/stages/{stage}", get(pages::stage::page))
        .route(
            "/notify/incidents/{id}/stages/{stage}/file",
            get(pages::stage::file::form).post(pages::stage::file::submit),
        )
        .route(
            "/notify/incidents/{id}/stages/{stage}/send",
            get(pages::stage::send::form).post(pages::stage::send::submit),
        )
        .route(
            "/notify/incidents/{id}/stages/{stage}/mail",
            get(pages::stage::mail::form).post(pages::stage::mail::submit),
        )
        .route("/notify/incidents/{id}/stages/{stage}/mail/settle", post(pages::stage::mail::settled))
        .route("/notify/mailboxes", get(pages::mailboxes::page).post(pages::mailboxes::submit))
        .route("/notify/incidents/{id}/stages/{stage}/evidence", post(pages::stage::evidence::attach))
        .route("/notify/incidents/{id}/evidence/{record}", get(pages::stage::evidence::file))
        .route("/notify/incidents/{id}/stages/{stage}/document", get(pages::stage::files::document))
        .route("/notify/incidents/{id}/stages/{stage}/template", get(pages::stage::template::document))
        .route("/notify/incidents/{id}/stages/{stage}/proof", get(pages::stage::proof::page))
        .route("/notify/incidents/{id}/stages/{stage}/proof/file", get(pages::stage::files::proof))
        .route("/notify/incidents/{id}/ransom", get(pages::ransom::page))
        .route("/notify/incidents/{id}/ransom/screen", post(pages::ransom::screen::submit))
        .route("/notify/incidents/{id}/ransom/export/{form}", get(pages::ransom::export::file_of))
        .route("/notify/pledges", get(pages::pledges::page).post(pages::pledges::submit))
        .route("/notify/clocks", get(pages::clocks::page))
        .route("/notify/calendar", get(pages::calendar::page).post(pages::calendar::renew))
        .route("/notify/calendar/{token}", get(pages::calendar::feed))
        .route("/notify/methods", get(methods::pages::list))
        .route("/notify/methods/crosswalk", get(methods::pages::crosswalk))
        .route("/notify/methods/declare", get(methods::form::ask).post(methods::form::submit))
        .route("/notify/methods/{id}", get(methods::pages::one))
        .route("/api/v1/notify/methods", get(methods::api::list))
        .route("/api/v1/notify/methods/crosswalk", get(methods::api::crosswalk))
        .route("/api/v1/notify/methods/practices", post(methods::api::say))
        .route("/api/v1/notify/incidents", get(api::list).post(api::write::open))
        .route("/api/v1/notify/incidents/import", post(api::write::import))
        .route("/api/v1/notify/incidents/{id}/facts", post(api::write::fact))
        .route("/api/v1/notify/incidents/{id}/determinations", post(api::write::decide))
        .route("/api/v1/notify/incidents/{id}/submissions", post(api::write::submitted))
        .route("/api/v1/notify/incidents/{id}/evidence/{record}", get(api::evidence))
        .route("/api/v1/notify/incidents/{id}/filings", get(api::filing::list))
        .route(
            "/api/v1/notify/incidents/{id}/stages/{stage}/filing",
            get(api::filing::look).post(api::filing::file),
        )
        .route(
            "/api/v1/notify/incidents/{id}/stages/{stage}/mail",
            get(api::mail::look).post(api::mail::file),
        )
        .route("/api/v1/notify/incidents/{id}/mailings", get(api::mail::list))
        .route("/api/v1/notify/incidents/{id}/mailings/{mailing}", post(api::mail::settled))
        .route("/api/v1/notify/mailboxes", get(api::mailboxes::list).post(api::mailboxes::set))
        .route("/api/v1/notify/incidents/{id}/plan", get(api::plan))
        .merge(authority::routes());
    let board = board::shared();
    desk::pages::finish(routes.layer(Extension(board)), app)
}
