//! Two nodes of one party that both believe they hold the lease: whoever is to be told is told once, under one id.
//!
//! What there is to tell are clocks of the law that run out within the hour. A watched search would say the same, two minutes
//! after its hit: it is asked by the same holder and goes out by the same door.
#![expect(
    clippy::disallowed_methods,
    reason = "this test receives webhooks, and looks into the ledger of the node"
)]

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use model::time::SignedDuration;
use rusqlite::Connection;
use serde_json::Value;

use super::{browse, give_keys, linked, sign_in};
use crate::away::{free_port, wait};
use crate::node::Node;
use crate::run::Running;
use crate::servers::Servers;

/// One message: its id, and the notices in it.
type Message = (String, Vec<String>);

/// Takes every POST, and keeps what it said.
struct Receiver {
    port: u16,
    came: Arc<Mutex<Vec<Message>>>,
}

impl Receiver {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let receiver = Self { port, came: Arc::default() };
        let came = Arc::clone(&receiver.came);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let came = Arc::clone(&came);
                thread::spawn(move || while take(&stream, &came).is_some() {});
            }
        });
        receiver
    }

    fn messages(&self) -> Vec<Message> {
        self.came.lock().expect("nobody panics").clone()
    }

    /// The notices that came, each as often as it did.
    fn notices(&self) -> Vec<String> {
        self.messages().into_iter().flat_map(|(_, notices)| notices).collect()
    }
}

/// One request of a connection; nothing when it has ended.
fn take(mut stream: &TcpStream, came: &Mutex<Vec<Message>>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let (mut id, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        match line.split_once(": ") {
            Some((name, value)) if name.eq_ignore_ascii_case("webhook-id") => id = value.to_owned(),
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.parse().ok()?
            }
            _ if line.is_empty() => break,
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let said: Value = serde_json::from_slice(&body).ok()?;
    let notices = said["data"]["notices"].as_array()?.iter();
    let notices = notices.map(|notice| notice["reference"].as_str().unwrap_or_default().to_owned());
    came.lock().expect("nobody panics").push((id, notices.collect()));
    stream.write_all(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n").ok()
}

/// A node of the party with the cluster as its ledger, and webhooks.
fn node(url: &str, first: bool) -> Node {
    let node = linked("eu", free_port(), Some(url), first);
    let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
    node.write(
        "entente.toml",
        &format!("{config}[outbound]\nallow = [\"127.0.0.1\"]\n[webhook]\non = true\n"),
    );
    node
}

/// Marta is told by webhook from now on, by the forms of her account; her cookie, which is good on every node.
fn tell_marta(running: &Running, port: u16) -> String {
    let cookie = sign_in(running, "marta").expect("signed in");
    let page = browse(running, "GET", "/account/notices", &format!("Cookie: {cookie}\r\n"), "");
    let csrf = page.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let csrf = ui::query::encode(csrf.expect("a form"));
    let send = |path: &str, fields: &str, status: &str| {
        let head = format!(
            "Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nOrigin: http://{}\r\n\
             Sec-Fetch-Site: same-origin\r\n",
            running.address
        );
        let answer = browse(running, "POST", path, &head, &format!("csrf={csrf}&{fields}"));
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {answer}");
    };
    send("/account/notices/webhook", &format!("url=http%3A%2F%2F127.0.0.1%3A{port}%2Fhook"), "200");
    let wishes = "mail=off&webhook=low&language=en&quiet_from=&quiet_until=&digest=off&digest_at=&clock_h=4";
    send("/account/notices", wishes, "303");
    cookie
}

/// An incident with half an hour left on the clock of Article 33 GDPR.
fn open_incident(node: &Node, name: &str) {
    let by = ["--by", "marta"];
    let said = node.run(&[&["notify", "incident", "open", name][..], &by].concat()).well().out;
    let id = said.split_whitespace().find(|word| word.starts_with("incident:")).expect("an id").to_owned();
    let applies = ["notify", "incident", "determine", &id, "applies GDPR", "--outcome", "yes"];
    node.run(&[&applies[..], &["--rationale", "clients"], &by].concat()).well();
    let aware = model::time::millis(desk::edge::now() - SignedDuration::from_mins(71 * 60 + 30));
    node.run(&[&["notify", "incident", "fact", &id, "aware", &aware][..], &by].concat()).well();
}

/// Records of a kind in the ledger of a node.
fn records(node: &Node, kind: &str) -> usize {
    let Ok(ledger) = Connection::open(node.path("data/real/ledger.db")) else { return 0 };
    let count = "SELECT count(*) FROM entry WHERE instr(header, CAST(?1 AS BLOB)) > 0";
    ledger.query_row(count, [kind], |row| row.get::<_, i64>(0)).map_or(0, |count| count as usize)
}

/// The notices that stand in the console of a node as delivered.
fn delivered(running: &Running, cookie: &str) -> usize {
    let page = browse(running, "GET", "/notices", &format!("Cookie: {cookie}\r\n"), "");
    page.matches("delivered").count()
}

#[test]
fn a_holder_that_was_stopped_past_its_lease_and_goes_on_tells_nothing_anew() {
    let folder = tempfile::tempdir().expect("a folder");
    let servers = Servers::one(folder.path());
    let url = servers.address("eu");
    let receiver = Receiver::start();
    let (first, second, desk) = (node(&url, true), node(&url, false), node(&url, false));
    give_keys(&first, &second);
    give_keys(&first, &desk);

    let one = Running::start(&first);
    let cookie = tell_marta(&one, receiver.port);
    one.stop();
    open_incident(&first, "Records of Port Meridian");
    let one = Running::start(&first);
    wait("the first node, which holds the lease, tells it", || receiver.notices().len() == 1);
    let two = Running::start(&second);
    wait("the second knows that it was told", || delivered(&two, &cookie) == 1);

    // Whoever takes the lease reminds and tells at once. The one that was stopped goes on with every loop that it was in.
    for (n, (stopped, goes_on, folders)) in
        [(&one, &two, [&first, &second]), (&two, &one, [&second, &first])].into_iter().enumerate()
    {
        let told = n + 2;
        stopped.signal("STOP");
        open_incident(&desk, &format!("Files of ferry {n}"));
        wait("the other node has the lease and tells it", || receiver.notices().len() >= told);
        wait("it stands there as told", || delivered(goes_on, &cookie) == told);
        stopped.signal("CONT");
        wait("the one that was stopped knows it too", || delivered(stopped, &cookie) == told);
        wait("its ledger has every receipt", || {
            folders.iter().all(|node| records(node, "notice.receipt.v1") >= told)
        });
    }
    one.stop();
    two.stop();
    let (messages, notices) = (receiver.messages(), receiver.notices());
    let once: BTreeSet<_> = notices.iter().collect();
    assert_eq!(once.len(), 3, "one notice for each incident: {messages:?}");
    // A node that is stopped between the message and its note lets the other try again: with the same id, by which whoever
    // receives it knows it.
    let messages: BTreeSet<_> = messages.into_iter().collect();
    assert_eq!(messages.len(), 3, "no notice comes in a second message: {messages:?}");
    for node in [&first, &second] {
        assert_eq!(records(node, "notify.reminder.v1"), 3, "each clock reminded once");
        assert_eq!(records(node, "notice.receipt.v1"), 3, "each message has one receipt");
    }
}
