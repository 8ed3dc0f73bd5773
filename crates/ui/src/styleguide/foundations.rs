//! Type, colours, icons.

use maud::{Markup, html};

use crate::{Icon, Locale, icon, t};

pub(super) fn type_scale(locale: Locale) -> Markup {
    let sample = t!(locale, "styleguide-type-sample");
    html! {
        section.card { div.card-body {
            h1 { (sample) }
            h2 { (sample) }
            h3 { (sample) }
            p { (sample) }
            p.muted { (sample) }
            p { code { "indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f" } " " kbd { "/" } }
        } }
    }
}

pub(super) fn colours() -> Markup {
    let tokens = [
        "ground",
        "surface",
        "sunken",
        "line",
        "line-strong",
        "text",
        "muted",
        "accent",
        "accent-soft",
        "ok",
        "warn",
        "err",
        "info",
        "eu",
        "us",
        "nato",
        "exercise",
        "g-who",
        "g-with",
        "g-how",
        "g-answer",
        "g-where",
        "g-seen",
        "g-text",
    ];
    html! {
        ul.swatches { @for token in tokens { li { span class={ "swatch swatch-" (token) } {} code { (token) } } } }
    }
}

pub(super) fn icons() -> Markup {
    html! {
        section.card { div.card-body { ul.swatches {
            @for one in Icon::ALL { li { (icon(one)) code { (format!("{one:?}")) } } }
        } } }
    }
}
