//! The pages on which people read, sign and leave agreements.

pub mod detail;
mod finder;
mod grants;
pub mod list;
mod moment;
mod overview;
pub mod propose;
pub mod sign;
mod signatures;
mod telling;
pub mod withdraw;

use std::borrow::Cow;

use desk::pages::{App, PageError, Visitor, may_read};
use desk::views::{AgreementState, Known};
use maud::Markup;
use model::{AgreementId, Marking, Tlp};
use ui::component::{Tile, Tone, status};
use ui::{Locale, t};

use crate::standing::Standing;

pub use finder::source;
pub use overview::overview;
pub use telling::telling;

/// The marking of the records that agreements are made of, shown at head and foot of their pages.
const MARKING: Marking = Marking::tlp(Tlp::Amber);

/// Agreements in force that this visitor may read, for the overview.
pub fn tiles(app: &App, visitor: &Visitor) -> Vec<Tile<'static>> {
    let known = app.desk.known();
    let stands = |state: &&AgreementState| Standing::of(state, app.desk.me, visitor.now) == Standing::InForce;
    let read = |state: &&AgreementState| {
        state.newest().is_some_and(|version| may_read(app, visitor, version).unwrap_or(false))
    };
    let in_force = known.agreements.values().filter(stands).filter(read).count() as u64;
    vec![Tile {
        label: t!(visitor.locale, "accord-overview-active"),
        value: visitor.locale.count(in_force).into(),
        href: Some("/accord/agreements".into()),
        ..Tile::default()
    }]
}

/// The agreement at `id`, by its id or its name, when there is one that this person may read.
pub(crate) fn find<'a>(
    app: &App,
    visitor: &Visitor,
    known: &'a Known,
    id: &str,
) -> Result<(AgreementId, &'a AgreementState), PageError> {
    let named = |state: &AgreementState| state.newest().is_some_and(|version| version.agreement.name == id);
    let (id, state) = match id.parse::<AgreementId>() {
        Ok(id) => (id, known.agreements.get(&id)),
        Err(_) => match known.agreements.iter().find(|(_, state)| named(state)) {
            Some((id, state)) => (*id, Some(state)),
            None => return Err(PageError::NotFound),
        },
    };
    let state = state.ok_or(PageError::NotFound)?;
    let newest = state.newest().ok_or(PageError::NotFound)?;
    if may_read(app, visitor, newest)? { Ok((id, state)) } else { Err(PageError::NotFound) }
}

fn pill(locale: Locale, standing: Standing) -> Markup {
    let (tone, word): (Tone, Cow<'static, str>) = match standing {
        Standing::AwaitingUs => (Tone::Warn, t!(locale, "accord-state-awaiting-us")),
        Standing::AwaitingOthers => (Tone::Info, t!(locale, "accord-state-awaiting-others")),
        Standing::Proposed => (Tone::Info, t!(locale, "accord-state-proposed")),
        Standing::Future => (Tone::Info, t!(locale, "accord-state-future")),
        Standing::InForce => (Tone::Ok, t!(locale, "accord-state-active")),
        Standing::Expired => (Tone::Idle, t!(locale, "accord-state-expired")),
        Standing::Withdrawn => (Tone::Err, t!(locale, "accord-state-withdrawn")),
    };
    status(tone, &word)
}
