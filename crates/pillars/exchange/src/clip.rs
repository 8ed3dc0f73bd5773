//! How much of a name or a fault is told: both may come from outside, and a header has little room.

/// An id, a type or a version of a refused object is told up to here, bytes.
pub(crate) const LONGEST_NAME: usize = 512;
/// And why it was refused.
pub(crate) const LONGEST_MESSAGE: usize = 2_048;

/// The text, or its beginning.
pub(crate) fn clipped(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        text.to_owned()
    } else {
        format!("{}…", &text[..text.floor_char_boundary(limit)])
    }
}
