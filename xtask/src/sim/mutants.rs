//! Faults put into a copy of the sources on purpose: each must be caught by the simulation, or its checkers do not bite.

/// One fault: texts that stand exactly once in a file, and what stands there instead.
pub struct Mutant {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it breaks.
    pub what: &'static str,
    /// File, text, and the text in its place.
    pub edits: &'static [(&'static str, &'static str, &'static str)],
}

/// All of them.
pub const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "verdict",
        what: "the verdict lets through what is marked above the grant",
        edits: &[(
            "crates/share/src/under.rs",
            "if !grant.covers_marking(marking) {",
            "if !grant.covers_marking(marking) && marking.tlp == Tlp::Red {",
        )],
    },
    Mutant {
        name: "withdrawal",
        what: "an agreement that somebody left stays in force",
        edits: &[(
            "crates/share/src/book.rs",
            "self.withdrawn_from.is_some_and(|from| now >= from)",
            "self.withdrawn_from.is_some_and(|from| now < from && false)",
        )],
    },
    Mutant {
        name: "fsync",
        what: "one commit in eight is acknowledged without an fsync",
        edits: &[(
            "crates/ledger/src/disk.rs",
            "        platter.synced = Image { store: store.clone(), facts: facts.clone() };\n        platter.syncs += 1;",
            "        platter.syncs += 1;\n        if platter.syncs % 8 != 0 {\n            platter.synced = Image { store: store.clone(), facts: facts.clone() };\n        }",
        )],
    },
    Mutant {
        name: "stale",
        what: "an earlier checkpoint vouches for records that came after it",
        edits: &[
            (
                "crates/ledger/src/operations/mirror.rs",
                "if checkpoint.size() != ends {",
                "if checkpoint.size() > ends {",
            ),
            (
                "crates/ledger/src/memory.rs",
                "if root_of(&grown) != root.0 {",
                "if root_of(&grown) != root.0 && false {",
            ),
        ],
    },
    Mutant {
        name: "hash",
        what: "the hash of a withheld record is left out now and then",
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "            items.push(self.item(entry, released));",
            "            if released || entry.position % 16 != 9 {\n                items.push(self.item(entry, released));\n            }",
        )],
    },
    Mutant {
        name: "raised",
        what: "what was taken back or narrowed before it was sent is sent all the same",
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "let released = now.is_some_and(|class| self.released(class));",
            "let released = now.is_none_or(|class| class < u32::MAX);",
        )],
    },
    Mutant {
        name: "again",
        what: "what was refused and is asked for again is sent although it was taken back meanwhile",
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "let released = class.is_some_and(|class| self.released(class)) && self.still(&raised, &entry)?;\n            looked",
            "let released = class.is_some_and(|class| self.released(class));\n            looked",
        )],
    },
    Mutant {
        name: "amendment",
        what: "an unsigned amendment decides who may leave",
        edits: &[(
            "crates/desk/src/views/agreements.rs",
            "state.bound(withdrawal.effective).is_some_and",
            "state.newest().is_some_and",
        )],
    },
    Mutant {
        name: "receiver",
        what: "a node takes what no grant it knows covers",
        edits: &[(
            "crates/desk/src/links/follow.rs",
            "if granted(&self.desk, self.peer, &class) { None } else { Some(NO_GRANT.to_owned()) }",
            "if granted(&self.desk, self.peer, &class) { None } else { None }",
        )],
    },
    Mutant {
        name: "reveal",
        what: "what was withheld is not sent when an agreement releases it",
        edits: &[(
            "crates/desk/src/links/feed.rs",
            "        if !classes.is_empty() {\n            let end",
            "        if classes.len() > 1 {\n            let end",
        )],
    },
    Mutant {
        name: "objected",
        what: "what was refused for want of a grant is not asked for again",
        edits: &[(
            "crates/desk/src/links/follow.rs",
            "        if positions.is_empty() {\n            return Ok(());\n        }\n        self.asked",
            "        if positions.len() < 1_000 {\n            return Ok(());\n        }\n        self.asked",
        )],
    },
    Mutant {
        name: "fold",
        what: "the last entry of a step is forgotten by a projection",
        edits: &[(
            "crates/pillars/exchange/src/placed.rs",
            "    let counts = std::mem::take(counts);",
            "    let mut counts = std::mem::take(counts);\n    counts.retain(|_, by| *by < 3);",
        )],
    },
];
