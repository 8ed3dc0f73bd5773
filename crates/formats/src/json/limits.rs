//! How much of somebody else's document is read before it is refused (I7).

/// Bounds of one parse. Every loop over untrusted JSON is bounded by one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Deepest nesting of arrays and objects inside one object; at most [`Limits::HARD_DEPTH`].
    pub max_depth: u32,
    /// Longest string in bytes, as written.
    pub max_string_bytes: usize,
    /// Largest single object in bytes.
    pub max_object_bytes: usize,
    /// Most items of one array, and most members of one object.
    pub max_array_items: usize,
    /// Most objects (and flaws) of one input.
    pub max_objects: u64,
    /// Most findings kept per object; one more says that the list was cut.
    pub max_findings: usize,
}

impl Limits {
    /// Depth that no configuration can exceed, because nested values are read by recursion.
    pub const HARD_DEPTH: u32 = 200;

    /// The depth in force.
    pub const fn depth(&self) -> u32 {
        if self.max_depth > Self::HARD_DEPTH { Self::HARD_DEPTH } else { self.max_depth }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_depth: 64,
            max_string_bytes: 8 << 20,
            max_object_bytes: 16 << 20,
            max_array_items: 200_000,
            max_objects: u64::MAX,
            max_findings: 100,
        }
    }
}
