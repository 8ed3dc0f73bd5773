//! The console's common machinery, and the pages that belong to the node itself.
//!
//! A page is a plain function from a [`Visitor`] and the views to markup; [`finish`] puts around every router
//! what all pages share: security headers, the choice of language and theme, refusal of cross-site posts,
//! error pages in both languages and problem documents for programs.

mod account;
mod accounts;
mod api;
mod app;
mod assets;
mod audit;
mod compare;
mod consumers;
mod cookie;
mod dress;
mod error;
mod events;
mod faults;
mod fields;
mod find;
mod first_steps;
mod frame;
mod glass;
mod guard;
mod health;
mod labels;
mod ledger;
mod links;
mod login;
mod may;
mod multipart;
mod names;
mod notices;
mod once;
mod overview;
mod parties;
mod party;
mod past;
mod plain;
mod problem;
mod rate;
mod recent;
mod record;
mod release;
mod roles;
mod settings;
mod sight;
mod sso;
mod stranger;
mod styleguide;
mod trust;
mod verify;
mod visitor;
mod watch;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

pub use api::openapi;
pub use app::{
    App, CarryOut, Delivery, DeliveryState, Door, LinkRow, LinkState, NavEntry, Part, Place, Site,
};
pub use compare::{Change, Stated, Telling, What};
pub use error::PageError;
pub use faults::Faults;
pub use fields::{Attached, Fields, FormFile, MAX_FORM_BYTES, Signed, Upload};
pub use find::{Fresh, fresh};
pub use frame::Page;
pub use labels::labels;
pub use links::stopped_why;
pub use may::May;
pub use names::{agreement_link, fingerprint, party_link, party_name};
pub use past::{Gate, asks, gate};
pub use plain::plain;
pub use problem::Problem;
pub use record::superseded;
pub use sight::{may_read, may_see, readable_marking};
pub use stranger::{Posted, Stranger};
pub use verify::keys_of;
pub use visitor::Visitor;
pub use watch::Looked;

/// The pages, API and events of the node itself.
// size: one line for each route of the node, read as a table
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .merge(own_pages())
        .route("/", get(overview::page))
        .route("/login", get(login::page).post(login::submit))
        .route("/login/second", post(login::second))
        .route("/login/passkey", post(login::passkey))
        .route("/login/sso", get(sso::begin))
        .route("/login/sso/back", get(sso::back))
        .route("/logout", post(login::sign_out))
        .route("/parties", get(parties::page))
        .route("/parties/card", get(trust::own_card))
        .route("/parties/trust", get(trust::ask).post(trust::submit))
        .route("/parties/consumers/add", get(consumers::ask_add).post(consumers::add))
        .route("/parties/consumers/{name}/close", get(consumers::ask_close).post(consumers::close))
        .route("/parties/{id}", get(party::page))
        .route("/parties/{id}/distrust", get(trust::ask_distrust).post(trust::distrust))
        .route("/accounts", get(accounts::page))
        .route("/accounts/add", get(accounts::ask_add).post(accounts::add))
        .route("/accounts/{name}/change", get(accounts::ask_change).post(accounts::change))
        .route("/accounts/{name}/close", get(accounts::ask_close).post(accounts::close))
        .route("/find", get(find::page))
        .route("/find/saved", post(find::save))
        .route("/find/saved/forget", post(find::forget))
        .route("/find/saved/watch", post(find::watch))
        .route("/styleguide", get(styleguide::page))
        .route("/accounts/roles", get(roles::page))
        .route("/accounts/{name}/reset", get(accounts::ask_reset).post(accounts::reset))
        .route("/accounts/{name}/sign-out", get(accounts::ask_sign_out).post(accounts::sign_out))
        .route("/links", get(links::page))
        .route("/access/glass", get(glass::ask).post(glass::submit))
        .route("/access/glass/mend", post(glass::mend))
        .route("/audit", get(audit::page))
        .route("/audit/export", get(audit::export))
        .route("/release", get(release::page))
        .route("/release/rules", get(release::rules))
        .route("/release/rules/add", get(release::ask_add).post(release::add))
        .route("/release/rules/{id}/end", post(release::end))
        .route("/release/{id}", get(release::detail))
        .route("/release/{id}/approve", post(release::approve))
        .route("/release/{id}/refuse", post(release::refuse))
        .route("/ledger", get(ledger::page))
        .route("/ledger/records", get(record::look_up))
        .route("/ledger/records/{id}", get(record::page))
        .merge(past::routes())
        .route("/assets/{name}", get(assets::serve))
        .route("/events", get(events::stream))
        .route("/health", get(health::health))
        .route("/ready", get(health::ready))
        .route("/api/v1/parties", get(api::parties))
        .route("/api/v1/ledger", get(api::ledger))
        .route("/api/v1/find", get(find::api::find))
        .fallback(|| async { PageError::NotFound });
    finish(pages, app)
}

/// What everybody has of their own: the account, and what they are told.
fn own_pages() -> Router<App> {
    Router::new()
        .route("/account/settings", get(settings::ask).post(settings::submit))
        .route("/notices", get(notices::page))
        .route("/notices/bell", get(notices::bell))
        .route("/notices/read", post(notices::read))
        .route("/notices/{reference}", get(notices::go))
        .route("/account/notices", get(account::notices::ask).post(account::notices::submit))
        .route("/account/notices/address", post(account::address::begin))
        .route("/account/notices/address/prove", post(account::address::prove))
        .route("/account/notices/address/drop", post(account::address::drop))
        .route("/account/notices/webhook", post(account::webhook::set))
        .route("/account/notices/webhook/drop", post(account::webhook::drop))
        .route("/account", get(account::page))
        .route("/account/confirm", get(account::confirm::ask).post(account::confirm::submit))
        .route("/account/password", get(account::password::ask).post(account::password::submit))
        .route("/account/factor", get(account::factor::page))
        .route("/account/factor/begin", post(account::factor::begin))
        .route("/account/factor/confirm", post(account::factor::confirm))
        .route("/account/factor/codes", post(account::factor::codes))
        .route("/account/factor/drop", post(account::factor::drop))
        .route("/account/passkeys", get(account::passkeys::page))
        .route("/account/passkeys/add", post(account::passkeys::add))
        .route("/account/passkeys/{id}/drop", post(account::passkeys::drop))
        .route("/account/sessions", get(account::sessions::page))
        .route("/account/sessions/end", post(account::sessions::end_others))
        .route("/account/sessions/{id}/end", post(account::sessions::end))
        .route("/account/tokens", get(account::tokens::page))
        .route("/account/tokens/add", post(account::tokens::add))
        .route("/account/tokens/{id}/revoke", post(account::tokens::revoke))
}

/// Puts around `pages` what all pages of the console share.
pub fn finish(pages: Router<App>, app: App) -> Router {
    // The last layer is the outermost: headers also adorn redirects and error pages.
    pages
        .layer(from_fn_with_state(app.clone(), watch::watch))
        .layer(from_fn(guard::refuse_cross_site))
        .layer(from_fn(guard::remember_choice))
        .layer(from_fn_with_state(app.clone(), dress::dress))
        .layer(from_fn_with_state(app.clone(), guard::headers))
        .with_state(app)
}
