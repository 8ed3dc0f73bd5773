//! Figures on payments and refusals without anybody's identity: a count below `k` is not told, and neither is what would
//! betray it.

use records::determination::Outcome;
use serde::Serialize;

use super::PAY;
use crate::case::{Case, Said};

/// What was decided over a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    /// Fewer than this is not told.
    pub k: usize,
    /// Incidents with ransomware in them.
    pub incidents: Option<usize>,
    /// Payments decided.
    pub paid: Option<usize>,
    /// Payments refused.
    pub refused: Option<usize>,
    /// Not decided.
    pub open: Option<usize>,
}

/// Counts incidents that were opened in the period, exercises left out.
pub fn figures(cases: &[Case], from_us: i64, until_us: i64, k: usize) -> Figures {
    let (mut paid, mut refused, mut open) = (0, 0, 0);
    let of = cases.iter().filter(|case| !case.exercise && (from_us..until_us).contains(&case.opened_us));
    for case in of.filter(|case| is_ransomware(case)) {
        match decided(case) {
            Some(Outcome::Yes) => paid += 1,
            Some(Outcome::No) => refused += 1,
            Some(Outcome::Unknown) | None => open += 1,
        }
    }
    let total = paid + refused + open;
    let k = k.max(2);
    let small = [paid, refused, open].iter().filter(|count| (1..k).contains(*count)).count();
    // One hidden count could be worked out from the sum of the others: then the sum is hidden too.
    let told = |count: usize| (count == 0 || count >= k).then_some(count);
    Figures {
        k,
        incidents: told(total).filter(|_| small != 1),
        paid: told(paid),
        refused: told(refused),
        open: told(open),
    }
}

/// A field of the ransom was stated, or a payment was decided.
fn is_ransomware(case: &Case) -> bool {
    let of_ransom =
        |field: &str| field.starts_with("ransom.") || (field.len() == 3 && field.starts_with('R'));
    case.statements.iter().any(|statement| match &statement.said {
        Said::Fact(fact) => of_ransom(&fact.field) && !fact.value.is_null(),
        Said::Determination(made) => made.question == PAY,
        Said::Submission(_) | Said::Assignment(_) => false,
    })
}

fn decided(case: &Case) -> Option<Outcome> {
    case.statements.iter().rev().find_map(|statement| match &statement.said {
        Said::Determination(made) if made.question == PAY => Some(made.outcome),
        _ => None,
    })
}
