//! The mark of each STIX type: colour by what it is about (who, how, with what, where, what was seen), shape
//! by type, so that colour is never the only sign.

/// A mark around the origin, about 14 units across.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// The class that colours it.
    pub class: &'static str,
    /// Its outline.
    pub path: &'static str,
}

const DISC: &str = "M0-7A7 7 0 1 1 0 7 7 7 0 1 1 0-7Z";
const RING: &str = "M0-7A7 7 0 1 1 0 7 7 7 0 1 1 0-7ZM0-3A3 3 0 1 0 0 3 3 3 0 1 0 0-3Z";
const SQUARE: &str = "M-6-6H6V6H-6Z";
const DIAMOND: &str = "M0-8 8 0 0 8-8 0Z";
const TRIANGLE: &str = "M0-8 8 6H-8Z";
const DOWN: &str = "M0 8-8-6H8Z";
const HEXAGON: &str = "M-4-7H4L8 0 4 7H-4L-8 0Z";
const CROSS: &str = "M-3-7H3V-3H7V3H3V7H-3V3H-7V-3H-3Z";
const STAR: &str = "M0-8 2.4-2.6 8-2.2 3.8 1.6 5 7.4 0 4.4-5 7.4-3.8 1.6-8-2.2-2.4-2.6Z";
const PAGE: &str = "M-5-7H2L6-3V7H-5Z";
const PILL: &str = "M-5-5H5A5 5 0 0 1 5 5H-5A5 5 0 0 1-5-5Z";
const SPOT: &str = "M0-4.5A4.5 4.5 0 1 1 0 4.5 4.5 4.5 0 1 1 0-4.5Z";

/// The mark of a type; cyber observables share one, unknown types have their own.
pub(crate) fn shape(stix_type: &str) -> Shape {
    let (class, path) = match stix_type {
        "intrusion-set" => ("g-who", HEXAGON),
        "threat-actor" => ("g-who", STAR),
        "campaign" => ("g-who", DOWN),
        "malware" | "malware-analysis" => ("g-with", DIAMOND),
        "tool" => ("g-with", SQUARE),
        "infrastructure" => ("g-with", PILL),
        "attack-pattern" => ("g-how", TRIANGLE),
        "vulnerability" => ("g-how", DOWN),
        "course-of-action" => ("g-answer", CROSS),
        "identity" => ("g-where", DISC),
        "location" => ("g-where", RING),
        "incident" => ("g-where", STAR),
        "indicator" => ("g-seen", SQUARE),
        "observed-data" => ("g-seen", HEXAGON),
        "sighting" => ("g-seen", RING),
        "report" | "grouping" | "note" | "opinion" => ("g-text", PAGE),
        "relationship" => ("g-text", PILL),
        _ => ("g-sco", SPOT),
    };
    Shape { class, path }
}
