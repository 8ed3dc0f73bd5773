//! The states that yield objects: items of a list, lines, and finding the way back to a line.

use super::super::extent::Extent;
use super::super::split::Flaw;
use super::{Machine, State, Step};

impl Machine {
    pub(super) fn items(&mut self, window: &[u8]) -> Option<Step> {
        let Some(byte) = self.blank(window) else { return Some(Step::More) };
        let after_item = self.after_item;
        match byte {
            b']' => {
                self.pos += 1;
                self.state = if self.bare_array { State::Sequence } else { State::Key };
                self.bare_array = false;
                None
            }
            b',' => {
                self.pos += 1;
                self.after_item = false;
                let flaw = Flaw::Expected("an object, not a comma");
                if after_item { None } else { Some(self.flaw(window, self.pos - 1, flaw)) }
            }
            b'}' => {
                self.state = State::Done;
                Some(self.flaw(window, self.pos, Flaw::Unbalanced))
            }
            _ => {
                self.start = self.pos;
                (self.extent, self.dropped) = (Extent::default(), false);
                (self.state, self.after_item) = (State::InItem, true);
                let flaw = Flaw::Expected("a comma between objects");
                if after_item { Some(self.flaw(window, self.pos, flaw)) } else { None }
            }
        }
    }

    pub(super) fn in_item(&mut self, window: &[u8]) -> Option<Step> {
        match self.complete(window) {
            Ok(true) => {}
            Ok(false) => return Some(Step::More),
            Err(step) => return Some(step),
        }
        self.state = State::Items;
        let (range, limits) = (self.start..self.pos, self.limits);
        if self.dropped || range.len() > limits.max_object_bytes {
            return Some(self.too_large(window));
        }
        if self.extent.is_too_deep() {
            return Some(self.flaw(window, range.start, Flaw::TooDeep(limits.depth())));
        }
        if window.get(range.start) != Some(&b'{') {
            return Some(self.flaw(window, range.start, Flaw::NotAnObject));
        }
        Some(Step::Object(range))
    }

    pub(super) fn line(&mut self, window: &[u8], eof: bool) -> Option<Step> {
        // What was searched without finding a line end is not searched again.
        let end = memchr::memchr(b'\n', &window[self.pos..]).map(|at| self.pos + at);
        let (end, next) = match end {
            Some(end) => (end, end + 1),
            None if eof && self.start < window.len() => (window.len(), window.len()),
            None => {
                self.pos = window.len();
                return Some(Step::More);
            }
        };
        let (start, dropped) = (self.start, std::mem::take(&mut self.dropped));
        (self.pos, self.start) = (next, next);
        let line = window[start..end].trim_ascii();
        if dropped || line.len() > self.limits.max_object_bytes {
            return Some(self.flaw(window, start, Flaw::TooLarge(self.limits.max_object_bytes)));
        }
        let (Some(first), Some(last)) = (line.first(), line.last()) else { return None };
        let from = start + (window[start..end].len() - window[start..end].trim_ascii_start().len());
        match (first, last) {
            (b'{', b'}') => Some(Step::Object(from..from + line.len())),
            (b'{', _) => Some(self.flaw(window, from, Flaw::Truncated)),
            _ => Some(self.flaw(window, from, Flaw::NotAnObject)),
        }
    }

    /// Skips to the next line that begins like an object, then reads line by line.
    pub(super) fn resync(&mut self, window: &[u8]) -> Option<Step> {
        loop {
            let Some(end) = memchr::memchr(b'\n', &window[self.pos..]) else {
                self.pos = window.len();
                return Some(Step::More);
            };
            let next = self.pos + end + 1;
            match window.get(next) {
                Some(b'{') => {
                    (self.pos, self.start, self.state) = (next, next, State::Lines);
                    return None;
                }
                Some(_) => self.pos = next,
                // The line end stays in the window so that the next byte can be seen after it.
                None => {
                    self.pos = next - 1;
                    return Some(Step::More);
                }
            }
        }
    }
}
