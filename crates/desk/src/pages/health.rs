//! For the machine that watches the machine: is the process alive, and does it take work?

use std::borrow::Cow;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use ledger::State as LedgerState;
use ui::{Locale, t};

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
        Some(trouble) => Problem::new(StatusCode::SERVICE_UNAVAILABLE, trouble.detail()).into_response(),
    }
}

/// Why the node takes no work just now. Both end by themselves once their cause is gone.
pub(super) enum Trouble {
    /// The disk refused a write of the ledger.
    ReadOnly(String),
    /// The views cannot follow the ledger.
    Behind(String),
}

pub(super) fn trouble(app: &App) -> Option<Trouble> {
    match app.desk.ledger.state() {
        LedgerState::ReadOnly { reason } => Some(Trouble::ReadOnly(reason)),
        LedgerState::Ready => app.desk.views.failure().map(Trouble::Behind),
    }
}

impl Trouble {
    /// For programs and logs: what happened and what to do.
    fn detail(&self) -> String {
        match self {
            Self::ReadOnly(reason) => format!(
                "the ledger takes no writes: {reason}; free space or make the disk writable, it goes on by itself"
            ),
            Self::Behind(reason) => format!("the views do not follow the ledger: {reason}"),
        }
    }

    /// For people, on every page.
    pub(super) fn text(&self, locale: Locale) -> Cow<'static, str> {
        match self {
            Self::ReadOnly(reason) => t!(locale, "trouble-read-only", reason = reason.as_str()),
            Self::Behind(reason) => t!(locale, "trouble-behind", reason = reason.as_str()),
        }
    }
}
