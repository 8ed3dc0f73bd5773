//! Who is let into a handler: somebody signed in whose role includes the permission that the handler names.

use std::marker::PhantomData;
use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use ui::query;

use super::app::App;
use super::error::PageError;
use super::visitor::{self, Visitor};
use super::watch;
use crate::access::Permit;

/// A visitor who may `P`; use it like the [`Visitor`] it holds.
pub struct May<P> {
    visitor: Visitor,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permit> std::fmt::Debug for May<P> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("May").field("permission", &P::PERMISSION.name).finish_non_exhaustive()
    }
}

impl<P> Deref for May<P> {
    type Target = Visitor;

    fn deref(&self) -> &Visitor {
        &self.visitor
    }
}

impl<P: Permit> FromRequestParts<App> for May<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let visitor = let_in::<P>(parts, app).await?;
        if P::PERMISSION.sensitive && !visitor.is_proved() {
            let to = format!("/account/confirm?next={}", query::encode(&visitor.path));
            return Err(Redirect::to(&to).into_response());
        }
        Ok(Self { visitor, permission: PhantomData })
    }
}

/// The visitor, when there is one and they may; else what to answer.
pub(super) async fn let_in<P: Permit>(parts: &Parts, app: &App) -> Result<Visitor, Response> {
    let Some(visitor) = Visitor::of(parts, app).await else { return Err(sign_in(parts)) };
    let may = visitor.may::<P>();
    watch::note(parts, &visitor, P::PERMISSION.name, may);
    if may { Ok(visitor) } else { Err(PageError::Forbidden.into_response()) }
}

/// A person is led to the sign-in and back, a program is told.
fn sign_in(parts: &Parts) -> Response {
    let path = visitor::path(parts);
    if path.starts_with("/api/") || path == "/events" {
        return PageError::SignedOut.into_response();
    }
    let login =
        if path == "/" { "/login".to_owned() } else { format!("/login?next={}", query::encode(&path)) };
    Redirect::to(&login).into_response()
}
