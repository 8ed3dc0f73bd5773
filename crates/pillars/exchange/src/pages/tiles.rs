//! The figures for the overview: how many objects this visitor may see, and how many of them came within a day.

use desk::pages::{App, Visitor};
use desk::sql::SqlError;
use model::time::SignedDuration;
use ui::component::Tile;
use ui::t;

use super::since;
use crate::search::{Sight, counts_by_tlp};

/// All objects, and the newest.
pub fn tiles(app: &App, visitor: &Visitor) -> Vec<Tile<'static>> {
    let locale = visitor.locale;
    let (all, new) = match counted(app, visitor) {
        Ok(counted) => counted,
        Err(error) => {
            tracing::warn!(%error, "objects were not counted");
            return Vec::new();
        }
    };
    let tile = |label, count| Tile {
        label,
        value: locale.count(count).into(),
        href: Some("/exchange/objects".into()),
        ..Tile::default()
    };
    vec![tile(t!(locale, "exchange-overview-objects"), all), tile(t!(locale, "exchange-overview-day"), new)]
}

fn counted(app: &App, visitor: &Visitor) -> Result<(u64, u64), SqlError> {
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?;
    let (new, _) = since::counts(&sight, visitor.now - SignedDuration::from_hours(24))?;
    Ok((counts_by_tlp(&sight)?.iter().sum(), new.values().sum()))
}
