//! What somebody should look at: what it is, and what to do about it, one line each.

use maud::{Markup, html};

use super::Tone;
use crate::icon;

/// One thing to look at.
#[derive(Debug, Clone)]
pub struct Due {
    /// How urgent.
    pub tone: Tone,
    /// What it is, in a sentence.
    pub what: Markup,
    /// What to do, usually with the link to the place where it is done; may be empty.
    pub todo: Markup,
}

/// The list, the most urgent first.
pub fn due(mut list: Vec<Due>) -> Markup {
    list.sort_by_key(|one| urgency(one.tone));
    html! {
        ul.due {
            @for one in &list {
                li class={ "tone-" (one.tone.class()) } {
                    (icon(one.tone.icon()))
                    div {
                        div.due-what { (one.what) }
                        @if !one.todo.0.is_empty() { div.due-todo { (one.todo) } }
                    }
                }
            }
        }
    }
}

const fn urgency(tone: Tone) -> u8 {
    match tone {
        Tone::Err => 0,
        Tone::Warn => 1,
        Tone::Info => 2,
        Tone::Idle | Tone::Ok => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_urgent_stands_first() {
        let one = |tone, what: &str| Due { tone, what: html! { (what) }, todo: html! {} };
        let text = due(vec![one(Tone::Idle, "later"), one(Tone::Warn, "soon"), one(Tone::Err, "now")]).0;
        let at = |what: &str| text.find(what).expect("it is listed");
        assert!(at("now") < at("soon") && at("soon") < at("later"));
    }
}
