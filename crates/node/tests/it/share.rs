//! Two nodes without a network: an agreement by file, and the verdict explained.

use crate::node::Node;

const AGREEMENT: &str = r#"
id = "agreement:0192f0c1-2f00-7000-8000-000000000001"
version = 1
name = "pilot"
title = { en = "Pilot", fr = "Pilote" }
text = { en = "Both share.", fr = "Les deux partagent." }
active_from = "2026-01-01T00:00:00Z"
active_until = "2036-01-01T00:00:00Z"
"#;

fn id_of(node: &Node, short: &str) -> String {
    let shown = node.run(&["party", "show", short, "--json"]).well().json();
    shown["party"].as_str().expect("an id").to_owned()
}

/// Carries everything that `from` may give over to `to`, by file.
pub fn carry(from: &Node, to: &Node, short: &str, name: &str) {
    from.run(&["link", "export", "--for", short, &from.arg(name)]).well();
    to.run(&["link", "import", &from.arg(name)]).well();
}

pub fn agreed() -> (Node, Node) {
    agree(Node::made("eu"), Node::made("us"))
}

/// The same between these nodes.
pub fn agree(eu: Node, us: Node) -> (Node, Node) {
    for (node, other) in [(&eu, &us), (&us, &eu)] {
        let (card, fingerprint) = other.card();
        node.run(&["party", "trust", &card, "--fingerprint", &fingerprint]).well();
    }
    let party = |short: &str| {
        format!("[[parties]]\nparty = \"{}\"\nname = \"{short}\"\nrole = \"agency\"\n", id_of(&eu, short))
    };
    let grant = "[[grants]]\nwhat = [\"everything\"]\nup_to = \"AMBER\"\nonward = \"as-marked\"\n\
                 purpose = { en = \"Defence.\", fr = \"Défense.\" }\n";
    eu.write("pilot.toml", &format!("{AGREEMENT}{}{}{grant}", party("eu"), party("us")));
    eu.run(&["accord", "propose", &eu.arg("pilot.toml")]).well();
    eu.run(&["accord", "sign", "pilot", "--signatory", "Marta Lindqvist, Director"]).well();
    carry(&eu, &us, "us", "first.link");
    us.run(&["accord", "sign", "pilot", "--signatory", "Daniel Okafor, Director"]).well();
    carry(&us, &eu, "eu", "first.link");
    (eu, us)
}

#[test]
fn an_agreement_signed_by_file_decides_who_would_receive_what() {
    let (eu, us) = agreed();
    for node in [&eu, &us] {
        let list = node.run(&["accord", "list", "--json"]).well().json();
        assert_eq!((&list[0]["standing"], &list[0]["signed"]), (&"in-force".into(), &2.into()), "{list}");
    }
    let added = [
        "party",
        "consumer",
        "add",
        "soc",
        "--relation",
        "client",
        "--clearance",
        "green",
        "--agreement",
        "pilot",
    ];
    assert!(eu.run(&added).well().out.contains("token"));
    let ask = |marking: &str| {
        let said = eu.run(&[
            "share",
            "dry-run",
            "--type",
            "indicator",
            "--marking",
            marking,
            "--under",
            "pilot",
            "--json",
        ]);
        let said = said.well().json();
        let of =
            |n: usize| (said["receivers"][n]["released"] == true, said["receivers"][n]["reason"].clone());
        (of(0), of(1))
    };
    assert_eq!(ask("green"), ((true, serde_json::Value::Null), (true, serde_json::Value::Null)));
    assert_eq!(ask("amber"), ((true, serde_json::Value::Null), (false, "above-clearance".into())));
    assert_eq!(ask("red").0, (false, "red-without-recipients".into()));
    eu.run(&["party", "consumer", "close", "soc"]).well();

    let explain = |lang: &str| eu.run(&["share", "explain", "0", "--to", "us", "--lang", lang]).well().out;
    assert!(explain("en").contains("withheld, "), "{}", explain("en"));
    assert_ne!(explain("en"), explain("fr"));
    eu.run(&["accord", "withdraw", "pilot", "--reason", "end of the pilot"]).well();
    assert_eq!(ask("green").0, (false, "agreement-withdrawn".into()));
    assert_eq!(eu.run(&["accord", "show", "pilot", "--json"]).well().json()["standing"], "withdrawn");
}

#[test]
fn explaining_at_another_party_tells_nothing_of_a_red_object_for_somebody_else() {
    let (eu, us) = agreed();
    let id = |n: u32| format!("indicator--00000000-0000-4000-8000-{n:012}");
    let red = format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"{}\",\"created\":\"2026-11-01T00:00:00.000Z\",\
         \"modified\":\"2026-11-01T00:00:00.000Z\",\"pattern\":\"[ipv4-addr:value = '192.0.2.1']\",\"pattern_type\":\"stix\",\
         \"valid_from\":\"2026-11-01T00:00:00Z\",\"object_marking_refs\":[\"marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1\"]}}",
        id(1)
    );
    eu.write("red.json", &red);
    eu.run(&["exchange", "import", &eu.arg("red.json"), "--under", "pilot", "--to", "eu"]).well();
    carry(&eu, &us, "us", "second.link");
    let asked = |n: u32| {
        let said = us.run(&["share", "explain", &id(n), "--to", "us"]);
        (said.code, said.out, said.err.replace(&id(n), "…"))
    };
    assert_eq!(asked(1), asked(2), "held as a hash, and never heard of, are the same");
    assert!(eu.run(&["share", "explain", &id(1), "--to", "us"]).well().out.contains("withheld"));
}

#[test]
fn a_stopped_link_is_told_by_doctor_in_both_languages_and_goes_on_by_command() {
    let (eu, _us) = agreed();
    let us = id_of(&eu, "us");
    assert!(!eu.run(&["doctor"]).out.contains("link resume"));
    // As the link's driver notes it; what stops a link is told in the stories of links.
    let stopped = r#"{"cause":"records","reason":"the records do not give the root","at_us":1}"#;
    let local = desk::local::Local::open(&eu.path("data/real/local.db")).expect("opened");
    local.set_cursor(&format!("stopped:{us}"), stopped).expect("noted");
    drop(local);
    for (lang, says) in
        [("en", "records that came are not those"), ("fr", "ne sont pas ceux que la partie a signés")]
    {
        let said = eu.run(&["doctor", "--lang", lang]);
        assert_eq!(said.code, 1);
        assert!(said.out.contains(says) && said.out.contains("entente link resume us"), "{}", said.out);
        assert!(said.out.contains("do not give the root"), "{}", said.out);
    }
    assert!(
        eu.run(&["link", "resume", "us"]).well().out.contains("goes on; it was stopped: the records do not")
    );
    assert!(eu.run(&["link", "resume", "us"]).well().out.contains("was not stopped"));
    assert!(!eu.run(&["doctor"]).out.contains("link resume"));
}

/// A bundle with one indicator for an address of its own.
fn bundle(n: u32) -> String {
    format!(
        "{{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-{n:012}\",\"objects\":[{{\"type\":\"indicator\",\
         \"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-{n:012}\",\"name\":\"Marker{n}Zebra\",\
         \"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\
         \"pattern\":\"[ipv4-addr:value = '192.0.2.{n}']\",\"pattern_type\":\"stix\",\
         \"valid_from\":\"2026-11-01T00:00:00Z\"}}]}}"
    )
}

#[test]
fn what_is_erased_is_in_no_file_any_more_at_its_author_and_at_the_one_who_erases_a_copy() {
    let (eu, us) = agreed();
    for n in [41, 42] {
        let name = format!("{n}.json");
        eu.write(&name, &bundle(n));
        eu.run(&["exchange", "import", &eu.arg(&name), "--marking", "green", "--under", "pilot"]).well();
    }
    carry(&eu, &us, "us", "erase.link");
    for node in [&eu, &us] {
        assert!(node.holds("192.0.2.41'") && node.holds("Marker41Zebra"));
    }
    let at = |node: &Node| {
        (0..40).find(|at| {
            let said = node.run(&["ledger", "show", &at.to_string(), "--party", "eu"]);
            said.out.contains("Marker41Zebra") && said.out.contains("exchange.object.v1")
        })
    };
    let place = at(&us).expect("the copy").to_string();
    let erase =
        ["ledger", "erase", &place, "--party", "eu", "--reason", "court order", "--by", "M. Lindqvist"];
    assert!(us.run(&erase).well().out.contains("Its author and other parties keep theirs"));
    assert_eq!(us.run(&erase).code, 1, "there is nothing left to erase");
    let gone = |node: &Node| !node.holds("192.0.2.41'") && !node.holds("Marker41Zebra");
    assert!(gone(&us), "the copy is gone");
    assert!(!gone(&eu), "the author has it still");
    eu.run(&["ledger", "erase", &place, "--reason", "recall", "--by", "M. Lindqvist"]).well();
    assert!(gone(&eu));
    for node in [&eu, &us] {
        node.run(&["ledger", "verify"]).well();
        assert!(node.holds("Marker42Zebra"), "what stands beside it stays");
    }
    // The erasure itself is on the record, and a session afterwards does not bring the body back.
    let shown = us.run(&["ledger", "show", &place, "--party", "eu", "--json"]).well().json();
    assert_eq!(shown["body_state"], "erased");
    carry(&eu, &us, "us", "again.link");
    assert!(gone(&us));
}

#[test]
fn a_group_decides_who_receives_and_only_its_author_knows_its_members() {
    let (eu, us) = agreed();
    let publish = |n: u32, group: &str| {
        let name = format!("{n}.json");
        eu.write(&name, &bundle(n));
        let arguments = [
            "exchange",
            "import",
            &eu.arg(&name),
            "--marking",
            "green",
            "--under",
            "pilot",
            "--group",
            group,
        ];
        eu.run(&arguments)
    };
    let holds = |n: u32| us.holds(&format!("192.0.2.{n}'"));
    let made = eu.run(&["party", "group", "create", "inner circle", "--json"]).well().json();
    let uuid = made["group"].as_str().expect("an id").to_owned();
    assert_eq!(eu.run(&["party", "group", "create", "inner circle"]).code, 1, "one name, one group");
    assert_ne!(publish(9, "unheard of").code, 0);
    publish(1, "inner circle").well();
    carry(&eu, &us, "us", "1.link");
    assert!(!holds(1), "nobody belongs to it yet");
    eu.run(&["party", "group", "add", "inner circle", "us"]).well();
    assert_ne!(eu.run(&["party", "group", "add", &uuid, "us"]).code, 0, "that changes nothing");
    let shown = eu.run(&["party", "group", "show", &uuid, "--json"]).well().json();
    assert_eq!((&shown["version"], &shown["members"][0]["short"]), (&2.into(), &"us".into()));
    publish(2, &uuid).well();
    carry(&eu, &us, "us", "2.link");
    assert!(holds(2));
    eu.run(&["party", "group", "remove", "inner circle", "us"]).well();
    publish(3, "inner circle").well();
    carry(&eu, &us, "us", "3.link");
    assert!(holds(2) && !holds(3), "what was received stays, nothing new comes");
    let list = eu.run(&["party", "group", "list", "--json"]).well().json();
    assert_eq!(
        (&list[0]["name"], list[0]["members"].as_array().map(Vec::len)),
        (&"inner circle".into(), Some(0))
    );
    assert_eq!(us.run(&["party", "group", "list", "--json"]).well().json(), serde_json::json!([]));
    assert!(!us.holds("inner circle"), "its name never leaves");
}

/// A consumer of `node` that reads and writes under the agreement of [`agreed`]; its token.
pub fn writer(node: &Node) -> String {
    let add = ["party", "consumer", "add", "soc", "--relation", "organisation", "--clearance", "red"];
    let added = node.run(&[&add[..], &["--agreement", "pilot", "--write", "--json"]].concat());
    added.well().json()["token"].as_str().expect("a token").to_owned()
}
