//! Space as a sector of its own, and the sectors that depend on it: through the ground segment, and through what satellites
//! give to everybody else, above all position and time (GNSS).
//!
//! NIS2 Annex I No 11 lists "operators of ground-based infrastructure, owned, managed and operated by Member States or by
//! private parties, that support the provision of space-based services". The sixteen sectors of the United States have no
//! row for space; Space Policy Directive 5 (2020) speaks of the cybersecurity of space systems, ground segment included, and
//! Executive Order 13905 (2020) of critical infrastructure that uses positioning, navigation and timing.

/// What a sector takes from space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Service {
    /// The time of GNSS: synchronisation of grids, networks and ledgers.
    Timing,
    /// The position of GNSS.
    Position,
    /// Communication over satellites.
    Link,
    /// Pictures of the Earth.
    Observation,
}

impl Service {
    pub const ALL: [Service; 4] = [Service::Timing, Service::Position, Service::Link, Service::Observation];

    /// The sectors, in STIX's words, whose service stops or degrades without it.
    pub const fn sectors(self) -> &'static [&'static str] {
        match self {
            Service::Timing => {
                &["communications", "energy", "financial-services", "telecommunications", "technology"]
            }
            Service::Position => {
                &["agriculture", "automotive", "defense", "emergency-services", "transportation"]
            }
            Service::Link => &["communications", "defense", "emergency-services", "transportation"],
            Service::Observation => &["agriculture", "defense", "emergency-services", "water"],
        }
    }
}

/// The word of STIX's vocabulary for space.
pub(crate) const SPACE: &str = "space";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dependent_sector_is_one_that_the_map_knows() {
        for service in Service::ALL {
            for sector in service.sectors() {
                assert!(crate::sector::of(sector).is_some(), "{sector}");
            }
        }
        assert_eq!(
            crate::sector::of(SPACE).map(|row| (row.annex, row.nis2, row.cisa)),
            Some(("I", "space", "space"))
        );
    }
}
