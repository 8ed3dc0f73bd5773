//! Shrinking: the shortest story found that still fails in the same way (delta debugging over the list of steps).

use crate::setting::Setting;
use crate::step::Step;
use crate::story::tell;

/// Stories told at most while looking for a shorter one.
const MOST_TOLD: usize = 3_000;

/// A story without steps that do not matter; it fails of the same invariant as `steps` does.
pub(crate) fn shrink(setting: Setting, steps: &[Step], invariant: &'static str) -> Vec<Step> {
    let mut told = 0;
    let mut fails = |steps: &[Step]| {
        told += 1;
        told < MOST_TOLD
            && tell(setting, steps).outcome.is_err_and(|failure| failure.violation.invariant == invariant)
    };
    let mut steps = steps.to_vec();
    let mut chunk = steps.len().div_ceil(2);
    while chunk > 0 {
        let mut from = 0;
        while from < steps.len() {
            let until = (from + chunk).min(steps.len());
            let without = [&steps[..from], &steps[until..]].concat();
            if fails(&without) {
                steps = without;
            } else {
                from = until;
            }
        }
        chunk = if chunk == 1 { 0 } else { chunk.div_ceil(2) };
    }
    steps
}
