//! A story for each regime, with time frozen at each scene: facts go in as `entente notify plan --at` reads them, and
//! duties come out with their state, their dates and the article that sets them.

use model::Timestamp;
use notify::{Incident, Plan, plan};
use packs::Library;
use serde::Deserialize;
use serde_json::{Map, Value};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    regime: String,
    title: String,
    incident: Map<String, Value>,
    scenes: Vec<Scene>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scene {
    at: Timestamp,
    /// What became known since the last scene; it replaces what was said before.
    #[serde(default)]
    add: Map<String, Value>,
    expect: Vec<Expected>,
    /// What does not apply, and how the reason begins.
    #[serde(default)]
    out: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    stage: String,
    state: String,
    clause: String,
    alarm: Option<Timestamp>,
    limit: Option<Timestamp>,
}

fn stories() -> Vec<Story> {
    serde_json::from_str(include_str!("../stories.json")).expect("a list of stories")
}

/// The stages that a scene of a story names as due, by regime and id.
pub fn stages_told() -> Vec<String> {
    let scenes = stories().into_iter().flat_map(|story| story.scenes);
    scenes.flat_map(|scene| scene.expect).map(|expected| expected.stage).collect()
}

#[test]
fn every_story_goes_as_its_law_says() {
    let mut wrong = Vec::new();
    for story in stories() {
        let mut incident = story.incident;
        for scene in story.scenes {
            incident.extend(scene.add.clone());
            let read = Incident::read(&incident, Library::embedded()).expect("a sound incident");
            let made = plan(Library::embedded(), &read, scene.at);
            let faults = scene.expect.iter().filter_map(|expected| differs(&made, expected));
            let faults = faults.chain(scene.out.iter().filter_map(|(what, why)| stays(&made, what, why)));
            wrong.extend(faults.map(|fault| format!("{} at {}: {fault}", story.title, scene.at)));
        }
    }
    assert_eq!(wrong, [""; 0]);
}

fn differs(made: &Plan, expected: &Expected) -> Option<String> {
    let Some(duty) = made.obligations.iter().find(|duty| duty.stage == expected.stage) else {
        return Some(format!("{} is no duty", expected.stage));
    };
    let state = serde_json::to_value(duty.state).expect("a word");
    let dated = |wanted: Option<Timestamp>, found| wanted.is_none_or(|wanted| Some(wanted) == found);
    let same = state == *expected.state
        && dated(expected.alarm, duty.alarm)
        && dated(expected.limit, duty.limit)
        && duty.clause.contains(&expected.clause);
    let explained = !duty.reasons.is_empty() && duty.reasons.iter().all(|why| !why.fr.contains('⟦'));
    (!same || !explained)
        .then(|| format!("{}: {state}, {:?}, {:?}, {}", duty.stage, duty.alarm, duty.limit, duty.clause))
}

fn stays(made: &Plan, what: &str, why: &Value) -> Option<String> {
    let same = |out: &&notify::plan::Excluded| out.stage.as_deref().unwrap_or(&out.regime) == what;
    let Some(out) = made.excluded.iter().find(same) else { return Some(format!("{what} is not out")) };
    let why = why.as_str().expect("a text");
    let said = out.reasons.iter().any(|reason| reason.en.starts_with(why));
    (!said).then(|| format!("{what} is out because {:?}", out.reasons))
}

#[test]
fn every_regime_has_its_story() {
    let told: std::collections::BTreeSet<String> = stories().into_iter().map(|story| story.regime).collect();
    let library = Library::embedded();
    let without =
        library.packs.values().filter(|pack| !pack.head.adjacent && !told.contains(&pack.head.regime));
    assert_eq!(
        without.map(|pack| pack.head.regime.as_str()).collect::<Vec<_>>(),
        [""; 0],
        "write a story into tests/stories.json"
    );
}
