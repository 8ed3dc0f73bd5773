//! The STIX objects of the twins: what everybody with GREEN may see, and what is beyond it.

use model::Tlp;
use serde_json::{Value, json};

/// A word that occurs nowhere else, for one place.
pub fn canary(place: &str) -> String {
    format!("quorvex{place}")
}

/// Where such words stand.
pub const WORDS: [&str; 35] = [
    "heron",
    "alias",
    "actor",
    "malware",
    "victim",
    "technique",
    "place",
    "note",
    "report",
    "host",
    "unmarked",
    "campaign",
    "flaw",
    "theiralias",
    "theirs",
    "theirred",
    "narrowed",
    "retracted",
    "broken",
    "group",
    "accord",
    "title",
    "incident",
    "patient",
    "theirincident",
    "reporter",
    "narrowing",
    "retraction",
    "handover",
    "saved",
    "draft",
    "signatory",
    "snapshot",
    "watched",
    "whywatched",
];

const AT: &str = "2026-11-01T00:00:00.000Z";
const LATER: &str = "2026-11-02T00:00:00.000Z";

/// The id of the object number `n`.
pub fn id(kind: &str, n: u32) -> String {
    format!("{kind}--00000000-0000-4000-8000-{n:012}")
}

fn marked(mut object: Value, tlp: Option<Tlp>) -> Value {
    if let Some(tlp) = tlp {
        object["object_marking_refs"] = json!([formats::stix::id_of_tlp(tlp).to_string()]);
    }
    object
}

/// An object with these fields beside those that all have.
fn thing(kind: &str, n: u32, modified: &str, fields: &Value, tlp: Option<Tlp>) -> Value {
    let mut object = json!({
        "type": kind, "spec_version": "2.1", "id": id(kind, n), "created": AT, "modified": modified,
    });
    for (name, value) in fields.as_object().expect("fields") {
        object[name] = value.clone();
    }
    marked(object, tlp)
}

fn tie(n: u32, from: (&str, u32), relation: &str, to: (&str, u32), tlp: Tlp) -> Value {
    let fields = json!({
        "relationship_type": relation, "source_ref": id(from.0, from.1), "target_ref": id(to.0, to.1),
    });
    thing("relationship", n, AT, &fields, Some(tlp))
}

fn watched(n: u32, host: &str, tlp: Option<Tlp>) -> Value {
    let pattern = format!("[domain-name:value = '{host}.example']");
    let fields = json!({ "name": host, "pattern": pattern, "pattern_type": "stix", "valid_from": AT });
    thing("indicator", n, AT, &fields, tlp)
}

const ACTOR: (&str, u32) = ("intrusion-set", 1);
const TECHNIQUE: (&str, u32) = ("attack-pattern", 3);
const HOSPITAL: (&str, u32) = ("identity", 4);

fn technique(name: &str, n: u32, number: &str, tlp: Tlp) -> Value {
    let fields = json!({
        "name": name,
        "kill_chain_phases": [{ "kill_chain_name": "mitre-attack", "phase_name": "initial-access" }],
        "external_references": [{ "source_name": "mitre-attack", "external_id": number }],
    });
    thing("attack-pattern", n, AT, &fields, Some(tlp))
}

fn organisation(name: &str, n: u32, sector: &str, tlp: Tlp) -> Value {
    let fields = json!({ "name": name, "identity_class": "organization", "sectors": [sector] });
    thing("identity", n, AT, &fields, Some(tlp))
}

/// What both twins have of their own.
pub fn within() -> Vec<Value> {
    let green = Tlp::Green;
    let named = |name: &str| json!({ "name": name });
    vec![
        thing(ACTOR.0, ACTOR.1, AT, &json!({ "name": "Heron", "aliases": ["Grey Heron"] }), Some(green)),
        thing("malware", 2, AT, &json!({ "name": "Reedbed", "is_family": true }), Some(green)),
        technique("Phishing", TECHNIQUE.1, "T1566", green),
        organisation("Clinic of the north", HOSPITAL.1, "healthcare", green),
        thing("location", 5, AT, &json!({ "name": "France", "country": "FR" }), Some(green)),
        thing("vulnerability", 6, AT, &named("CVE-2026-0001"), Some(Tlp::Clear)),
        tie(11, ACTOR, "uses", ("malware", 2), green),
        tie(12, ACTOR, "uses", TECHNIQUE, green),
        tie(13, ACTOR, "targets", HOSPITAL, green),
        tie(14, HOSPITAL, "located-at", ("location", 5), green),
        tie(15, ("malware", 2), "exploits", ("vulnerability", 6), green),
        watched(21, "reedbed", Some(green)),
        tie(16, ("indicator", 21), "indicates", ACTOR, green),
    ]
}

/// What both twins have from the other party.
pub fn within_theirs() -> Vec<Value> {
    vec![thing(ACTOR.0, ACTOR.1, AT, &json!({ "name": "Heron as seen there" }), Some(Tlp::Green))]
}

/// What only one of the twins has; ids from 101 upward. AMBER+STRICT is what incidents, reports and the draft are.
pub fn beyond() -> Vec<Value> {
    let amber = Tlp::Amber;
    let secret = ("intrusion-set", 101);
    let victim = ("identity", 103);
    let newer = json!({ "name": canary("heron"), "aliases": [canary("alias")] });
    let about = |fields: Value| {
        let mut fields = fields;
        fields["object_refs"] = json!([id(ACTOR.0, ACTOR.1)]);
        fields
    };
    vec![
        // A newer version of what everybody knows, and statements about it.
        thing(ACTOR.0, ACTOR.1, LATER, &newer, Some(amber)),
        thing(secret.0, secret.1, AT, &json!({ "name": canary("actor") }), Some(amber)),
        thing("malware", 102, AT, &json!({ "name": canary("malware"), "is_family": true }), Some(amber)),
        organisation(&canary("victim"), victim.1, "energy", amber),
        technique(&canary("technique"), 104, "T1190", amber),
        thing("location", 105, AT, &json!({ "name": canary("place"), "country": "DE" }), Some(amber)),
        tie(111, ACTOR, "uses", ("malware", 102), amber),
        tie(112, ACTOR, "uses", ("attack-pattern", 104), amber),
        tie(113, ACTOR, "targets", victim, amber),
        tie(114, victim, "located-at", ("location", 105), amber),
        tie(115, secret, "uses", TECHNIQUE, amber),
        tie(116, secret, "targets", HOSPITAL, amber),
        tie(117, ACTOR, "attributed-to", secret, amber),
        thing("note", 106, AT, &about(json!({ "content": canary("note") })), Some(amber)),
        thing("report", 107, AT, &about(json!({ "name": canary("report"), "published": AT })), Some(amber)),
        watched(121, &canary("host"), Some(amber)),
        tie(118, ("indicator", 121), "indicates", ACTOR, amber),
        watched(122, &canary("unmarked"), None),
        thing(
            "sighting",
            123,
            AT,
            &json!({ "sighting_of_ref": id(ACTOR.0, ACTOR.1), "count": 777, "where_sighted_refs": [id(victim.0, victim.1)] }),
            Some(amber),
        ),
        thing("campaign", 108, AT, &json!({ "name": canary("campaign") }), Some(amber)),
        tie(119, ("campaign", 108), "attributed-to", ACTOR, amber),
    ]
}

/// For the own organisation by name.
pub fn beyond_red() -> Vec<Value> {
    let flaw = json!({ "name": "CVE-2026-9999", "description": canary("flaw") });
    vec![thing("vulnerability", 131, AT, &flaw, Some(Tlp::Red))]
}

/// What only one of them received: about the same actor, and about another.
pub fn beyond_theirs() -> Vec<Value> {
    vec![
        thing(ACTOR.0, ACTOR.1, LATER, &json!({ "name": canary("theiralias") }), Some(Tlp::Amber)),
        thing("intrusion-set", 141, AT, &json!({ "name": canary("theirs") }), Some(Tlp::Amber)),
        tie(142, ("intrusion-set", 141), "targets", HOSPITAL, Tlp::Amber),
    ]
}

/// The same under RED, addressed to us.
pub fn beyond_their_red() -> Vec<Value> {
    vec![thing("malware", 151, AT, &json!({ "name": canary("theirred"), "is_family": true }), Some(Tlp::Red))]
}

/// What was GREEN and is narrowed in one of the twins, and what is taken back there.
pub fn to_narrow() -> Vec<Value> {
    vec![
        thing("campaign", 161, AT, &json!({ "name": canary("narrowed") }), Some(Tlp::Green)),
        thing("campaign", 162, AT, &json!({ "name": canary("retracted") }), Some(Tlp::Amber)),
    ]
}

/// What is no STIX object and lies in quarantine.
pub fn broken() -> Value {
    json!({ "type": "indicator", "spec_version": "2.1", "id": id("indicator", 171), "name": canary("broken") })
}

/// Every object that is beyond, by its id.
pub fn ids_beyond() -> Vec<String> {
    let all = [beyond(), beyond_red(), beyond_theirs(), beyond_their_red(), to_narrow()].concat();
    let id = |object: &Value| object["id"].as_str().expect("an id").to_owned();
    let known = self::id(ACTOR.0, ACTOR.1);
    all.iter().map(id).filter(|id| *id != known).collect()
}

/// What is within.
pub fn ids_within() -> Vec<String> {
    within().iter().map(|object| object["id"].as_str().expect("an id").to_owned()).collect()
}
