//! Who asks: a person with a session or a token, or a consumer with its token.

use std::marker::PhantomData;

use axum::extract::{FromRequestParts, MatchedPath};
use axum::response::{IntoResponse, Response};
use desk::access::Permit;
use desk::consumers::Admitted;
use desk::pages::{App, May, PageError};
use desk::{Desk, edge};
use http::header::AUTHORIZATION;
use http::request::Parts;
use ledger::EntryRef;
use model::{AgreementId, Timestamp};
use records::Header;
use share::{Class, Receiver, verdict};

/// An authenticated caller; a person who may `P`.
#[derive(Debug)]
pub struct Caller<P> {
    pub(super) receiver: Receiver,
    pub(super) now: Timestamp,
    /// True for a person of the organisation, false for a consumer.
    pub(super) is_member: bool,
    /// A consumer's place among the requests at work, until the handler ends.
    _admitted: Option<Admitted>,
    permission: PhantomData<fn() -> P>,
}

impl<P: Permit> FromRequestParts<App> for Caller<P> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let bearer = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.split_once(' '));
        let token = bearer.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")).map(|(_, t)| t.trim());
        if let Some(name) = token.and_then(|token| app.desk.local.consumer_of(token)) {
            let known = app.desk.known();
            let consumer = known.consumers.get(&name).filter(|consumer| consumer.active);
            let consumer = consumer.ok_or_else(|| PageError::SignedOut.into_response())?;
            let path = parts.extensions.get::<MatchedPath>().map_or("", MatchedPath::as_str);
            let admitted = app.desk.admit(consumer, &format!("{} {path}", parts.method));
            let admitted = admitted.map_err(|wait_s| PageError::TooOften { wait_s }.into_response())?;
            let receiver = app.desk.receiver_of(consumer);
            let (now, permission) = (edge::now(), PhantomData);
            return Ok(Self { receiver, now, is_member: false, _admitted: Some(admitted), permission });
        }
        let visitor = May::<P>::from_request_parts(parts, app).await?;
        let (receiver, permission) = (visitor.receiver(app), PhantomData);
        Ok(Self { receiver, now: visitor.now, is_member: true, _admitted: None, permission })
    }
}

impl<P> Caller<P> {
    /// The verdict on a stored entry for this caller.
    pub(super) fn may_read(&self, desk: &Desk, entry: &EntryRef<'_>) -> bool {
        let header = entry.header.and_then(|header| Header::parse(header).ok());
        header.is_some_and(|header| {
            let class = Class::of(&header, entry.openings);
            verdict(&class, &self.receiver, &desk.known().book, self.now).is_release()
        })
    }

    /// A consumer is not told of agreements under which it is not served.
    pub(super) fn keep_own(&self, under: &mut Vec<AgreementId>) {
        if let Some(agreements) = &self.receiver.agreements {
            under.retain(|id| agreements.contains(id));
        }
    }
}
