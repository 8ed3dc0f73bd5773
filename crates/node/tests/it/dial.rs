//! Peers dialled where the configuration says.

use crate::node::Node;

#[test]
fn doctor_shows_where_a_peer_is_dialled_and_serve_refuses_a_stranger() {
    let (eu, us) = (Node::made("eu"), Node::made("us"));
    let plain = std::fs::read_to_string(eu.path("entente.toml")).expect("read");
    let party =
        us.run(&["party", "list", "--json"]).well().json()[0]["party"].as_str().expect("an id").to_owned();
    let peers = format!("[[link.peers]]\nparty = \"{party}\"\naddress = \"10.9.8.7:8602\"\n");
    eu.write("entente.toml", &format!("{plain}{peers}"));

    let refused = eu.run(&["serve"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    let line = plain.lines().count() + 2;
    assert!(refused.err.contains(&format!("line {line}")) && refused.err.contains(&party), "{}", refused.err);
    let sick = eu.run(&["doctor", "--json"]).json();
    assert_eq!(sick["healthy"], false, "{sick}");

    let (card, fingerprint) = us.card();
    eu.run(&["party", "trust", &card, "--fingerprint", &fingerprint]).well();
    let told = eu.run(&["doctor"]).out;
    assert!(told.contains("us: dialled at 10.9.8.7:8602, its card says none"), "{told}");
}
