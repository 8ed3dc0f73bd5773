//! The picture for programs: `/api/v1/picture`, read only, with the same sight as the pages.

mod compare;
mod matrix;
mod report;
mod subject;
mod trends;
mod watch;

use claims::Hit;
use desk::pages::{PageError, Visitor};
use utoipa::OpenApi;

use crate::ask;
use crate::tally::Topic;

pub use compare::compare;
pub use matrix::matrix;
pub use report::report;
pub use subject::subject;
pub use trends::trends;
pub use watch::{watch_entry, watch_list};

#[derive(OpenApi)]
#[openapi(paths(compare::compare, trends::trends, matrix::matrix, report::report, subject::subject, watch::watch_list, watch::watch_entry), tags((name = "picture")))]
struct Described;

/// The description of these paths, to be merged into the node's document.
pub fn openapi() -> utoipa::openapi::OpenApi {
    Described::openapi()
}

/// The topic that an address asks for; actors where it asks for none.
fn topic(visitor: &Visitor) -> Result<Topic, PageError> {
    let asked = ask::text(visitor, "topic");
    if asked.is_empty() {
        return Ok(Topic::Actors);
    }
    Topic::of(&asked).ok_or_else(|| PageError::Wrong(format!("there is no topic {asked:?}").into()))
}

/// A name that an audience may not have would have gone out.
fn leak(hit: &Hit) -> PageError {
    let said = format!("{:?} occurs only in {}, which this audience may not have", hit.word, hit.entry);
    PageError::Conflict(said.into())
}
