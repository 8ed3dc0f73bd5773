//! Each word on a page says its language: what authors write in another than the page's carries `lang` (WCAG 2.2, 3.1.2).

use model::Tlp;

use crate::past::tests::{World, at, page};

/// Elements that have no end.
const VOID: [&str; 7] = ["meta", "link", "input", "br", "hr", "img", "col"];
/// Where a document stands to the letter, only text may stand, or a sentence of ours names something (3.1.2 excepts names).
const TO_THE_LETTER: [&str; 6] = ["title", "option", "pre", "code", "script", "caption"];

/// Calls `each` with every text of a page, the language that is said for it, and the elements around it.
fn texts(page: &str, mut each: impl FnMut(&str, &str, &[(String, String)])) {
    let mut open: Vec<(String, String)> = Vec::new();
    let mut rest = page;
    while let Some(start) = rest.find('<') {
        let (text, tail) = rest.split_at(start);
        if !text.trim().is_empty() {
            let language = open.last().map_or("", |(_, language)| language.as_str());
            each(text, language, &open);
        }
        let end = tail.find('>').expect("a tag ends");
        let (tag, behind) = (&tail[1..end], &tail[end + 1..]);
        rest = behind;
        let name = tag.split([' ', '/']).find(|part| !part.is_empty()).unwrap_or("").to_ascii_lowercase();
        if tag.starts_with('/') {
            let closed = open.pop().map(|(name, _)| name);
            assert_eq!(closed.as_deref(), Some(name.as_str()), "elements end in order");
        } else if !tag.starts_with('!') && !VOID.contains(&name.as_str()) {
            let said = tag.split(" lang=\"").nth(1).and_then(|rest| rest.split('"').next());
            let around = open.last().map_or("", |(_, language)| language.as_str());
            open.push((name, said.unwrap_or(around).to_owned()));
        }
    }
}

fn thing(kind: &str, n: u32, more: &str) -> (String, String) {
    let id = format!("{kind}--00000000-0000-4000-8000-{n:012}");
    let text = format!(
        r#"{{"type":"{kind}","spec_version":"2.1","id":"{id}","created":"2026-11-01T00:00:00.000Z","modified":"2026-11-01T00:00:00.000Z",{more}}}"#
    );
    (id, text)
}

/// What the words below are in.
const SPOKEN: [(&str, &str); 3] = [("ENGLISH", "en"), ("FRANCAIS", "fr"), ("DEUTSCH", "de")];

/// An actor who says nothing of a language, malware in French, a technique in German, a victim and what ties them.
fn told(world: &World) -> String {
    let (actor, heron) = thing("intrusion-set", 1, r#""name":"HERON ENGLISH","description":"It is ENGLISH""#);
    let (tool, reed) = thing("malware", 2, r#""name":"ROSEAU FRANCAIS","lang":"fr","is_family":false"#);
    let (way, weg) = thing(
        "attack-pattern",
        3,
        r#""name":"WEG DEUTSCH","lang":"de","kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"impact"}]"#,
    );
    let (grid, victim) =
        thing("identity", 4, r#""name":"GRID ENGLISH","identity_class":"organization","sectors":["energy"]"#);
    let mut all =
        vec![("intrusion-set", heron), ("malware", reed), ("attack-pattern", weg), ("identity", victim)];
    for (n, relation, to) in [(5, "uses", &tool), (6, "uses", &way), (7, "targets", &grid)] {
        let ends = format!(r#""relationship_type":"{relation}","source_ref":"{actor}","target_ref":"{to}""#);
        all.push(("relationship", thing("relationship", n, &ends).1));
    }
    for (kind, text) in all {
        world.say(world.west, kind, text, Tlp::Green);
    }
    actor
}

#[tokio::test]
async fn what_authors_wrote_says_its_language_on_pages_in_french() {
    let world = World::new();
    let router = world.router();
    let officer = format!("{}; lang=fr", world.person("officer", Tlp::Red));
    let actor = told(&world);
    let then = world.instant();
    world.state(world.desk.me, 9, 1, Tlp::Green);
    let days = "from=2026-01-01&to=2099-01-01";
    let mut paths: Vec<String> = ["actors", "malware", "techniques", "sectors"]
        .iter()
        .map(|topic| format!("/picture/trends?topic={topic}&days=364"))
        .collect();
    paths.extend([
        "/".to_owned(),
        "/picture/matrix?days=364".into(),
        "/picture/map?days=364".into(),
        "/picture/report?days=364".into(),
        "/picture/handover".into(),
        format!("/picture/subjects/{actor}"),
        format!("/picture/sources?topic=actors&of={actor}&{days}"),
        "/exchange/objects".into(),
        format!("/exchange/objects/{actor}"),
        "/find?q=heron".into(),
        "/compare?from=2026-11-01T00:00:00Z&days=364".into(),
        at(&format!("/picture/subjects/{actor}"), &then),
    ]);
    let (mut wrong, mut met) = (Vec::new(), 0);
    for path in &paths {
        let text = page(&router, &officer, path).await;
        assert!(text.contains("<html lang=\"fr\""), "{path}");
        let mut here = 0;
        texts(&text, |text, language, around| {
            let to_the_letter = around.iter().any(|(name, _)| TO_THE_LETTER.contains(&name.as_str()));
            for (word, spoken) in SPOKEN.iter().filter(|_| !to_the_letter) {
                if text.contains(word) {
                    here += 1;
                    if language != *spoken {
                        let around: Vec<&str> = around.iter().map(|(name, _)| name.as_str()).collect();
                        wrong.push(format!("{path}: {text:?} is said to be {language:?} in {around:?}"));
                    }
                }
            }
        });
        met += usize::from(here > 0);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // The trends of sectors and a page or two name nothing of an author's.
    assert!(met + 2 >= paths.len(), "only {met} of {} pages showed any of it", paths.len());
}
