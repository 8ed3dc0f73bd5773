//! The picture for programs: `/api/v1/picture`, read only, with the same sight as the pages.

mod matrix;
mod report;
mod subject;
mod trends;
mod watch;

use utoipa::OpenApi;

pub use matrix::matrix;
pub use report::report;
pub use subject::subject;
pub use trends::trends;
pub use watch::{watch_entry, watch_list};

#[derive(OpenApi)]
#[openapi(paths(trends::trends, matrix::matrix, report::report, subject::subject, watch::watch_list, watch::watch_entry), tags((name = "picture")))]
struct Described;

/// The description of these paths, to be merged into the node's document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}
