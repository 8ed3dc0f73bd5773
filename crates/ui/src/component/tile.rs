//! A figure to be read from across the room, with what changed since.

use std::borrow::Cow;

use maud::{Markup, html};

use super::Tone;
use crate::{Locale, t};

/// A figure and its context.
#[derive(Debug, Clone, Default)]
pub struct Tile<'a> {
    /// What is counted.
    pub label: Cow<'a, str>,
    /// The figure, written with [`Locale::count`] or alike.
    pub value: Cow<'a, str>,
    /// The change, and since when ("yesterday").
    pub delta: Option<(i64, Cow<'a, str>)>,
    /// Where its sources are listed: every figure leads to them.
    pub href: Option<Cow<'a, str>>,
    /// Colours the figure when it is not as it should be.
    pub tone: Tone,
    /// A sparkline or a word below the figure.
    pub extra: Option<Markup>,
}

/// One tile.
pub fn tile(locale: Locale, tile: &Tile<'_>) -> Markup {
    html! {
        div class={ "tile tone-" (tile.tone.class()) } {
            p.tile-label {
                @if let Some(href) = &tile.href { a href=(href) { (tile.label) } } @else { (tile.label) }
            }
            p.tile-value { (tile.value) }
            @if let Some((change, since)) = &tile.delta {
                p.tile-delta {
                    (locale.signed(*change)) " "
                    (t!(locale, "component-delta-since", when = since.as_ref()))
                }
            }
            @if let Some(extra) = &tile.extra { div.tile-extra { (extra) } }
        }
    }
}

/// A row of tiles.
pub fn tiles(locale: Locale, list: &[Tile<'_>]) -> Markup {
    html! { div.tiles { @for one in list { (tile(locale, one)) } } }
}
