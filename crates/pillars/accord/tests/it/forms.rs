//! Proposing and amending by form: closed to whoever may not, patient with mistakes, exact in what it proposes.

use desk::local::Role;
use http::StatusCode;
use model::{Onward, Selector, Tlp};

use crate::pages::Person;
use crate::world::World;

const PROPOSE: &str = "/accord/agreements/propose";

fn form(person: &Person, fields: &[(&str, &str)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", ui::query::encode(value)));
    format!("csrf={}{}", ui::query::encode(&person.token), pairs.collect::<String>())
}

/// What an officer fills in, with the West as the other party.
fn filled<'a>(west: &'a str, until: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("name", "warnings"),
        ("title_en", "Warnings"),
        ("title_fr", "Avertissements"),
        ("text_en", "The parties warn each other.\r\n\r\nWithout delay."),
        ("text_fr", "Les parties s’avertissent.\r\n\r\nSans délai."),
        ("party", west),
        ("from", "2026-01-01T00:00"),
        ("until", until),
        ("grants", "1"),
        ("commitments", "1"),
        ("g0_to", west),
        ("g0_what", "indicator, crisis.sitrep.v1"),
        ("g0_up_to", "amber"),
        ("g0_onward", "clients"),
        ("g0_purpose_en", "Defence of networks"),
        ("g0_purpose_fr", "Défense des réseaux"),
        ("c0_party", west),
        ("c0_text_en", "Answer within a day"),
        ("c0_text_fr", "Répondre sous un jour"),
    ]
}

#[tokio::test]
async fn an_officer_proposes_by_form_and_both_sign() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let west = world.us.me.to_string();
    let fields = filled(&west, "2126-01-01T00:00");
    let (status, to) = person.post(PROPOSE, &form(&person, &fields)).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let known = world.eu.known();
    let (id, state) = known.agreements.first_key_value().expect("an agreement");
    assert_eq!(to, format!("/accord/agreements/{id}"));
    let agreement = &state.newest().expect("a version").agreement;
    assert_eq!(agreement.text.en, "The parties warn each other.\n\nWithout delay.");
    assert!(agreement.has_party(&world.eu.me) && agreement.has_party(&world.us.me));
    let grant = &agreement.grants[0];
    let what = [Selector::ObjectType("indicator".into()), Selector::Kind("crisis.sitrep.v1".into())];
    assert_eq!((grant.what.as_slice(), grant.up_to, grant.onward), (&what[..], Tlp::Amber, Onward::Clients));
    assert_eq!((grant.from.as_slice(), grant.to.as_slice()), (&[][..], &[world.us.me][..]));
    assert_eq!(agreement.commitments[0].party, world.us.me);
    world.settle();
    accord::sign(&world.us, *id, 1, "B. Reed, Director").expect("signed in the west");
    accord::sign(&world.eu, *id, 1, "A. Berg, Director").expect("signed in the north");
}

#[tokio::test]
async fn a_mistake_keeps_what_was_entered_and_names_the_field() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let west = world.us.me.to_string();
    let mistakes = [
        ("name", "Warnings!", "name", "1 to 40 characters"),
        ("title_fr", "", "title_fr", "Write it in English and in French"),
        ("party", "", "party", "Choose at least one other party"),
        ("until", "2020-01-01T00:00", "until", "end before it begins"),
        ("until", "soon", "until", "Give a day and time"),
        ("g0_what", "", "g0_what", "name at least one type"),
        ("g0_onward", "everywhere", "g0_onward", "Choose one of the list"),
        ("g0_purpose_en", "", "g0_purpose_en", "Write it in English and in French"),
        ("c0_party", "", "c0_party", "Choose one of the list"),
    ];
    for (field, value, at, says) in mistakes {
        let mut fields = filled(&west, "2126-01-01T00:00");
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let (status, page) = person.post(PROPOSE, &form(&person, &fields)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field}={value}");
        assert!(page.contains(&format!("href=\"#{at}\"")), "{field}={value} leads to {at}");
        assert!(page.contains(&format!("id=\"{at}\"")) && page.contains(says), "{field}={value} says {says}");
        assert!(
            page.contains("Without delay.</textarea>") && page.contains("Answer within a day"),
            "input is kept"
        );
    }
    assert!(world.eu.known().agreements.is_empty());
}

#[tokio::test]
async fn rows_are_added_and_left_out_without_a_script() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let west = world.us.me.to_string();
    let mut fields = filled(&west, "2126-01-01T00:00");
    fields.push(("more", "grant"));
    let (status, page) = person.post(PROPOSE, &form(&person, &fields)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("name=\"g1_what\"") && page.contains("value=\"Defence of networks\""));
    assert!(page.contains("name=\"grants\" value=\"2\""));
    let mut fields = filled(&west, "2126-01-01T00:00");
    fields.extend([("c0_drop", "on"), ("g0_drop", "on")]);
    assert_eq!(person.post(PROPOSE, &form(&person, &fields)).await.0, StatusCode::SEE_OTHER);
    let known = world.eu.known();
    let agreement = &known.agreements.values().next().expect("one").newest().expect("a version").agreement;
    assert!(agreement.grants.is_empty() && agreement.commitments.is_empty());
    let mut fields = filled(&west, "2126-01-01T00:00");
    fields.retain(|(name, _)| *name != "grants");
    fields.push(("grants", "4000000000"));
    let (_, page) = person.post(PROPOSE, &form(&person, &fields)).await;
    assert!(page.contains("name=\"grants\" value=\"32\""), "the form is bounded");
}

#[tokio::test]
async fn an_amendment_starts_from_the_newest_version_and_keeps_the_rest() {
    let world = World::new();
    let person = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    let before = world.signed();
    let amend = format!("/accord/agreements/{}/amend", before.id);
    let (status, page) = person.get(&amend, "en").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("indicator, crisis.sitrep.v1") && page.contains("Working arrangement"));
    assert!(!page.contains("name=\"name\""), "the short name never changes");
    let west = world.us.me.to_string();
    let fields = filled(&west, "2126-01-01T00:00");
    assert_eq!(person.post(&amend, &form(&person, &fields)).await.0, StatusCode::SEE_OTHER);
    let known = world.eu.known();
    let after = &known.agreements[&before.id].newest().expect("a version").agreement;
    assert_eq!(
        (after.version, after.name.as_str(), after.title.en.as_str()),
        (2, "working-arrangement", "Warnings")
    );
    assert_eq!(after.parties, before.parties, "who signed before keeps name and role");
    let standing = accord::Standing::of(&known.agreements[&before.id], world.eu.me, desk::edge::now());
    assert_eq!(
        standing,
        accord::Standing::InForce,
        "the version before stays in force until all have signed"
    );
}

#[tokio::test]
async fn only_an_officer_proposes_and_amends() {
    let world = World::new();
    let agreement = world.signed();
    let amend = format!("/accord/agreements/{}/amend", agreement.id);
    let west = world.us.me.to_string();
    for role in [Role::Analyst, Role::Auditor, Role::Administrator] {
        let person = Person::at(&world, role.name(), role, Tlp::Red);
        let sent = form(&person, &filled(&west, "2126-01-01T00:00"));
        for path in [PROPOSE, amend.as_str()] {
            assert_eq!(person.get(path, "en").await.0, StatusCode::FORBIDDEN, "GET {path} as {role:?}");
            assert_eq!(person.post(path, &sent).await.0, StatusCode::FORBIDDEN, "POST {path} as {role:?}");
        }
    }
    let officer = Person::at(&world, "duty", Role::Officer, Tlp::Red);
    for lang in ["en", "fr"] {
        for path in [PROPOSE, amend.as_str()] {
            let (status, page) = officer.get(path, lang).await;
            assert_eq!(status, StatusCode::OK, "{path} in {lang}");
            assert_eq!(page.matches("<h1").count(), 1, "{path} in {lang}");
            assert!(!page.contains('⟦'), "{path} in {lang}");
        }
        assert_eq!(
            officer.post(PROPOSE, "name=warnings").await.0,
            StatusCode::FORBIDDEN,
            "no token, no proposal"
        );
    }
    let uncleared = Person::at(&world, "visitor", Role::Officer, Tlp::Green);
    assert_eq!(
        uncleared.get(&amend, "en").await.0,
        StatusCode::NOT_FOUND,
        "below its marking it is not there"
    );
    assert_eq!(world.eu.known().agreements.len(), 1);
}
