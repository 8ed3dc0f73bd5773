//! What a program tells: a JSON body from somebody who may tell it, read only after it is known who sends it.

use std::marker::PhantomData;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use desk::access::Permit;
use desk::pages::{App, May, PageError, Visitor};
use serde::de::DeserializeOwned;

/// The largest body, in bytes.
pub(crate) const MOST_BYTES: usize = 8 << 20;

/// A body, and who sent it.
pub(crate) struct Told<P, T> {
    pub visitor: Visitor,
    pub body: T,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permit, T: DeserializeOwned> FromRequest<App> for Told<P, T> {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::clone(&*May::<P>::from_request_parts(&mut parts, app).await?);
        let bytes = axum::body::to_bytes(body, MOST_BYTES)
            .await
            .map_err(|_| PageError::Oversized { most: MOST_BYTES }.into_response())?;
        // The type must be JSON: a page of another site cannot send that without being asked first.
        let request = Request::from_parts(parts, bytes.into());
        match Json::<T>::from_request(request, &()).await {
            Ok(Json(body)) => Ok(Self { visitor, body, permission: PhantomData }),
            Err(JsonRejection::MissingJsonContentType(_)) => {
                Err(http::StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response())
            }
            Err(rejection) => Err(PageError::Wrong(rejection.body_text().into()).into_response()),
        }
    }
}
