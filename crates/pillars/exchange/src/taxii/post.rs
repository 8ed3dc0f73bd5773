//! Adding objects (TAXII 2.1 §5.5): durable when the answer is sent, so the status is always complete.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
use formats::json::split;
use formats::taxii::{PostBody, Status, StatusDetail, StatusKind, TaxiiTime, post_body};
use http::{HeaderMap, StatusCode, header};
use model::{Timestamp, time};
use records::delivery::Refused;

use super::Taxii;
use super::answer::{Failure, json};
use super::auth::Caller;
use crate::ingest::{IngestError, Intake, Report};

/// Above this the answer lists failures only; counts are always there.
const LIST_AT_MOST: usize = 100;

pub(super) async fn post(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    if !caller.consumer.can_write {
        return Err(Failure::forbidden("this consumer may read the collection but not add to it"));
    }
    check_type(&headers)?;
    let body = read_body(&taxii, &headers, body).await?;
    let intake = Intake {
        gate: "taxii",
        source: caller.consumer.name.clone(),
        under: vec![collection.agreement],
        marking: None,
        to: Vec::new(),
        group: None,
        to_by_id: Default::default(),
    };
    let worker = Arc::clone(&taxii);
    let report = tokio::task::spawn_blocking(move || take(&worker, &body, &intake))
        .await
        .map_err(|cause| Failure::internal(&cause))??;
    taxii.note_posted(&caller.consumer.name, report.last_seq);
    Ok(json(StatusCode::ACCEPTED, &status_of(report)))
}

fn check_type(headers: &HeaderMap) -> Result<(), Failure> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    match post_body(kind) {
        PostBody::Taxii | PostBody::Stix => Ok(()),
        PostBody::Tolerated => {
            tracing::debug!(?kind, "a POST without the TAXII media type was accepted");
            Ok(())
        }
        PostBody::Unsupported => Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-media-type",
            "this body cannot be read",
            "send `Content-Type: application/taxii+json;version=2.1`",
        )),
    }
}

async fn read_body(taxii: &Taxii, headers: &HeaderMap, body: Body) -> Result<Bytes, Failure> {
    let limit = taxii.options.max_content_length;
    let too_large = || {
        Failure::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too-large",
            "the body is too large",
            &format!("send at most {limit} bytes at once (max_content_length of the API root)"),
        )
    };
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|text| text.parse::<u64>().ok()).is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    to_bytes(body, limit).await.map_err(|cause| {
        use std::error::Error as _;
        let over = cause.source().is_some_and(|source| source.to_string().contains("length limit"));
        if over { too_large() } else { Failure::bad_request(&format!("the body ended early: {cause}")) }
    })
}

fn take(taxii: &Taxii, body: &Bytes, intake: &Intake) -> Result<Report, Failure> {
    let mut objects = Vec::new();
    let mut flaws = Vec::new();
    for piece in split(body, taxii.intaker.limits()) {
        match piece {
            Ok(object) => objects.push(object),
            Err(flaw) => flaws.push(Refused {
                id: "unreadable".into(),
                version: String::new(),
                message: flaw.to_string(),
            }),
        }
    }
    if objects.is_empty() {
        let reason = flaws.first().map_or("it holds no objects", |flaw| flaw.message.as_str());
        return Err(Failure::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "unprocessable",
            "nothing of the body can be used",
            reason,
        ));
    }
    taxii.intaker.take_parts(Some(body), &objects, intake, flaws).map_err(|error| match error {
        IngestError::Submit(cause) => Failure::unavailable(&cause),
        other => Failure::internal(&other),
    })
}

/// The status resource of a finished delivery.
fn status_of(report: Report) -> Status {
    let received = Timestamp::from_microsecond(report.at_us).unwrap_or(Timestamp::UNIX_EPOCH);
    let unversioned = time::millis(received);
    let count = report.taken.len() as u64;
    let listed = if report.taken.len() <= LIST_AT_MOST { report.taken } else { Vec::new() };
    let successes = listed
        .into_iter()
        .map(|(id, version)| StatusDetail {
            id,
            version: if version.is_empty() { unversioned.clone() } else { version },
            message: None,
        })
        .collect();
    complete(report.id, report.at_us, count, successes, failures(report.refused, &unversioned))
}

pub(super) fn failures(refused: Vec<Refused>, unversioned: &str) -> Vec<StatusDetail> {
    let detail = |refused: Refused| StatusDetail {
        id: if refused.id.is_empty() { "unreadable".into() } else { refused.id },
        version: if refused.version.is_empty() { unversioned.to_owned() } else { refused.version },
        message: Some(refused.message),
    };
    refused.into_iter().map(detail).collect()
}

pub(super) fn complete(
    id: String,
    at_us: i64,
    success_count: u64,
    successes: Vec<StatusDetail>,
    failures: Vec<StatusDetail>,
) -> Status {
    Status {
        id,
        status: StatusKind::Complete,
        request_timestamp: Some(TaxiiTime::from_micros(at_us).as_str().to_owned()),
        total_count: success_count + failures.len() as u64,
        success_count,
        successes,
        failure_count: failures.len() as u64,
        failures,
        pending_count: 0,
        pendings: Vec::new(),
    }
}
