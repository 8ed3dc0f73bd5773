//! The search of everything, as far as it finds objects: what is understood, what is found, and what nobody learns.

use std::collections::BTreeSet;

use http::StatusCode;
use model::Tlp;
use serde_json::Value;

use crate::pages::{Console, Person};
use crate::world::World;

const M: &str = "2026-11-01T00:00:00.000Z";

/// One object of a type with a name, a description and a marking.
fn thing(kind: &str, n: usize, name: &str, about: &str, tlp: Tlp) -> String {
    let marking = formats::stix::id_of_tlp(tlp);
    let id = format!("{kind}--00000000-0000-4000-8000-{n:012}");
    let more = if kind == "malware" { ",\"is_family\":false" } else { "" };
    format!(
        "{{\"type\":\"{kind}\",\"spec_version\":\"2.1\",\"id\":\"{id}\",\"created\":\"{M}\",\"modified\":\"{M}\",\
         \"name\":\"{name}\",\"description\":\"{about}\",\"object_marking_refs\":[\"{marking}\"]{more}}}"
    )
}

fn pattern(n: usize, pattern: &str, tlp: Tlp) -> String {
    let marking = formats::stix::id_of_tlp(tlp);
    let id = format!("indicator--00000000-0000-4000-8000-{n:012}");
    format!(
        "{{\"type\":\"indicator\",\"spec_version\":\"2.1\",\"id\":\"{id}\",\"created\":\"{M}\",\"modified\":\"{M}\",\
         \"pattern\":\"[{pattern}]\",\"pattern_type\":\"stix\",\"valid_from\":\"{M}\",\"object_marking_refs\":[\"{marking}\"]}}"
    )
}

fn told(objects: &[String]) -> Console {
    let console = Console::in_world(World::new(Tlp::Green));
    console.import(objects);
    console
}

async fn answer(console: &Console, person: &Person, query: &str) -> Value {
    let (status, text) = console.get(person, "en", &format!("/api/v1/find?{query}")).await;
    assert_eq!(status, StatusCode::OK, "{query}: {text}");
    serde_json::from_str(&text).expect("json")
}

/// The names of the objects that answer a question.
async fn names(console: &Console, person: &Person, question: &str) -> BTreeSet<String> {
    let query = format!("in=objects&limit=50&q={}", ui::query::encode(question));
    titles(&answer(console, person, &query).await)
}

fn titles(answer: &Value) -> BTreeSet<String> {
    let groups = answer["groups"].as_array().expect("groups");
    let hits = groups.iter().flat_map(|group| group["hits"].as_array().expect("hits"));
    hits.map(|hit| hit["title"].as_str().expect("a title").to_owned()).collect()
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_finds_the_networks_that_hold_it_and_a_network_what_lies_within() {
    let console = told(&[
        pattern(1, "ipv4-addr:value = '192.0.2.7'", Tlp::Green),
        pattern(2, "ipv4-addr:value ISSUBSET '192.0.2.0/24'", Tlp::Green),
        pattern(3, "ipv4-addr:value = '198.51.100.9'", Tlp::Green),
        pattern(4, "ipv6-addr:value ISSUBSET '2001:db8::/32'", Tlp::Green),
        thing("tool", 5, "Relays of October", "seen from 192.0.2.130 and 203.0.113.1", Tlp::Green),
    ]);
    let duty = console.person("duty", Tlp::Red);
    let (one, net) = ("[ipv4-addr:value = '192.0.2.7']", "[ipv4-addr:value ISSUBSET '192.0.2.0/24']");
    assert_eq!(names(&console, &duty, "192[.]0[.]2[.]7").await, set(&[one, net]));
    assert_eq!(names(&console, &duty, "192.0.2.0/25").await, set(&[one, net]));
    assert_eq!(names(&console, &duty, "192.0.0.0/16").await, set(&[one, net, "Relays of October"]));
    let wide = names(&console, &duty, "2001:db8:7::1").await;
    assert_eq!(wide, set(&["[ipv6-addr:value ISSUBSET '2001:db8::/32']"]));
    assert!(names(&console, &duty, "192.0.3.7").await.is_empty());
    let why = answer(&console, &duty, "in=objects&q=192.0.2.99").await;
    assert_eq!(why["groups"][0]["hits"][0]["why"], "192.0.2.0/24");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_analysts_paste_is_understood() {
    let hash = "d41d8cd98f00b204e9800998ecf8427e";
    let console = told(&[
        pattern(1, "domain-name:value = 'c2.evil.example'", Tlp::Green),
        pattern(2, &format!("file:hashes.MD5 = '{hash}'"), Tlp::Green),
        thing("vulnerability", 3, "CVE-2026-31337", "in a VPN gateway", Tlp::Green),
        thing("vulnerability", 4, "CVE-2026-3133", "in something else", Tlp::Green),
        thing("attack-pattern", 5, "PowerShell", "T1059.001 of ATT&CK", Tlp::Green),
        thing("attack-pattern", 6, "Unix shell", "T1059.004 of ATT&CK", Tlp::Green),
    ]);
    let duty = console.person("duty", Tlp::Red);
    let evil = set(&["[domain-name:value = 'c2.evil.example']"]);
    assert_eq!(names(&console, &duty, "hxxps://c2[.]evil[.]example/").await, evil);
    assert_eq!(names(&console, &duty, "evil(dot)example").await, evil);
    assert_eq!(names(&console, &duty, &hash.to_uppercase()).await.len(), 1);
    assert_eq!(names(&console, &duty, "cve-2026-3133").await, set(&["CVE-2026-3133"]));
    assert_eq!(names(&console, &duty, "T1059").await, set(&["PowerShell", "Unix shell"]));
    assert_eq!(names(&console, &duty, "t1059/001").await, set(&["PowerShell"]));
    let id = "malware--00000000-0000-4000-8000-000000000099";
    assert!(names(&console, &duty, id).await.is_empty());
    let id = "vulnerability--00000000-0000-4000-8000-000000000003";
    assert_eq!(names(&console, &duty, id).await, set(&["CVE-2026-31337"]));
    let page = console.page(&duty, "/find?q=hxxps%3A%2F%2Fc2%5B.%5Devil%5B.%5Dexample").await;
    assert!(page.contains("https://c2.evil.example") && page.contains("Read as"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_name_finds_what_was_meant_and_says_so() {
    let console = told(&[
        thing("intrusion-set", 1, "Grey Heron", "", Tlp::Green),
        thing("malware", 2, "Nightshade implant", "", Tlp::Green),
    ]);
    let duty = console.person("duty", Tlp::Red);
    assert_eq!(names(&console, &duty, "gery herno").await, set(&["Grey Heron"]));
    assert_eq!(names(&console, &duty, "nihgtshade").await, set(&["Nightshade implant"]));
    assert!(names(&console, &duty, "somethingelse").await.is_empty());
    let (_, page) = console.get(&duty, "fr", "/find?q=gery").await;
    assert!(page.contains("Rien ne s’appelle") && page.contains("Grey Heron"), "{page}");
    let page = console.page(&duty, "/find?q=gre").await;
    assert!(page.contains("Grey Heron") && !page.contains("Nothing is called"), "a beginning is no mistake");
}

#[tokio::test(flavor = "multi_thread")]
async fn facets_count_what_the_other_facets_let_through_and_the_url_keeps_them() {
    let console = told(&[
        thing("malware", 1, "Tide lock", "", Tlp::Green),
        thing("malware", 2, "Tide gate", "", Tlp::Amber),
        thing("tool", 3, "Tide table", "", Tlp::Green),
    ]);
    let duty = console.person("duty", Tlp::Red);
    let all = answer(&console, &duty, "q=tide&facets=1&in=objects").await;
    assert_eq!(all["groups"][0]["total"], 3);
    assert_eq!(all["facets"]["kind"]["malware"], 2);
    assert_eq!(all["facets"]["period"]["1d"], 3);
    assert_eq!(all["facets"]["verdict"]["out"], 2, "green goes out under the agreement, amber stays");
    let malware = answer(&console, &duty, "q=tide&facets=1&in=objects&kind=malware").await;
    assert_eq!(malware["facets"]["kind"]["tool"], 1, "the other kinds stay in sight");
    assert_eq!(malware["facets"]["tlp"]["GREEN"], 1);
    assert_eq!(titles(&malware), set(&["Tide gate", "Tide lock"]));
    let both = answer(&console, &duty, "q=tide&kind=malware&tlp=AMBER").await;
    assert_eq!(titles(&both), set(&["Tide gate"]));
    let stays = answer(&console, &duty, "q=tide&verdict=stays&in=objects").await;
    assert_eq!(titles(&stays), set(&["Tide gate"]));
    let unasked = answer(&console, &duty, "kind=tool&in=objects&facets=1").await;
    assert_eq!(
        (titles(&unasked), &unasked["facets"]["kind"]["malware"]),
        (set(&["Tide table"]), &Value::from(2))
    );
    let page = console.page(&duty, "/find?q=tide&kind=malware&in=objects").await;
    assert!(page.contains("/find?q=tide&amp;kind=malware&amp;in=objects&amp;tlp=GREEN"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_on_each_other_without_gap_or_doubling() {
    let many: Vec<String> = (0..25).map(|n| thing("tool", n, &format!("Tide {n}"), "", Tlp::Green)).collect();
    let console = told(&many);
    let duty = console.person("duty", Tlp::Red);
    let (mut seen, mut after) = (Vec::new(), String::new());
    for _ in 0..10 {
        let page = answer(&console, &duty, &format!("q=tide&in=objects&limit=4&after={after}")).await;
        let Some(group) = page["groups"].get(0) else { break };
        seen.extend(group["hits"].as_array().expect("hits").iter().map(|hit| hit["title"].clone()));
        let Some(next) = group["next"].as_str() else { break };
        after = next.to_owned();
    }
    let different: BTreeSet<String> = seen.iter().map(ToString::to_string).collect();
    assert_eq!(different.len(), 25, "{seen:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_keeps_searches_and_nobody_else_sees_them() {
    let console = told(&[thing("tool", 1, "Tide table", "", Tlp::Green)]);
    let (duty, other) = (console.person("duty", Tlp::Red), console.person("other", Tlp::Red));
    let fields = [("name", "Tides <now>"), ("path", "/find?q=tide&kind=tool")];
    let (status, headers, _) = console.post(&duty, "/find/saved", &fields).await;
    assert_eq!(
        (status, &headers["location"]),
        (StatusCode::SEE_OTHER, &"/find?q=tide&kind=tool".parse().expect("a value"))
    );
    let page = console.page(&duty, "/find").await;
    assert!(page.contains("Tides &lt;now&gt;") && page.contains("/find?q=tide&amp;kind=tool"));
    assert!(!console.page(&other, "/find").await.contains("Tides"));
    let (status, _, _) = console.post(&duty, "/find/saved", &[("name", "")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let elsewhere = [("name", "trap"), ("path", "https://evil.example/")];
    let (_, headers, _) = console.post(&duty, "/find/saved", &elsewhere).await;
    assert_eq!(headers["location"], "/find", "a saved search leads nowhere else");
    console.post(&duty, "/find/saved/forget", &[("name", "Tides <now>")]).await;
    assert!(!console.page(&duty, "/find").await.contains("Tides"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_parameter_that_cannot_be_read_is_an_error_and_a_program_is_told_which() {
    let console = told(&[]);
    let duty = console.person("duty", Tlp::Red);
    for wrong in
        ["limit=0", "limit=x", "tlp=PINK", "author=us", "period=2d", "verdict=maybe", "after=-1", "in=A"]
    {
        let (status, text) = console.get(&duty, "en", &format!("/api/v1/find?q=a&{wrong}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(text.contains(wrong.split('=').next().expect("a name")), "{wrong}: {text}");
    }
    // A person's page takes what it understands: an address that was cut is no dead end.
    console.page(&duty, "/find?q=a&tlp=PINK&period=2d&after=x").await;
}

/// Words of names; the last ones are used by what is red alone.
const WORDS: [&str; 8] = ["heron", "tide", "lock", "meridian", "north", "relay", "nightshade", "herald"];
const SECRET: usize = 2;

/// A number from 0 to `below`, the same for the same seed.
fn chance(seed: &mut u64, below: usize) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    (*seed % below as u64) as usize
}

fn cast(seed: &mut u64) -> Vec<(Tlp, String)> {
    let one = |n: usize| {
        let tlp = Tlp::ALL[chance(seed, Tlp::ALL.len())];
        let words = if tlp == Tlp::Red { WORDS.len() } else { WORDS.len() - SECRET };
        let name = format!("{} {}", WORDS[chance(seed, words)], WORDS[chance(seed, words)]);
        let object = match chance(seed, 3) {
            0 => pattern(n, &format!("ipv4-addr:value = '192.0.2.{}'", chance(seed, 16)), tlp),
            1 => thing("malware", n, &name, "", tlp),
            _ => thing("tool", n, "quiet", &format!("{name} from 192.0.2.{}/30", 4 * chance(seed, 4)), tlp),
        };
        (tlp, object)
    };
    (0..90).map(one).collect()
}

/// What an answer says, without who says it and when: those differ between two worlds.
fn without_the_world(mut answer: Value) -> Value {
    for group in answer["groups"].as_array_mut().expect("groups") {
        for hit in group["hits"].as_array_mut().expect("hits") {
            hit.as_object_mut().expect("a hit").retain(|name, _| name != "at" && name != "author");
        }
        group.as_object_mut().expect("a group").remove("next");
    }
    if let Some(facets) = answer["facets"].as_object_mut() {
        facets.remove("author");
    }
    answer
}

/// I1, in its strong form: to a person with little clearance, a node that holds secrets answers every question exactly
/// as one that never had them. So no hit, count, facet, completion or correction tells of one.
#[tokio::test(flavor = "multi_thread")]
async fn a_search_tells_nobody_of_what_they_may_not_see() {
    let mut seed = 0x2026_1125;
    let cast = cast(&mut seed);
    let everything: Vec<String> = cast.iter().map(|(_, object)| object.clone()).collect();
    let full = told(&everything);
    let mut questions: Vec<String> = Vec::new();
    for word in WORDS {
        let swapped = format!("{}{}{}", &word[1..2], &word[..1], &word[2..]);
        questions.extend([word.to_owned(), word[..3].to_owned(), word[..word.len() - 1].to_owned(), swapped]);
        questions.push(format!("{word} {}", WORDS[chance(&mut seed, WORDS.len())]));
    }
    questions.extend(["192.0.2.5", "192.0.2.0/29", "192.0.2.0/24", "quiet", ""].map(str::to_owned));
    questions.extend(
        cast.iter().step_by(9).map(|(_, object)| object.split('"').nth(11).expect("an id").to_owned()),
    );
    for clearance in [Tlp::Clear, Tlp::Green, Tlp::Amber] {
        let visible = cast.iter().filter(|(tlp, _)| *tlp <= clearance).map(|(_, object)| object.clone());
        let bare = told(&visible.collect::<Vec<_>>());
        let (here, there) = (
            full.person(clearance.word().to_lowercase().trim_end_matches('+'), clearance),
            bare.person("there", clearance),
        );
        for question in &questions {
            for narrowed in ["", "&kind=malware", "&tlp=GREEN"] {
                let query =
                    format!("in=objects&facets=1&limit=7{narrowed}&q={}", ui::query::encode(question));
                let told = without_the_world(answer(&full, &here, &query).await);
                let bare = without_the_world(answer(&bare, &there, &query).await);
                assert_eq!(told, bare, "{query} as {clearance}");
            }
            let page = full.page(&here, &format!("/find?q={}", ui::query::encode(question))).await;
            let asked = |word: &&&str| !question.contains(&word[1..]);
            for secret in WORDS[WORDS.len() - SECRET..].iter().filter(asked) {
                assert!(
                    !page.contains(&format!("{secret} ")) && !page.contains(&format!(" {secret}")),
                    "{question}: {secret}"
                );
            }
        }
    }
}
