//! Manifest and versions (TAXII 2.1 §5.3, §5.8).

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use formats::taxii::{EMPTY, TAIL, VersionSelector, envelope_head, manifest_record};
use http::StatusCode;
use model::{Timestamp, time};

use super::Taxii;
use super::answer::{Failure, bytes, dated};
use super::auth::Caller;
use super::objects::{Resolved, each_body, next, read_query, run, span};
use crate::collection::Collection;
use crate::identity::Identity;
use crate::select::{Page, Row};

pub(super) async fn manifest(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    let resolved = read_query(&taxii, &collection, raw.as_deref(), None)?;
    run(taxii, caller, collection, resolved, render_manifest).await
}

pub(super) async fn versions(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id, object)): Path<(String, String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    let mut resolved = read_query(&taxii, &collection, raw.as_deref(), Some(object))?;
    resolved.query.filter.versions = VersionSelector::All;
    run(taxii, caller, collection, resolved, render_versions).await
}

/// The version of a stored object as text; an observable has that of its first commit, in milliseconds.
pub(super) fn version_text(row: &Row, identity: &Identity<'_>) -> String {
    identity.version_text().map_or_else(
        || time::millis(Timestamp::from_microsecond(row.date).unwrap_or(Timestamp::UNIX_EPOCH)),
        str::to_owned,
    )
}

fn render_manifest(
    taxii: &Taxii,
    collection: &Collection,
    resolved: &Resolved,
    page: &Page,
) -> Result<Response, Failure> {
    let mut records = Vec::with_capacity(page.rows.len());
    each_body(taxii, &page.rows, |row, body| {
        if let Some(identity) = Identity::read(body) {
            let mut record = String::with_capacity(220);
            let version = version_text(row, &identity);
            manifest_record(&identity.id, row.date, &version, identity.spec_version(), &mut record);
            records.push(record);
        }
    })?;
    // The standard has no `next` here, but taxii2-client reads page 1 for ever without one.
    let next = next(taxii, collection, resolved, page);
    let mut body = envelope_head(next.as_deref());
    body.push_str(&records.join(","));
    body.push_str(TAIL);
    if records.is_empty() {
        body = EMPTY.to_owned();
    }
    Ok(dated(bytes(StatusCode::OK, body.into_bytes()), span(page)))
}

fn render_versions(
    taxii: &Taxii,
    _collection: &Collection,
    resolved: &Resolved,
    page: &Page,
) -> Result<Response, Failure> {
    if page.rows.is_empty() && resolved.after == i64::MIN {
        return Err(Failure::not_found("object"));
    }
    let mut texts = Vec::with_capacity(page.rows.len());
    each_body(taxii, &page.rows, |row, body| {
        if let Some(identity) = Identity::read(body) {
            texts.push(version_text(row, &identity));
        }
    })?;
    let body = formats::taxii::versions(texts.iter().map(String::as_str), page.more);
    Ok(dated(bytes(StatusCode::OK, body.into_bytes()), span(page)))
}
