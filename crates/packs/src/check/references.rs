//! Everything that a pack names is there: facts, stages, classes, fields, recipients, channels, countries.

use super::{Finding, at, in_head};
use crate::anchor::Anchor;
use crate::condition::{Condition, Test};
use crate::library::Library;
use crate::pack::{Pack, Stage};
use crate::words::FactKind;

/// Checks one pack.
pub fn check(library: &Library, pack: &Pack) -> Vec<Finding> {
    let mut found = Vec::new();
    for stage in &pack.stages {
        let mut say = |what: String| found.push(at(pack, stage, what));
        anchors(library, stage, &mut say);
        conditions(library, pack, stage, &mut say);
        tables(library, stage, &mut say);
    }
    for other in pack.head.yields_to.iter().filter(|other| !library.packs.contains_key(*other)) {
        found.push(in_head(pack, format!("it gives way to {other:?}, for which there is no pack")));
    }
    for criterion in &pack.criteria {
        let mut say = |what: String| found.push(in_head(pack, format!("criterion {}: {what}", criterion.id)));
        for condition in criterion.all.iter().flatten() {
            known(library, pack, condition, &mut say);
        }
        for class in criterion.classes.iter().filter(|class| !pack.classes.iter().any(|c| c.id == **class)) {
            say(format!("no class is called {class:?}; declare it with [[class]]"));
        }
        if criterion.cite.trim().is_empty() || !criterion.title.is_complete() || criterion.all.is_empty() {
            say("it needs a clause, both languages and at least one question".into());
        }
    }
    for overlay in &pack.overlays {
        if library.calendar(&overlay.country).is_none() {
            found.push(in_head(pack, format!("no calendar for the overlay of {:?}", overlay.country)));
        }
    }
    found
}

fn anchors(library: &Library, stage: &Stage, say: &mut impl FnMut(String)) {
    let of_limbs = stage.limbs.iter().flat_map(|limb| std::iter::once(&limb.anchor).chain(&limb.not_before));
    let asked = stage.when.iter().chain(stage.limbs.iter().filter_map(|limb| limb.when.as_ref()));
    for anchor in of_limbs.chain(asked.flat_map(Condition::anchors)) {
        if let Some(named) = anchor.stage().filter(|named| library.pack_of(named).is_none()) {
            say(format!("no stage is called {named:?}; correct the anchor"));
        }
        if let Some(fact) = anchor.fact()
            && library.words.facts.get(fact).is_none_or(|fact| fact.kind != FactKind::Instant)
        {
            say(format!("no instant is called {fact:?}; name it in packs/facts.toml"));
        }
    }
    for limb in &stage.limbs {
        if matches!(limb.anchor, Anchor::Due(_)) && !limb.period.is_zero() {
            say("a clock from the limit of another stage must be P0D; limits do not start clocks".into());
        }
    }
}

fn conditions(library: &Library, pack: &Pack, stage: &Stage, say: &mut impl FnMut(String)) {
    let of_limbs = stage.limbs.iter().filter_map(|limb| limb.when.as_ref());
    for condition in stage.when.iter().chain(of_limbs) {
        known(library, pack, condition, say);
    }
    if let Some(fact) = stage.as_day_when.as_ref().filter(|fact| !library.words.facts.contains_key(*fact)) {
        say(format!("no fact is called {fact:?}; name it in packs/facts.toml"));
    }
}

/// Whether everything that a condition asks about is there.
fn known(library: &Library, pack: &Pack, condition: &Condition, say: &mut impl FnMut(String)) {
    let wanted = match &condition.test {
        Test::Class(class) => {
            if !pack.classes.iter().any(|known| known.id == *class) {
                say(format!("no class is called {class:?}; declare it with [[class]]"));
            }
            return;
        }
        Test::Truth(..) => FactKind::Truth,
        Test::AtLeast(..) | Test::MoreThan(..) | Test::Below(..) => FactKind::Number,
        Test::Later(_) => return,
    };
    let fact = condition.fact().unwrap_or_default();
    if library.words.facts.get(fact).is_none_or(|known| known.kind != wanted) {
        say(format!("no such fact of that kind: {fact:?}; name it in packs/facts.toml"));
    }
}

fn tables(library: &Library, stage: &Stage, say: &mut impl FnMut(String)) {
    for code in stage.required.iter().chain(&stage.conditional) {
        if !library.words.fields.contains_key(code) {
            say(format!("no field has the code {code:?}; see packs/fields.toml"));
        }
    }
    if let Some(twice) = stage.required.iter().find(|code| stage.conditional.contains(code)) {
        say(format!("field {twice} is both required and conditional; keep one"));
    }
    for code in stage.recipients.iter().filter(|code| !library.words.recipients.contains_key(*code)) {
        say(format!("no recipient has the code {code:?}; see packs/recipients.toml"));
    }
    for code in stage.channels.iter().filter(|code| !library.words.channels.contains_key(*code)) {
        say(format!("no channel has the code {code:?}; see packs/channels.toml"));
    }
    for replaced in stage.replaces.iter().filter(|replaced| library.pack_of(replaced).is_none()) {
        say(format!("it replaces {replaced:?}, which does not exist"));
    }
}
