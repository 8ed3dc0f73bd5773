//! An EU body and a NATO body sign the profile EU–NATO; what flows starts, changes and stops exactly when it says.

use serde_json::Value;

use crate::node::Node;

/// Carries everything that `from` may give over to `to`, by file.
fn carry(from: &Node, to: &Node, short: &str, name: &str) {
    from.run(&["link", "export", "--for", short, &from.arg(name)]).well();
    to.run(&["link", "import", &from.arg(name)]).well();
}

fn made(short: &str, side: &str, role: &str) -> Node {
    let node = Node::configured(short);
    let text = std::fs::read_to_string(node.path("entente.toml")).expect("readable");
    let text = text.replace("side = \"EU\"", &format!("side = \"{side}\"")).replace("agency", role);
    node.write("entente.toml", &text);
    node.run(&["init"]).well();
    node
}

fn trust(node: &Node, other: &Node) {
    let (card, fingerprint) = other.card();
    node.run(&["party", "trust", &card, "--fingerprint", &fingerprint]).well();
}

struct Both {
    eu: Node,
    nato: Node,
    letters: std::cell::Cell<u32>,
}

impl Both {
    fn met() -> Self {
        let both =
            Self { eu: made("cert", "EU", "csirt"), nato: made("ncsc", "US", "nato"), letters: 0.into() };
        trust(&both.eu, &both.nato);
        trust(&both.nato, &both.eu);
        both
    }

    fn propose(&self, more: &[&str]) {
        let profile = ["accord", "propose", "--profile", "eu-nato", "--name", "technical", "--party", "ncsc"];
        self.eu.run(&[&profile, more].concat()).well();
    }

    fn sign(&self, node: &Node) {
        node.run(&["accord", "sign", "technical", "--signatory", "A Director"]).well();
    }

    fn letter(&self) -> String {
        self.letters.set(self.letters.get() + 1);
        format!("{}.link", self.letters.get())
    }

    fn to_nato(&self) {
        carry(&self.eu, &self.nato, "ncsc", &self.letter());
    }

    fn to_eu(&self) {
        carry(&self.nato, &self.eu, "cert", &self.letter());
    }

    /// State and its reason at an instant.
    fn state(&self, at: &str) -> Value {
        self.eu.run(&["accord", "show", "technical", "--json", "--at", at]).well().json()["state"].clone()
    }

    /// Whether an indicator would go to the NATO body at an instant, and why not.
    fn flows(&self, marking: &str, at: &str) -> Value {
        let asked = ["share", "dry-run", "--type", "indicator", "--under", "technical", "--json"];
        let said = self.eu.run(&[&asked[..], &["--marking", marking, "--at", at]].concat()).well().json();
        said["receivers"][0]["reason"].clone()
    }
}

const NONE: Value = Value::Null;

#[test]
fn it_starts_changes_and_stops_at_the_instants_it_says() {
    let both = Both::met();
    both.propose(&["--from", "2040-01-01T00:00:00Z", "--until", "2041-01-01T00:00:00Z"]);
    both.sign(&both.eu);
    both.to_nato();
    let waiting = both.state("2040-06-01T00:00:00Z");
    assert_eq!(waiting["reason"], "agreement-unsigned");
    assert_eq!(waiting["unsigned"].as_array().map(Vec::len), Some(1), "{waiting}");
    both.sign(&both.nato);
    both.to_eu();

    assert_eq!(both.flows("amber", "2039-12-31T23:59:59.999999Z"), "agreement-not-yet-active");
    assert_eq!(both.flows("amber", "2040-01-01T00:00:00Z"), NONE);
    assert_eq!(both.flows("amber", "2040-12-31T23:59:59.999999Z"), NONE);
    assert_eq!(both.flows("amber", "2041-01-01T00:00:00Z"), "agreement-expired");
    assert_eq!(both.flows("amber+strict", "2040-06-01T00:00:00Z"), "above-grant");
    let before = both.state("2039-06-01T00:00:00Z");
    assert_eq!(
        (&before["reason"], &before["changes_at"]),
        (&"agreement-not-yet-active".into(), &"2040-01-01T00:00:00Z".into())
    );
    let during = both.state("2040-06-01T00:00:00Z");
    assert_eq!((&during["version_in_force"], &during["reason"]), (&1.into(), &NONE));
    assert_eq!(during["changes_at"], "2041-01-01T00:00:00Z");
    assert_eq!(both.state("2042-01-01T00:00:00Z")["changes_at"], NONE, "it never comes back by itself");

    // An amendment widens nothing until all have signed again.
    both.propose(&[
        "--from",
        "2040-01-01T00:00:00Z",
        "--until",
        "2042-01-01T00:00:00Z",
        "--up-to",
        "amber+strict",
    ]);
    both.sign(&both.eu);
    both.to_nato();
    assert_eq!(both.flows("amber+strict", "2040-06-01T00:00:00Z"), "above-grant");
    assert_eq!(both.state("2040-06-01T00:00:00Z")["version_in_force"], 1);
    both.sign(&both.nato);
    both.to_eu();
    assert_eq!(both.flows("amber+strict", "2040-06-01T00:00:00Z"), NONE);
    assert_eq!(both.flows("amber", "2041-06-01T00:00:00Z"), NONE, "the amendment lasts longer");
    assert_eq!(both.state("2041-06-01T00:00:00Z")["version_in_force"], 2);

    // The other side leaves, from an instant to come.
    let leave =
        ["accord", "withdraw", "technical", "--reason", "reorganised", "--effective", "2041-03-01T00:00:00Z"];
    both.nato.run(&leave).well();
    both.to_eu();
    assert_eq!(both.flows("amber", "2041-02-28T23:59:59.999999Z"), NONE);
    assert_eq!(both.flows("amber", "2041-03-01T00:00:00Z"), "agreement-withdrawn");
    let left = both.state("2041-02-01T00:00:00Z");
    assert_eq!((&left["version_in_force"], &left["changes_at"]), (&2.into(), &"2041-03-01T00:00:00Z".into()));
    assert_eq!(both.state("2041-03-01T00:00:00Z")["reason"], "agreement-withdrawn");
}

#[test]
fn what_is_published_stays_in_the_receiving_organisation_and_classified_goes_nowhere() {
    let both = Both::met();
    both.propose(&["--until", "2041-01-01T00:00:00Z"]);
    both.sign(&both.eu);
    both.to_nato();
    both.sign(&both.nato);
    both.to_eu();
    let indicator = |n: u32, marking: &str| {
        format!(
            "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"indicator--00000000-0000-4000-8000-{n:012}\",\
             \"created\":\"2026-11-01T00:00:00.000Z\",\"modified\":\"2026-11-01T00:00:00.000Z\",\
             \"pattern\":\"[ipv4-addr:value = '192.0.2.{n}']\",\"pattern_type\":\"stix\",\
             \"valid_from\":\"2026-11-01T00:00:00Z\",\"object_marking_refs\":[\"{marking}\"]}}"
        )
    };
    let restricted = "marking-definition--00000000-0000-4000-8000-00000000c1a5";
    let green = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb";
    let bundle = format!(
        "{{\"type\":\"bundle\",\"id\":\"bundle--00000000-0000-4000-8000-000000000001\",\"objects\":[{},{},\
         {{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"{restricted}\",\
         \"created\":\"2026-11-01T00:00:00.000Z\",\"definition_type\":\"statement\",\
         \"definition\":{{\"statement\":\"RESTREINT UE/EU RESTRICTED\"}}}}]}}",
        indicator(51, green),
        indicator(52, restricted)
    );
    both.eu.write("both.json", &bundle);
    both.eu.run(&["exchange", "import", &both.eu.arg("both.json"), "--under", "technical"]).well();
    both.to_nato();
    assert!(both.nato.holds("192.0.2.51'"), "the unclassified one arrives");
    assert!(!both.nato.holds("192.0.2.52'"), "a marking that is no TLP releases nothing");
    // The receiver may not serve it to anybody else, not even to its clients.
    let add = [
        "party",
        "consumer",
        "add",
        "ally",
        "--relation",
        "client",
        "--clearance",
        "red",
        "--agreement",
        "technical",
    ];
    both.nato.run(&add).well();
    let size = both.nato.run(&["link", "export", "--for", "cert", &both.nato.arg("n.link")]).well();
    assert!(size.out.contains("records"));
    let record = (0..40)
        .find(|at| {
            let said = both.nato.run(&["ledger", "show", &at.to_string(), "--party", "cert"]);
            said.out.contains("192.0.2.51'")
        })
        .expect("the record");
    let shown =
        both.nato.run(&["ledger", "show", &record.to_string(), "--party", "cert", "--json"]).well().json();
    let id = shown["record"].as_str().expect("an id");
    let told = both.nato.run(&["share", "explain", id, "--to", "ally", "--json"]).well().json();
    assert!(told.to_string().contains("onward-not-granted"), "{told}");
}

#[test]
fn the_profile_is_for_eu_and_nato_bodies_and_fixes_what_it_says() {
    let (eu, other, nato) =
        (made("cert", "EU", "csirt"), made("cisa", "US", "agency"), made("ncsc", "US", "nato"));
    trust(&eu, &other);
    trust(&eu, &nato);
    let ask = |more: &[&str]| {
        let profile = [
            "accord",
            "propose",
            "--profile",
            "eu-nato",
            "--name",
            "technical",
            "--until",
            "2041-01-01T00:00:00Z",
        ];
        eu.run(&[&profile, more].concat())
    };
    assert!(ask(&["--party", "cisa"]).err.contains("neither on the side of the EU nor a NATO body"));
    assert_ne!(ask(&[]).code, 0, "nobody agrees alone");
    assert!(ask(&["--party", "ncsc", "--up-to", "red"]).err.contains("at most AMBER+STRICT"));
    assert!(eu.run(&["accord", "propose", "--profile", "other", "--name", "x"]).err.contains("use eu-nato"));
    ask(&["--party", "ncsc"]).well();
    let shown = eu.run(&["accord", "show", "technical", "--json"]).well().json();
    let agreement = &shown["agreement"];
    assert_eq!(agreement["grants"][0]["onward"], "organisation");
    assert_eq!(agreement["grants"][0]["what"], serde_json::json!([{"kind": "exchange.object.v1"}]));
    assert_eq!(agreement["commitments"].as_array().map(Vec::len), Some(2));
    assert!(agreement["text"]["en"].as_str().expect("text").contains("Unclassified only"));
    assert!(agreement["text"]["fr"].as_str().expect("text").contains("Non classifié uniquement"));
}
