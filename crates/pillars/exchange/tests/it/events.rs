//! The stream of events, as a page listens to it.

use std::time::Duration;

use axum::body::Body;

/// An open stream of events.
pub struct Events(Body);

impl Events {
    /// Reads a response that does not end.
    pub fn of(body: Body) -> Self {
        Self(body)
    }

    /// The next words.
    pub async fn next(&mut self) -> String {
        let frame =
            std::future::poll_fn(|cx| axum::body::HttpBody::poll_frame(std::pin::Pin::new(&mut self.0), cx));
        let frame = tokio::time::timeout(Duration::from_secs(20), frame).await.expect("in time");
        let data = frame.expect("open").expect("readable").into_data().expect("data");
        String::from_utf8(data.to_vec()).expect("text")
    }

    /// What it says when something has changed.
    pub async fn first_change(&mut self) -> String {
        loop {
            let said = self.next().await;
            if said.starts_with("event:") {
                return said;
            }
        }
    }
}
