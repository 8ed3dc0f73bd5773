//! Stories drawn from a seed: everyday work, faults between it, and now and then an episode.

use ledger::Fate;

use crate::cast::MOST;
use crate::chance::Chance;
use crate::setting::Setting;
use crate::step::{Act, At, Lie, Mishap, Step, Store};

/// A story as far as it is drawn.
pub(crate) struct Plan {
    pub setting: Setting,
    pub chance: Chance,
    steps: Vec<Step>,
}

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
    let exercise = if chance.once_in(8) { 2 } else { 0 };
    let mut plan = Plan { setting: Setting { nodes, liar, exercise }, chance, steps: Vec::new() };
    plan.story();
    (plan.setting, plan.steps)
}

impl Plan {
    fn story(&mut self) {
        // Some stories have calm weather, so that they get far; some are all storm.
        let storm = [0, 1, 3, 8][self.chance.below(4)];
        self.opening();
        if self.setting.exercise > 0 {
            self.across_realms();
        }
        let length = match self.chance.below(6) {
            0 => 30 + self.chance.below(70),
            _ => 8 + self.chance.below(24),
        };
        for _ in 0..length {
            if let Some(liar) = self.setting.liar.filter(|_| self.chance.once_in(6)) {
                self.lying(liar);
            }
            if self.chance.once_in(14) {
                self.episode(storm);
            } else {
                let act = if self.chance.below(20) < storm { self.fault() } else { self.work() };
                self.push(act);
            }
            self.talk();
        }
    }

    pub fn push(&mut self, act: Act) {
        let dice = self.chance.next();
        self.steps.push(Step { act, dice });
    }

    /// Any desk.
    pub fn one(&mut self) -> At {
        self.chance.below(self.setting.desks())
    }

    /// Two desks of one realm.
    pub fn two(&mut self) -> (At, At) {
        let a = self.one();
        (a, self.other(a))
    }

    /// Another desk of the same realm.
    pub fn other(&mut self, at: At) -> At {
        let circle = self.setting.circle(at);
        let count = circle.len();
        circle.start + (at - circle.start + 1 + self.chance.below(count - 1)) % count
    }

    /// Nearly every story begins with an agreement that comes into force, in each realm.
    fn opening(&mut self) {
        for at in 0..self.setting.desks() {
            self.connect_all(at);
        }
        if self.chance.once_in(10) {
            return;
        }
        for _ in 0..=self.chance.below(2) {
            let (at, wide) = (self.chance.below(self.setting.nodes), !self.chance.once_in(4));
            self.push(Act::Propose { at, wide });
        }
        if self.setting.exercise > 0 {
            self.push(Act::Propose { at: self.setting.nodes, wide: true });
        }
        for round in 0..3 {
            self.everybody_talks();
            if round < 2 {
                for at in 0..self.setting.desks() {
                    self.push(Act::Sign { at });
                    self.push(Act::Sign { at });
                }
            }
        }
    }

    /// Sessions with all later desks of the realm.
    pub fn connect_all(&mut self, a: At) {
        for b in a + 1..self.setting.circle(a).end {
            self.push(Act::Connect { a, b });
        }
    }

    /// The liar speaks to one node, and lies.
    fn lying(&mut self, liar: At) {
        let to = self.other(liar);
        let lie = LIES[self.chance.below(LIES.len())];
        if lie == Lie::OldKeys {
            self.push(Act::Rotate { at: liar });
        }
        self.push(Act::Connect { a: liar, b: to });
        self.push(Act::Publish { at: liar, objects: 1 });
        self.push(Act::Deliver { from: to, to: liar, frames: 8 });
        self.push(Act::Turn { at: liar, times: 4 });
        if lie == Lie::OldKeys {
            self.push(Act::Deliver { from: liar, to, frames: 8 });
        }
        self.push(Act::Lie { to, lie });
        self.push(Act::Deliver { from: liar, to, frames: 8 });
    }

    pub fn everybody_talks(&mut self) {
        for _ in 0..2 {
            for at in 0..self.setting.desks() {
                self.push(Act::Turn { at, times: 8 });
            }
            for from in 0..self.setting.desks() {
                for to in self.setting.circle(from).filter(|to| *to != from) {
                    self.push(Act::Deliver { from, to, frames: 12 });
                }
            }
        }
    }

    fn talk(&mut self) {
        match self.chance.below(12) {
            0 => self.everybody_talks(),
            1..=6 => {
                let (from, to) = self.two();
                self.say(from, to);
            }
            _ => {}
        }
    }

    /// One node says what is due, and hears the answer.
    pub fn say(&mut self, from: At, to: At) {
        let (times, there, back) =
            (1 + self.chance.below(4), 1 + self.chance.below(6), 1 + self.chance.below(6));
        self.push(Act::Turn { at: from, times });
        self.push(Act::Deliver { from, to, frames: there });
        self.push(Act::Deliver { from: to, to: from, frames: back });
    }

    pub fn work(&mut self) -> Act {
        let at = self.one();
        let (a, b) = self.two();
        let chance = &mut self.chance;
        match chance.below(36) {
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
            33 => Act::Room { at, full: false },
            34 => Act::Export { from: a, to: b },
            _ => Act::Import { at },
        }
    }

    fn fault(&mut self) -> Act {
        const MISHAPS: [Mishap; 5] =
            [Mishap::Lost, Mishap::Doubled, Mishap::Overtaken, Mishap::Forged, Mishap::Truncated];
        let at = self.one();
        let (a, b) = self.two();
        match self.chance.below(20) {
            0..=3 => Act::Cut { a, b },
            4..=6 => Act::Mishap { from: a, to: b, mishap: MISHAPS[self.chance.below(5)] },
            7 => Act::Jump { at, ms: (self.chance.below(1_200_000) as i64) - 600_000 },
            8..=10 => self.failure(at),
            11 | 12 => Act::Stop { at },
            13..=15 => Act::Start { at, store: self.store() },
            16 => Act::Room { at, full: true },
            17 => Act::Stall { at, stalled: true },
            _ => Act::Cut { a, b },
        }
    }

    pub fn failure(&mut self, at: At) -> Act {
        const FATES: [Fate; 4] = [Fate::Lost, Fate::Torn, Fate::Unanswered, Fate::Full];
        Act::Fail { at, after: self.chance.below(4) as u8, fate: FATES[self.chance.below(4)] }
    }

    pub fn store(&mut self) -> Store {
        const STORES: [Store; 4] = [Store::Kept, Store::Older, Store::Older, Store::WithoutViews];
        STORES[self.chance.below(4)]
    }
}

const LIES: [Lie; 10] = [
    Lie::TwoHistories,
    Lie::WrongLeaf,
    Lie::MissingLeaf,
    Lie::OldCheckpoint,
    Lie::OutsideGrant,
    Lie::OtherRealm,
    Lie::OtherAuthor,
    Lie::OtherBody,
    Lie::Claims,
    Lie::OldKeys,
];
