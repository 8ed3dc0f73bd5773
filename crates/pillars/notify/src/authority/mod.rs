//! The authority's side: reports come in, are looked after, answered and handed on; the law's clocks run here as well.
//!
//! A report that came is a record of the authority ([`records::report`]), and so is every step with it
//! ([`records::handling`]): the docket of a report is what they add up to. What others may have of it is a record of its
//! own, sealed for them ([`records::forward`], [`records::warning`]), and the verdict decides as for any other.

pub(crate) mod api;
pub mod causes;
pub(crate) mod causes_api;
pub mod commands;
pub mod docket;
pub mod duties;
pub(crate) mod fold;
pub mod inbound;
pub mod letters;
pub(crate) mod pages;
pub mod queue;
pub mod ransoms;
mod reactors;
pub mod statistics;

use axum::Router;
use axum::routing::{get, post};
use desk::pages::App;

pub(crate) use reactors::{NOTE_ANSWER, RECEIVE_FILING, TELL_RECEIVED, TELL_STEP, say};

pub use docket::{Docket, Place, Stand, by_reference, docket, listed};

/// The pages and the API of the authority's side.
pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/report", get(pages::public::page).post(pages::public::submit))
        .route("/report/status", get(pages::status::page).post(pages::status::submit))
        .route("/notify/reports", get(pages::queue::page))
        .route("/notify/reports/new", get(pages::hand::ask).post(pages::hand::submit))
        .route("/notify/reports/{id}", get(pages::detail::page))
        .route("/notify/reports/{id}/step", post(pages::step::submit))
        .route("/notify/reports/{id}/forward", get(pages::forward::ask).post(pages::forward::submit))
        .route("/notify/causes", get(pages::causes::page).post(pages::causes::submit))
        .route("/notify/received", get(pages::received::page))
        .route("/notify/warnings/new", get(pages::warn::ask).post(pages::warn::submit))
        .route("/notify/summary", get(pages::summary::page))
        .route("/api/v1/notify/reports", get(api::list))
        .route("/api/v1/notify/reports/{id}", get(api::one))
        .route("/api/v1/notify/causes", get(causes_api::list))
        .route("/api/v1/notify/summary", get(api::figures))
}
