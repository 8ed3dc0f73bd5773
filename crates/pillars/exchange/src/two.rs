//! Approval by two at the gates where nobody can be asked: what a rule holds is refused there, with the way to have it
//! approved. At the console it waits for a second person (`pages/held.rs`).

use desk::access::Permit as _;
use desk::sql::SqlError;
use desk::views::release;
use desk::{Act, Desk};
use model::{PartyId, Timestamp, Tlp};
use records::Marked;
use records::delivery::OBJECT;
use records::release_rule::ReleaseRule;
use share::Class;

use crate::access::ObjectSubmit;
use crate::ingest::Intake;
use crate::search::{Outside, audience, hypothetical};

/// The gate at which a second person was asked, where a rule wants it.
pub(crate) const CONSOLE: &str = "console";

/// The rules of two, as they stood when a batch came.
#[derive(Debug, Default)]
pub(crate) struct Two {
    rules: Vec<ReleaseRule>,
}

impl Two {
    /// The rules for what comes over the gate of `intake`.
    pub fn of(desk: &Desk, intake: &Intake) -> Result<Self, SqlError> {
        let rules = match intake.gate {
            CONSOLE => Vec::new(),
            _ => release::rules(&desk.views.read()?)?,
        };
        Ok(Self { rules })
    }

    /// Why an object is not taken in here; nothing when one person, or program, is enough.
    pub fn fault(
        &self,
        desk: &Desk,
        intake: &Intake,
        (kind, marked): (&str, Marked),
        now: Timestamp,
    ) -> Option<String> {
        if self.rules.is_empty() {
            return None;
        }
        let class = class_of(desk, intake, kind, marked);
        let recipients = recipients(desk, &class, now);
        let markings = [tlp(marked)];
        let fits =
            |rule: &&ReleaseRule| rule.fits(ObjectSubmit::PERMISSION.name, &markings, &recipients, None);
        let rule = self.rules.iter().find(fits)?;
        Some(format!(
            "two people have to approve this by the rule {:?}; publish it at the console, where it waits for the second",
            rule.name
        ))
    }
}

/// What is published, as the rules are asked about it.
pub(crate) fn act<'a>(title: &'a str, mut markings: Vec<Tlp>, mut recipients: Vec<PartyId>) -> Act<'a> {
    markings.sort_unstable();
    markings.dedup();
    recipients.sort_unstable();
    recipients.dedup();
    Act { name: ObjectSubmit::PERMISSION.name, title, markings, recipients, regime: None }
}

/// What is not marked, or not known to be, counts as the narrowest.
pub(crate) fn tlp(marked: Marked) -> Tlp {
    match marked {
        Marked::Known(marking) => marking.tlp,
        Marked::Missing | Marked::Unknown => Tlp::Red,
    }
}

/// The parties that would receive it.
fn recipients(desk: &Desk, class: &Class, now: Timestamp) -> Vec<PartyId> {
    let receives = |(outside, receiver): (Outside, _)| {
        let released = hypothetical(desk, class, &receiver, now).is_release();
        match outside {
            Outside::Party(party) if released => Some(party),
            Outside::Party(_) | Outside::Consumer(_) => None,
        }
    };
    audience(desk).into_iter().filter_map(receives).collect()
}

fn class_of(desk: &Desk, intake: &Intake, object_type: &str, marked: Marked) -> Class {
    let named = (!intake.to.is_empty()).then(|| intake.to.iter().copied().collect());
    Class {
        realm: desk.realm.to_string(),
        author: desk.me,
        kind: OBJECT.to_owned(),
        object_type: object_type.to_owned(),
        marked,
        under: intake.under.clone(),
        named,
        group: intake.group,
    }
}
