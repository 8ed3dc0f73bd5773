//! Somebody at a console.

use desk::local::{Account, Role};
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use http::{Request, StatusCode};
use model::Tlp;
use model::time::SignedDuration;

use crate::pages::{Console, header, text};

pub const PASSWORD: &str = "correct horse battery";

/// A signed-in person.
pub struct Person {
    pub name: String,
    pub cookie: String,
    pub token: String,
}

/// An answer as a story needs it.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub status: StatusCode,
    /// Where it leads, for a redirect.
    pub to: String,
    pub page: String,
}

impl Person {
    /// Makes the account and signs it in.
    pub fn new(console: &Console, name: &str, role: Role, clearance: Tlp) -> Self {
        let account = Account { name: name.to_owned(), role, clearance };
        console.desk.local.set_account(&account, PASSWORD).expect("an account");
        Self::enter(console, name)
    }

    /// Another session of an account that is there.
    pub fn enter(console: &Console, name: &str) -> Self {
        let local = &console.desk.local;
        let session = local.open_session(name, desk::edge::now()).expect("a session");
        let token = local.session(&session, desk::edge::now()).expect("open").form_token;
        Self { name: name.to_owned(), cookie: format!("entente={session}"), token }
    }

    pub async fn get(&self, console: &Console, path: &str) -> Said {
        said(console.get(path, &self.cookie).await).await
    }

    pub async fn post(&self, console: &Console, path: &str, fields: &[(&str, &str)]) -> Said {
        let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", ui::query::encode(value)));
        let form = format!("csrf={}{}", ui::query::encode(&self.token), pairs.collect::<String>());
        said(console.post(path, &self.cookie, &form).await).await
    }

    /// Lets the last proof of who is there be so old.
    pub fn proved_before(&self, console: &Console, ago: SignedDuration) {
        let local = &console.desk.local;
        let token = self.cookie.split_once('=').expect("a cookie").1;
        let session = local.session(token, desk::edge::now()).expect("open");
        let then = desk::edge::now().checked_sub(ago).expect("an instant");
        local.prove_session(&session.id, then).expect("written");
    }

    pub fn is_in(&self, console: &Console) -> bool {
        let token = self.cookie.split_once('=').expect("a cookie").1;
        console.desk.local.session(token, desk::edge::now()).is_some()
    }
}

async fn said(answer: http::Response<axum::body::Body>) -> Said {
    let (status, to) = (answer.status(), header(&answer, LOCATION));
    Said { status, to, page: text(answer).await }
}

/// Signs in with a form; the answer and the cookie it sets.
pub async fn log_in(console: &Console, path: &str, fields: &[(&str, &str)]) -> (Said, String) {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", ui::query::encode(value))).collect();
    let answer = console.post(path, "", &pairs.join("&")).await;
    let cookie = header(&answer, SET_COOKIE).split(';').next().unwrap_or_default().to_owned();
    (said(answer).await, cookie)
}

/// A program with a token asks.
pub async fn program(console: &Console, token: &str, method: &str, path: &str) -> Said {
    let request = Request::builder().method(method).uri(path);
    let request = request.header(AUTHORIZATION, format!("Bearer {token}")).header(COOKIE, "");
    let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
    said(console.ask(request.body("csrf=".into()).expect("a request")).await).await
}

/// What stands between two texts on a page.
pub fn between<'a>(page: &'a str, before: &str, after: &str) -> &'a str {
    let (_, rest) = page.split_once(before).unwrap_or_else(|| panic!("no {before:?} on the page: {page}"));
    rest.split_once(after).expect("an end").0
}
