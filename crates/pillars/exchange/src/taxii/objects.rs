//! Objects of a collection (TAXII 2.1 §5.4, §5.6): the stored bytes, joined by commas and never re-serialised.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use desk::{Released, edge};
use formats::taxii::{Cursor, EMPTY, Query, TAIL, envelope_head};
use http::StatusCode;
use model::Timestamp;

use super::Taxii;
use super::answer::{Failure, bytes, dated};
use super::auth::Caller;
use super::shelf::{Asked, Kept};
use crate::collection::{self, Collection};
use crate::identity::Identity;
use crate::select::{Ask, Page, Row, select};

pub(super) async fn objects(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id)): Path<(String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    let resolved = read_query(&taxii, &collection, raw.as_deref(), None)?;
    if !resolved.query.filter.ids.is_empty() {
        return run(taxii, caller, collection, resolved, envelope).await;
    }
    let (kept, asked_on) = shelved(&taxii, caller, &collection, resolved).await?;
    let response = dated(bytes(StatusCode::OK, kept.body), kept.span);
    if let Some(ahead) = asked_on {
        read_ahead(taxii, collection, ahead);
    }
    Ok(response)
}

pub(super) async fn object(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id, object)): Path<(String, String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    let query = read_query(&taxii, &collection, raw.as_deref(), Some(object))?;
    run(taxii, caller, collection, query, one_envelope).await
}

/// A query with its cursor opened.
pub(super) struct Resolved {
    pub query: Query,
    pub after: i64,
    pub limit: usize,
}

/// Reads the query string. A cursor is self-contained: its own filters count, whatever comes with it.
pub(super) fn read_query(
    taxii: &Taxii,
    collection: &Collection,
    raw: Option<&str>,
    object: Option<String>,
) -> Result<Resolved, Failure> {
    let mut query =
        Query::parse(raw.unwrap_or_default()).map_err(|e| Failure::bad_request(&e.to_string()))?;
    if !query.ignored.is_empty() {
        tracing::debug!(ignored = ?query.ignored, "query parameters that TAXII does not define");
    }
    let limit = query.limit.map_or(taxii.options.default_limit, |limit| limit.min(1 << 40) as usize);
    let limit = limit.min(taxii.options.max_limit);
    let mut after = query.added_after.unwrap_or(i64::MIN);
    if let Some(next) = query.next.take() {
        let mac = |bytes: &[u8]| taxii.desk.local.mac(bytes);
        let cursor = Cursor::decode(&next, &collection.id.to_string(), mac)
            .map_err(|e| Failure::bad_request(&e.to_string()))?;
        query = cursor.query;
        after = cursor.position as i64;
    }
    if let Some(object) = object {
        query.filter.ids = vec![object];
    }
    Ok(Resolved { query, after, limit })
}

/// Selects the page and renders it on a thread that may block.
pub(super) async fn run(
    taxii: Arc<Taxii>,
    caller: Caller,
    collection: Collection,
    resolved: Resolved,
    render: fn(&Taxii, &Collection, &Resolved, &Page) -> Result<Response, Failure>,
) -> Result<Response, Failure> {
    let now = edge::now();
    let work = move || {
        let page = page(&taxii, &caller, &collection, &resolved, now)?;
        render(&taxii, &collection, &resolved, &page)
    };
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|cause| Err(Failure::internal(&cause)))
}

fn page(
    taxii: &Taxii,
    caller: &Caller,
    collection: &Collection,
    resolved: &Resolved,
    now: Timestamp,
) -> Result<Page, Failure> {
    let released = taxii.desk.released(&caller.receiver, now);
    page_of(taxii, &released, collection, resolved)
}

fn page_of(
    taxii: &Taxii,
    released: &Released,
    collection: &Collection,
    resolved: &Resolved,
) -> Result<Page, Failure> {
    let number =
        collection::number(&taxii.desk, &collection.agreement).map_err(|cause| Failure::internal(&cause))?;
    let Some(coll) = number else { return Ok(Page::default()) };
    let mut ask = Ask {
        coll,
        after: resolved.after,
        limit: resolved.limit,
        filter: &resolved.query.filter,
        as_of: u64::MAX,
    };
    let specs = &resolved.query.filter.spec_versions;
    let (mut whole, mut epoch) = (Page::default(), None);
    loop {
        let page = select(&taxii.desk, released, &ask).map_err(|cause| Failure::internal(&cause))?;
        if specs.is_empty() {
            return Ok(page);
        }
        let last = page.rows.last().map(|row| row.date);
        whole.epoch = *epoch.get_or_insert(page.epoch);
        whole.rows.extend(of_spec_version(taxii, page.rows, specs)?);
        match last {
            Some(last) if page.more && whole.rows.len() <= resolved.limit => ask.after = last,
            _ => {
                whole.more = whole.rows.len() > resolved.limit;
                whole.rows.truncate(resolved.limit);
                return Ok(whole);
            }
        }
    }
}

fn of_spec_version(taxii: &Taxii, rows: Vec<Row>, specs: &[String]) -> Result<Vec<Row>, Failure> {
    let mut keep = Vec::with_capacity(rows.len());
    each_body(taxii, &rows, |row, body| {
        if Identity::read(body)
            .is_some_and(|identity| specs.iter().any(|spec| spec == identity.spec_version()))
        {
            keep.push(*row);
        }
    })?;
    Ok(keep)
}

/// Visits the stored bytes of each row that still has them.
pub(super) fn each_body(
    taxii: &Taxii,
    rows: &[Row],
    mut visit: impl FnMut(&Row, &[u8]),
) -> Result<(), Failure> {
    let seqs: Vec<u64> = rows.iter().map(|row| row.seq).collect();
    let reader = taxii.desk.ledger.reader().map_err(|cause| Failure::internal(&cause))?;
    let mut at = 0;
    reader
        .bodies(&seqs, |_, body| {
            if let (Some(row), Some(body)) = (rows.get(at), body) {
                visit(row, body);
            }
            at += 1;
        })
        .map_err(|cause| Failure::internal(&cause))
}

/// The `next` of a page: where it ended and with which filters, without the limit.
pub(super) fn next(
    taxii: &Taxii,
    collection: &Collection,
    resolved: &Resolved,
    page: &Page,
) -> Option<String> {
    let last = page.rows.last().filter(|_| page.more)?;
    let query = Query { limit: None, next: None, ..resolved.query.clone() };
    let cursor = Cursor { collection: collection.id.to_string(), position: last.date as u64, query };
    Some(cursor.encode(|bytes| taxii.desk.local.mac(bytes)))
}

pub(super) fn span(page: &Page) -> Option<(i64, i64)> {
    Some((page.rows.first()?.date, page.rows.last()?.date))
}

/// The page that follows one that was served, for whom, and with which filters.
struct Ahead {
    caller: Caller,
    resolved: Resolved,
}

/// From this limit on, somebody who asked for a second page is taken to want the third.
const LONG: usize = 200;

/// A page from the shelf, or made now; and what to make next, when the consumer seems to read on.
async fn shelved(
    taxii: &Arc<Taxii>,
    caller: Caller,
    collection: &Collection,
    resolved: Resolved,
) -> Result<(Kept, Option<Ahead>), Failure> {
    let released = taxii.desk.released(&caller.receiver, edge::now());
    let asked = Asked::new(collection.id, resolved.after, resolved.limit, &resolved.query);
    let kept = match taxii.shelf.find(&taxii.desk, &released, &asked) {
        Some(kept) => kept,
        None => {
            let (taxii, collection) = (Arc::clone(taxii), collection.clone());
            let (after, limit, query) = (resolved.after, resolved.limit, resolved.query.clone());
            let work = move || make(&taxii, &released, &collection, &Resolved { query, after, limit }, asked);
            tokio::task::spawn_blocking(work).await.map_err(|cause| Failure::internal(&cause))??
        }
    };
    let reads_on = kept.full && resolved.limit >= LONG && resolved.after != i64::MIN;
    let ahead = kept
        .span
        .filter(|_| reads_on)
        .map(|(_, last)| Ahead { caller, resolved: Resolved { after: last, ..resolved } });
    Ok((kept, ahead))
}

/// Makes a page and keeps it.
fn make(
    taxii: &Taxii,
    released: &Arc<Released>,
    collection: &Collection,
    resolved: &Resolved,
    asked: Asked,
) -> Result<Kept, Failure> {
    let folded = taxii.desk.views.folded();
    let page = page_of(taxii, released, collection, resolved)?;
    let kept = Kept {
        body: envelope_bytes(taxii, collection, resolved, &page)?.into(),
        span: span(&page),
        full: page.more,
        epoch: page.epoch,
        folded,
    };
    taxii.shelf.keep(released, asked, kept.clone());
    Ok(kept)
}

/// Makes the next page while the consumer reads this one; one at a time, so that nobody waits for what may not be
/// asked for.
fn read_ahead(taxii: Arc<Taxii>, collection: Collection, ahead: Ahead) {
    let Ok(turn) = Arc::clone(&taxii.reading_ahead).try_acquire_owned() else { return };
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let Ahead { caller, resolved } = ahead;
        let released = taxii.desk.released(&caller.receiver, edge::now());
        let asked = Asked::new(collection.id, resolved.after, resolved.limit, &resolved.query);
        if taxii.shelf.find(&taxii.desk, &released, &asked).is_none() {
            let _ = make(&taxii, &released, &collection, &resolved, asked); // asked for in earnest, it will fail again
        }
    });
}

fn envelope(
    taxii: &Taxii,
    collection: &Collection,
    resolved: &Resolved,
    page: &Page,
) -> Result<Response, Failure> {
    let body = envelope_bytes(taxii, collection, resolved, page)?;
    Ok(dated(bytes(StatusCode::OK, body), span(page)))
}

fn envelope_bytes(
    taxii: &Taxii,
    collection: &Collection,
    resolved: &Resolved,
    page: &Page,
) -> Result<Vec<u8>, Failure> {
    let next = next(taxii, collection, resolved, page);
    let mut body = Vec::with_capacity(page.rows.len() * 1_100 + 512);
    body.extend_from_slice(envelope_head(next.as_deref()).as_bytes());
    let head = body.len();
    each_body(taxii, &page.rows, |_, object| {
        if body.len() > head {
            body.push(b',');
        }
        body.extend_from_slice(object);
    })?;
    if body.len() == head && next.is_none() {
        body = EMPTY.into();
    } else {
        body.extend_from_slice(TAIL.as_bytes());
    }
    Ok(body)
}

fn one_envelope(
    taxii: &Taxii,
    collection: &Collection,
    resolved: &Resolved,
    page: &Page,
) -> Result<Response, Failure> {
    if page.rows.is_empty() && resolved.after == i64::MIN {
        return Err(Failure::not_found("object"));
    }
    envelope(taxii, collection, resolved, page)
}
