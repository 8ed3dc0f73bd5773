//! Heads and texts: a law, its sources, both languages, and a citation for every stage.

use super::{CONFIDENCES, Finding, at, in_head};
use crate::overlay::Counts;
use crate::pack::Pack;

/// Checks one pack.
pub fn check(pack: &Pack) -> Vec<Finding> {
    let mut found = Vec::new();
    let head = &pack.head;
    if head.law.trim().is_empty()
        || head.sources.is_empty()
        || head.sources.iter().any(|s| s.trim().is_empty())
    {
        found.push(in_head(pack, "a law and at least one source are needed; name them"));
    }
    for text in [&head.title, &head.covered, &head.test].into_iter().chain(&pack.notes) {
        if !text.is_complete() {
            found.push(in_head(pack, format!("{:?} lacks one language; write both", text.en)));
        }
    }
    if !CONFIDENCES.contains(&head.confidence.as_str()) {
        found.push(in_head(pack, format!("confidence {:?} is not one of A, A-, B, C", head.confidence)));
    }
    if pack.stages.is_empty() {
        found.push(in_head(pack, "it has no stage; a regime without a duty is no regime"));
    }
    for stage in &pack.stages {
        if stage.cite.trim().is_empty() {
            found.push(at(pack, stage, "no clause is cited; say where the law says so"));
        }
        if !stage.title.is_complete() || stage.note.as_ref().is_some_and(|note| !note.is_complete()) {
            found.push(at(pack, stage, "a text lacks one language; write both"));
        }
        if !CONFIDENCES.contains(&pack.confidence(stage)) {
            found.push(at(pack, stage, "its confidence is not one of A, A-, B, C"));
        }
    }
    for overlay in &pack.overlays {
        let sure = [Some(&overlay.confidence), overlay.counting_confidence.as_ref()];
        let sure = sure.into_iter().flatten().all(|sure| CONFIDENCES.contains(&sure.as_str()));
        let told = overlay.note.as_ref().is_none_or(model::Bilingual::is_complete);
        if overlay.counts != Counts::Unknown && overlay.counting.is_none() {
            let country = &overlay.country;
            found.push(in_head(
                pack,
                format!("the overlay of {country} compares a counting law that it does not name"),
            ));
        }
        if overlay.law.trim().is_empty() || !sure || !told {
            found.push(in_head(
                pack,
                format!("the overlay of {} needs a law and a confidence", overlay.country),
            ));
        }
    }
    found
}
