//! Strips above and below a page: the exercise it belongs to, what is wrong with the node, the strictest marking on it.

use maud::{Markup, html};
use model::Marking;

use super::Shell;
use crate::{Locale, component, t};

/// Nobody may take an exercise for reality: first thing on the page, in words.
pub(super) fn exercise(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(run) = &shell.exercise {
            div.exercise role="note" {
                strong { (t!(shell.locale, "shell-exercise")) } " "
                span { (t!(shell.locale, "shell-exercise-text", run = run.as_ref())) }
            }
        }
    }
}

/// Nobody may take the past for the present: when it was, that nothing can be done about it, and the way back.
pub(super) fn past(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(past) = &shell.past {
            aside.past aria-label=(t!(shell.locale, "shell-past-label")) {
                p {
                    strong {
                        (t!(shell.locale, "shell-past")) " "
                        time datetime=(past.at) { (shell.locale.utc(past.at)) }
                    }
                    @if let Some(zone) = &shell.zone {
                        " · " (t!(shell.locale, "shell-past-yours", time = shell.locale.local(past.at, zone).as_str()))
                    }
                }
                p { (t!(shell.locale, "shell-past-text")) }
                p.past-ways {
                    a href=(past.now) data-past="" { (t!(shell.locale, "shell-past-now")) } " · "
                    a href=(past.compare) data-past="" { (t!(shell.locale, "shell-past-compare")) } " · "
                    a href=(past.other) data-past="" { (t!(shell.locale, "shell-past-other")) }
                }
            }
        }
    }
}

/// Whoever writes something must know before that it will be refused.
pub(super) fn trouble(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(trouble) = &shell.trouble {
            div.trouble role="alert" { strong { (t!(shell.locale, "shell-trouble")) } " " span { (trouble) } }
        }
    }
}

/// What everybody must know while it lasts.
pub(super) fn alarms(shell: &Shell<'_>) -> Markup {
    html! {
        @for alarm in &shell.alarms {
            div.trouble role="note" { strong { (t!(shell.locale, "state-warning")) } " " span { (alarm) } }
        }
    }
}

/// The marking banner at the top; print repeats it on every page.
pub(super) fn marking(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(marking) = shell.marking { (strip(shell.locale, marking)) }
    }
}

/// The strip itself, for whoever shows what one looks like.
pub(crate) fn strip(locale: Locale, marking: Marking) -> Markup {
    html! {
        div.marking-banner role="note" {
            span.marking-what { (t!(locale, "shell-marking-page")) }
            (component::marking(locale, marking))
            span.marking-meaning { (component::tlp_meaning(locale, marking.tlp)) }
        }
    }
}

/// The same at the bottom, for whoever scrolled; read once is enough for a screen reader.
pub(super) fn marking_bottom(shell: &Shell<'_>) -> Markup {
    html! {
        @if let Some(marking) = shell.marking {
            div.marking-banner.marking-bottom aria-hidden="true" { (component::marking(shell.locale, marking)) }
        }
    }
}
