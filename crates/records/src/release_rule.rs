//! `release.rule.v1`: for which acts two people of this party are needed.

use model::{PartyId, Tlp};
use serde::{Deserialize, Serialize};

/// A rule. It applies to what fits each of its parts; an empty part fits everything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReleaseRule {
    /// The rule; a later record of the same id replaces it.
    pub rule: String,
    /// What people call it.
    pub name: String,
    /// The acts, by the name of their permission, such as `exchange object submit`.
    pub acts: Vec<String>,
    /// The markings.
    pub markings: Vec<Tlp>,
    /// The recipients.
    pub recipients: Vec<PartyId>,
    /// The laws under which a report is filed, by the names of their packs. Not empty: it fits nothing but filings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub regimes: Vec<String>,
    /// False once it has ended.
    pub active: bool,
    /// Who set it, and for an end who approved it.
    pub by: String,
}

impl ReleaseRule {
    /// True when an act with these markings and recipients fits; `regime` is the law under which it files a report.
    pub fn fits(&self, act: &str, markings: &[Tlp], recipients: &[PartyId], regime: Option<&str>) -> bool {
        let acts = self.acts.is_empty() || self.acts.iter().any(|one| one == act);
        let marked = self.markings.is_empty() || markings.iter().any(|one| self.markings.contains(one));
        let to = self.recipients.is_empty() || recipients.iter().any(|one| self.recipients.contains(one));
        let law = self.regimes.is_empty()
            || regime.is_some_and(|regime| self.regimes.iter().any(|one| one == regime));
        self.active && acts && marked && to && law
    }
}

crate::kind::body!(ReleaseRule, "release.rule.v1");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_fits_what_fits_each_of_its_parts() {
        let party = |n| PartyId([n; 16]);
        let rule = ReleaseRule {
            rule: "r".into(),
            name: "narrow to the west".into(),
            acts: vec!["exchange object submit".into()],
            markings: vec![Tlp::Amber, Tlp::Red],
            recipients: vec![party(1)],
            regimes: vec![],
            active: true,
            by: "m.roe".into(),
        };
        let fits = |act, tlp, to| rule.fits(act, &[Tlp::Green, tlp], &[party(2), to], None);
        assert!(fits("exchange object submit", Tlp::Red, party(1)));
        assert!(!fits("accord agreement sign", Tlp::Red, party(1)));
        assert!(!fits("exchange object submit", Tlp::Clear, party(1)));
        assert!(!fits("exchange object submit", Tlp::Red, party(3)));
        assert!(!ReleaseRule { active: false, ..rule.clone() }.fits(
            "exchange object submit",
            &[Tlp::Red],
            &[party(1)],
            None
        ));
        let all = ReleaseRule { acts: vec![], markings: vec![], recipients: vec![], ..rule };
        assert!(all.fits("accord agreement sign", &[], &[], None));
        let filings = ReleaseRule { regimes: vec!["NIS2".into()], ..all };
        assert!(filings.fits("notify stage submit", &[], &[], Some("NIS2")));
        assert!(!filings.fits("notify stage submit", &[], &[], Some("GDPR")));
        assert!(!filings.fits("accord agreement sign", &[], &[], None));
    }
}
