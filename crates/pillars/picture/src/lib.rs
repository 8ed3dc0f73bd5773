//! The common picture: who does what to whom, on both sides of the Atlantic, from what was really shared.
//!
//! The walk: objects of all parties → `fold` (things, ties, daily counts by release class) → `sight` (what one reader may
//! see, now or as it stood) → `tally` (how often, when, by whom) → trends, matrix, map, subjects, hand-over, report. No
//! figure counts a record that its reader may not read (I1).

pub mod access;
mod api;
mod ask;
mod cluster;
mod compared;
mod exploited;
mod fold;
mod guarded;
mod held;
mod key;
mod kind;
mod label;
mod landscape;
mod matrix;
mod pages;
mod read;
mod sector;
mod sight;
mod since;
pub mod snapshot;
mod sources;
mod space;
mod strikers;
mod subject;
mod tally;
mod trend;
mod trends;
mod watch;

use axum::Router;
use axum::routing::get;
use desk::Pillar;
use desk::pages::App;

pub use api::openapi;
pub use pages::{NAV, board, side_by_side};
pub use records::watch::{Confidence, Evidence, Maturity};
pub use watch::{
    Change as WatchChange, REVIEWS, WatchError, add_evidence as add_watch_evidence, start as start_watch,
};

/// This pillar, as the node lists it.
pub const PILLAR: Pillar = Pillar {
    name: "picture",
    schema: fold::SCHEMA,
    version: 4,
    fold: fold::fold,
    settle: fold::settle,
    erase: fold::erase,
    forget: |_, _| Ok(()),         // nothing is kept beside the views
    raised: |_, _| Ok(Vec::new()), // the exchange says what the link must know of retractions
    reactors: &[],
};

/// Pages and API of this pillar.
pub fn routes(app: App) -> Router {
    let routes = Router::new()
        .route("/picture/handover", get(pages::handover::page).post(pages::handover::acknowledge))
        .route("/picture/trends", get(pages::trends::page))
        .route("/picture/matrix", get(pages::matrix::page))
        .route("/picture/map", get(pages::map::page))
        .route("/picture/report", get(pages::report::page).post(pages::publish::submit))
        .route("/picture/report/preview", get(pages::preview::page))
        .route("/picture/snapshots", get(pages::snapshots::page).post(pages::snapshots::submit))
        .route("/picture/snapshots/{id}", get(pages::snapshot::page).post(pages::snapshot::submit))
        .route("/picture/snapshots/{id}/document", get(pages::snapshot::take))
        .route("/picture/sources", get(pages::sources::page))
        .route("/picture/subjects/{id}", get(pages::subject::page))
        .route("/picture/watch", get(pages::watch::page))
        .route("/picture/watch/add", get(pages::watch::ask_add).post(pages::watch::submit_add))
        .route("/picture/watch/{id}/edit", get(pages::watch::ask_edit).post(pages::watch::submit_edit))
        .route(
            "/picture/watch/{id}/evidence",
            get(pages::watch::ask_evidence).post(pages::watch::add_evidence),
        )
        .route("/picture/watch/{id}/retire", get(pages::watch::ask_retire).post(pages::watch::retire))
        .route("/picture/watch/entries/{party}/{id}", get(pages::watch::detail))
        .route("/api/v1/picture/watch", get(api::watch_list))
        .route("/api/v1/picture/watch/{party}/{id}", get(api::watch_entry))
        .route("/api/v1/picture/trends", get(api::trends))
        .route("/api/v1/picture/compare", get(api::compare))
        .route("/api/v1/picture/matrix", get(api::matrix))
        .route("/api/v1/picture/report", get(api::report))
        .route("/api/v1/picture/subjects/{id}", get(api::subject));
    desk::pages::finish(routes, app)
}
