//! Who asks: a consumer, by token (Bearer) or by name and token (Basic).

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use desk::consumers::Admitted;
use formats::taxii::{Accept, accept};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, StatusCode, header};
use records::consumer::Consumer;
use share::Receiver;

use super::Taxii;
use super::answer::Failure;
use crate::collection::{self, ALIAS, Collection};

/// An authenticated consumer that accepts TAXII answers.
#[derive(Debug)]
pub(super) struct Caller {
    pub consumer: Consumer,
    pub receiver: Receiver,
    /// Its place among the requests at work, until the handler ends.
    _admitted: Admitted,
}

impl FromRequestParts<Arc<Taxii>> for Caller {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, taxii: &Arc<Taxii>) -> Result<Self, Failure> {
        negotiate(&parts.headers)?;
        let consumer = authenticate(taxii, parts.headers.get(header::AUTHORIZATION)).ok_or_else(|| {
            Failure::new(
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "sign in first",
                "send the consumer's token as Bearer, or its name and token as Basic; `entente party consumer add` issues one",
            )
        })?;
        let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
        // Both forms of the final slash are one route.
        let route = format!("{} {}", parts.method, path.trim_end_matches('/'));
        let admitted = taxii.desk.admit(&consumer, &route).map_err(Failure::too_often)?;
        let receiver = taxii.desk.receiver_of(&consumer);
        taxii.read_own_writes(&consumer.name).await;
        Ok(Self { consumer, receiver, _admitted: admitted })
    }
}

fn negotiate(headers: &HeaderMap) -> Result<(), Failure> {
    let header = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    match accept(header) {
        Accept::Serve | Accept::Missing => Ok(()),
        Accept::NotAcceptable => Err(Failure::new(
            StatusCode::NOT_ACCEPTABLE,
            "not-acceptable",
            "only TAXII 2.1 is spoken here",
            "send `Accept: application/taxii+json;version=2.1`",
        )),
    }
}

pub(super) fn authenticate(taxii: &Taxii, given: Option<&HeaderValue>) -> Option<Consumer> {
    let value = given?.to_str().ok()?;
    let (scheme, rest) = value.trim().split_once(' ')?;
    let (name, token) = if scheme.eq_ignore_ascii_case("bearer") {
        (None, rest.trim().to_owned())
    } else if scheme.eq_ignore_ascii_case("basic") {
        let decoded = String::from_utf8(STANDARD.decode(rest.trim()).ok()?).ok()?;
        let (name, token) = decoded.split_once(':')?;
        (Some(name.to_owned()), token.to_owned())
    } else {
        return None;
    };
    let owner = taxii.desk.local.consumer_of(&token)?;
    if name.is_some_and(|name| name != owner) {
        return None;
    }
    let known = taxii.desk.known();
    known.consumers.get(&owner).filter(|consumer| consumer.active).cloned()
}

impl Caller {
    /// The collections this caller is shown.
    pub fn collections(&self, taxii: &Taxii) -> Vec<Collection> {
        let mut collections = collection::all(&taxii.desk);
        collections.retain(|collection| self.consumer.agreements.contains(&collection.agreement));
        collections
    }

    /// One collection by its API root and its id or alias.
    pub fn collection(&self, taxii: &Taxii, root: &str, id: &str) -> Result<Collection, Failure> {
        let found = self.collections(taxii).into_iter().find(|collection| {
            collection.root == root && (id == ALIAS || collection.id.to_string().eq_ignore_ascii_case(id))
        });
        found.ok_or_else(|| Failure::not_found("collection"))
    }
}
