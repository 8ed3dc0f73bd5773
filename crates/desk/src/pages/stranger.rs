//! Pages for somebody who has no account: a public form. The guard refuses posts from other sites, and how often one
//! address may send is bounded like guessing a password is.

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;
use maud::Markup;
use model::Timestamp;
use ui::{Locale, Shell, Theme};

use super::app::App;
use super::error::PageError;
use super::fields::Fields;
use super::{frame, health, visitor};
use crate::edge;

/// No account has this name: it has a space.
const BUCKET: &str = "public form";

/// Somebody, and their request.
#[derive(Debug, Clone)]
pub struct Stranger {
    /// The language.
    pub locale: Locale,
    /// The theme.
    pub theme: Theme,
    /// Path and query of the page.
    pub path: String,
    /// When the request came.
    pub now: Timestamp,
    from: Option<IpAddr>,
}

/// A form that a stranger sent, no more often than one may.
#[derive(Debug, Clone)]
pub struct Posted {
    /// Who sent it.
    pub stranger: Stranger,
    /// What.
    pub fields: Fields,
}

impl Stranger {
    fn of(parts: &Parts) -> Self {
        Self {
            locale: visitor::locale(&parts.headers),
            theme: visitor::theme(&parts.headers),
            path: visitor::path(parts),
            now: edge::now(),
            from: parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip()),
        }
    }

    /// The whole document around `body`, without the menu of those who have an account. `path` is where the switches of
    /// language and theme lead back to: a page that can be asked for.
    pub fn show(&self, app: &App, title: Cow<'_, str>, path: &str, body: Markup) -> Markup {
        let shell = Shell {
            locale: self.locale,
            theme: self.theme,
            title,
            path: path.into(),
            party: Some(frame::own_party(app)),
            trouble: health::trouble(app).map(|trouble| trouble.text(self.locale)),
            ..Shell::default()
        };
        shell.page(body)
    }
}

impl FromRequestParts<App> for Stranger {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Response> {
        Ok(Self::of(parts))
    }
}

impl FromRequest<App> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &App) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let stranger = Stranger::of(&parts);
        if let Err(wait) = app.attempts.take(BUCKET, stranger.from, stranger.now) {
            let wait_s = u64::try_from(wait.as_secs()).unwrap_or(1).max(1);
            return Err(PageError::TooOften { wait_s }.into_response());
        }
        let fields = Fields::read(Request::from_parts(parts, body)).await;
        Ok(Self { stranger, fields: fields.map_err(IntoResponse::into_response)? })
    }
}
