//! Discovery, API roots and collections (TAXII 2.1 §4.1, §4.2, §5.1, §5.2).

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use formats::taxii::{ApiRoot, CONTENT_TYPE, Collections, Discovery, STIX_CONTENT_TYPE};
use http::{HeaderMap, StatusCode, header};

use super::Taxii;
use super::answer::{Failure, json};
use super::auth::Caller;
use crate::collection::{ALIAS, Collection};

pub(super) async fn discovery(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    headers: HeaderMap,
) -> Response {
    let base = base_url(&taxii, &headers);
    let roots: Vec<String> = caller
        .collections(&taxii)
        .iter()
        .map(|collection| format!("{base}/taxii2/{}/", collection.root))
        .collect();
    let known = taxii.desk.known();
    let me = known.parties.get(&taxii.desk.me);
    let discovery = Discovery {
        title: me.map_or_else(|| "Entente".to_owned(), |party| party.card.name.en.clone()),
        description: Some("What signed agreements release to you, one API root for each agreement".into()),
        contact: me.map(|party| party.card.contact.clone()).filter(|contact| !contact.is_empty()),
        default: roots.first().cloned(),
        api_roots: roots,
    };
    json(StatusCode::OK, &discovery)
}

fn base_url(taxii: &Taxii, headers: &HeaderMap) -> String {
    if let Some(url) = &taxii.options.public_url {
        return url.trim_end_matches('/').to_owned();
    }
    let scheme = if taxii.options.tls { "https" } else { "http" };
    let fits = |host: &&str| host.bytes().all(|b| b.is_ascii_alphanumeric() || b".-:[]_".contains(&b));
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).filter(fits);
    host.map_or_else(String::new, |host| format!("{scheme}://{host}"))
}

pub(super) async fn root(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path(root): Path<String>,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, ALIAS).map_err(|_| Failure::not_found("API root"))?;
    let root = ApiRoot {
        title: collection.title,
        description: Some(format!("Objects shared under the agreement `{}`", collection.root)),
        versions: vec![CONTENT_TYPE.to_owned()],
        max_content_length: taxii.options.max_content_length as u64,
    };
    Ok(json(StatusCode::OK, &root))
}

pub(super) async fn collections(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path(root): Path<String>,
) -> Result<Response, Failure> {
    let collections: Vec<_> = caller
        .collections(&taxii)
        .into_iter()
        .filter(|collection| collection.root == root)
        .map(|collection| resource(&taxii, &collection, &caller))
        .collect();
    if collections.is_empty() {
        return Err(Failure::not_found("API root"));
    }
    Ok(json(StatusCode::OK, &Collections { collections }))
}

pub(super) async fn collection(
    State(taxii): State<Arc<Taxii>>,
    caller: Caller,
    Path((root, id)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let collection = caller.collection(&taxii, &root, &id)?;
    Ok(json(StatusCode::OK, &resource(&taxii, &collection, &caller)))
}

fn resource(taxii: &Taxii, collection: &Collection, caller: &Caller) -> formats::taxii::Collection {
    formats::taxii::Collection {
        id: collection.id.to_string(),
        title: collection.title.clone(),
        description: None,
        alias: Some(ALIAS.to_owned()),
        can_read: true,
        can_write: caller.consumer.can_write && collection.in_force(&taxii.desk).is_ok(),
        media_types: vec![STIX_CONTENT_TYPE.to_owned()],
    }
}
