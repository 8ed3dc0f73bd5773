//! For the machine that watches the machine: is the process alive, and does it take work?

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use ledger::State as LedgerState;

use super::app::App;
use super::problem::Problem;

/// Alive. Says nothing else on purpose: a restart cures no full disk.
#[utoipa::path(get, path = "/health", tag = "node", responses((status = 200, description = "the process is alive")))]
pub(super) async fn health() -> Response {
    (StatusCode::OK, "ok\n").into_response()
}

/// Ready: writes are taken and the views follow.
#[utoipa::path(get, path = "/ready", tag = "node", responses(
    (status = 200, description = "writes are taken and the views follow"),
    (status = 503, description = "the detail says what to do", body = Problem, content_type = "application/problem+json"),
))]
pub(super) async fn ready(State(app): State<App>) -> Response {
    match trouble(&app) {
        None => (StatusCode::OK, "ready\n").into_response(),
        Some(detail) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, detail).into_response(),
    }
}

/// Why the node takes no work just now.
pub(super) fn trouble(app: &App) -> Option<String> {
    match app.desk.ledger.state() {
        LedgerState::ReadOnly { reason } => Some(format!("the ledger takes no writes: {reason}")),
        LedgerState::Ready => app.desk.views.failure(),
    }
}
