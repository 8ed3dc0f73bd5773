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
use ui::sentence;

/// The largest form, in bytes: an agreement in two languages fits.
pub const MAX_FORM_BYTES: usize = 1 << 20;
/// The largest form with a file or with what a file held, in bytes: 8 MiB of it, and what the encoding adds.
const MAX_UPLOAD_BYTES: usize = 12 << 20;

/// The largest form with files of any kind, in bytes.
const MAX_ATTACHED_BYTES: usize = 4 << 20;

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
        Ok(Self::read_with(request, MAX_FORM_BYTES, None).await?.0)
    }

    /// The fields, and of each file its field and name. With `files`, these are put there and may be of any kind.
    async fn read_with(
        request: Request,
        most: usize,
        files: Option<&mut Vec<FormFile>>,
    ) -> Result<(Self, Vec<(String, String)>), PageError> {
        let boundary = multipart::boundary(request.headers());
        let bytes = axum::body::to_bytes(request.into_body(), most)
            .await
            .map_err(|_| PageError::Oversized { most })?;
        if let (Some(boundary), Some(files)) = (&boundary, files) {
            return attached(&bytes, boundary, files);
        }
        if let Some(boundary) = boundary {
            let texts = multipart::texts(&bytes, &boundary);
            return texts
                .map(|texts| (Self(texts), Vec::new()))
                .ok_or_else(|| PageError::Wrong(sentence!("refused-file-text")));
        }
        let wrong = |_| PageError::Wrong(sentence!("refused-form"));
        let text = String::from_utf8(bytes.to_vec()).map_err(wrong)?;
        Ok((Self(text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()), Vec::new()))
    }
}

/// Puts the files of a form apart from its fields.
fn attached(
    bytes: &[u8],
    boundary: &str,
    files: &mut Vec<FormFile>,
) -> Result<(Fields, Vec<(String, String)>), PageError> {
    let (mut fields, mut named) = (Fields::default(), Vec::new());
    for part in multipart::parts(bytes, boundary) {
        match part.file {
            None => {
                let text = std::str::from_utf8(part.value);
                let text = text.map_err(|_| PageError::Wrong(sentence!("refused-form")));
                fields.0.push((part.name, text?.to_owned()));
            }
            // A file that was not chosen.
            Some(name) if name.is_empty() && part.value.is_empty() => {}
            Some(name) => {
                named.push((part.name.clone(), name.clone()));
                files.push(FormFile { field: part.name, name, bytes: part.value.to_vec() });
            }
        }
    }
    Ok((fields, named))
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

/// The same for a form that carries files of any kind: their bytes are kept apart, as they are.
#[derive(Debug)]
pub struct Attached<P: Permit> {
    /// The form. A file that was lost while its sender proved who they are stands here as its name alone.
    pub form: Signed<P>,
    /// The files that were chosen.
    pub files: Vec<FormFile>,
}

/// A file as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormFile {
    /// The field.
    pub field: String,
    /// Its name, as its sender calls it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl<P: Permit> Attached<P> {
    /// The file of a field, when one was chosen.
    pub fn file(&self, field: &str) -> Option<&FormFile> {
        self.files.iter().find(|file| file.field == field)
    }

    /// Whether a file was chosen for the field and has to be chosen again.
    pub fn is_lost(&self, field: &str) -> bool {
        self.file(field).is_none() && !self.form.fields.get(field).is_empty()
    }
}

impl<P: Permit> FromRequest<App> for Attached<P> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Self::Rejection> {
        let mut files = Vec::new();
        let form = Signed::read_with(request, app, MAX_ATTACHED_BYTES, Some(&mut files)).await?;
        Ok(Self { form, files })
    }
}

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
    async fn read_upto(request: Request, app: &App, most: usize) -> Result<Self, Response> {
        Self::read_with(request, app, most, None).await
    }

    /// Who is not signed in, or may not, is turned away before anything is read. With `files`, these may be of any kind.
    async fn read_with(
        request: Request,
        app: &App,
        most: usize,
        files: Option<&mut Vec<FormFile>>,
    ) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let mut visitor = may::let_in::<P>(&parts, app).await?;
        let request = Request::from_parts(parts, body);
        let read = Fields::read_with(request, most, files).await;
        let (mut fields, lost) = read.map_err(IntoResponse::into_response)?;
        if !same(fields.get("csrf"), &visitor.form_token) {
            return Err(PageError::FormExpired.into_response());
        }
        if P::PERMISSION.sensitive && !visitor.is_proved() {
            // A page that asks for the proof cannot carry a file on: what comes back says that one was chosen.
            fields.0.extend(lost);
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
