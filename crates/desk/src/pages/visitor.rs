//! Who looks at a page: the session's account, language and theme. Handlers get at a [`Visitor`] only by naming a
//! permission ([`May`](super::May), [`Signed`](super::Signed)).

use std::sync::Arc;

use axum::extract::OriginalUri;
use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, AUTHORIZATION, HOST};
use http::request::Parts;
use model::time::{SignedDuration, TimeZone};
use model::{Digest, Timestamp, Tlp};
use share::Receiver;
use ui::{Locale, Theme};

use super::app::App;
use super::cookie;
use crate::access::{Permission, Permit};
use crate::edge;
use crate::local::{Account, Local, Role};

/// So long after it was proved who is there, sensitive acts need no other proof.
pub(super) const PROOF_HOLDS: SignedDuration = SignedDuration::from_mins(15);

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
    /// The instant that the page shows: when the request came, or one of the past.
    pub now: Timestamp,
    /// The instant of the past that the address asks for.
    pub past: Option<Timestamp>,
    /// When the request came.
    pub(super) came_at: Timestamp,
    /// The host that the browser asked.
    pub(super) host: String,
    /// What they came with.
    pub(super) came: Came,
    /// True while they have broken the glass.
    pub(super) glass: bool,
}

/// What opened the door.
#[derive(Debug, Clone)]
pub(super) enum Came {
    /// A session of the console, and when it was last proved who is there.
    Session { id: Digest, proved: Timestamp },
    /// A token for a program, and the permissions it carries.
    Token { id: String, scope: Arc<[String]> },
    /// Nothing: nobody is there, and what needs a proof of who it is cannot be done.
    Away,
}

impl Visitor {
    /// True when the role, or what they came with, includes it.
    pub fn may<P: Permit>(&self) -> bool {
        self.holds(&P::PERMISSION)
    }

    /// The same for a permission at hand.
    pub fn holds(&self, permission: &Permission) -> bool {
        let role = permission.is_of(self.account.role) || (self.glass && permission.is_of(Role::Officer));
        role && match &self.came {
            Came::Session { .. } => true,
            Came::Away => !permission.sensitive,
            // A program cannot be asked who is there.
            Came::Token { scope, .. } => {
                !permission.sensitive && scope.iter().any(|name| name == permission.name)
            }
        }
    }

    /// True when it was proved a moment ago who is there.
    pub(super) fn is_proved(&self) -> bool {
        match &self.came {
            Came::Session { proved, .. } => self.came_at.duration_since(*proved) <= PROOF_HOLDS,
            Came::Token { .. } | Came::Away => false,
        }
    }

    /// The session; a program has none.
    pub(super) fn session(&self) -> Option<&Digest> {
        match &self.came {
            Came::Session { id, .. } => Some(id),
            Came::Token { .. } | Came::Away => None,
        }
    }

    /// The visitor as the verdict sees them.
    pub fn receiver(&self, app: &App) -> Receiver {
        Receiver::member(app.desk.realm.clone(), self.account.clearance)
    }

    /// An account as its own visitor while nobody is there: what is found for it, and told to it, is what it may see.
    pub(crate) fn away(app: &App, account: &str, now: Timestamp) -> Option<Self> {
        let local = &app.desk.local;
        let account = local.account(account).filter(|account| local.may_be_here(&account.name, now))?;
        let wishes = local.wishes(&account.name);
        Some(Self {
            zone: Some(local.zone_of(&account.name)),
            account,
            form_token: String::new(),
            locale: wishes.locale(),
            theme: Theme::default(),
            path: "/".to_owned(),
            now,
            past: None,
            came_at: now,
            host: String::new(),
            came: Came::Away,
            glass: false,
        })
    }

    /// The hidden field of every form.
    pub fn csrf(&self) -> (&'static str, &str) {
        ("csrf", &self.form_token)
    }

    /// The visitor behind a request, if any.
    pub(super) async fn of(parts: &Parts, app: &App) -> Option<Self> {
        let now = edge::now();
        let token = token(&parts.headers, app.site.secure)?.to_owned();
        let (account, form_token, came, glass) =
            app.blocking(move |app| Ok(behind(&app.desk.local, &token, now))).await.ok()??;
        let past = super::past::stands_in(&path(parts)).filter(|at| *at < now);
        let zone = app.desk.local.preference(&account.name, crate::notice::ZONE);
        Some(Self {
            zone: zone.and_then(|zone| model::time::zone(&zone)),
            account,
            form_token,
            locale: locale(&parts.headers),
            theme: theme(&parts.headers),
            path: path(parts),
            // A desk of the past is looked at by the clock of then.
            now: past.filter(|_| app.desk.past().is_some()).unwrap_or(now),
            past,
            came_at: now,
            host: host(&parts.headers).to_owned(),
            came,
            glass,
        })
    }
}

/// Whom a token stands for, how they came, and whether they have broken the glass.
fn behind(local: &Local, token: &str, now: Timestamp) -> Option<(Account, String, Came, bool)> {
    if let Some(bearer) = local.bearer(token, now) {
        let came = Came::Token { id: bearer.token, scope: bearer.scope.into() };
        return Some((bearer.account, String::new(), came, false));
    }
    let session = local.session(token, now)?;
    let mut account = session.account;
    // Only a person at the console has broken it, not the programs that act for them.
    let glass = local.glass_of(&account.name, now).is_some();
    if glass {
        account.clearance = Tlp::Red;
    }
    let came = Came::Session { id: session.id, proved: session.proved };
    Some((account, session.form_token, came, glass))
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

/// The host that was asked, as it stands in the request.
pub(super) fn host(headers: &HeaderMap) -> &str {
    headers.get(HOST).and_then(|value| value.to_str().ok()).unwrap_or_default()
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
