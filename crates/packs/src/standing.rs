//! Whether a stage binds on a given day: what its status and its dates say together.

use model::time::civil::Date;
use serde::{Deserialize, Serialize};

/// What a pack says of its law.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It binds.
    InForce,
    /// It will bind from the date given.
    AppliesFrom,
    /// It applies on paper, but nothing yet falls under it.
    Dormant,
    /// Nobody is bound yet.
    Proposed,
    /// A directive: it binds through the law of each Member State.
    NationalTransposition,
    /// It no longer binds.
    Expired,
}

/// Whether a clock of this stage is a duty, or runs as a shadow: shown, never overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A duty.
    #[serde(rename = "in_force")]
    Live,
    /// Not law, or not yet.
    NotInForce,
    /// Law that nothing falls under yet.
    Dormant,
    /// Law that has ended.
    Expired,
}

impl Standing {
    /// The standing on `day` of a law with this status and these first and last days.
    pub fn on(day: Date, status: Status, from: Option<Date>, until: Option<Date>) -> Self {
        if from.is_some_and(|from| day < from) {
            return Self::NotInForce;
        }
        if until.is_some_and(|until| day > until) {
            return Self::Expired;
        }
        match status {
            Status::InForce | Status::AppliesFrom | Status::NationalTransposition => Self::Live,
            Status::Dormant => Self::Dormant,
            Status::Proposed => Self::NotInForce,
            Status::Expired => Self::Expired,
        }
    }

    /// The word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Live => "in_force",
            Self::NotInForce => "not_in_force",
            Self::Dormant => "dormant",
            Self::Expired => "expired",
        }
    }

    /// Whether its clocks are shadows.
    pub fn is_shadow(self) -> bool {
        self != Self::Live
    }
}

#[cfg(test)]
mod tests {
    use model::time::civil::date;

    use super::{Standing, Status};

    #[test]
    fn a_law_binds_from_its_first_day_to_its_last() {
        let (from, until) = (Some(date(2025, 10, 25)), Some(date(2027, 1, 15)));
        let on = |y, m, d| Standing::on(date(y, m, d), Status::InForce, from, until);
        assert_eq!(on(2025, 10, 24), Standing::NotInForce);
        assert_eq!(on(2025, 10, 25), Standing::Live);
        assert_eq!(on(2027, 1, 15), Standing::Live);
        assert_eq!(on(2027, 1, 16), Standing::Expired);
    }

    #[test]
    fn what_is_proposed_or_sleeps_is_a_shadow() {
        for status in [Status::Proposed, Status::Dormant, Status::Expired] {
            assert!(Standing::on(date(2026, 11, 20), status, None, None).is_shadow());
        }
    }
}
