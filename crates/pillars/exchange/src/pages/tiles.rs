//! Figures for the overview: objects by marking, as this visitor may see them, each leading to its list.

use desk::pages::{App, Visitor};
use maud::html;
use model::Tlp;
use ui::component::{Tile, Tone, tlp};
use ui::{query, svg, t};

use crate::search::{Sight, counts_by_tlp};

/// All objects, and one tile for each label that occurs.
pub fn tiles(app: &App, visitor: &Visitor) -> Vec<Tile<'static>> {
    let locale = visitor.locale;
    let counted = Sight::new(&app.desk, &visitor.receiver(app), visitor.now).and_then(|s| counts_by_tlp(&s));
    let counts = match counted {
        Ok(counts) => counts,
        Err(error) => {
            tracing::warn!(%error, "objects were not counted");
            return Vec::new();
        }
    };
    let whole = Tile {
        label: t!(locale, "exchange-overview-objects"),
        value: locale.count(counts.iter().sum()).into(),
        href: Some("/exchange/objects".into()),
        tone: Tone::Idle,
        extra: Some(svg::tlp_share(locale, &t!(locale, "exchange-overview-by-tlp"), counts)),
        ..Tile::default()
    };
    let labelled = Tlp::ALL.into_iter().filter(|label| counts[*label as usize] > 0).map(|label| Tile {
        label: label.to_string().into(),
        value: locale.count(counts[label as usize]).into(),
        href: Some(query::with("/exchange/objects", &[("tlp", Some(label.word()))]).into()),
        extra: Some(html! { (tlp(locale, label)) }),
        ..Tile::default()
    });
    std::iter::once(whole).chain(labelled).collect()
}
