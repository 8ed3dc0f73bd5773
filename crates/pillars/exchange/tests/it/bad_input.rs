//! Whatever is posted: a clear answer with the place and what to do, the rest of the batch kept (I7).

use axum::body::Body;
use http::StatusCode;
use model::Tlp;
use records::consumer::Relation;
use serde_json::Value;

use crate::world::{Terms, World, envelope, id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";
const OBJECTS: &str = "/taxii2/arrangement/collections/objects/objects/";
const TAXII: (&str, &str) = ("content-type", "application/taxii+json;version=2.1");

fn good(n: u32) -> String {
    indicator(n, Some(Tlp::Green), M)
}

/// An indicator with this text among its members, byte 170 of it.
fn with(bytes: &[u8]) -> Vec<u8> {
    let text = good(7);
    let (head, tail) = text.split_at(text.find("\"pattern\"").expect("a pattern"));
    [head.as_bytes(), bytes, tail.as_bytes()].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn roomy() -> World {
    let world = World::with_terms(Terms { room: 64 << 20, ..Terms::default() });
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    world
}

/// What is wrong with one object of an envelope, and what its failure says.
fn faults() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let long = |text: &str| format!("\"{text}\":\"{}\",", "x".repeat(10 << 20)).into_bytes();
    let deep = format!("\"x_deep\":{}{},", "[".repeat(10_000), "]".repeat(10_000));
    let object = |kind: &str, id: &str| format!("{{\"type\":\"{kind}\",\"id\":\"{id}\"}}").into_bytes();
    let huge = "x".repeat(100_000);
    vec![
        ("a string of 10 MB", with(&long("name")), "longer than 8388608 bytes (byte "),
        ("10,000 levels", with(deep.as_bytes()), "deeper than 64 levels; it was left out (byte "),
        ("a key twice", with(b"\"name\":\"a\",\"name\":\"b\","), "\"name\" appears twice"),
        ("Latin-1", with(b"\"name\":\"caf\xe9\","), "not UTF-8; send the document as UTF-8"),
        ("a cut character", with(b"\"name\":\"\xf0\x9f\x98\","), "not UTF-8"),
        ("a surrogate in UTF-8", with(b"\"name\":\"\xed\xa0\x80\","), "not UTF-8"),
        ("a lone surrogate", with(b"\"name\":\"\\ud800\","), "lone surrogate in a string; escape"),
        ("a NUL", with(b"\"name\":\"a\0b\","), "control character 0x00 inside a string; write it as"),
        ("a raw line end", with(b"\"name\":\"a\nb\","), "control character 0x0a"),
        ("an unknown escape", with(b"\"name\":\"a\\xb\","), "unknown escape"),
        ("1e999999", with(b"\"x_big\":1e999999,"), "beyond the range of a double"),
        ("-1e999999 in a list", with(b"\"x_big\":[{\"y\":-1e999999}],"), "beyond the range of a double"),
        ("400 digits", with(format!("\"x_big\":{},", "9".repeat(401)).as_bytes()), "beyond the range"),
        ("1e999999 as confidence", with(b"\"confidence\":1e999999,"), "beyond the range"),
        ("NaN", with(b"\"x_big\":NaN,"), "not a JSON number; NaN"),
        ("a comment", with(b"/* so */"), "expected a key in double quotes"),
        (
            "a byte order mark inside",
            [b"\xef\xbb\xbf".as_slice(), good(7).as_bytes()].concat(),
            "expected an object",
        ),
        ("UTF-16 inside", utf16(&good(7)), "looks like UTF-16; convert"),
        ("nothing in it", b"{}".to_vec(), "has no type"),
        ("no id", b"{\"type\":\"indicator\"}".to_vec(), "has no id"),
        ("a bundle", object("bundle", "bundle--1"), "a bundle, not an object; send its objects"),
        ("a number", b"7".to_vec(), "expected an object, found another value; it was left out (byte "),
        ("an id of 100 kB", object("indicator", &format!("indicator--{huge}")), "an identifier has the form"),
        ("a type of 100 kB", object(&huge, &id(7)), "type"),
        ("a key of 100 kB", with(format!("\"{huge}\":1,").as_bytes()), "xxx"),
        ("a pattern that is none", good(7).replace("value = ", "value == == ").into_bytes(), "/pattern"),
    ]
}

fn messages(status: &Value) -> Vec<&str> {
    let failures = status["failures"].as_array().map_or(&[][..], Vec::as_slice);
    failures.iter().map(|failure| failure["message"].as_str().expect("a message")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_one_object_is_its_neighbours_are_kept_and_its_fault_is_told() {
    let world = roomy();
    for (n, (what, bad, says)) in (100..).step_by(2).zip(faults()) {
        let (first, last) = (good(n), good(n + 1));
        let body = [b"{\"objects\":[".as_slice(), first.as_bytes(), b",", &bad, b",", last.as_bytes(), b"]}"];
        let answer = world.post("soc", body.concat()).await;
        assert_eq!(answer.status, StatusCode::ACCEPTED, "{what}");
        let status = answer.json();
        assert_eq!(status["success_count"], 2, "{what}: {:?}", messages(&status));
        let told = messages(&status);
        assert!(told.iter().any(|message| message.contains(says)), "{what}: {told:?}");
        assert!(told.iter().all(|message| message.len() < 4_096), "{what}");
        let kept: Vec<String> =
            status["successes"].as_array().expect("a list").iter().map(|s| s["id"].to_string()).collect();
        assert_eq!(kept, [format!("\"{}\"", id(n)), format!("\"{}\"", id(n + 1))], "{what}");
    }
    let seen = world.get("soc", &format!("{OBJECTS}?match[id]={}", id(7))).await;
    assert_eq!(seen.bytes, b"{}", "nothing bad is served");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_is_told_with_the_byte_where_it_begins_and_the_byte_where_it_fails() {
    let world = roomy();
    let body = envelope(&[good(1), String::from_utf8(with(b"\"x\":NaN,")).expect("text")]);
    let begins = body.rfind("{\"type\"").expect("an object");
    let status = world.post("soc", body.clone()).await.json();
    let told = messages(&status);
    assert!(told[0].contains(&format!("in the object that begins at byte {begins} ")), "{told:?}");
    let fails = body.find("NaN").expect("it is there") - begins;
    assert!(told[0].contains(&format!("(byte {fails}, ")), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_no_envelope_is_unprocessable_and_says_why() {
    let world = roomy();
    let one = good(1);
    let bundle = format!("{{\"type\":\"bundle\",\"id\":\"bundle--{}\",\"objects\":{one}}}", &id(1)[11..]);
    for (what, body, says) in [
        ("nothing", vec![], "it holds no objects; send an envelope"),
        ("an empty envelope", b"{ }".to_vec(), "it holds no objects"),
        ("no objects", b"{\"objects\":[]}".to_vec(), "it holds no objects"),
        (
            "one object in place of a list",
            format!("{{\"objects\":{one}}}").into_bytes(),
            "`objects` is not a list",
        ),
        ("text in place of a list", b"{\"objects\":\"x\"}".to_vec(), "`objects` is not a list"),
        ("null in place of a list", b"{\"objects\":null}".to_vec(), "`objects` is not a list"),
        ("the same in a bundle", bundle.into_bytes(), "`objects` is not a list"),
        ("UTF-16", utf16(&envelope(&[good(1)])), "looks like UTF-16"),
        ("UTF-16 with a mark", utf16(&format!("\u{feff}{}", envelope(&[good(1)]))), "looks like UTF-16"),
        ("gzip", b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), "looks like gzip"),
        ("XML", b"<stix/>".to_vec(), "expected a JSON object or list (byte 0, line 1)"),
        ("cut off at once", b"{\"objects\":[{\"type\":".to_vec(), "the input was cut off"),
    ] {
        let answer = world.post("soc", body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}");
        assert_eq!(answer.headers["content-type"], TAXII.1, "{what}");
        let problem = answer.json();
        assert_eq!(problem["http_status"], "422", "{what}");
        assert!(problem["description"].as_str().expect("words").contains(says), "{what}: {problem}");
    }
    assert_eq!(world.get("soc", OBJECTS).await.bytes, b"{}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_envelope_cut_off_or_with_two_lists_keeps_what_is_whole() {
    let world = roomy();
    let (a, b) = (good(1), good(2));
    for (body, success, says) in [
        (
            format!("{{\"objects\":[{a},{}", &b[..50]),
            1,
            "cut off; the objects before this place are complete",
        ),
        (format!("{{\"objects\":[{a},{b}"), 2, "cut off"),
        (
            format!("{{\"objects\":[{a}],\"objects\":[{b}]}}"),
            1,
            "\"objects\" appears twice; the second list was left out",
        ),
        (format!("{{\"objects\":[{a}]}} and more"), 1, "expected a JSON object or list"),
    ] {
        let status = world.post("soc", body.clone()).await.json();
        assert_eq!(status["success_count"], success, "{body}");
        assert!(messages(&status)[0].contains(says), "{status}");
    }
    let marked = world.post("soc", format!("\u{feff}{}", envelope(&[good(3)]))).await.json();
    assert_eq!(marked["failure_count"], 0, "a mark at the very beginning does no harm (RFC 8259 §8.1)");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_a_hundred_thousand_crumbs_is_read_up_to_the_limit() {
    let world = roomy();
    let status = world.post("soc", format!("{{\"objects\":[{}7]}}", "7,".repeat(150_000))).await;
    assert_eq!(status.status, StatusCode::UNPROCESSABLE_ENTITY);
    let body = format!("{{\"objects\":[{},{}7]}}", good(1), "7,".repeat(150_000));
    let status = world.post("soc", body).await.json();
    assert_eq!((status["success_count"].as_u64(), status["failure_count"].as_u64()), (Some(1), Some(99_999)));
    let told = messages(&status);
    assert!(told.last().expect("a message").contains("more than 99999 objects; split the input"));
}

#[tokio::test(flavor = "multi_thread")]
async fn types_and_encodings_that_are_not_read_are_named() {
    let world = roomy();
    let post = async |headers: &[(&str, &str)]| {
        let answer = world.send_with("soc", "POST", OBJECTS, headers, Body::from(envelope(&[good(1)]))).await;
        (answer.status, answer.json()["description"].as_str().unwrap_or_default().to_owned())
    };
    for kind in
        ["text/plain", "application/xml", "application/taxii+json;version=2.0", "multipart/form-data", "x"]
    {
        let (status, says) = post(&[("content-type", kind)]).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{kind}");
        assert!(says.contains("application/taxii+json;version=2.1"), "{says}");
    }
    for coding in ["gzip", "br", "deflate, gzip"] {
        let (status, says) = post(&[TAXII, ("content-encoding", coding)]).await;
        assert_eq!(status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "{coding}");
        assert!(says.contains("without Content-Encoding"), "{says}");
    }
    assert_eq!(post(&[TAXII, ("content-encoding", "identity")]).await.0, StatusCode::ACCEPTED);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreement_that_is_unknown_ended_or_falsely_signed_takes_nothing() {
    let unknown = roomy();
    let path = OBJECTS.replace("arrangement", "another");
    let answer = unknown.send("soc", "POST", &path, Body::from(envelope(&[good(1)]))).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);

    let forged = World::with_terms(Terms { forged: true, ..Terms::default() });
    forged.consumer("soc", Relation::Organisation, Tlp::Red);
    assert_eq!(forged.post("soc", envelope(&[good(1)])).await.status, StatusCode::NOT_FOUND);
    assert_eq!(forged.get("soc", "/taxii2/arrangement/collections/").await.status, StatusCode::NOT_FOUND);

    let ended = World::with_terms(Terms { until: "2021-01-01T00:00:00Z", ..Terms::default() });
    ended.consumer("soc", Relation::Organisation, Tlp::Red);
    let answer = ended.post("soc", envelope(&[good(1)])).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.json()["description"].as_str().expect("words").contains("agreement-expired"));
    let collection = ended.get("soc", "/taxii2/arrangement/collections/objects/").await.json();
    assert_eq!(collection["can_write"], false);
}
