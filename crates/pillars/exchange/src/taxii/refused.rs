//! A request that was refused for who asked is written down: when, who, from where, what.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::StatusCode;
use http::header::AUTHORIZATION;

use super::Taxii;
use super::auth::authenticate;

/// Longer paths are cut in the log, characters.
const MAX_PATH: usize = 200;

pub(super) async fn note(State(taxii): State<Arc<Taxii>>, request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let given = request.headers().get(AUTHORIZATION).cloned();
    let response = next.run(request).await;
    let status = response.status();
    if !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return response;
    }
    if let Some(left_out) = taxii.refusals.may_say() {
        // A name that came with a wrong token is anybody's word: only a consumer that is known is named.
        let consumer = authenticate(&taxii, given.as_ref()).map(|consumer| consumer.name);
        let path: String = uri.path().chars().take(MAX_PATH).collect();
        tracing::warn!(
            consumer = consumer.as_deref().unwrap_or("unknown"),
            ?address,
            %method,
            ?path,
            status = status.as_u16(),
            left_out,
            "taxii request refused"
        );
    }
    response
}
