//! Stories drawn from a seed.

use ledger::Fate;

use crate::cast::MOST;
use crate::chance::Chance;
use crate::step::{Act, At, Lie, Mishap, Step, Store};
use crate::world::Setting;

/// Setting and steps of the story of a seed.
pub(crate) fn plan(seed: u64) -> (Setting, Vec<Step>) {
    let mut chance = Chance::new(seed ^ 0x00E7_7E97);
    let nodes = match chance.below(64) {
        0..=39 => 3,
        40..=54 => 4,
        55..=61 => 5,
        62 => 6 + chance.below(3),
        _ => 6 + chance.below(MOST - 5),
    };
    let liar = chance.once_in(3).then(|| chance.below(nodes));
    let setting = Setting { nodes, liar };
    // Some stories have calm weather, so that they get far; some are all storm.
    let storm = [0, 1, 3, 8][chance.below(4)];
    let mut steps = Vec::new();
    opening(&setting, &mut chance, &mut steps);
    let length = if chance.once_in(6) { 30 + chance.below(70) } else { 8 + chance.below(24) };
    for _ in 0..length {
        if let Some(liar) = setting.liar.filter(|_| chance.once_in(6)) {
            let to = (liar + 1 + chance.below(nodes - 1)) % nodes;
            lying(liar, to, &mut chance, &mut steps);
        }
        let act =
            if chance.below(20) < storm { fault(&setting, &mut chance) } else { work(&setting, &mut chance) };
        push(&mut steps, act, &mut chance);
        talk(&setting, &mut chance, &mut steps);
    }
    (setting, steps)
}

fn push(steps: &mut Vec<Step>, act: Act, chance: &mut Chance) {
    steps.push(Step { act, dice: chance.next() });
}

/// Nearly every story begins with an agreement that comes into force.
fn opening(setting: &Setting, chance: &mut Chance, steps: &mut Vec<Step>) {
    for a in 0..setting.nodes {
        for b in a + 1..setting.nodes {
            push(steps, Act::Connect { a, b }, chance);
        }
    }
    if chance.once_in(10) {
        return;
    }
    for _ in 0..=chance.below(2) {
        let wide = !chance.once_in(4);
        push(steps, Act::Propose { at: chance.below(setting.nodes), wide }, chance);
    }
    for round in 0..3 {
        everybody_talks(setting, chance, steps);
        if round < 2 {
            for at in 0..setting.nodes {
                push(steps, Act::Sign { at }, chance);
                push(steps, Act::Sign { at }, chance);
            }
        }
    }
}

/// The liar speaks to one node, and lies.
fn lying(liar: At, to: At, chance: &mut Chance, steps: &mut Vec<Step>) {
    push(steps, Act::Connect { a: liar, b: to }, chance);
    push(steps, Act::Publish { at: liar, objects: 1 + chance.below(3) }, chance);
    push(steps, Act::Deliver { from: to, to: liar, frames: 8 }, chance);
    push(steps, Act::Turn { at: liar, times: 4 }, chance);
    let lie = LIES[chance.below(LIES.len())];
    push(steps, Act::Lie { to, lie }, chance);
    push(steps, Act::Deliver { from: liar, to, frames: 8 }, chance);
}

const LIES: [Lie; 9] = [
    Lie::TwoHistories,
    Lie::WrongLeaf,
    Lie::MissingLeaf,
    Lie::OldCheckpoint,
    Lie::OutsideGrant,
    Lie::OtherRealm,
    Lie::OtherAuthor,
    Lie::OtherBody,
    Lie::Claims,
];

fn everybody_talks(setting: &Setting, chance: &mut Chance, steps: &mut Vec<Step>) {
    for _ in 0..2 {
        for at in 0..setting.nodes {
            push(steps, Act::Turn { at, times: 8 }, chance);
        }
        for from in 0..setting.nodes {
            for to in (0..setting.nodes).filter(|to| *to != from) {
                push(steps, Act::Deliver { from, to, frames: 12 }, chance);
            }
        }
    }
}

fn talk(setting: &Setting, chance: &mut Chance, steps: &mut Vec<Step>) {
    match chance.below(12) {
        0 => everybody_talks(setting, chance, steps),
        1..=6 => {
            let (from, to) = two(setting, chance);
            push(steps, Act::Turn { at: from, times: 1 + chance.below(4) }, chance);
            push(steps, Act::Deliver { from, to, frames: 1 + chance.below(6) }, chance);
            push(steps, Act::Deliver { from: to, to: from, frames: 1 + chance.below(6) }, chance);
        }
        _ => {}
    }
}

fn two(setting: &Setting, chance: &mut Chance) -> (At, At) {
    let a = chance.below(setting.nodes);
    (a, (a + 1 + chance.below(setting.nodes - 1)) % setting.nodes)
}

fn work(setting: &Setting, chance: &mut Chance) -> Act {
    let at = chance.below(setting.nodes);
    let (a, b) = two(setting, chance);
    match chance.below(34) {
        0..=9 => Act::Publish { at, objects: 1 + chance.below(3) },
        10 => Act::PublishSlowly { at },
        11 | 12 => Act::Propose { at, wide: chance.once_in(3) },
        13 | 14 => Act::Amend { at },
        15..=19 => Act::Sign { at },
        20 => Act::Withdraw { at },
        21 | 22 => Act::Retract { at },
        23 | 24 => Act::Group { at },
        25 => Act::React { at },
        26 | 27 => Act::Connect { a, b },
        28 => Act::Wait { ms: 1 + chance.below(400_000) as i64 },
        29 => Act::Start { at, store: Store::Kept },
        30 => Act::Flush { at },
        31 => Act::Fold { at, entries: 1 + chance.below(4) },
        32 => Act::Stall { at, stalled: false },
        _ => Act::Room { at, full: false },
    }
}

fn fault(setting: &Setting, chance: &mut Chance) -> Act {
    let at = chance.below(setting.nodes);
    let (a, b) = two(setting, chance);
    const MISHAPS: [Mishap; 5] =
        [Mishap::Lost, Mishap::Doubled, Mishap::Overtaken, Mishap::Forged, Mishap::Truncated];
    match chance.below(20) {
        0..=3 => Act::Cut { a, b },
        4..=6 => Act::Mishap { from: a, to: b, mishap: MISHAPS[chance.below(5)] },
        7 => Act::Jump { at, ms: (chance.below(1_200_000) as i64) - 600_000 },
        8..=10 => {
            const FATES: [Fate; 4] = [Fate::Lost, Fate::Torn, Fate::Unanswered, Fate::Full];
            Act::Fail { at, fate: FATES[chance.below(4)] }
        }
        11 | 12 => Act::Stop { at },
        13..=15 => {
            const STORES: [Store; 3] = [Store::Kept, Store::Older, Store::WithoutViews];
            Act::Start { at, store: STORES[chance.below(3)] }
        }
        16 => Act::Room { at, full: true },
        17 => Act::Stall { at, stalled: true },
        _ => Act::Cut { a, b },
    }
}
