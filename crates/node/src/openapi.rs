//! The description of the HTTP API, merged from the rooms that serve it.

use anyhow::Result;

/// The merged OpenAPI document as JSON.
pub fn text() -> Result<String> {
    let mut document = desk::pages::openapi();
    document.info.title = "Entente".to_owned();
    document.info.description = Some("The HTTP API of an Entente node, version 1.".to_owned());
    document.info.version = env!("CARGO_PKG_VERSION").to_owned();
    document.merge(accord::openapi());
    document.merge(notify::openapi());
    document.merge(exchange::api::openapi());
    Ok(document.to_pretty_json()?)
}
