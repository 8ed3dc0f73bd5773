//! Who looks at a page: the session's account, language and theme. A handler that takes a [`Visitor`] cannot
//! be reached by anybody who is not signed in.

use axum::extract::{FromRequestParts, OriginalUri};
use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use http::request::Parts;
use model::Timestamp;
use model::time::TimeZone;
use share::Receiver;
use ui::{Locale, Theme, query};

use super::app::App;
use super::cookie;
use super::error::PageError;
use crate::edge;
use crate::local::{Account, Permission};

/// A signed-in person and their request.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The account.
    pub account: Account,
    /// The secret that forms carry as `csrf`.
    pub form_token: String,
    /// The language.
    pub locale: Locale,
    /// The theme.
    pub theme: Theme,
    /// Path and query of the page.
    pub path: String,
    /// The time zone they want to see beside UTC.
    pub zone: Option<TimeZone>,
    /// When the request came.
    pub now: Timestamp,
}

impl Visitor {
    /// Refuses who may not.
    pub fn must(&self, permission: Permission) -> Result<(), PageError> {
        if self.may(permission) { Ok(()) } else { Err(PageError::Forbidden) }
    }

    /// True when the role includes it.
    pub fn may(&self, permission: Permission) -> bool {
        self.account.role.may(permission)
    }

    /// The visitor as the verdict sees them.
    pub fn receiver(&self, app: &App) -> Receiver {
        Receiver::member(app.desk.realm.clone(), self.account.clearance)
    }

    /// The hidden field of every form.
    pub fn csrf(&self) -> (&'static str, &str) {
        ("csrf", &self.form_token)
    }

    /// The visitor behind a request, if any.
    pub(super) fn of(parts: &Parts, app: &App) -> Option<Self> {
        let now = edge::now();
        let session = app.desk.local.session(token(&parts.headers, app.site.secure)?, now)?;
        let zone = app.desk.local.preference(&session.account.name, super::settings::ZONE);
        Some(Self {
            zone: zone.and_then(|zone| model::time::zone(&zone)),
            account: session.account,
            form_token: session.form_token,
            locale: locale(&parts.headers),
            theme: theme(&parts.headers),
            path: path(parts),
            now,
        })
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        if let Some(visitor) = Visitor::of(parts, app) {
            return Ok(visitor);
        }
        let path = path(parts);
        if path.starts_with("/api/") || path == "/events" {
            return Err(PageError::SignedOut.into_response());
        }
        let login =
            if path == "/" { "/login".to_owned() } else { format!("/login?next={}", query::encode(&path)) };
        Err(Redirect::to(&login).into_response())
    }
}

/// A browser sends the session as a cookie, a program as a bearer token.
pub(super) fn token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    let bearer = || headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ");
    cookie::get(headers, cookie::session_name(secure)).or_else(bearer)
}

pub(super) fn locale(headers: &HeaderMap) -> Locale {
    let accept = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::negotiate(None, cookie::get(headers, "lang"), accept)
}

pub(super) fn theme(headers: &HeaderMap) -> Theme {
    Theme::negotiate(None, cookie::get(headers, "theme"))
}

/// Path and query as the browser sent them.
pub(super) fn path(parts: &Parts) -> String {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |original| &original.0);
    uri.path_and_query().map_or("/", |path| path.as_str()).to_owned()
}

/// Where to go after signing in: a path of this node, never another site.
pub(super) fn local_path(next: &str) -> &str {
    let fits = next.starts_with('/')
        && !next.starts_with("//")
        && next.len() <= 2000
        && next.bytes().all(|b| (0x21..0x7f).contains(&b) && b != b'\\');
    if fits { next } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_nowhere_else() {
        assert_eq!(local_path("/ledger?x=1"), "/ledger?x=1");
        for elsewhere in
            ["//evil.example", "https://evil.example", "/\\evil.example", "", "/a\r\nb", "ledger"]
        {
            assert_eq!(local_path(elsewhere), "/", "{elsewhere:?}");
        }
    }
}
