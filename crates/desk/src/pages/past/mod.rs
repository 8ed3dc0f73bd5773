//! Pages as they stood: `?at=` with an instant on any page that is made from the ledger.
//!
//! The walk: the address says the instant (`asked`) → how far the ledger had come by then → a desk of the past from the
//! shelf, whose pages are the same handlers (`gate`) → every link keeps the instant, and no form is left (`keep`).

mod asked;
mod choose;
mod gate;
mod keep;
mod preparing;

use axum::Router;
use axum::routing::get;
use model::{Timestamp, time};
use ui::{PastStrip, query};

use super::app::App;
use super::visitor::Visitor;

pub use asked::{Asked, asked};
pub(super) use gate::why;
pub use gate::{Gate, asks, gate};

/// Where an instant is chosen, and two are compared.
pub(super) fn routes() -> Router<App> {
    Router::new().route("/past", get(choose::page)).route("/compare", get(super::compare::page))
}

/// The parameter.
pub(super) const AT: &str = "at";

/// Pages that are not made from the ledger: how somebody signs in, who has an account, what the node is.
const NOT_RECORDED: [&str; 11] = [
    "/access",
    "/account",
    "/accounts",
    "/api",
    "/assets",
    "/compare",
    "/events",
    "/health",
    "/login",
    "/past",
    "/styleguide",
];

/// Whether a page of this path can stand in the past.
fn is_recorded(path: &str) -> bool {
    let path = path.split(['?', '#']).next().unwrap_or("");
    let below =
        |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    path.starts_with('/') && !path.starts_with("//") && !NOT_RECORDED.iter().any(|root| below(root))
}

/// The instant in an address, where it is written as we write it and the page can stand there.
pub(super) fn stands_in(path: &str) -> Option<Timestamp> {
    let text = query::value(path, AT)?;
    is_recorded(path).then(|| text.parse().ok()).flatten()
}

/// An instant as a field for a local date and time wants it.
pub(super) fn local(visitor: &Visitor, at: Timestamp) -> String {
    choose::local(at, &zone(visitor))
}

/// How an instant stands in an address.
fn written(at: Timestamp) -> String {
    at.to_string()
}

/// What stands above a page of the past.
pub(super) fn strip(visitor: &Visitor, at: Timestamp) -> PastStrip<'static> {
    let now = query::with(&visitor.path, &[(AT, None)]);
    PastStrip {
        at,
        compare: query::with("/compare", &[("from", Some(&written(at)))]).into(),
        other: query::with("/past", &[("of", Some(&now)), (AT, Some(&written(at)))]).into(),
        now: now.into(),
    }
}

/// Where an instant is chosen for the page at hand.
pub(super) fn chooser(visitor: &Visitor) -> String {
    let now = query::with(&visitor.path, &[(AT, None)]);
    let of = if is_recorded(&now) { now } else { "/".to_owned() };
    query::with("/past", &[("of", Some(&of))])
}

/// The zone in which this visitor reads and writes times.
pub(super) fn zone(visitor: &Visitor) -> time::TimeZone {
    visitor.zone.clone().unwrap_or(time::TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_on_the_ledger_has_no_past() {
        for path in ["/", "/ledger?x=1", "/exchange/objects/a--1", "/accord", "/picture/map#x"] {
            assert!(is_recorded(path), "{path}");
        }
        for path in
            ["/account", "/accounts/duty/change", "/api/v1/find", "/login?next=/", "//evil", "ledger", ""]
        {
            assert!(!is_recorded(path), "{path}");
        }
    }
}
