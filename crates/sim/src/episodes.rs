//! Episodes: several steps that chance alone would seldom put in this order, each leading to where something may break.

use crate::plan::Plan;
use crate::step::{Act, At, Mishap};

impl Plan {
    /// One of them; in rough weather with a failure in its middle.
    pub fn episode(&mut self, storm: usize) {
        let at = self.one();
        match self.chance.below(if self.setting.exercise > 0 { 12 } else { 9 }) {
            0 | 1 => self.late_signature(at),
            2 => self.departure(at),
            3 => self.power_fails(at),
            4 => self.blackout(),
            5 => self.new_keys(at, storm),
            6 | 7 => self.erasure(at, storm),
            8 => self.parcel(at),
            _ => self.across_realms(),
        }
    }

    /// An agreement comes into force for two of its parties before a third knows, and an object is sent under it.
    fn late_signature(&mut self, author: At) {
        let signer = self.other(author);
        self.push(Act::Propose { at: author, wide: true });
        self.everybody_talks();
        for at in self.setting.circle(author).filter(|at| *at != signer) {
            self.push(Act::Sign { at });
        }
        self.everybody_talks();
        for late in self.setting.circle(author).filter(|at| ![author, signer].contains(at)) {
            self.push(Act::Cut { a: signer, b: late });
        }
        self.push(Act::Sign { at: signer });
        self.push(Act::Turn { at: signer, times: 8 });
        self.push(Act::Deliver { from: signer, to: author, frames: 12 });
        self.push(Act::Publish { at: author, objects: 3 });
        self.push(Act::Publish { at: author, objects: 2 });
        self.push(Act::Turn { at: author, times: 8 });
        let late = self.other(author);
        self.push(Act::Deliver { from: author, to: late, frames: 12 });
        self.push(Act::Deliver { from: late, to: author, frames: 12 });
    }

    /// Somebody proposes to go on with other parties, and somebody leaves before that is signed.
    fn departure(&mut self, at: At) {
        let leaving = self.other(at);
        for _ in 0..3 {
            self.push(Act::Amend { at });
        }
        self.everybody_talks();
        self.push(Act::Withdraw { at: leaving });
        self.say(leaving, at);
        self.push(Act::Wait { ms: 400_000 });
        self.push(Act::Publish { at, objects: 3 });
        self.say(at, leaving);
    }

    /// A node loses power in the middle of its work, and is back.
    fn power_fails(&mut self, at: At) {
        self.push(Act::Publish { at, objects: 1 });
        self.push(Act::Flush { at });
        let failure = self.failure(at);
        self.push(failure);
        for _ in 0..3 {
            self.push(Act::Publish { at, objects: 2 });
            let other = self.other(at);
            self.say(at, other);
        }
        self.back(at);
    }

    /// Everybody loses power at once.
    fn blackout(&mut self) {
        for at in 0..self.setting.desks() {
            self.push(Act::Stop { at });
        }
        for at in 0..self.setting.desks() {
            let store = self.store();
            self.push(Act::Start { at, store });
        }
        for at in 0..self.setting.desks() {
            self.connect_all(at);
        }
        self.everybody_talks();
    }

    /// The node is there again, whatever it was doing, and talks to somebody.
    fn back(&mut self, at: At) {
        let store = self.store();
        self.push(Act::Stop { at });
        self.push(Act::Start { at, store });
        let other = self.other(at);
        self.push(Act::Connect { a: at, b: other });
        self.say(at, other);
        self.say(other, at);
    }

    /// Keys change between two objects.
    fn new_keys(&mut self, at: At, storm: usize) {
        self.push(Act::Publish { at, objects: 1 });
        self.roughly(at, storm);
        self.push(Act::Rotate { at });
        self.push(Act::Publish { at, objects: 1 });
        self.back(at);
    }

    /// An object goes out, is perhaps taken back, and is erased.
    fn erasure(&mut self, at: At, storm: usize) {
        let other = self.other(at);
        self.push(Act::Publish { at, objects: 2 });
        if self.chance.once_in(2) {
            self.say(at, other);
        }
        if self.chance.once_in(3) {
            self.push(Act::Retract { at });
        }
        let eraser = if self.chance.once_in(3) { other } else { at };
        self.roughly(eraser, storm);
        self.push(Act::Erase { at: eraser });
        self.back(eraser);
    }

    /// A file is carried while the line between its two ends is down, or is not.
    fn parcel(&mut self, from: At) {
        let to = self.other(from);
        if self.chance.once_in(2) {
            self.push(Act::Cut { a: from, b: to });
        }
        self.push(Act::Publish { at: from, objects: 2 });
        self.push(Act::Export { from, to });
        let meanwhile = self.work();
        self.push(meanwhile);
        self.push(Act::Import { at: to });
        self.push(Act::Connect { a: from, b: to });
        self.say(from, to);
    }

    /// What belongs to one realm comes to the door of the other.
    pub fn across_realms(&mut self) {
        let (from, to) = self.two();
        let wrong = self.setting.elsewhere(to).unwrap_or(to);
        self.push(Act::Publish { at: from, objects: 2 });
        match self.chance.below(3) {
            0 => {
                // A desk has one session with a party at most.
                self.push(Act::Cut { a: from, b: to });
                if let Some(mine) = self.setting.elsewhere(from) {
                    self.push(Act::Cut { a: mine, b: wrong });
                }
                self.push(Act::Connect { a: from, b: wrong });
                self.say(from, wrong);
                self.say(wrong, from);
            }
            1 => {
                self.push(Act::Turn { at: from, times: 3 });
                self.push(Act::Mishap { from, to, mishap: Mishap::Strayed });
                self.push(Act::Deliver { from, to, frames: 2 });
            }
            _ => {
                self.push(Act::Export { from, to });
                self.push(Act::Import { at: wrong });
                self.push(Act::Import { at: wrong });
            }
        }
    }

    /// In rough weather one of the next commits fails.
    fn roughly(&mut self, at: At, storm: usize) {
        if self.chance.below(8) < storm {
            self.push(Act::Flush { at });
            let failure = self.failure(at);
            self.push(failure);
        }
    }
}
