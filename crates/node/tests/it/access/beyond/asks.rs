//! What is asked of each route: every id there is, also those beyond the verdict, and every question that could tell of them.

use super::super::rules::Rule;
use super::things::{canary, id, ids_beyond, ids_within};
use super::twins::{Made, PILOT, SECRET};

/// A moment after everything that is within had happened.
const PAST: &str = "2026-11-28T00:00:00Z";

/// An id that nothing has.
const NOTHING: &str = "0192f0c1-2f00-7000-8000-0000000000ab";

/// The addresses to ask of this route; a route with a placeholder that this page does not know stops the test.
pub fn asks(rule: &Rule, made: &Made) -> Vec<String> {
    let path = rule.path;
    if !path.contains('{') {
        return questions(path).into_iter().map(|question| format!("{path}{question}")).collect();
    }
    let values = if rule.method == "GET" { filled(path, made) } else { filled_beyond(path, made) };
    assert!(
        values.iter().all(|path| !path.contains('{')),
        "{} {path}: say in access/beyond/asks.rs which ids stand in its places",
        rule.method
    );
    values
}

/// Every id in every place of the path.
fn filled(path: &str, made: &Made) -> Vec<String> {
    let each = |values: Vec<String>, name: &str| -> Vec<String> {
        values.iter().map(|value| path.replace(name, value)).collect()
    };
    let objects = || {
        let known = ids_within().into_iter().take(6);
        known.chain(ids_beyond()).chain([id("indicator", 999)]).collect::<Vec<_>>()
    };
    match path {
        _ if path.starts_with("/exchange/objects/") => each(few(path, objects()), "{id}"),
        _ if path.starts_with("/api/v1/exchange/objects/") => each(few(path, objects()), "{id}"),
        _ if path.contains("/picture/subjects/") => each(few(path, objects()), "{id}"),
        _ if path.starts_with("/taxii2/") => taxii(path, &objects()),
        "/ledger/records/{id}" => {
            each((0..made.last).step_by(made.last / 40 + 1).map(|n| n.to_string()).collect(), "{id}")
        }
        _ if path.contains("/accord/agreements/") => each(agreements(), "{id}"),
        _ if path.contains("/notify/incidents/") => {
            let path = path.replace("{id}", &made.incident).replace("{stage}", "nis2.ew");
            let path = path.replace("{record}", &format!("record:{}", "0".repeat(64)));
            let path = path.replace("{mailing}", NOTHING);
            vec![path.replace("{fact}", "B01").replace("{form}", "stix")]
        }
        _ if path.contains("/notify/reports/") => each(vec![made.report.clone()], "{id}"),
        _ if path.starts_with("/release/{id}") => {
            each(vec![made.draft.trim_start_matches("/release/").to_owned()], "{id}")
        }
        "/parties/{id}" | "/parties/{id}/distrust" => {
            each(vec!["eu".into(), "us".into(), "xx".into()], "{id}")
        }
        "/parties/consumers/{name}/close" => each(vec!["partner".into(), canary("consumer")], "{name}"),
        _ if path.starts_with("/accounts/{name}/") => each(vec!["chief".into(), canary("person")], "{name}"),
        "/notices/{reference}" => each(vec!["nothing".into()], "{reference}"),
        _ if path.contains("/picture/snapshots/") => {
            each(vec![NOTHING.into(), made.snapshot.clone()], "{id}")
        }
        _ if path.contains("/picture/watch/") => {
            let (party, watch) = &made.watched;
            let entries = [("us", NOTHING), (party.as_str(), NOTHING), (party, watch)];
            entries.map(|(party, id)| path.replace("{party}", party).replace("{id}", id)).into()
        }
        _ if path.contains("/notify/methods/") => each(vec!["ebios-rm".into()], "{id}"),
        "/notify/calendar/{token}" => each(vec!["nothing".into()], "{token}"),
        "/assets/{name}" => each(vec!["none.css".into()], "{name}"),
        _ => vec![path.to_owned()],
    }
}

/// What would be carried out on things within is not asked with POST: it would change both, and nothing would be told.
fn filled_beyond(path: &str, made: &Made) -> Vec<String> {
    let own = ["/account/", "/accounts/", "/parties/", "/release/rules/"];
    if own.iter().any(|start| path.starts_with(start)) || path.starts_with("/taxii2") {
        return Vec::new();
    }
    let within = ids_within();
    let all = filled(path, made);
    all.into_iter().filter(|path| within.iter().all(|id| !path.contains(id.as_str()))).collect()
}

/// Pages below an object are alike for every object beyond: a few of each kind of marking.
fn few(path: &str, objects: Vec<String>) -> Vec<String> {
    if path.ends_with("{id}") { objects } else { objects.into_iter().step_by(5).collect() }
}

fn agreements() -> Vec<String> {
    vec![PILOT.to_owned(), SECRET.to_owned(), "agreement:0192f0c1-2f00-7000-8000-0000000000aa".to_owned()]
}

fn taxii(path: &str, objects: &[String]) -> Vec<String> {
    let path =
        format!("{}/", path.replace("{root}", "pilot").replace("/collections/{id}", "/collections/objects"));
    if path.contains("{object}") {
        return objects.iter().map(|id| path.replace("{object}", id)).collect();
    }
    let path = path.replace("{id}", "00000000-0000-4000-8000-000000000001");
    let lists = path.ends_with("/objects/") || path.ends_with("/manifest/");
    let questions = if lists {
        vec![
            String::new(),
            "?limit=2".into(),
            "?added_after=2020-01-01T00:00:00Z".into(),
            "?match%5Bversion%5D=all".into(),
            "?match%5Btype%5D=campaign,identity".into(),
            format!("?match%5Bid%5D={}", objects.last().map_or("", |id| id)),
        ]
    } else {
        vec![String::new()]
    };
    questions.into_iter().map(|question| format!("{path}{question}")).collect()
}

/// The questions of a page that could tell of more than it shows at first.
fn questions(path: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut ask = |question: String| all.push(question);
    let words =
        [canary(""), canary("actor"), canary("actr"), "heron".into(), "T1190".into(), "CVE-2026-9999".into()];
    match path {
        "/find" | "/api/v1/find" => {
            words.iter().for_each(|word| ask(format!("?q={word}")));
            for source in ["objects", "incidents", "reports", "agreements", "parties"] {
                ask(format!("?in={source}&q={}", canary("incident")));
            }
            ask(format!("?q={}%5B.%5Dexample", canary("host")));
        }
        "/exchange/objects" | "/api/v1/exchange/objects" => {
            words.iter().for_each(|word| ask(format!("?q={word}")));
            for kind in ["campaign", "intrusion-set", "identity", "sighting", "note"] {
                ask(format!("?type={kind}"));
            }
            for tlp in ["AMBER", "RED", "AMBER%2BSTRICT"] {
                ask(format!("?tlp={tlp}"));
            }
            ask("?state=withheld".into());
            ask("?state=released".into());
        }
        "/picture/trends" | "/api/v1/picture/trends" => {
            for topic in
                ["actors", "campaigns", "malware", "techniques", "vulnerabilities", "sectors", "countries"]
            {
                ask(format!("?topic={topic}&days=364"));
            }
            ask(format!("?topic=sectors&days=28&at={PAST}"));
        }
        "/picture/matrix" | "/api/v1/picture/matrix" => {
            ask("?days=364".into());
            ask("?days=28&two=before".into());
            ask(format!("?actor={}", id("intrusion-set", 101)));
            ask("?sector=energy".into());
        }
        "/picture/map" => ask("?days=364".into()),
        "/compare" => {
            ask("?from=2026-11-01T00:00:00Z&days=364".into());
            ask(format!("?from=2026-11-01T00:00:00Z&to={PAST}"));
        }
        "/api/v1/picture/compare" => compared().into_iter().for_each(ask),
        "/picture/sources" => sources().into_iter().for_each(ask),
        "/picture/report" | "/picture/report/preview" | "/api/v1/picture/report" => {
            ask("?days=364".into());
            for audience in ["public", "community", "parties"] {
                ask(format!("?days=364&audience={audience}:{PILOT}"));
                ask(format!("?days=364&audience={audience}:{SECRET}"));
            }
        }
        "/audit" => ask("?who=chief".into()),
        "/audit/export" => ["csv", "json"].iter().for_each(|form| ask(format!("?format={form}&who=chief"))),
        "/notify/incidents" | "/notify/clocks" | "/notify/reports" => {
            ask(format!("?q={}", canary("incident")));
            ask("?days=364".into());
        }
        "/notify/summary" | "/api/v1/notify/summary" => ask("?quarter=2026-4".into()),
        "/ledger" => ask("?verify=1".into()),
        _ => {}
    }
    all
}

/// Two instants side by side, for oneself and for others.
fn compared() -> Vec<String> {
    let mut asked: Vec<String> = ["actors", "malware", "techniques", "sectors", "countries"]
        .map(|topic| format!("?topic={topic}&days=364&one={PAST}"))
        .into();
    for audience in ["public", "community", "parties"] {
        asked.push(format!("?topic=actors&days=364&one={PAST}&audience={audience}:{PILOT}"));
        asked.push(format!("?topic=sectors&days=364&one={PAST}&audience={audience}:{SECRET}"));
    }
    asked
}

/// What a figure of the picture is asked for.
fn sources() -> Vec<String> {
    let of = [
        ("actors", id("intrusion-set", 1)),
        ("actors", id("intrusion-set", 101)),
        ("malware", id("malware", 102)),
        ("techniques", id("attack-pattern", 3)),
        ("sectors", "energy".into()),
        ("sectors", "healthcare".into()),
        ("countries", "DE".into()),
        ("countries", "FR".into()),
    ];
    of.map(|(topic, of)| format!("?topic={topic}&of={of}&from=2026-01-01&to=2099-01-01")).into()
}
