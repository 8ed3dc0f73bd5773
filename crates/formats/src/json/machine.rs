//! The state machine behind both splitters: it sees a window of the input and can be resumed.
//!
//! **Invariant.** All positions are relative to the window; `base` is what was dropped before it.
//! The owner of the window may drop everything before [`Machine::keep`].

mod items;

use std::ops::Range;

use super::document::foreign_encoding;
use super::extent::{Extent, Reach};
use super::limits::Limits;
use super::split::{Container, ContainerKind, Flaw, SplitError};
use super::text::Text;

/// What one step found.
#[derive(Debug)]
pub(crate) enum Step {
    /// The window is used up.
    More,
    /// An object.
    Object(Range<usize>),
    /// A flaw; reading goes on unless the next step is `End`.
    Flaw(SplitError),
    /// Nothing more to read.
    End,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// The first bytes.
    Start,
    /// Between values of the top level.
    Sequence,
    /// Inside a top-level object, before a key.
    Key,
    /// Inside the key.
    InKey,
    /// Between key and value.
    Colon,
    /// Behind the colon.
    Value,
    /// Inside a value of a top-level object.
    InValue,
    /// In the list of objects, between items.
    Items,
    /// Inside an item.
    InItem,
    /// Behind a top-level object on one line: a line end here means one object per line from now on.
    AfterObject,
    /// One object per line.
    Lines,
    /// Looking for a line that begins like an object.
    Resync,
    Done,
}

#[derive(Debug)]
pub(crate) struct Machine {
    limits: Limits,
    state: State,
    extent: Extent,
    /// Where reading stands, and where the current value, key and top-level object began.
    pos: usize,
    start: usize,
    key: Range<usize>,
    base: u64,
    lines_before: u64,
    /// A position of the window up to which line ends have been counted, and their number.
    line_mark: (usize, u64),
    /// Whether the top-level object is known to hold a list of objects, or is a bare array.
    in_container: bool,
    bare_array: bool,
    /// Whether an item has been read since the last comma.
    after_item: bool,
    /// Bytes of the current object dropped because it is too large.
    dropped: bool,
    count: u64,
    container: Container,
}

impl Machine {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            limits,
            state: State::Start,
            extent: Extent::default(),
            pos: 0,
            start: 0,
            key: 0..0,
            base: 0,
            lines_before: 0,
            line_mark: (0, 0),
            in_container: false,
            bare_array: false,
            after_item: false,
            dropped: false,
            count: 0,
            container: Container::default(),
        }
    }

    pub(crate) const fn container(&self) -> &Container {
        &self.container
    }

    /// Byte offset in the whole input of a position in the window.
    pub(crate) const fn offset(&self, at: usize) -> u64 {
        self.base + at as u64
    }

    /// Everything before this position of the window may be dropped.
    pub(crate) fn keep(&mut self) -> usize {
        let needed = match self.state {
            State::InItem | State::Lines => self.start,
            State::Key | State::InKey | State::Colon | State::Value | State::InValue
                if !self.in_container =>
            {
                self.start
            }
            State::InKey | State::Colon | State::Value | State::InValue => self.key.start,
            _ => self.pos,
        };
        if self.pos - needed.min(self.pos) > self.limits.max_object_bytes {
            // Too large to be yielded: read on to its end, but remember nothing of it.
            self.dropped = true;
            return self.pos;
        }
        needed
    }

    /// The owner dropped `dropped` bytes at the front of the window.
    pub(crate) fn shift(&mut self, dropped: &[u8]) {
        let by = dropped.len();
        self.base += by as u64;
        self.lines_before += memchr::memchr_iter(b'\n', dropped).count() as u64;
        self.line_mark = (0, 0);
        self.pos -= by;
        self.start = self.start.saturating_sub(by);
        self.key = self.key.start.saturating_sub(by)..self.key.end.saturating_sub(by);
    }

    /// Builds the error. Lines are counted from where they were counted last, so that an input
    /// of nothing but flaws is still read in linear time.
    fn flaw(&mut self, window: &[u8], at: usize, flaw: Flaw) -> Step {
        let (marked, lines) = self.line_mark;
        let between = |from: usize, to: usize| {
            window.get(from..to).map_or(0, |part| memchr::memchr_iter(b'\n', part).count() as u64)
        };
        let lines = if at >= marked { lines + between(marked, at) } else { lines - between(at, marked) };
        self.line_mark = (at, lines);
        Step::Flaw(SplitError { offset: self.offset(at), line: self.lines_before + lines + 1, flaw })
    }

    /// Reads on until something is found. `eof` says that the window ends where the input ends.
    pub(crate) fn step(&mut self, window: &[u8], eof: bool) -> Step {
        let step = loop {
            let progress = match self.state {
                State::Start => self.begin(window, eof),
                State::Sequence => self.sequence(window),
                State::Key => self.before_key(window),
                State::InKey => self.in_key(window),
                State::Colon => self.colon(window),
                State::Value => self.before_value(window),
                State::InValue => self.in_value(window),
                State::Items => self.items(window),
                State::InItem => self.in_item(window),
                State::AfterObject => self.after_object(window),
                State::Lines => self.line(window, eof),
                State::Resync => self.resync(window),
                State::Done => Some(Step::End),
            };
            match progress {
                None => {}
                Some(Step::More) if eof => break self.at_end(window),
                Some(step) => break step,
            }
        };
        self.counted(window, step)
    }

    /// Counts objects and flaws, and stops at the limit.
    fn counted(&mut self, window: &[u8], step: Step) -> Step {
        if !matches!(step, Step::Object(_) | Step::Flaw(_)) {
            return step;
        }
        self.count += 1;
        if self.count <= self.limits.max_objects {
            return step;
        }
        self.state = State::Done;
        let at = if let Step::Object(range) = step { range.start } else { self.pos };
        self.flaw(window, at, Flaw::TooMany(self.limits.max_objects))
    }

    /// The input is used up: fine between values, cut off anywhere else.
    fn at_end(&mut self, window: &[u8]) -> Step {
        let complete = matches!(
            self.state,
            State::Start | State::Sequence | State::AfterObject | State::Lines | State::Resync | State::Done
        );
        let in_value = matches!(self.state, State::InItem) || !self.in_container;
        let at =
            if in_value && !self.dropped && !self.bare_array_between() { self.start } else { window.len() };
        self.state = State::Done;
        if complete { Step::End } else { self.flaw(window, at, Flaw::Truncated) }
    }

    fn bare_array_between(&self) -> bool {
        self.bare_array && self.state == State::Items
    }

    fn begin(&mut self, window: &[u8], eof: bool) -> Option<Step> {
        if window.len() < 4 && !eof {
            return Some(Step::More);
        }
        self.state = State::Sequence;
        if window.starts_with(&[0xEF, 0xBB, 0xBF]) {
            // RFC 8259 §8.1 lets a reader ignore the mark.
            self.pos = 3;
        } else if let Some(name) = foreign_encoding(window) {
            self.state = State::Done;
            return Some(self.flaw(window, 0, Flaw::Encoding(name)));
        }
        None
    }

    /// Moves over whitespace; the byte found, or `None` at the end of the window.
    fn blank(&mut self, window: &[u8]) -> Option<u8> {
        loop {
            match window.get(self.pos)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.pos += 1,
                byte => return Some(*byte),
            }
        }
    }

    fn kind(&mut self, kind: ContainerKind) {
        if self.container.kind == ContainerKind::Unknown {
            self.container.kind = kind;
        }
    }

    fn sequence(&mut self, window: &[u8]) -> Option<Step> {
        let Some(byte) = self.blank(window) else { return Some(Step::More) };
        self.start = self.pos;
        (self.dropped, self.in_container, self.after_item) = (false, false, false);
        match byte {
            b'{' => {
                self.pos += 1;
                self.state = State::Key;
                None
            }
            b'[' => {
                self.pos += 1;
                self.kind(ContainerKind::Array);
                (self.state, self.in_container, self.bare_array) = (State::Items, true, true);
                None
            }
            _ => {
                self.state = State::Resync;
                Some(self.flaw(window, self.pos, Flaw::Expected("a JSON object or list")))
            }
        }
    }

    fn before_key(&mut self, window: &[u8]) -> Option<Step> {
        let Some(byte) = self.blank(window) else { return Some(Step::More) };
        match byte {
            b',' => self.pos += 1,
            b'"' => {
                self.key = self.pos..self.pos;
                self.extent = Extent::in_string();
                self.pos += 1;
                self.state = State::InKey;
            }
            b'}' => {
                self.pos += 1;
                return self.top_object_ends(window);
            }
            _ => {
                self.state = if self.in_container { State::Done } else { State::Resync };
                let new_line = self.pos > 0 && window.get(self.pos - 1) == Some(&b'\n');
                if byte == b'{' && new_line && !self.in_container {
                    // The line before was cut off; this one is an object of its own.
                    (self.state, self.start) = (State::Lines, self.pos);
                }
                return Some(self.flaw(window, self.pos, Flaw::Expected("a key in double quotes")));
            }
        }
        None
    }

    /// A top-level object is complete: a container has been read, anything else is an object.
    fn top_object_ends(&mut self, window: &[u8]) -> Option<Step> {
        self.state = State::Sequence;
        if self.in_container {
            return None;
        }
        self.kind(ContainerKind::Sequence);
        if self.dropped || self.pos - self.start > self.limits.max_object_bytes {
            return Some(self.too_large(window));
        }
        let range = self.start..self.pos;
        let on_one_line = memchr::memchr(b'\n', &window[range.clone()]).is_none();
        if on_one_line {
            self.state = State::AfterObject;
        }
        Some(Step::Object(range))
    }

    /// The window may end right behind the object, so the line end is waited for.
    fn after_object(&mut self, window: &[u8]) -> Option<Step> {
        let rest = &window[self.pos..];
        if rest.is_empty() || rest == b"\r" {
            return Some(Step::More);
        }
        let ends_line = rest.starts_with(b"\n") || rest.starts_with(b"\r\n");
        self.state = if ends_line { State::Lines } else { State::Sequence };
        self.start = self.pos;
        None
    }

    fn too_large(&mut self, window: &[u8]) -> Step {
        let at = if self.dropped { self.pos } else { self.start };
        self.flaw(window, at, Flaw::TooLarge(self.limits.max_object_bytes))
    }

    fn reach(&mut self, window: &[u8]) -> Reach {
        let lines = !self.in_container;
        let reach = self.extent.feed(window, self.pos, self.limits.depth(), lines);
        self.pos = match reach {
            Reach::End(at) | Reach::Unbalanced(at) | Reach::OpenString(at) => at,
            Reach::More => window.len(),
        };
        reach
    }

    /// Handles the ways in which a value can go wrong; `true` when it is complete.
    fn complete(&mut self, window: &[u8]) -> Result<bool, Step> {
        match self.reach(window) {
            Reach::End(_) => Ok(true),
            Reach::More => Ok(false),
            Reach::Unbalanced(at) => {
                self.state = if self.in_container { State::Done } else { State::Resync };
                Err(self.flaw(window, at, Flaw::Unbalanced))
            }
            Reach::OpenString(at) => {
                self.state = State::Resync;
                Err(self.flaw(window, at, Flaw::OpenString))
            }
        }
    }

    fn in_key(&mut self, window: &[u8]) -> Option<Step> {
        match self.complete(window) {
            Ok(true) => {
                self.key.end = self.pos;
                self.state = State::Colon;
                None
            }
            Ok(false) => Some(Step::More),
            Err(step) => Some(step),
        }
    }

    fn colon(&mut self, window: &[u8]) -> Option<Step> {
        let Some(byte) = self.blank(window) else { return Some(Step::More) };
        self.pos += usize::from(byte == b':');
        self.state = State::Value;
        None
    }

    /// Behind the one colon, wherever the window ended: another is part of the value, which no value begins with.
    fn before_value(&mut self, window: &[u8]) -> Option<Step> {
        let Some(byte) = self.blank(window) else { return Some(Step::More) };
        if byte == b'[' && window.get(self.key.clone()) == Some(b"\"objects\"") {
            if self.in_container {
                (self.extent, self.state) = (Extent::default(), State::InValue);
                return Some(self.flaw(window, self.key.start, Flaw::Twice));
            }
            self.pos += 1;
            (self.in_container, self.after_item) = (true, false);
            self.kind(ContainerKind::Envelope);
            self.state = State::Items;
            return None;
        }
        self.extent = Extent::default();
        self.state = State::InValue;
        None
    }

    fn in_value(&mut self, window: &[u8]) -> Option<Step> {
        match self.complete(window) {
            Ok(true) => {
                self.note_member(window);
                self.state = State::Key;
                None
            }
            Ok(false) => Some(Step::More),
            Err(step) => Some(step),
        }
    }

    /// Remembers the small members of a container that its reader wants to know.
    fn note_member(&mut self, window: &[u8]) {
        const LONGEST: usize = 4096;
        let Some(member) = window.get(self.key.start..self.pos) else { return };
        if member.len() > LONGEST {
            return;
        }
        let key_length = self.key.end.saturating_sub(self.key.start);
        let Some((key, rest)) = member.split_at_checked(key_length) else { return };
        let Ok(rest) = std::str::from_utf8(rest) else { return };
        let value = rest.trim_start_matches([':', ' ', '\t', '\r', '\n']);
        let text = || {
            let inner = value.strip_prefix('"')?.strip_suffix('"')?;
            Some(Text::new(inner, inner.contains('\\')).decode().into_owned())
        };
        match key {
            b"\"type\"" if value == "\"bundle\"" => self.container.kind = ContainerKind::Bundle,
            b"\"id\"" if self.container.id.is_none() => self.container.id = text(),
            b"\"spec_version\"" => self.container.spec_version = text(),
            b"\"more\"" => self.container.more = value.parse().ok(),
            b"\"next\"" => self.container.next = text(),
            _ => {}
        }
    }
}
