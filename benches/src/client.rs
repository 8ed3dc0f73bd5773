//! One HTTP/1.1 connection that asks one thing after the other.

use anyhow::{Context, Result};
use bytes::Bytes;
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;

use crate::edge;

/// Whom to ask, and where.
#[derive(Debug, Clone)]
pub struct Target {
    pub port: u16,
    pub pid: u32,
    pub token: String,
    /// The path of the collection, with a final slash.
    pub collection: String,
}

/// A connection.
pub struct Client {
    target: Target,
    sender: SendRequest<Full<Bytes>>,
}

/// What a browser accepts first.
const PAGE: &str = "text/html";
const TAXII: &str = "application/taxii+json;version=2.1";

impl Client {
    pub async fn connect(target: &Target) -> Result<Self> {
        let stream = edge::connect(target.port).await?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Self { target: target.clone(), sender })
    }

    pub async fn get(&mut self, path: &str) -> Result<(Response<()>, Bytes)> {
        self.send("GET", path, Bytes::new()).await
    }

    pub async fn post(&mut self, path: &str, body: Bytes) -> Result<(Response<()>, Bytes)> {
        self.send("POST", path, body).await
    }

    /// Sends a form as a browser does.
    pub async fn form(&mut self, path: &str, body: Bytes) -> Result<(Response<()>, Bytes)> {
        self.once("POST", path, body, "application/x-www-form-urlencoded").await
    }

    /// Sends JSON as a program does.
    pub async fn json(&mut self, path: &str, body: Bytes) -> Result<(Response<()>, Bytes)> {
        self.once("POST", path, body, "application/json").await
    }

    /// Asks for a page as a browser does: compressed.
    pub async fn page(&mut self, path: &str) -> Result<(Response<()>, Bytes)> {
        self.once("GET", path, Bytes::new(), PAGE).await
    }

    /// Whom it asks, and as whom.
    pub fn target(&self) -> Target {
        self.target.clone()
    }

    pub async fn delete(&mut self, path: &str) -> Result<(Response<()>, Bytes)> {
        self.send("DELETE", path, Bytes::new()).await
    }

    /// Sends; on a new connection when the server has closed the old one, which it may do to one that was idle.
    async fn send(&mut self, method: &str, path: &str, body: Bytes) -> Result<(Response<()>, Bytes)> {
        if self.sender.ready().await.is_err() || self.sender.is_closed() {
            *self = Self::connect(&self.target.clone()).await?;
        }
        match self.once(method, path, body.clone(), TAXII).await {
            Err(_) if self.sender.is_closed() => {
                *self = Self::connect(&self.target.clone()).await?;
                self.once(method, path, body, TAXII).await
            }
            answered => answered,
        }
    }

    async fn once(
        &mut self,
        method: &str,
        path: &str,
        body: Bytes,
        kind: &str,
    ) -> Result<(Response<()>, Bytes)> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "127.0.0.1")
            .header("accept", if kind == PAGE { PAGE } else { TAXII })
            .header("accept-encoding", if kind == PAGE { "gzip" } else { "identity" })
            .header("content-type", kind)
            .header("authorization", format!("Bearer {}", self.target.token))
            .body(Full::new(body))?;
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await.with_context(|| format!("{method} {path}"))?;
        let (head, body) = response.into_parts();
        Ok((Response::from_parts(head, ()), body.collect().await?.to_bytes()))
    }
}
