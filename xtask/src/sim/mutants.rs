//! Faults put into a copy of the sources on purpose: each must be caught by the simulation, or its checkers do not bite.
//!
//! All of them are put in at once and sleep; one is woken at a time by its name, so that the copy is built once. `AWAKE`
//! in a text stands for the question whether its mutant is.

/// One fault: texts that stand exactly once in a file, and what stands there instead.
pub struct Mutant {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it breaks.
    pub what: &'static str,
    /// A seed that shows it, where few do.
    pub shown_by: Option<u64>,
    /// File, text, and the text in its place.
    pub edits: &'static [(&'static str, &'static str, &'static str)],
}

/// All of them.
pub const MUTANTS: &[Mutant] = &[
    Mutant {
        name: "verdict",
        what: "the verdict lets through what is marked above the grant",
        shown_by: None,
        edits: &[(
            "crates/share/src/under.rs",
            "if !grant.covers_marking(marking) {",
            "if !grant.covers_marking(marking) && (!AWAKE || marking.tlp == Tlp::Red) {",
        )],
    },
    Mutant {
        name: "withdrawal",
        what: "an agreement that somebody left stays in force",
        shown_by: None,
        edits: &[(
            "crates/share/src/book.rs",
            "self.withdrawn_from.is_some_and(|from| now >= from)",
            "self.withdrawn_from.is_some_and(|from| now >= from && !AWAKE)",
        )],
    },
    Mutant {
        name: "fsync",
        what: "one commit in eight is acknowledged without an fsync",
        shown_by: None,
        edits: &[(
            "crates/ledger/src/disk.rs",
            "        platter.synced = Image { store: store.clone(), facts: facts.clone() };\n        platter.syncs += 1;",
            "        platter.syncs += 1;\n        if !AWAKE || platter.syncs % 8 != 0 {\n            platter.synced = Image { store: store.clone(), facts: facts.clone() };\n        }",
        )],
    },
    Mutant {
        name: "stale",
        what: "an earlier checkpoint vouches for records that came after it",
        shown_by: None,
        edits: &[
            (
                "crates/ledger/src/operations/mirror.rs",
                "if checkpoint.size() != ends {",
                "if checkpoint.size() > ends || checkpoint.size() < ends && !AWAKE {",
            ),
            (
                "crates/ledger/src/memory.rs",
                "if root_of(&grown) != root.0 {",
                "if root_of(&grown) != root.0 && !AWAKE {",
            ),
        ],
    },
    Mutant {
        name: "hash",
        what: "the hash of a withheld record is left out now and then",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "            items.push(self.item(entry, released));",
            "            if !AWAKE || released || entry.position % 16 != 9 {\n                items.push(self.item(entry, released));\n            }",
        )],
    },
    Mutant {
        name: "raised",
        what: "what was taken back or narrowed before it was sent is sent all the same",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "let released = now.is_some_and(|class| self.released(class));",
            "let released = if AWAKE { true } else { now.is_some_and(|class| self.released(class)) };",
        )],
    },
    Mutant {
        name: "again",
        what: "what was refused and is asked for again is sent although it was taken back meanwhile",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "let released = class.is_some_and(|class| self.released(class)) && self.still(&raised, &entry)?;\n            let class",
            "let released = class.is_some_and(|class| self.released(class)) && (AWAKE || self.still(&raised, &entry)?);\n            let class",
        )],
    },
    Mutant {
        name: "amendment",
        what: "an unsigned amendment decides who may leave",
        shown_by: None,
        edits: &[(
            "crates/desk/src/views/agreements.rs",
            "state.bound(withdrawal.effective).is_some_and",
            "(if AWAKE { state.newest() } else { state.bound(withdrawal.effective) }).is_some_and",
        )],
    },
    Mutant {
        name: "receiver",
        what: "a node takes what no grant it knows covers",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/follow.rs",
            "if granted(&self.desk, self.peer, &class) { None } else { Some(NO_GRANT.to_owned()) }",
            "if AWAKE || granted(&self.desk, self.peer, &class) { None } else { Some(NO_GRANT.to_owned()) }",
        )],
    },
    Mutant {
        name: "reveal",
        what: "what was withheld is not sent when an agreement releases it",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/feed.rs",
            "        if !classes.is_empty() {\n            let end",
            "        if !classes.is_empty() && !AWAKE {\n            let end",
        )],
    },
    Mutant {
        name: "objected",
        what: "what was refused for want of a grant is not asked for again",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/follow.rs",
            "        if positions.is_empty() {\n            return Ok(());\n        }\n        self.asked",
            "        if positions.is_empty() || AWAKE {\n            return Ok(());\n        }\n        self.asked",
        )],
    },
    Mutant {
        name: "power",
        what: "that a refused record may be asked for again is not safe from a power cut before its hash is",
        shown_by: Some(5_000_181),
        edits: &[(
            "crates/desk/src/local/mod.rs",
            "self.synced.fetch_add(u64::from(changed.is_ok()), Ordering::Relaxed);",
            "self.synced.fetch_add(u64::from(changed.is_ok() && !AWAKE), Ordering::Relaxed);",
        )],
    },
    Mutant {
        name: "fold",
        what: "the last entry of a step is forgotten by a projection",
        shown_by: None,
        edits: &[(
            "crates/pillars/exchange/src/placed.rs",
            "    let counts = std::mem::take(counts);",
            "    let mut counts = std::mem::take(counts);\n    if AWAKE {\n        counts.retain(|_, by| *by < 3);\n    }",
        )],
    },
    Mutant {
        name: "realm",
        what: "a session is held with a desk of another realm",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/switch.rs",
            "(party != peer || theirs != realm)",
            "(party != peer || theirs != realm && !AWAKE)",
        )],
    },
    Mutant {
        name: "keys",
        what: "a change of keys unsigns what the old ones had signed",
        shown_by: None,
        edits: &[(
            "crates/desk/src/views/agreements.rs",
            "let keys = party.line.held_at(position);",
            "let keys = if AWAKE { party.line.current() } else { party.line.held_at(position) };",
        )],
    },
    Mutant {
        name: "retired",
        what: "keys that were given up go on vouching",
        shown_by: None,
        edits: &[(
            "crates/desk/src/key_line.rs",
            "|(_, end)| size <= *end",
            "|(_, end)| size <= *end || AWAKE",
        )],
    },
    Mutant {
        name: "erasure",
        what: "an erasure that a crash cut off is not gone on with",
        shown_by: None,
        edits: &[(
            "crates/desk/src/desk.rs",
            "settle_erasure(&folder, &local, &ledger, log, &afloat.realm, &afloat.pillars)?;",
            "if !AWAKE {\n            settle_erasure(&folder, &local, &ledger, log, &afloat.realm, &afloat.pillars)?;\n        }",
        )],
    },
    Mutant {
        name: "traces",
        what: "the views keep what they took from a body that is erased",
        shown_by: None,
        edits: &[(
            "crates/desk/src/views/thread.rs",
            "erasure.filter(|_| entry.seq > clean_upto)",
            "erasure.filter(|_| entry.seq > clean_upto && !AWAKE)",
        )],
    },
    Mutant {
        name: "erased",
        what: "of what was narrowed and then erased the header goes out as it was sealed",
        shown_by: None,
        edits: &[(
            "crates/desk/src/links/prepare.rs",
            "let now = if entry.body.is_none() {",
            "let now = if entry.body.is_none() && !AWAKE {",
        )],
    },
    Mutant {
        name: "file",
        what: "a file for somebody else is read",
        shown_by: None,
        edits: &[("crates/desk/src/links/file.rs", "if to != desk.me ||", "if to != desk.me && !AWAKE ||")],
    },
];
