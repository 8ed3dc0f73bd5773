//! Deleting an object from a collection (TAXII 2.1 §5.7): a retraction on the record, sent to everyone who may
//! have received the object. The bytes stay in the ledger until they are erased.

use std::sync::Arc;

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use desk::edge;
use formats::taxii::VersionSelector;
use http::StatusCode;
use model::{Timestamp, time};

use super::Taxii;
use super::answer::Failure;
use super::auth::Caller;
use super::objects::read_query;
use crate::collection;
use crate::key::key_of;
use crate::retract::{RetractError, Take, retract};
use crate::select::held;

pub(super) async fn delete(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id, object)): Path<(String, String, String)>,
    RawQuery(raw): RawQuery,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    if !caller.consumer.can_write {
        return Err(Failure::forbidden("this consumer may read the collection but not delete from it"));
    }
    let resolved = read_query(&taxii, &collection, raw.as_deref(), Some(object.clone()))?;
    let released = taxii.desk.released(&caller.receiver, edge::now());
    let number =
        collection::number(&taxii.desk, &collection.agreement).map_err(|cause| Failure::internal(&cause))?;
    let rows = {
        let reader = taxii.desk.views.read().map_err(|cause| Failure::internal(&cause))?;
        let rows = number.map_or(Ok(Vec::new()), |coll| held(&reader, coll, key_of(&object)));
        rows.map_err(|cause| Failure::internal(&cause))?
    };
    let mut visible: Vec<i64> =
        rows.iter().filter(|row| released.contains(row.class)).map(|row| row.version).collect();
    if visible.is_empty() {
        return Err(Failure::not_found("object"));
    }
    visible.sort_unstable();
    let versions = picked(&resolved.query.filter.versions, raw.as_deref(), &visible);
    let worker = Arc::clone(&taxii);
    let source = caller.consumer.name.clone();
    tokio::task::spawn_blocking(move || {
        for version in versions {
            let take = Take::delete(&object, version, format!("deleted over TAXII by {source}"));
            retract(&worker.desk, &take)?;
        }
        Ok(())
    })
    .await
    .map_err(|cause| Failure::internal(&cause))?
    .map_err(|error: RetractError| match error {
        RetractError::NotOurs => {
            Failure::forbidden("the object is another party's; only its author can take it back")
        }
        other => Failure::unavailable(&other),
    })?;
    Ok(super::answer::bytes(StatusCode::OK, Vec::new()))
}

/// Without a version filter everything goes; otherwise the versions named.
fn picked(selector: &VersionSelector, raw: Option<&str>, visible: &[i64]) -> Vec<Option<String>> {
    let named = raw.is_some_and(|raw| raw.contains("version"));
    if !named || *selector == VersionSelector::All {
        return vec![None];
    }
    let admitted = |version: &i64| {
        selector.admits(*version, visible.first() == Some(version), visible.last() == Some(version))
    };
    let text = |version: &i64| Timestamp::from_microsecond(*version).ok().map(time::micros);
    visible.iter().filter(|version| admitted(version)).filter_map(text).map(Some).collect()
}
