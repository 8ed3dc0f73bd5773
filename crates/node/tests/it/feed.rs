//! A TAXII collection of three pages that can stall on its last one.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use crate::objects::indicator;

pub struct Feed {
    pub collection: String,
    /// While true the third page is never sent.
    pub stalls: Arc<AtomicBool>,
    asked: Receiver<String>,
}

impl Feed {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("bound");
        let address = listener.local_addr().expect("an address");
        let stalls = Arc::new(AtomicBool::new(true));
        let (tell, asked) = channel();
        let flag = Arc::clone(&stalls);
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (tell, flag) = (tell.clone(), Arc::clone(&flag));
                std::thread::spawn(move || serve(stream, &tell, &flag));
            }
        });
        Self { collection: format!("http://{address}/api/collections/feed/"), stalls, asked }
    }

    /// Waits until a page was asked for whose query holds `what`; returns the queries up to it.
    pub fn until_asked(&self, what: &str) -> Vec<String> {
        let mut queries = Vec::new();
        loop {
            let query = self.asked.recv_timeout(Duration::from_secs(60)).expect("a request in time");
            queries.push(query);
            if queries.last().is_some_and(|query| query.contains(what)) {
                return queries;
            }
        }
    }
}

fn serve(mut stream: TcpStream, tell: &Sender<String>, stalls: &AtomicBool) {
    let mut lines = BufReader::new(stream.try_clone().expect("a second handle")).lines();
    while let Some(Ok(first)) = lines.next() {
        while lines.next().is_some_and(|line| line.is_ok_and(|line| !line.is_empty())) {}
        let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
        let body = match target.split_once("/objects/?") {
            None => "{\"id\":\"feed\",\"title\":\"feed\",\"can_read\":true}".to_owned(),
            Some((_, query)) => {
                let _ = tell.send(query.to_owned()); // the test may be over
                if query.contains("next=c") && stalls.load(Ordering::SeqCst) {
                    continue;
                }
                page(query)
            }
        };
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/taxii+json;version=2.1\r\n\
                    x-taxii-date-added-last: 2026-11-02T00:00:00.000000Z\r\n";
        if write!(stream, "{head}content-length: {}\r\n\r\n{body}", body.len()).is_err() {
            return;
        }
    }
}

fn page(query: &str) -> String {
    let (first, next) = match query {
        query if query.contains("next=c") => (20, ""),
        query if query.contains("next=b") => (10, "\"more\":true,\"next\":\"c\","),
        query if query.contains("added_after") => return "{}".to_owned(),
        _ => (0, "\"more\":true,\"next\":\"b\","),
    };
    let objects: Vec<String> = (first..first + 10).map(|n| indicator(n, Some("green"))).collect();
    format!("{{{next}\"objects\":[{}]}}", objects.join(","))
}
