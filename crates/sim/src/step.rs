//! The steps of which a story is made. Each says by itself all that it does, so a story without some of its steps is a
//! story too: that is what shrinking needs.

use std::fmt;

use ledger::Fate;

/// One step: what happens, and the seed of everything it leaves to chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Step {
    pub act: Act,
    pub dice: u64,
}

/// A node, by number.
pub(crate) type At = usize;

/// What may happen. A step that cannot be taken, because its node is down or has nothing to sign, does nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Act {
    /// Objects are brought in at a node, with markings, agreements, names and groups by chance.
    Publish { at: At, objects: usize },
    /// The same, and the disk takes its time.
    PublishSlowly { at: At },
    /// A node proposes an agreement to some others; a wide one to all, and it lets nearly everything through.
    Propose { at: At, wide: bool },
    /// A node proposes the next version of an agreement it knows.
    Amend { at: At },
    /// A node signs the newest version that awaits it.
    Sign { at: At },
    /// A node leaves an agreement.
    Withdraw { at: At },
    /// A node takes one of its objects back, or narrows it.
    Retract { at: At },
    /// A node changes who belongs to its group.
    Group { at: At },
    /// A node answers what awaits its answer.
    React { at: At },
    /// Two nodes open a session.
    Connect { a: At, b: At },
    /// The line between two nodes breaks.
    Cut { a: At, b: At },
    /// A node does what is due in its sessions, so many times.
    Turn { at: At, times: usize },
    /// Frames arrive.
    Deliver { from: At, to: At, frames: usize },
    /// Something happens to the next frame on a line.
    Mishap { from: At, to: At, mishap: Mishap },
    /// Time passes for everybody.
    Wait { ms: i64 },
    /// The clock of one node jumps.
    Jump { at: At, ms: i64 },
    /// A commit of a node ends like this: the next one, or the one after so many others.
    Fail { at: At, after: u8, fate: Fate },
    /// A node stops between two commits.
    Stop { at: At },
    /// A node starts again. After a loss of power its local store may be as it was when the system last flushed it.
    Start { at: At, store: Store },
    /// The system flushes the local store of a node.
    Flush { at: At },
    /// The disk of a node is full from now on, or has room again.
    Room { at: At, full: bool },
    /// The fold of a node is busy with other things, or catches up.
    Stall { at: At, stalled: bool },
    /// A node folds a few entries.
    Fold { at: At, entries: usize },
    /// The liar lies to a node.
    Lie { to: At, lie: Lie },
    /// A node changes its keys; for that it is stopped and started again.
    Rotate { at: At },
    /// A node erases the body of an object, its own or a peer's; for that it is stopped and started again.
    Erase { at: At },
    /// A node writes what another may have of its log into a file.
    Export { from: At, to: At },
    /// A node reads one of the files written so far, mostly one that is for it.
    Import { at: At },
}

/// What may happen to a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mishap {
    Lost,
    Doubled,
    /// It changes places with the one after it.
    Overtaken,
    /// Some of its bits are others.
    Forged,
    /// It ends early.
    Truncated,
    /// It comes out of the line between the same parties in the other realm.
    Strayed,
}

/// What becomes of the files beside the ledger when a node starts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Store {
    /// The process alone ended: everything is as it was.
    Kept,
    /// Power was lost: the local store is older.
    Older,
    /// The views were deleted.
    WithoutViews,
}

/// How a liar lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    /// It continues its log differently for this node.
    TwoHistories,
    /// A withheld hash is another one.
    WrongLeaf,
    /// A withheld hash is left out.
    MissingLeaf,
    /// An earlier checkpoint is sent for what it does not cover.
    OldCheckpoint,
    /// A record is sent that no agreement lets through.
    OutsideGrant,
    /// A record of another realm is put into the log.
    OtherRealm,
    /// A record of somebody else is put into the log.
    OtherAuthor,
    /// A body is not the one that its header promises.
    OtherBody,
    /// It claims to hold what was never sent.
    Claims,
    /// It goes on signing with keys that it has given up.
    OldKeys,
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.act {
            Act::Publish { at, objects } => write!(f, "{} brings in {objects} objects", name(at)),
            Act::PublishSlowly { at } => {
                write!(f, "{} writes an object, and its disk takes its time", name(at))
            }
            Act::Propose { at, wide: true } => write!(f, "{} proposes a wide agreement to all", name(at)),
            Act::Propose { at, wide: false } => write!(f, "{} proposes an agreement", name(at)),
            Act::Amend { at } => write!(f, "{} proposes an amendment", name(at)),
            Act::Sign { at } => write!(f, "{} signs", name(at)),
            Act::Withdraw { at } => write!(f, "{} leaves an agreement", name(at)),
            Act::Retract { at } => write!(f, "{} takes an object back or narrows it", name(at)),
            Act::Group { at } => write!(f, "{} changes its group", name(at)),
            Act::React { at } => write!(f, "{} answers what awaits an answer", name(at)),
            Act::Connect { a, b } => write!(f, "{} and {} open a session", name(a), name(b)),
            Act::Cut { a, b } => write!(f, "the line between {} and {} breaks", name(a), name(b)),
            Act::Turn { at, times } => write!(f, "{} does what is due, {times} times", name(at)),
            Act::Deliver { from, to, frames } => {
                write!(f, "{frames} frames arrive from {} at {}", name(from), name(to))
            }
            Act::Mishap { from, to, mishap } => {
                write!(f, "the next frame from {} to {} is {}", name(from), name(to), word(mishap))
            }
            Act::Wait { ms } => write!(f, "{ms} ms pass"),
            Act::Jump { at, ms } => write!(f, "the clock of {} jumps by {ms} ms", name(at)),
            Act::Fail { at, after: 0, fate } => {
                write!(f, "the next commit of {} will be {}", name(at), fated(fate))
            }
            Act::Fail { at, after, fate } => {
                write!(f, "after {after} others a commit of {} will be {}", name(at), fated(fate))
            }
            Act::Stop { at } => write!(f, "{} stops", name(at)),
            Act::Start { at, store } => write!(f, "{} starts again{}", name(at), kept(store)),
            Act::Flush { at } => write!(f, "{} has its local store flushed", name(at)),
            Act::Room { at, full: true } => write!(f, "the disk of {} is full", name(at)),
            Act::Room { at, full: false } => write!(f, "the disk of {} has room", name(at)),
            Act::Stall { at, stalled: true } => write!(f, "{} does not get to fold", name(at)),
            Act::Stall { at, stalled: false } => write!(f, "{} folds again", name(at)),
            Act::Fold { at, entries } => write!(f, "{} folds {entries} entries", name(at)),
            Act::Lie { to, lie } => write!(f, "the liar lies to {}: {lie:?}", name(to)),
            Act::Rotate { at } => write!(f, "{} changes its keys", name(at)),
            Act::Erase { at } => write!(f, "{} erases a body", name(at)),
            Act::Export { from, to } => write!(f, "{} writes a file for {}", name(from), name(to)),
            Act::Import { at } => write!(f, "{} reads a file", name(at)),
        }?;
        write!(f, "   [{:x}]", self.dice)
    }
}

/// Nodes are called A, B, C…
pub(crate) fn name(at: At) -> char {
    char::from(b'A' + (at % 26) as u8)
}

fn word(mishap: Mishap) -> &'static str {
    match mishap {
        Mishap::Lost => "lost",
        Mishap::Doubled => "doubled",
        Mishap::Overtaken => "overtaken by the one after it",
        Mishap::Forged => "forged",
        Mishap::Truncated => "truncated",
        Mishap::Strayed => "led astray into the other realm",
    }
}

fn fated(fate: Fate) -> &'static str {
    match fate {
        Fate::Lost => "lost in a crash before its fsync",
        Fate::Torn => "torn by a crash",
        Fate::Unanswered => "synced, and the node crashes before it answers",
        Fate::Full => "refused by a full disk",
    }
}

fn kept(store: Store) -> &'static str {
    match store {
        Store::Kept => "",
        Store::Older => ", its local store as last flushed",
        Store::WithoutViews => ", without its views",
    }
}
