//! The description of the HTTP API, merged from the rooms that serve it.

use anyhow::Result;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{Content, Ref, RefOr, Response};

/// What every call may be answered with, beside its own answers.
const ALWAYS: [(&str, &str); 2] = [
    ("429", "more than this caller may ask; Retry-After says how long to wait"),
    ("503", "the node has too much to do; Retry-After says how long to wait"),
];

/// The merged OpenAPI document as JSON.
pub fn text() -> Result<String> {
    let mut document = desk::pages::openapi();
    document.info.title = "Entente".to_owned();
    document.info.description = Some("The HTTP API of an Entente node, version 1.".to_owned());
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.merge(accord::openapi());
    document.merge(notify::openapi());
    document.merge(exchange::api::openapi());
    // A consumer's token, or the value of a person's session.
    let bearer = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    document.components.get_or_insert_default().add_security_scheme("token", bearer);
    document.security = Some(vec![SecurityRequirement::new("token", Vec::<String>::new())]);
    for (path, item) in &mut document.paths.paths {
        for operation in [&mut item.get, &mut item.post].into_iter().flatten() {
            if path.starts_with("/api/") {
                bound(operation);
            } else {
                operation.security = Some(Vec::new());
            }
        }
    }
    Ok(document.to_pretty_json()?)
}

fn bound(operation: &mut Operation) {
    for (status, what) in ALWAYS {
        let mut response = Response::new(what);
        let problem = Content::new(Some(Ref::from_schema_name("Problem")));
        response.content.insert("application/problem+json".to_owned(), problem.into());
        operation.responses.responses.insert(status.to_owned(), RefOr::T(response));
    }
}
