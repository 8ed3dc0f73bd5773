//! What the picture is made of: the STIX types that tell who did what to whom, as small numbers.

/// A STIX type that the picture knows. The numbers stand in the tables of the views.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    IntrusionSet = 1,
    ThreatActor = 2,
    Campaign = 3,
    Malware = 4,
    Tool = 5,
    Technique = 6,
    Vulnerability = 7,
    Identity = 8,
    Location = 9,
    Incident = 10,
    Report = 11,
    Grouping = 12,
    Infrastructure = 13,
    Indicator = 14,
    Other = 15,
}

/// All of them, with the type as STIX writes it.
const NAMES: [(Kind, &str); 14] = [
    (Kind::IntrusionSet, "intrusion-set"),
    (Kind::ThreatActor, "threat-actor"),
    (Kind::Campaign, "campaign"),
    (Kind::Malware, "malware"),
    (Kind::Tool, "tool"),
    (Kind::Technique, "attack-pattern"),
    (Kind::Vulnerability, "vulnerability"),
    (Kind::Identity, "identity"),
    (Kind::Location, "location"),
    (Kind::Incident, "incident"),
    (Kind::Report, "report"),
    (Kind::Grouping, "grouping"),
    (Kind::Infrastructure, "infrastructure"),
    (Kind::Indicator, "indicator"),
];

impl Kind {
    /// The kind of a STIX type.
    pub fn of(stix_type: &str) -> Self {
        NAMES.iter().find(|(_, name)| *name == stix_type).map_or(Kind::Other, |(kind, _)| *kind)
    }

    /// The kind of what an id names.
    pub fn of_id(id: &str) -> Self {
        id.split_once("--").map_or(Kind::Other, |(stix_type, _)| Self::of(stix_type))
    }

    /// The kind of that number.
    pub fn at(number: u8) -> Self {
        NAMES.iter().find(|(kind, _)| *kind as u8 == number).map_or(Kind::Other, |(kind, _)| *kind)
    }

    /// As STIX writes it.
    pub fn stix_type(self) -> &'static str {
        NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }

    /// True for what is counted each time somebody speaks of it.
    pub fn is_counted(self) -> bool {
        (self as u8) <= Kind::Vulnerability as u8 || self == Kind::Incident
    }

    /// True for whom or where something hits: counted when somebody says that it was hit.
    pub fn is_hit(self) -> bool {
        matches!(self, Kind::Identity | Kind::Location)
    }
}
