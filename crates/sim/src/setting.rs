//! What is decided before a story begins: who takes part, in which realm, and whether somebody lies.

use std::ops::Range;

use model::Realm;

use crate::step::{At, name};

/// The parties of a story and their desks. Desks of the real realm come first, one for each party; then the desks that the
/// first of these parties have in an exercise. Between the two nothing may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Setting {
    pub nodes: usize,
    /// Which node lies, if any; at its real desk.
    pub liar: Option<At>,
    /// How many parties have a desk in the exercise too.
    pub exercise: usize,
}

impl Setting {
    /// All desks.
    pub fn desks(&self) -> usize {
        self.nodes + self.exercise
    }

    /// Whose desk this is, as a number of the cast.
    pub fn party(&self, at: At) -> usize {
        if at < self.nodes { at } else { at - self.nodes }
    }

    pub fn realm(&self, at: At) -> Realm {
        if at < self.nodes { Realm::Real } else { exercise() }
    }

    /// The desks of the same realm, this one among them.
    pub fn circle(&self, at: At) -> Range<At> {
        if at < self.nodes { 0..self.nodes } else { self.nodes..self.desks() }
    }

    /// The desk of the same party in the other realm.
    pub fn elsewhere(&self, at: At) -> Option<At> {
        let other = if at < self.nodes { at + self.nodes } else { at - self.nodes };
        (other < self.desks()).then_some(other)
    }

    /// The desk of the same party as `of` in the realm of `at`.
    pub fn beside(&self, at: At, of: At) -> Option<At> {
        if self.circle(at).contains(&of) { Some(of) } else { self.elsewhere(of) }
    }

    pub fn are_apart(&self, a: At, b: At) -> bool {
        (a < self.nodes) != (b < self.nodes)
    }

    /// The same in words.
    pub fn told(&self) -> String {
        let liar = self.liar.map_or_else(String::new, |at| format!(", of whom {} lies", name(at)));
        let also =
            |at: usize| format!(", {} is the desk of {} in an exercise", name(self.nodes + at), name(at));
        let exercise: String = (0..self.exercise).map(also).collect();
        format!("{} nodes{liar}{exercise}", self.nodes)
    }
}

/// The one exercise of every story.
pub(crate) fn exercise() -> Realm {
    Realm::Exercise("run".into())
}
