//! Status resources (TAXII 2.1 §4.3): read from the delivery record, so they survive restarts and rebuilds.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use model::{Timestamp, time};
use records::delivery::Delivery;

use super::Taxii;
use super::answer::{Failure, json};
use super::auth::Caller;
use super::post::{complete, failures};
use crate::collection::ALIAS;

pub(super) async fn status(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    caller.collection(&taxii, &root, ALIAS).map_err(|_| Failure::not_found("API root"))?;
    let found = tokio::task::spawn_blocking(move || find(&taxii, &id)).await;
    let found = found.map_err(|cause| Failure::internal(&cause))??;
    let (delivery, at_us) = found.ok_or_else(|| Failure::not_found("status"))?;
    if delivery.gate != "taxii" || delivery.source != caller.consumer.name {
        return Err(Failure::not_found("status"));
    }
    let received = Timestamp::from_microsecond(at_us).unwrap_or(Timestamp::UNIX_EPOCH);
    let refused = failures(delivery.refused, &time::millis(received));
    let status = complete(delivery.id, at_us, delivery.accepted + delivery.known, Vec::new(), refused);
    Ok(json(StatusCode::OK, &status))
}

fn find(taxii: &Taxii, id: &str) -> Result<Option<(Delivery, i64)>, Failure> {
    let reader = taxii.desk.views.read().map_err(|cause| Failure::internal(&cause))?;
    let row: Option<(i64, i64)> = reader
        .prepare_cached("SELECT seq, at_us FROM exchange_delivery WHERE id = ?1")
        .and_then(|mut statement| {
            let mut rows = statement.query([id])?;
            rows.next()?.map(|row| Ok((row.get(0)?, row.get(1)?))).transpose()
        })
        .map_err(|cause| Failure::internal(&cause))?;
    let Some((seq, at_us)) = row else { return Ok(None) };
    let mut delivery = None;
    let ledger = taxii.desk.ledger.reader().map_err(|cause| Failure::internal(&cause))?;
    ledger
        .bodies(&[seq as u64], |_, body| delivery = body.and_then(|body| serde_json::from_slice(body).ok()))
        .map_err(|cause| Failure::internal(&cause))?;
    Ok(delivery.map(|delivery| (delivery, at_us)))
}
