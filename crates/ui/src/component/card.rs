//! A titled panel: one subject, one heading.

use maud::{Markup, html};

/// A section with an `h2`; `aside` stands at the right end of its head and may be empty.
pub fn card(title: &str, aside: Markup, body: Markup) -> Markup {
    html! {
        section.card {
            div.card-head {
                h2 { (title) }
                @if !aside.0.is_empty() { div.card-aside { (aside) } }
            }
            div.card-body { (body) }
        }
    }
}
