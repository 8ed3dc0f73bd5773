//! Measures how fast the duties of incidents are worked out, over all packs, beside a fixed piece of work of the same
//! run: the machine's speed changes within the hour, the ratio does not. By hand: `cargo xtask bench notify`.
#![allow(missing_docs, clippy::expect_used)]

use std::time::{Duration, Instant};

use model::{Timestamp, Tlp};
use notify::board::Board;
use notify::{Incident, outline, plan};
use packs::Library;
use records::determination::{Determination, Outcome};
use records::fact::Fact;
use serde_json::json;

#[path = "../tests/it/room.rs"]
#[allow(dead_code, reason = "the tests use more of the room than this bench")]
mod room;

use room::Room;

const INCIDENTS: usize = 10_000;
/// Plans in words are longer: fewer tell as much.
const IN_WORDS: usize = 500;
/// Incidents submitted in one go, and requests for the board once it was made.
const BATCH: usize = 500;
const AGAIN: usize = 20;
/// The fixed work: SHA-256 over so many bytes.
const HASHED_BYTES: usize = 64 << 20;

#[expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = work();
    (done, begun.elapsed())
}

fn main() {
    // Started by `cargo test --benches` it has nothing to say.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let library = Library::embedded();
    let at: Timestamp = "2026-10-09T08:00:00Z".parse().expect("an instant");
    let objects: Vec<_> = (0..INCIDENTS).map(object).collect();
    let (hash, fixed) = timed(|| <sha2::Sha256 as sha2::Digest>::digest(vec![7_u8; HASHED_BYTES]));
    assert_ne!(hash[..4], [0; 4]);
    println!("fixed work: SHA-256 over {} MiB in {} ms", HASHED_BYTES >> 20, fixed.as_millis());
    let (incidents, took) = timed(|| {
        objects.iter().map(|object| Incident::read(object, library).expect("sound")).collect::<Vec<_>>()
    });
    tell("read from JSON", INCIDENTS, took, fixed);
    let (duties, took) =
        timed(|| incidents.iter().map(|incident| outline(library, incident, at).duties.len()).sum::<usize>());
    assert!(duties > 60 * INCIDENTS, "{duties}");
    tell("planned over all packs, states and dates", INCIDENTS, took, fixed);
    let (duties, took) = timed(|| {
        incidents[..IN_WORDS]
            .iter()
            .map(|incident| plan(library, incident, at).obligations.len())
            .sum::<usize>()
    });
    assert!(duties > 60 * IN_WORDS, "{duties}");
    tell("planned over all packs, in words", IN_WORDS, took, fixed);
    board(fixed);
}

/// The countdown board over incidents in a ledger: from nothing, and as it is shown again.
fn board(fixed: Duration) {
    let room = Room::new();
    for from in (0..INCIDENTS).step_by(BATCH) {
        let sealed = (from..from + BATCH).flat_map(|n| opened(&room.desk, n)).collect();
        room.desk.submit_and_fold(sealed).expect("folded");
    }
    let (board, now) = (Board::default(), desk::edge::now());
    let (first, took) = timed(|| board.incidents(&room.desk.views, now).expect("read").len());
    assert_eq!(first, INCIDENTS);
    tell("board: every incident read from the views and planned", INCIDENTS, took, fixed);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let officer = room.person("officer", Tlp::Red);
    // The first request plans for the board that the pages share.
    let (status, _) = runtime.block_on(officer.get("/notify/clocks", "en"));
    assert_eq!(status, http::StatusCode::OK);
    let mut each: Vec<Duration> = (0..AGAIN)
        .map(|_| timed(|| runtime.block_on(officer.get("/notify/clocks", "en"))))
        .map(|((status, _), took)| (status == http::StatusCode::OK).then_some(took).expect("a page"))
        .collect();
    each.sort();
    let of = |share: usize| each[(each.len() - 1) * share / 100].as_secs_f64() * 1e3;
    println!(
        "board page over {INCIDENTS} incidents, median {:.1} ms, slowest {:.1} ms of {AGAIN}; median {:.2} times the fixed work",
        of(50),
        of(100),
        of(50) / 1e3 / fixed.as_secs_f64()
    );
}

/// An incident with what starts its clocks, sealed.
fn opened(desk: &desk::Desk, n: usize) -> Vec<records::Sealed> {
    let incident = model::IncidentId(desk::edge::uuid());
    let (now, about) = (desk::edge::now(), [incident.to_string()]);
    let by = || "A. Berg".to_owned();
    let aware = now - model::time::SignedDuration::from_mins(n as i64 % 4_000);
    let fact = |field: &str, value: String| Fact {
        incident,
        field: field.into(),
        value: value.into(),
        estimate: false,
        as_of: None,
        source: String::new(),
        confidence: String::new(),
        by: by(),
        replaces: None,
    };
    let applies = |regime: &str| Determination {
        replaces: None,
        incident,
        question: format!("applies {regime}"),
        outcome: Outcome::Yes,
        at: now,
        by: by(),
        rationale: "measured".into(),
    };
    let title = format!("Outage {n}");
    let mut sealed =
        vec![seal(desk, &about, &records::incident::Incident { incident, title, exercise: false, by: by() })];
    sealed.extend(
        [fact("tz", "Europe/Brussels".into()), fact("aware", aware.to_string())]
            .map(|one| seal(desk, &about, &one)),
    );
    sealed.extend([applies("NIS2"), applies("GDPR")].map(|one| seal(desk, &about, &one)));
    sealed
}

fn seal<B: records::Body>(desk: &desk::Desk, about: &[String], body: &B) -> records::Sealed {
    let marked = records::Marked::Known(model::Marking::tlp(Tlp::AmberStrict));
    let seal = records::Seal { marked, about, ..desk.seal::<B>(desk::edge::now()) };
    seal.body(body, desk::edge::salt())
}

fn tell(what: &str, count: usize, took: Duration, fixed: Duration) {
    let each_us = took.as_secs_f64() * 1e6 / count as f64;
    let ratio = took.as_secs_f64() / count as f64 * INCIDENTS as f64 / fixed.as_secs_f64();
    println!(
        "{what}: {count} incidents in {} ms, {each_us:.1} µs each; 10,000 take {ratio:.2} times the fixed work",
        took.as_millis()
    );
}

/// One incident of many: each aware at another minute, in another State, of another class, some with reports sent.
fn object(n: usize) -> serde_json::Map<String, serde_json::Value> {
    const PLACES: [(&str, &str); 6] = [
        ("FR", "Europe/Paris"),
        ("BE", "Europe/Brussels"),
        ("FI", "Europe/Helsinki"),
        ("PT", "Europe/Lisbon"),
        ("US", "America/New_York"),
        ("PL", "Europe/Warsaw"),
    ];
    const CLASSES: [&str; 4] = ["essential", "credit_institution", "cloud", "trust_service_provider"];
    let (country, zone) = PLACES[n % PLACES.len()];
    let aware = 1_790_000_000 + (n as i64 % 9_000) * 60;
    let instant = |s: i64| Timestamp::from_second(s).expect("in range").to_string();
    let mut incident = json!({
        "country": country, "tz": zone, "aware": instant(aware), "detected": instant(aware - 600), "discovered": instant(aware - 600),
        "identified": instant(aware), "determined": instant(aware + 1_200), "reasonable_belief": instant(aware),
        "classified_major": instant(aware + 7_200), "fields": {"B01": "A", "D01": "B", "B10": "C"}
    });
    if n.is_multiple_of(3) {
        incident["entity_class"] = json!(CLASSES[n % CLASSES.len()]);
    }
    if n.is_multiple_of(2) {
        incident["submitted(nis2.in)"] = json!(instant(aware + 90_000));
        incident["submitted(dora.i)"] = json!(instant(aware + 9_000));
    }
    match incident {
        serde_json::Value::Object(object) => object,
        _ => unreachable!("an object was written above"),
    }
}
