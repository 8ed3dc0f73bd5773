//! What a filing by link and one by mail share on the command line: it is looked at first, and then just that is sent.

use anyhow::{Context as _, Error, Result};
use model::IncidentId;
use notify::case::Case;
use notify::plan::Obligation;
use packs::Library;

use crate::exit::Ending;

/// The incident, or where to find it.
pub(super) fn known(found: Option<Case>, id: IncidentId) -> Result<Case> {
    found.with_context(|| format!("there is no {id} here; see `entente notify incident list`"))
}

/// The duty of a stage now, or where to find the duties.
pub(super) fn duty(library: &Library, case: &Case, stage: &str) -> Result<Obligation> {
    let duty = notify::sending::duty(library, case, stage, desk::edge::now())?;
    duty.with_context(|| {
        format!("{stage} is no duty of this incident; see `entente notify incident plan {}`", case.id)
    })
}

/// Why nothing is sent that nobody has looked at.
pub(super) fn unseen() -> Error {
    Ending::usage(
        "nothing was sent: look at what would go with --look, then send that with --seen and the digest it shows",
    )
}

/// The rows below what would go: rules that want two people, and what names it.
pub(super) fn last_rows(two: &[String], seen: &str) -> Vec<Vec<String>> {
    let row = |name: &str, value: &str| vec![name.to_owned(), value.to_owned()];
    two.iter().map(|rule| row("two people", rule)).chain([row("digest", seen)]).collect()
}

/// What to do next.
pub(super) fn next(lacks: &[String], seen: &str) -> String {
    if lacks.is_empty() {
        return format!("nothing was sent; to send exactly this: --seen {seen}");
    }
    format!(
        "nothing can be sent while required fields are not filled: {}; state them with `entente notify incident fact`, then look again",
        lacks.join(", ")
    )
}
