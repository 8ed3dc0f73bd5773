//! Where each duty of an incident stands, for telling what moved between two plans: as quick as an outline, with the dates
//! in full and without words. What it says is what the plan says; a test holds both together.

use std::collections::HashMap;

use model::Timestamp;
use packs::{Library, Standing};

use super::obligation::pack_label;
use super::outline::outline_each;
use super::{Incident, State};
use crate::clocks::Due;

/// Where the duties of laws that apply stand, by stage.
#[derive(Debug, Default)]
pub struct Places {
    /// In the order of their stages.
    pub duties: Vec<Stands>,
}

/// Where one duty stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stands {
    /// Its stage.
    pub stage: String,
    /// Its regime.
    pub regime: String,
    /// The pack by which it was worked out, as plans name it.
    pub pack: String,
    /// Its state.
    pub state: State,
    /// The safe date.
    pub alarm: Option<Timestamp>,
    /// The outer limit.
    pub limit: Option<Timestamp>,
    /// Every date of it.
    pub due: Option<Due>,
    /// Whether it is law.
    pub legal_state: Standing,
}

/// The places of an incident's duties at that moment.
pub fn places(library: &Library, incident: &Incident, at: Timestamp) -> Places {
    let mut dates: HashMap<String, Option<Due>> = HashMap::new();
    let outline = outline_each(library, incident, at, |clock| {
        dates.insert(clock.stage.id.clone(), clock.date.clone());
    });
    let place = |duty: super::Sketch| {
        let stage = duty.face.stage.to_string();
        let pack = library.pack_of(&stage)?;
        Some(Stands {
            regime: pack.head.regime.clone(),
            pack: pack_label(pack),
            state: duty.state,
            alarm: duty.alarm,
            limit: duty.limit,
            due: dates.remove(&stage).flatten(),
            legal_state: duty.legal_state,
            stage,
        })
    };
    let asked = outline.duties.into_iter().filter(|duty| duty.asked);
    let mut duties: Vec<Stands> = asked.filter_map(place).collect();
    duties.sort_by(|one, other| one.stage.cmp(&other.stage));
    Places { duties }
}
