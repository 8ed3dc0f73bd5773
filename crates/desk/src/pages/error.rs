//! Why a page could not be shown. The sentence is chosen where language and kind of client are known.

use std::fmt;

use axum::response::{IntoResponse, Response};
use http::header::RETRY_AFTER;
use http::{HeaderValue, StatusCode};
use ui::locale::Sentence;

/// Seconds after which a busy node may be asked again.
const BUSY_S: u64 = 5;

/// An answer that is not the page.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// There is nothing here, or this person may not know of it.
    #[error("not found")]
    NotFound,
    /// Nobody is signed in.
    #[error("sign in first")]
    SignedOut,
    /// The role does not include this.
    #[error("your role does not include this")]
    Forbidden,
    /// The form's token is missing or of another session.
    #[error("the form is too old; load the page again")]
    FormExpired,
    /// The input is wrong; the sentence says how.
    #[error("{0}")]
    Wrong(Sentence),
    /// More than is read here.
    #[error("more than {most} bytes; split it, or import it on the command line")]
    Oversized {
        /// What is read at most, in bytes.
        most: usize,
    },
    /// It was here and was erased; the sentence says when.
    #[error("{0}")]
    Gone(Sentence),
    /// The state has moved on; the sentence says how.
    #[error("{0}")]
    Conflict(Sentence),
    /// Too much at once.
    #[error("the node is busy; try again in a few seconds")]
    Busy,
    /// A consumer asks more often than its record allows.
    #[error("you ask more often than was agreed; wait {wait_s} s")]
    TooOften {
        /// Seconds to wait.
        wait_s: u64,
    },
    /// Something failed that the person can do nothing about; it has been logged.
    #[error("something failed on our side; error number {0}")]
    Broken(String),
}

impl PageError {
    /// Logs `cause` under a number and shows only the number.
    pub fn broken(cause: impl fmt::Display) -> Self {
        let number = crate::edge::uuid().simple().to_string()[..12].to_owned();
        tracing::error!(%cause, number, "a page failed");
        PageError::Broken(number)
    }

    /// The HTTP status.
    pub const fn status(&self) -> StatusCode {
        match self {
            PageError::NotFound => StatusCode::NOT_FOUND,
            PageError::SignedOut => StatusCode::UNAUTHORIZED,
            PageError::Forbidden | PageError::FormExpired => StatusCode::FORBIDDEN,
            PageError::Wrong(_) => StatusCode::UNPROCESSABLE_ENTITY,
            PageError::Oversized { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            PageError::Gone(_) => StatusCode::GONE,
            PageError::Conflict(_) => StatusCode::CONFLICT,
            PageError::TooOften { .. } => StatusCode::TOO_MANY_REQUESTS,
            PageError::Busy => StatusCode::SERVICE_UNAVAILABLE,
            PageError::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        let wait_s = match &self {
            PageError::TooOften { wait_s } => Some(*wait_s),
            PageError::Busy => Some(BUSY_S),
            _ => None,
        };
        if let Some(wait_s) = wait_s {
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(wait_s));
        }
        response.extensions_mut().insert(self);
        response
    }
}

impl From<crate::sql::SqlError> for PageError {
    fn from(error: crate::sql::SqlError) -> Self {
        PageError::broken(error)
    }
}

impl From<ledger::ReadError> for PageError {
    fn from(error: ledger::ReadError) -> Self {
        PageError::broken(error)
    }
}
