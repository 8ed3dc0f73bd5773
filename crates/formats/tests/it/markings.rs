//! What an object's markings amount to.

use formats::json::Limits;
use formats::stix::{KnownMarking, Marked, definition_of_tlp, id_of_pap, id_of_tlp, inspect, marking_of};
use model::{Marking, Pap, Tlp};

const STATEMENT: &str = "marking-definition--00000000-0000-4000-8000-00000000000a";
const FOREIGN: &str = "marking-definition--00000000-0000-4000-8000-00000000000b";
const STRANGER: &str = "marking-definition--00000000-0000-4000-8000-00000000000c";

fn marked(whole: &[&str], part: &[&str]) -> Marked {
    let list = |ids: &[&str]| ids.iter().map(|id| format!("{id:?}")).collect::<Vec<_>>().join(",");
    let parts: Vec<String> =
        part.iter().map(|id| format!(r#"{{"marking_ref":{id:?},"selectors":["name"]}}"#)).collect();
    let mut text = String::from(
        r#"{"type":"mutex","id":"mutex--f93fe911-e545-5239-b9b0-597840d0c871","name":"__CLEANSWEEP__""#,
    );
    if !whole.is_empty() {
        text.push_str(&format!(r#","object_marking_refs":[{}]"#, list(whole)));
    }
    if !parts.is_empty() {
        text.push_str(&format!(r#","granular_markings":[{}]"#, parts.join(",")));
    }
    text.push('}');
    let object = inspect(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(object.findings, [], "{text}");
    marking_of(&object, |id| match id {
        STATEMENT => Some(KnownMarking::Statement),
        FOREIGN => Some(KnownMarking::Foreign("ACS")),
        _ => None,
    })
}

#[test]
fn no_marking_and_statements_alone_are_no_level() {
    assert_eq!(marked(&[], &[]), Marked::None { pap: None });
    assert_eq!(marked(&[STATEMENT], &[]), Marked::None { pap: None });
    assert_eq!(marked(&[id_of_pap(Pap::Amber)], &[]), Marked::None { pap: Some(Pap::Amber) });
}

#[test]
fn the_strictest_of_several_is_in_force_and_flagged() {
    let red = Marking { tlp: Tlp::Red, pap: Some(Pap::Green) };
    assert_eq!(
        marked(&[id_of_tlp(Tlp::Green), STATEMENT, id_of_pap(Pap::Green)], &[id_of_tlp(Tlp::Red)]),
        Marked::Known { marking: red, several: true, granular: true }
    );
    let tlp_1_white = "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9";
    assert_eq!(
        marked(&[tlp_1_white, id_of_tlp(Tlp::Clear)], &[]),
        Marked::Known { marking: Marking::tlp(Tlp::Clear), several: false, granular: false }
    );
}

#[test]
fn one_marking_that_cannot_be_read_makes_the_whole_unknown() {
    assert_eq!(marked(&[id_of_tlp(Tlp::Clear), STRANGER], &[]), Marked::Unknown(STRANGER.into()));
    assert_eq!(marked(&[id_of_tlp(Tlp::Clear)], &[FOREIGN]), Marked::Unknown(FOREIGN.into()));
}

#[test]
fn the_official_objects_pass_the_checks_and_say_what_they_mean() {
    for tlp in Tlp::ALL {
        let object = inspect(definition_of_tlp(tlp).as_bytes(), &Limits::default()).unwrap();
        assert_eq!(object.findings, []);
        assert_eq!(object.defines, Some(KnownMarking::Level { tlp: Some(tlp), pap: None }));
        assert_eq!(object.name.as_deref(), Some(tlp.to_string().as_str()));
    }
}
