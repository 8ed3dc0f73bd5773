//! A part of a page that keeps itself current.

use maud::{Markup, html};

/// Wraps `body`; when a server-sent event names one of `topics`, the script fetches `path` again and swaps
/// in the element with the same id from the answer. `path` may therefore be the page itself.
pub fn live(id: &str, path: &str, topics: &[&str], body: Markup) -> Markup {
    html! { div id=(id) data-live=(path) data-topics=(topics.join(" ")) { (body) } }
}
