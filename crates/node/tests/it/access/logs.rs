//! What a log never holds, and what nobody can write into it.
#![expect(clippy::disallowed_methods, reason = "these tests run the binary itself")]

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};

use super::house::PASSWORD;
use super::web;
use crate::node::Node;
use crate::objects::indicator;
use crate::share::{agreed, writer};

/// A node whose whole log is kept.
struct Heard {
    child: Child,
    address: String,
    lines: Receiver<String>,
    log: Vec<String>,
}

impl Heard {
    fn start(node: &Node, format: &str, filter: &str) -> Self {
        let config = std::fs::read_to_string(node.path("entente.toml")).expect("read");
        node.write("entente.toml", &format!("{config}[log]\nformat = \"{format}\"\nfilter = \"{filter}\"\n"));
        let mut child = node.command(&["serve"]).stderr(Stdio::piped()).spawn().expect("it starts");
        let stderr = child.stderr.take().expect("its log");
        let (tell, lines) = channel();
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).split(b'\n').map_while(Result::ok) {
                let _ = tell.send(String::from_utf8_lossy(&line).into_owned()); // the test may be over
            }
        });
        let mut log = Vec::new();
        let address = loop {
            let line = lines.recv().expect("it says where it serves");
            let at = line
                .split("http=")
                .nth(1)
                .or_else(|| line.split("\"http\":\"").nth(1))
                .map(|rest| rest.split([' ', '"']).next().unwrap_or_default().to_owned());
            log.push(line);
            if let Some(at) = at {
                break at;
            }
        };
        Self { child, address, lines, log }
    }

    /// Ends the node; everything it wrote.
    fn end(mut self) -> Vec<String> {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
        assert!(self.child.wait().expect("it ends").success());
        self.log.extend(self.lines.iter());
        self.log
    }
}

#[test]
fn no_password_token_cookie_key_or_protected_text_is_ever_logged_at_the_finest_level() {
    let (eu, _us) = agreed();
    eu.write("password", PASSWORD);
    eu.run(&["account", "add", "duty", "--role", "officer", "--password-file", &eu.arg("password")]).well();
    let token = writer(&eu);
    let heard = Heard::start(&eu, "json", "trace");
    let at = heard.address.clone();
    let body = format!("user=duty&password={}", PASSWORD.replace(' ', "+"));
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = web::send(&at, "POST", "/login", &form, body.as_bytes());
    let session = answer.cookie().expect("a cookie").to_owned();
    let wrong = web::send(&at, "POST", "/login", &form, b"user=duty&password=hunter2hunter2");
    assert_eq!(wrong.status, 401);
    let cookie = format!("entente={session}");
    let page = web::send(&at, "GET", "/exchange/import", &[("Cookie", &cookie)], b"");
    let csrf = page
        .body
        .split_once("name=\"csrf\" value=\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .expect("a form")
        .0;
    let taxii = "application/taxii+json;version=2.1";
    let bearer = format!("Bearer {token}");
    let document = format!("{{\"objects\":[{}]}}", indicator(42, Some("red")));
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", taxii), ("Accept", taxii)];
    let path = "/taxii2/pilot/collections/objects/objects/";
    assert_eq!(web::send(&at, "POST", path, &headers, document.as_bytes()).status, 202);
    let import = format!("csrf={csrf}&document=%7B%22secret%22%3A%22lilac-heron%22%7D");
    web::send(&at, "POST", "/exchange/import", &[form[0], ("Cookie", &cookie)], import.as_bytes());
    // A request that breaks HTTP is logged, with why; what it carried is not.
    web::say(&at, format!("GET / HTTP/1.1\r\nAuthorization: {bearer}\r\nbroken\r\n\r\n").as_bytes());
    let key = std::fs::read_to_string(eu.path("data/real/keys/party.key")).expect("the keys");
    let log = heard.end().join("\n");
    assert!(log.contains("connection ended"), "the finest level is on: {log}");
    for told in ["\"signed in\"", "\"sign-in refused\"", "\"account\":\"duty\""] {
        assert!(log.contains(told), "{told} is not logged: {log}");
    }
    let keys = key.lines().flat_map(|line| line.split_whitespace()).filter(|word| word.len() > 30);
    let secrets =
        [PASSWORD, "correct+horse", "hunter2", &token, &session, csrf, "198.51.100.42", "lilac-heron"];
    for secret in secrets.into_iter().chain(keys) {
        let line = log.lines().find(|line| line.contains(secret));
        assert!(line.is_none(), "a secret is logged: {line:?}");
    }
}

#[test]
fn nobody_writes_lines_of_their_own_into_the_log() {
    for format in ["text", "json"] {
        let node = Node::made("ecsc");
        let heard = Heard::start(&node, format, "trace");
        let forged = "%0a2026-11-27T00:00:00Z ERROR forged%1b%5b31m".replace(' ', "%20");
        for path in ["/x?q=", "/taxii2/", "/ledger/records/", "/exchange/objects/", "/login?next="] {
            web::send(&heard.address, "GET", &format!("{path}{forged}"), &[], b"");
        }
        let body = format!("user={forged}&password={forged}");
        web::send(&heard.address, "POST", "/login", &[], body.as_bytes());
        web::send(
            &heard.address,
            "GET",
            "/",
            &[("Accept-Language", "\x1b[31m"), ("User-Agent", "a\tb")],
            b"",
        );
        for line in heard.end() {
            assert!(!line.starts_with("2026-11-27T00:00:00Z ERROR forged"), "{line}");
            assert!(!line.contains('\u{1b}'), "a control character in the log: {line:?}");
            if format == "json" {
                assert!(serde_json::from_str::<serde_json::Value>(&line).is_ok(), "no JSON: {line:?}");
            }
        }
    }
}

#[test]
fn who_is_refused_over_taxii_is_written_down_with_address_and_path_and_without_what_they_sent() {
    let (eu, _us) = agreed();
    let rights = ["--relation", "organisation", "--clearance", "green", "--agreement", "pilot", "--json"];
    let add = [&["party", "consumer", "add", "reader"], &rights[..]].concat();
    let token = eu.run(&add).well().json()["token"].as_str().expect("a token").to_owned();
    let heard = Heard::start(&eu, "json", "info");
    let (taxii, objects) =
        ("application/taxii+json;version=2.1", "/taxii2/pilot/collections/objects/objects/");
    let ask = |method: &str, path: &str, token: &str| {
        let bearer = format!("Bearer {token}");
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", taxii), ("Accept", taxii)];
        web::send(&heard.address, method, path, &headers, b"{}").status
    };
    assert_eq!(ask("GET", "/taxii2/%1b%5b31mforged%0a/", "lilac-heron"), 401);
    assert_eq!(ask("POST", objects, &token), 403);
    assert_eq!(ask("GET", "/taxii2/", &token), 200);
    let log = heard.end();
    let refused: Vec<serde_json::Value> = log
        .iter()
        .filter(|line| line.contains("taxii request refused"))
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let [stranger, reader] = refused.as_slice() else { panic!("two were refused: {refused:?}") };
    let told = |line: &serde_json::Value| {
        ["consumer", "method", "status", "left_out"].map(|name| line[name].to_string())
    };
    assert_eq!(told(stranger), ["\"unknown\"", "\"GET\"", "401", "0"]);
    assert_eq!(told(reader), ["\"reader\"", "\"POST\"", "403", "0"]);
    assert!(reader.to_string().contains(objects) && reader.to_string().contains("127.0.0.1"), "{reader}");
    let whole = log.join("\n");
    assert!(
        !whole.contains("lilac-heron") && !whole.contains(&token) && !whole.contains('\u{1b}'),
        "{whole}"
    );
}
