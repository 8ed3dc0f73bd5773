//! How much of a whole bears which TLP: one bar in five parts, with the figures below it.

use maud::{Markup, html};
use model::Tlp;

use crate::component::tlp;
use crate::{Locale, t};

/// `counts` in the order of [`Tlp::ALL`]. Parts are told apart by a pattern of gaps and by the legend.
pub fn tlp_share(locale: Locale, title: &str, counts: [u64; 5]) -> Markup {
    let total = counts.iter().fold(0_u64, |sum, c| sum.saturating_add(*c));
    let parts = parts(counts, total);
    // A little more than 1000 when small parts are drawn wider than they are.
    let width = parts.last().map_or(1000, |(_, x, w)| x + w);
    html! {
        figure.share {
            figcaption { (title) " " span.muted { (t!(locale, "count-objects", count = total)) } }
            svg viewBox={ "0 0 " (width) " 14" } preserveAspectRatio="none" role="img" {
                title { (title) }
                desc { @for (label, count) in Tlp::ALL.iter().zip(counts) { (label) " " (locale.count(count)) "; " } }
                @for part in parts {
                    rect class={ "share-" (class(part.0)) } x=(part.1) width=(part.2) height="14" {}
                }
            }
            ul.share-legend {
                @for (label, count) in Tlp::ALL.into_iter().zip(counts) {
                    li { (tlp(locale, label)) span.num { (locale.count(count)) } }
                }
            }
        }
    }
}

/// `(label, x, width)` of the parts that are not empty, on a scale of 1000, gaps of 3 between them; the smallest still shows.
fn parts(counts: [u64; 5], total: u64) -> Vec<(Tlp, u64, u64)> {
    let mut x = 0;
    let mut parts = Vec::new();
    for (label, count) in Tlp::ALL.into_iter().zip(counts) {
        if count > 0 {
            let width = super::bars::permille(count, total).max(9);
            parts.push((label, x, width - 3));
            x += width;
        }
    }
    parts
}

const fn class(tlp: Tlp) -> &'static str {
    crate::component::tlp_class(tlp)
}
