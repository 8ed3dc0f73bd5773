//! Adding objects (TAXII 2.1 §5.5): durable when the answer is sent, so the status is always complete.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Path, State};
use axum::response::Response;
use bytes::Bytes;
use formats::json::{Limits, split};
use formats::stix::inspect;
use formats::taxii::{PostBody, Status, StatusDetail, StatusKind, TaxiiTime, post_body};
use http::{HeaderMap, StatusCode, Version, header};
use model::{Timestamp, time};
use records::delivery::Refused;

use super::Taxii;
use super::answer::{Failure, json};
use super::auth::Caller;
use crate::ingest::{IngestError, Intake, Piece, Report};

/// Above this the answer lists failures only; counts are always there.
const LIST_AT_MOST: usize = 100;

pub(super) async fn post(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id)): Path<(String, String)>,
    version: Version,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    if !caller.consumer.can_write {
        return Err(Failure::forbidden("this consumer may read the collection but not add to it"));
    }
    if let Err(reason) = collection.in_force(&taxii.desk) {
        return Err(Failure::forbidden(&format!(
            "the agreement {root} is not in force ({}): what is posted under it would reach nobody; renew it first",
            reason.code()
        )));
    }
    check_type(&headers)?;
    let body = super::body::read(version, &headers, body, &taxii.options).await?;
    let intake = Intake {
        gate: "taxii",
        source: caller.consumer.name.clone(),
        under: vec![collection.agreement],
        marking: None,
        to: Vec::new(),
        group: None,
        to_by_id: Default::default(),
        definitions: Default::default(),
        seen_by: Some(caller.receiver.clone()),
    };
    let worker = Arc::clone(&taxii);
    let report = tokio::task::spawn_blocking(move || take(&worker, &body, &intake))
        .await
        .map_err(|cause| Failure::internal(&cause))??;
    taxii.note_posted(&caller.consumer.name, report.last_seq);
    Ok(json(StatusCode::ACCEPTED, &status_of(report)))
}

fn check_type(headers: &HeaderMap) -> Result<(), Failure> {
    let plain = |value: &http::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
    if !headers.get_all(header::CONTENT_ENCODING).iter().all(plain) {
        return Err(Failure::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported-content-encoding",
            "this body is compressed",
            "send it as it is, without Content-Encoding",
        ));
    }
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

/// Objects and flaws of one body: it is answered by one status and stored in one transaction.
const MAX_PIECES: u64 = 99_999;

fn take(taxii: &Taxii, body: &Bytes, intake: &Intake) -> Result<Report, Failure> {
    let mut objects = Vec::new();
    let mut flaws = Vec::new();
    let mut pieces = split(body, Limits { max_objects: MAX_PIECES, ..taxii.intaker.limits() });
    while let Some(piece) = pieces.next_range() {
        match piece {
            Ok(range) => objects.push(Piece { at: range.start as u64, bytes: &body[range] }),
            Err(flaw) => flaws.push(Refused {
                id: "unreadable".into(),
                version: String::new(),
                message: flaw.to_string(),
            }),
        }
    }
    if objects.is_empty() {
        let reason = flaws.first().map_or(NO_OBJECTS, |flaw| flaw.message.as_str());
        return Err(unusable(reason));
    }
    if let [only] = objects.as_slice()
        && flaws.is_empty()
        && !body[..only.at as usize].contains(&b'[')
    {
        check_envelope(only.bytes, &taxii.intaker.limits())?;
    }
    taxii.intaker.take_parts(Some(body), &objects, intake, flaws).map_err(|error| match error {
        IngestError::Submit(cause) => Failure::unavailable(&cause),
        other => Failure::internal(&other),
    })
}

const NO_OBJECTS: &str = "it holds no objects; send an envelope {\"objects\": […]} with at least one";

fn unusable(reason: &str) -> Failure {
    let title = "nothing of the body can be used";
    Failure::new(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", title, reason)
}

/// A body that is one JSON object and no STIX object was meant as an envelope (TAXII 2.1 §3.7).
fn check_envelope(body: &[u8], limits: &Limits) -> Result<(), Failure> {
    if body.iter().all(|byte| b"{} \t\r\n".contains(byte)) {
        return Err(unusable(NO_OBJECTS));
    }
    inspect(body, limits).map_or_else(|cause| Err(unusable(&cause.to_string())), |_| Ok(()))
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
