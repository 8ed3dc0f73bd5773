//! One page on its way in: what was asked for goes to the intake, what is wrong becomes a finding.

use std::collections::HashSet;
use std::sync::Arc;

use bytes::Bytes;
use formats::json::{Flaw, Limits};
use formats::stix;
use formats::taxii::{Filter, Page};
use records::delivery::Refused;
use serde::Deserialize;

use super::error::PullError;
use super::place::Place;
use super::{Pulled, Source};
use crate::identity::Identity;
use crate::ingest::{IngestError, Intake, Intaker, PULL, Piece, Report};

/// Refusals listed in the answer; all of them are in quarantine.
const LISTED: usize = 1_000;
/// Objects taken in at once, so that a page without a bound is not one transaction.
const BATCH_OBJECTS: usize = 2_000;

/// What makes a whole page unusable: what follows cannot be told apart, so nothing may be skipped.
pub(super) fn broken(page: &Page) -> Option<String> {
    let hopeless = |flaw: &&formats::json::SplitError| match flaw.flaw {
        Flaw::Encoding(_) | Flaw::Truncated | Flaw::Unbalanced | Flaw::Expected(_) | Flaw::OpenString => true,
        Flaw::NotAnObject | Flaw::Twice | Flaw::TooDeep(_) | Flaw::TooLarge(_) | Flaw::TooMany(_) => false,
    };
    page.flaws.iter().find(hopeless).map(ToString::to_string)
}

/// Takes a page in and returns when it is durable.
pub(super) async fn take(
    intaker: &Arc<Intaker>,
    source: &Source,
    body: &Bytes,
    page: &Page,
    place: &mut Place,
    pulled: &mut Pulled,
) -> Result<(), PullError> {
    let mut wanted = Vec::with_capacity(page.objects.len());
    for range in &page.objects {
        let object = body.slice(range.clone());
        if !is_asked_for(&source.filter, &object) {
            pulled.unasked += 1;
        } else if place.knows_refused(&object) {
            pulled.refused_before += 1;
        } else {
            wanted.push(object);
        }
    }
    let mut flaws: Vec<Refused> = page.flaws.iter().map(|flaw| finding(flaw.to_string())).collect();
    let intake = Intake { gate: PULL, source: pulled.url.clone(), ..source.intake.clone() };
    let mut batches = wanted.chunks(BATCH_OBJECTS);
    loop {
        let batch = batches.next().unwrap_or_default();
        if batch.is_empty() && flaws.is_empty() {
            return Ok(());
        }
        let report =
            take_batch(intaker, body.clone(), batch.to_vec(), intake.clone(), std::mem::take(&mut flaws))
                .await?;
        remember(batch, &report, place, &intaker.limits());
        pulled.add(report);
    }
}

/// Blocks on the disk, so it is done off the async threads.
async fn take_batch(
    intaker: &Arc<Intaker>,
    whole: Bytes,
    batch: Vec<Bytes>,
    intake: Intake,
    flaws: Vec<Refused>,
) -> Result<Report, IngestError> {
    let intaker = Arc::clone(intaker);
    let work = move || {
        let place =
            |object: &Bytes| (object.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize) as u64;
        let objects: Vec<Piece<'_>> =
            batch.iter().map(|object| Piece { at: place(object), bytes: object }).collect();
        intaker.take_parts(Some(&whole), &objects, &intake, flaws)
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|cause| Err(IngestError::Input(cause.to_string())))
}

fn remember(batch: &[Bytes], report: &Report, place: &mut Place, limits: &Limits) {
    if report.refused.is_empty() {
        return;
    }
    let refused: HashSet<(&str, &str)> =
        report.refused.iter().map(|one| (one.id.as_str(), one.version.as_str())).collect();
    for object in batch {
        let is_refused = match stix::inspect(object, limits) {
            Err(_) => true,
            Ok(inspected) if inspected.is_quarantined() => true,
            Ok(_) => Identity::read(object).is_some_and(|one| {
                refused.contains(&(one.id.as_ref(), one.version_text().unwrap_or_default()))
            }),
        };
        if is_refused {
            place.note_refused(object);
        }
    }
}

fn finding(message: String) -> Refused {
    Refused { id: String::new(), version: String::new(), message }
}

#[derive(Deserialize)]
struct Kind<'a> {
    #[serde(rename = "type", borrow, default)]
    kind: std::borrow::Cow<'a, str>,
    #[serde(borrow, default)]
    id: std::borrow::Cow<'a, str>,
}

/// Some servers ignore filters. What cannot be read is not judged here: the intake says what is wrong with it.
fn is_asked_for(filter: &Filter, object: &[u8]) -> bool {
    if filter.types.is_empty() && filter.ids.is_empty() {
        return true;
    }
    let Ok(kind) = serde_json::from_slice::<Kind<'_>>(object) else { return true };
    let among = |wanted: &[String], found: &str| wanted.is_empty() || wanted.iter().any(|one| one == found);
    among(&filter.types, &kind.kind) && among(&filter.ids, &kind.id)
}

impl Pulled {
    fn add(&mut self, report: Report) {
        self.accepted += report.accepted;
        self.known += report.known;
        self.refused_count += report.refused.len() as u64;
        let room = LISTED.saturating_sub(self.refused.len());
        self.refused.extend(report.refused.into_iter().take(room));
    }
}
