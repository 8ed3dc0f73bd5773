//! Pulling from another node, as an operator does it.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::atomic::Ordering;

use crate::feed::Feed;
use crate::node::{Node, Said};
use crate::objects::{indicator, lines};
use crate::run::Running;
use crate::share::agreed;

/// A node that serves objects to the consumer `soc`, whose token is returned, and one that wants them.
fn serving() -> (Running, Node, Node, String) {
    let (eu, us) = agreed();
    eu.write("feed.ndjson", &lines(&(0..25).map(|n| indicator(n, Some("green"))).collect::<Vec<_>>()));
    eu.run(&["exchange", "import", &eu.arg("feed.ndjson"), "--under", "pilot"]).well();
    let consumer = ["--relation", "organisation", "--clearance", "amber", "--agreement", "pilot"];
    let added =
        eu.run(&[&["party", "consumer", "add", "soc"], &consumer[..], &["--json"]].concat()).well().json();
    let token = added["token"].as_str().expect("a token").to_owned();
    (Running::start(&eu), eu, us, token)
}

fn secret(node: &Node, name: &str, text: &str) -> String {
    node.write(name, text);
    std::fs::set_permissions(node.path(name), std::fs::Permissions::from_mode(0o600)).expect("chmod");
    node.arg(name)
}

#[test]
fn a_node_pulls_what_is_new_and_says_so() {
    let (running, _eu, us, token) = serving();
    let url = format!("http://{}/taxii2/", running.address);
    let token = secret(&us, "token", &format!("{token}\n"));
    let pull = |more: &[&str]| -> Said {
        us.run(&[&["exchange", "pull", &url, "--once", "--limit", "10", "--json"], more].concat())
    };
    let closed = pull(&["--token-file", &token]);
    assert!(closed.code == 1 && closed.err.contains("[outbound] allow"), "{}", closed.err);

    let config = std::fs::read_to_string(us.path("entente.toml")).expect("read");
    us.write("entente.toml", &format!("{config}[outbound]\nallow = [\"127.0.0.1\"]\n"));
    assert!(us.run(&["doctor"]).well().out.contains("127.0.0.1"));
    let first = pull(&["--token-file", &token, "--under", "pilot"]).well().json();
    assert_eq!(
        (&first["accepted"], &first["pages"], &first["complete"]),
        (&25.into(), &3.into(), &true.into())
    );
    let second = pull(&["--user", "soc", "--password-file", &token, "--under", "pilot"]).well().json();
    assert_eq!((&second["accepted"], &second["known"], &second["pages"]), (&0.into(), &0.into(), &1.into()));
    assert_eq!(second["added_after"], first["added_after"]);

    let wrong = secret(&us, "wrong", "nonsense\n");
    let denied = pull(&["--token-file", &wrong]);
    assert!(denied.code == 1 && denied.err.contains("does not let us in (401"), "{}", denied.err);
    let kept = us.run(&["exchange", "export", "--under", "pilot"]).well();
    assert!(kept.err.contains("25 objects"), "{}", kept.err);
    running.stop();
}

#[test]
fn a_secret_that_others_can_read_and_a_url_that_is_none_are_refused() {
    let us = Node::made("us");
    us.write("token", "abc\n");
    let pull = |arguments: &[&str]| us.run(&[&["exchange", "pull", "--once"], arguments].concat());
    let exposed = pull(&["https://a.example", "--token-file", &us.arg("token")]);
    assert!(exposed.code == 2 && exposed.err.contains("chmod 600"), "{}", exposed.err);
    assert_eq!(pull(&["a.example"]).code, 2);
    assert_eq!(pull(&["https://user:password@a.example"]).code, 2);
    assert_eq!(pull(&["https://a.example", "--user", "x"]).code, 2);
}

#[test]
fn a_pull_killed_in_the_middle_goes_on_with_the_next_page() {
    let (feed, us) = (Feed::start(), Node::made("us"));
    let config = std::fs::read_to_string(us.path("entente.toml")).expect("read");
    us.write("entente.toml", &format!("{config}[outbound]\nallow = [\"127.0.0.1\"]\n"));
    let pull = ["exchange", "pull", &feed.collection, "--once", "--json"];
    let mut child = us.command(&pull).spawn().expect("it starts");
    assert_eq!(feed.until_asked("next=c").len(), 3);
    child.kill().expect("killed without warning");
    child.wait().expect("gone");
    us.run(&["ledger", "verify"]).well();

    feed.stalls.store(false, Ordering::SeqCst);
    let rest = us.run(&pull).well().json();
    assert_eq!((&rest["resumed"], &rest["pages"]), (&true.into(), &1.into()), "{rest}");
    assert_eq!((&rest["accepted"], &rest["known"]), (&10.into(), &0.into()), "{rest}");
    assert_eq!(feed.until_asked("next=c"), ["limit=5000&next=c"]);
    assert_eq!(us.run(&pull).well().json()["accepted"], 0);
    assert_eq!(feed.until_asked("added_after").len(), 1);
    let kept = us.run(&["exchange", "export"]).well();
    assert!(kept.err.contains("30 objects"), "{}", kept.err);
}

#[test]
fn a_watch_ends_when_only_a_person_can_help() {
    let (running, _eu, us, _token) = serving();
    let config = std::fs::read_to_string(us.path("entente.toml")).expect("read");
    us.write("entente.toml", &format!("{config}[outbound]\nallow = [\"127.0.0.1\"]\n"));
    let wrong = secret(&us, "wrong", "nonsense\n");
    let url = format!("http://{}/taxii2/", running.address);
    let ended = us.run(&["exchange", "pull", &url, "--token-file", &wrong]);
    assert!(ended.code == 1 && ended.err.contains("401"), "{}", ended.err);
    running.stop();
}

#[test]
fn a_serving_node_pulls_what_its_configuration_names() {
    let (feed, us) = (Feed::start(), Node::made("us"));
    feed.stalls.store(false, Ordering::SeqCst);
    let config = std::fs::read_to_string(us.path("entente.toml")).expect("read");
    let pull = format!("[[pull]]\nurl = \"{}\"\nmarking = \"GREEN\"\n", feed.collection);
    us.write("entente.toml", &format!("{config}[outbound]\nallow = [\"127.0.0.1\"]\n{pull}every_s = 1\n"));
    us.run(&["config", "check"]).well();
    assert!(us.run(&["doctor"]).well().out.contains(&format!("pull: {}", feed.collection)));
    let running = Running::start(&us);
    // The second walk begins only after the first came to its end.
    feed.until_asked("added_after");
    running.stop();
    let kept = us.run(&["exchange", "export"]).well();
    assert!(kept.err.contains("30 objects"), "{}", kept.err);
}
