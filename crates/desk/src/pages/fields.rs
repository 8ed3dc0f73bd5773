//! A form that was sent by a page of this session: the only way a handler gets at a POST.

use std::marker::PhantomData;

use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};

use super::account::confirm;
use super::app::App;
use super::error::PageError;
use super::visitor::Visitor;
use super::{may, multipart};
use crate::access::Permit;
use ui::query::decode;

/// The largest form, in bytes: an agreement in two languages fits.
pub const MAX_FORM_BYTES: usize = 1 << 20;
/// The largest form with a file or with what a file held, in bytes: 8 MiB of it, and what the encoding adds.
const MAX_UPLOAD_BYTES: usize = 12 << 20;

/// The fields of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// The value of a field, empty when it was not sent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value.trim())
    }

    /// Every value of a field that may be sent several times.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// Reads `application/x-www-form-urlencoded`, or `multipart/form-data` for a form with a file.
    pub(super) async fn read(request: Request) -> Result<Self, PageError> {
        Self::read_upto(request, MAX_FORM_BYTES).await
    }

    async fn read_upto(request: Request, most: usize) -> Result<Self, PageError> {
        let boundary = multipart::boundary(request.headers());
        let bytes = axum::body::to_bytes(request.into_body(), most)
            .await
            .map_err(|_| PageError::Oversized { most })?;
        if let Some(boundary) = boundary {
            let parts = multipart::parts(&bytes, &boundary);
            return parts
                .map(Self)
                .ok_or_else(|| PageError::Wrong("the file is not UTF-8 text; choose another".into()));
        }
        let wrong = |_| PageError::Wrong("the form cannot be read; load the page again".into());
        let text = String::from_utf8(bytes.to_vec()).map_err(wrong)?;
        Ok(Self(text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()))
    }
}

/// A form whose token was compared with the session's, by somebody who may do what it asks for. Where that is a
/// sensitive act, it was proved a moment ago who is there.
pub struct Signed<P> {
    /// Who sent it.
    pub visitor: Visitor,
    /// What.
    pub fields: Fields,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permit> std::fmt::Debug for Signed<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signed").field("permission", &P::PERMISSION.name).finish_non_exhaustive()
    }
}

/// The same for a form that carries a file.
#[derive(Debug)]
pub struct Upload<P: Permit>(pub Signed<P>);

impl<P: Permit> FromRequest<App> for Signed<P> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        Self::read_upto(request, app, MAX_FORM_BYTES).await
    }
}

impl<P: Permit> FromRequest<App> for Upload<P> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        Signed::read_upto(request, app, MAX_UPLOAD_BYTES).await.map(Self)
    }
}

impl<P: Permit> Signed<P> {
    /// Who is not signed in, or may not, is turned away before anything is read.
    async fn read_upto(request: Request, app: &App, most: usize) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let mut visitor = may::let_in::<P>(&parts, app).await?;
        let request = Request::from_parts(parts, body);
        let mut fields = Fields::read_upto(request, most).await.map_err(IntoResponse::into_response)?;
        if !same(fields.get("csrf"), &visitor.form_token) {
            return Err(PageError::FormExpired.into_response());
        }
        if P::PERMISSION.sensitive && !visitor.is_proved() {
            confirm::ask_again(app, &mut visitor, &mut fields).await?;
        }
        Ok(Self { visitor, fields, permission: PhantomData })
    }
}

/// Compares secrets in a time that does not tell where they differ.
fn same(given: &str, expected: &str) -> bool {
    !expected.is_empty()
        && aws_lc_rs::constant_time::verify_slices_are_equal(given.as_bytes(), expected.as_bytes()).is_ok()
}

fn pair(text: &str) -> (String, String) {
    let (name, value) = text.split_once('=').unwrap_or((text, ""));
    (decode(name), decode(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_reads_as_it_was_written() {
        let fields = Fields("a=1+2%2B3&b=%C3%A9%&c".split('&').map(pair).collect());
        assert_eq!(fields.get("a"), "1 2+3");
        assert_eq!(fields.get("b"), "é%");
        assert_eq!(fields.get("c"), "");
    }

    #[test]
    fn an_empty_token_matches_nothing() {
        assert!(same("abc", "abc"));
        assert!(!same("abd", "abc") && !same("", "") && !same("abc", ""));
    }
}
