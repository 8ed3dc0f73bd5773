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

/// The steps of space between things, in rem.
pub(super) fn spacing() -> Markup {
    let steps = ["0.25", "0.5", "0.75", "1", "1.5", "2.25"];
    html! {
        section.card { div.card-body {
            ul.swatches {
                @for (n, rem) in steps.into_iter().enumerate() {
                    li { span class={ "space space-" (n + 1) } {} code { "s" (n + 1) } span.muted { (rem) " rem" } }
                }
            }
        } }
    }
}

const TOKENS: [&str; 24] = [
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

/// Every token in every scheme, whichever the page itself is in.
pub(super) fn colours(locale: Locale) -> Markup {
    let schemes = [
        ("light", t!(locale, "shell-theme-light")),
        ("dark", t!(locale, "shell-theme-dark")),
        ("contrast", t!(locale, "shell-theme-contrast")),
        ("print", t!(locale, "styleguide-print")),
    ];
    html! {
        div.columns {
            @for (scheme, name) in schemes {
                section class={ "card scheme scheme-" (scheme) } {
                    div.card-head { h3 { (name) } }
                    div.card-body {
                        ul.swatches {
                            @for token in TOKENS { li { span class={ "swatch swatch-" (token) } {} code { (token) } } }
                        }
                    }
                }
            }
        }
    }
}

pub(super) fn icons() -> Markup {
    html! {
        section.card { div.card-body { ul.swatches {
            @for one in Icon::ALL { li { (icon(one)) code { (format!("{one:?}")) } } }
        } } }
    }
}
