//! The figure for the overview: how many objects this visitor may see.

use desk::pages::{App, Visitor};
use ui::component::Tile;
use ui::t;

use crate::search::{Sight, counts_by_tlp};

/// All objects.
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
    vec![Tile {
        label: t!(locale, "exchange-overview-objects"),
        value: locale.count(counts.iter().sum()).into(),
        href: Some("/exchange/objects".into()),
        ..Tile::default()
    }]
}
