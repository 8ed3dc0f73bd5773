//! The pages on which people find, read, import and take back objects.

mod choices;
mod deliveries;
mod detail;
mod fate;
mod finder;
mod flow;
mod held;
mod import;
mod link_flow;
mod list;
mod narrow;
mod overview;
mod preview;
mod quarantine;
mod relations;
mod retract;
mod retractions;
mod show;
mod since;
mod telling;
mod tiles;

use std::borrow::Cow;
use std::sync::Arc;

use axum::routing::get;
use axum::{Extension, Router};
use desk::pages::{App, NavEntry, Place};
use ui::{Icon, Locale, t};

use crate::ingest::Intaker;
use crate::search::Search;

pub use finder::source;
pub use flow::flow;
pub use held::carry_out;
pub use link_flow::link_flow;
pub use overview::overview;
pub use since::since;
pub use telling::telling;
pub use tiles::tiles;

/// The menu entries of this pillar.
pub const NAV: [NavEntry; 4] = [
    NavEntry { place: Place::Exchange, href: "/exchange/objects", label: objects, icon: Icon::Graph },
    NavEntry { place: Place::Exchange, href: "/exchange/import", label: importing, icon: Icon::Document },
    NavEntry { place: Place::Exchange, href: "/exchange/deliveries", label: arrived, icon: Icon::Stack },
    NavEntry {
        place: Place::Exchange,
        href: "/exchange/quarantine",
        label: set_aside,
        icon: Icon::Quarantine,
    },
];

fn objects(locale: Locale) -> Cow<'static, str> {
    t!(locale, "nav-objects")
}

fn importing(locale: Locale) -> Cow<'static, str> {
    t!(locale, "action-import")
}

fn arrived(locale: Locale) -> Cow<'static, str> {
    t!(locale, "exchange-deliveries-title")
}

fn set_aside(locale: Locale) -> Cow<'static, str> {
    t!(locale, "nav-quarantine")
}

/// What the handlers need besides the desk.
#[derive(Debug)]
pub struct Room {
    pub(crate) search: Arc<Search>,
    pub(crate) intaker: Arc<Intaker>,
}

/// What a handler takes to get at it.
pub(crate) type InRoom = Extension<Arc<Room>>;

/// Pages and API of this pillar.
pub fn routes(app: App, search: Arc<Search>, intaker: Arc<Intaker>) -> Router {
    let routes = Router::new()
        .route("/exchange/objects", get(list::page))
        .route("/exchange/objects/{id}", get(detail::page))
        .route("/exchange/objects/{id}/document", get(detail::document))
        .route("/exchange/objects/{id}/retract", get(retract::ask_delete).post(retract::delete))
        .route("/exchange/objects/{id}/narrow", get(retract::ask_narrow).post(retract::narrow))
        .route("/exchange/quarantine", get(quarantine::page))
        .route("/exchange/deliveries", get(deliveries::page))
        .route("/exchange/import", get(import::form).post(import::dry_run))
        .route("/exchange/import/publish", get(import::again).post(import::publish))
        .merge(crate::api::routes())
        .layer(Extension(Arc::new(Room { search, intaker })));
    desk::pages::finish(routes, app)
}
