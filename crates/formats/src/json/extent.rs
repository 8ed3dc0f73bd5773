//! Finds where a JSON value ends by its quotes and brackets, resumably and without validating it.

use super::text::string_stop;

/// A resumable search for the end of one value.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Extent {
    depth: u32,
    in_string: bool,
    escaped: bool,
    too_deep: bool,
    kinds: [u64; 4],
}

/// How a search ended.
#[derive(Debug)]
pub(super) enum Reach {
    /// The value ends before this position.
    End(usize),
    More,
    Unbalanced(usize),
    OpenString(usize),
}

impl Extent {
    /// A search that begins behind an opening quote.
    pub(super) fn in_string() -> Self {
        Self { in_string: true, ..Self::default() }
    }

    /// Whether the value was nested deeper than allowed.
    pub(super) const fn is_too_deep(&self) -> bool {
        self.too_deep
    }

    /// Searches from `at`. `lines` says whether a raw line end inside a string ends the value.
    pub(super) fn feed(&mut self, window: &[u8], mut at: usize, max_depth: u32, lines: bool) -> Reach {
        while let Some(&byte) = window.get(at) {
            if self.in_string {
                if std::mem::take(&mut self.escaped) {
                    at += 1;
                    continue;
                }
                at = string_stop(window, at);
                match window.get(at) {
                    Some(b'"') => self.in_string = false,
                    Some(b'\\') => self.escaped = true,
                    Some(b'\n') if lines => return Reach::OpenString(at),
                    Some(_) => {}
                    None => return Reach::More,
                }
                at += 1;
                if !self.in_string && self.depth == 0 {
                    return Reach::End(at);
                }
                continue;
            }
            match byte {
                b'"' => self.in_string = true,
                b'{' | b'[' => self.open(byte, max_depth),
                b'}' | b']' if self.depth == 0 => return Reach::End(at),
                b'}' | b']' => {
                    if !self.close(byte) {
                        return Reach::Unbalanced(at);
                    }
                    if self.depth == 0 {
                        return Reach::End(at + 1);
                    }
                }
                b',' | b' ' | b'\t' | b'\r' | b'\n' if self.depth == 0 => return Reach::End(at),
                _ => {}
            }
            at += 1;
        }
        Reach::More
    }

    fn open(&mut self, byte: u8, max_depth: u32) {
        let bit = 1u64 << (self.depth % 64);
        if let Some(word) = self.kinds.get_mut((self.depth / 64) as usize) {
            *word = if byte == b'{' { *word | bit } else { *word & !bit };
        }
        self.depth += 1;
        self.too_deep |= self.depth > max_depth;
    }

    /// False when the bracket does not match; beyond the depth that is remembered, anything does.
    fn close(&mut self, byte: u8) -> bool {
        self.depth -= 1;
        let bit = 1u64 << (self.depth % 64);
        self.kinds.get((self.depth / 64) as usize).is_none_or(|word| (word & bit != 0) == (byte == b'}'))
    }
}
