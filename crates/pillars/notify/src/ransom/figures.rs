//! Figures on payments and refusals without anybody's identity: a count below `k` is not told, and neither is what would
//! betray it.

use std::ops::Range;

use desk::sql::SqlError;
use desk::views::Views;
use records::determination::Outcome;
use serde::Serialize;

use super::PAY;
use crate::case::{self, Case, Said};

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

/// Incidents by what was decided.
#[derive(Debug, Default)]
struct Counted {
    paid: usize,
    refused: usize,
    open: usize,
}

/// Counts every incident that was opened in the period, exercises left out.
pub fn figures_of(views: &Views, period_us: Range<i64>, k: usize) -> Result<Figures, SqlError> {
    let mut counted = Counted::default();
    case::each(views, |case| {
        counted.add(&case, &period_us);
        Ok::<(), SqlError>(())
    })?;
    Ok(counted.told(k))
}

/// The same over incidents at hand.
pub fn figures(cases: &[Case], period_us: Range<i64>, k: usize) -> Figures {
    let mut counted = Counted::default();
    cases.iter().for_each(|case| counted.add(case, &period_us));
    counted.told(k)
}

impl Counted {
    fn add(&mut self, case: &Case, period_us: &Range<i64>) {
        if case.exercise || !period_us.contains(&case.opened_us) || !is_ransomware(case) {
            return;
        }
        match decided(case) {
            Some(Outcome::Yes) => self.paid += 1,
            Some(Outcome::No) => self.refused += 1,
            Some(Outcome::Unknown) | None => self.open += 1,
        }
    }

    fn told(&self, k: usize) -> Figures {
        let Self { paid, refused, open } = *self;
        let k = k.max(2);
        let small = [paid, refused, open].iter().filter(|count| (1..k).contains(*count)).count();
        // One hidden count could be worked out from the sum of the others: then the sum is hidden too.
        let told = |count: usize| (count == 0 || count >= k).then_some(count);
        Figures {
            k,
            incidents: told(paid + refused + open).filter(|_| small != 1),
            paid: told(paid),
            refused: told(refused),
            open: told(open),
        }
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
