//! The one OpenAPI document, merged from every room that has an API.

use anyhow::Result;

/// Prints the document as JSON.
pub fn print() -> Result<()> {
    let mut document = desk::pages::openapi();
    document.merge(accord::openapi());
    println!("{}", document.to_pretty_json()?);
    Ok(())
}
