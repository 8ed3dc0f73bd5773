//! `/styleguide`: the design system as it is, served by the node that uses it.

use axum::extract::State;
use maud::Markup;
use ui::{styleguide, t};

use super::app::App;
use super::frame::Page;
use super::may::May;
use crate::access::OverviewRead;

pub(super) async fn page(State(app): State<App>, visitor: May<OverviewRead>) -> Markup {
    let title = t!(visitor.locale, "styleguide-title");
    Page { title, ..Page::default() }.show(&app, &visitor, styleguide::body(visitor.locale))
}
