//! One request and its answer on a connection.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderValue, Request, Response, header};
use hyper::body::{Body as _, Incoming};

use super::connect::Connection;
use super::error::OutboundError;
use super::url::Url;
use super::{Answer, Outbound};

impl Outbound {
    /// Asks once, without following redirects. A connection that was kept and has died meanwhile is replaced.
    pub(super) async fn once(
        &self,
        url: &Url,
        headers: &HeaderMap,
        posted: Option<&str>,
    ) -> Result<Answer, OutboundError> {
        let mut kept = self.kept.lock().await;
        if let Some(mut connection) = kept.take().filter(|kept| kept.origin == *url.origin())
            && connection.sender.ready().await.is_ok()
        {
            match self.ask(&mut connection, url, headers, posted).await {
                Err(OutboundError::Broken { .. }) => {}
                answer => return self.keep(&mut kept, connection, answer),
            }
        }
        let mut connection = self.connect(url.origin()).await?;
        let answer = self.ask(&mut connection, url, headers, posted).await;
        self.keep(&mut kept, connection, answer)
    }

    /// Only a connection whose answer came to its end can carry another.
    fn keep(
        &self,
        kept: &mut Option<Connection>,
        connection: Connection,
        answer: Result<Answer, OutboundError>,
    ) -> Result<Answer, OutboundError> {
        if answer.is_ok() {
            *kept = Some(connection);
        }
        answer
    }

    async fn ask(
        &self,
        connection: &mut Connection,
        url: &Url,
        headers: &HeaderMap,
        posted: Option<&str>,
    ) -> Result<Answer, OutboundError> {
        let broken =
            |cause: hyper::Error| OutboundError::Broken { host: url.host().to_owned(), reason: told(&cause) };
        let sent = connection.sender.send_request(request(url, headers, posted)?);
        let response = self.in_time(url, sent).await?.map_err(broken)?;
        let (parts, body) = response.into_parts();
        let body = self.whole_body(url, Response::new(body)).await?;
        Ok(Answer { url: url.clone(), status: parts.status, headers: parts.headers, body })
    }

    async fn whole_body(&self, url: &Url, response: Response<Incoming>) -> Result<Bytes, OutboundError> {
        let limit_bytes = self.bounds.body_bytes;
        let too_large = || OutboundError::TooLarge { host: url.host().to_owned(), limit_bytes };
        let mut body = response.into_body();
        if body.size_hint().lower() > limit_bytes as u64 {
            return Err(too_large());
        }
        let mut whole = BytesMut::new();
        loop {
            let frame = self.in_time(url, poll_fn(|context| Pin::new(&mut body).poll_frame(context))).await?;
            let Some(frame) = frame else { return Ok(whole.freeze()) };
            let frame = frame.map_err(|cause| OutboundError::Broken {
                host: url.host().to_owned(),
                reason: told(&cause),
            })?;
            let Ok(piece) = frame.into_data() else { continue }; // trailers say nothing to us
            if whole.len() + piece.len() > limit_bytes {
                return Err(too_large());
            }
            whole.extend_from_slice(&piece);
        }
    }

    /// Waits for the next sign of life, no longer than silence may last.
    async fn in_time<T>(&self, url: &Url, work: impl Future<Output = T>) -> Result<T, OutboundError> {
        let limit = self.bounds.silence;
        tokio::time::timeout(limit, work)
            .await
            .map_err(|_| OutboundError::Late { host: url.host().to_owned(), limit_s: limit.as_secs() })
    }
}

fn request(url: &Url, headers: &HeaderMap, posted: Option<&str>) -> Result<Request<String>, OutboundError> {
    let broken = |reason: String| OutboundError::Broken { host: url.host().to_owned(), reason };
    let begun = if posted.is_some() { Request::post(url.target()) } else { Request::get(url.target()) };
    let body = posted.unwrap_or_default().to_owned();
    let mut request = begun.body(body).map_err(|cause| broken(cause.to_string()))?;
    let host = HeaderValue::from_str(&url.origin().authority()).map_err(|cause| broken(cause.to_string()))?;
    *request.headers_mut() = headers.clone();
    request.headers_mut().insert(header::HOST, host);
    request.headers_mut().insert(header::USER_AGENT, HeaderValue::from_static(AGENT));
    Ok(request)
}

const AGENT: &str = concat!("entente/", env!("CARGO_PKG_VERSION"));

/// The error and its cause: hyper keeps the interesting half in the latter.
fn told(error: &hyper::Error) -> String {
    match std::error::Error::source(error) {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
