//! The register of methods of assessing risk: read, checked, and laid side by side.

use packs::Methods;
use packs::method::{Measures, Side};

#[test]
fn the_register_holds_methods_of_both_sides_with_sources_and_how_sure_they_are() {
    let register = Methods::embedded();
    let of = |side| register.methods.values().filter(|method| method.side == side).count();
    assert!(of(Side::Eu) >= 2 && of(Side::Us) >= 2 && of(Side::International) >= 1);
    for method in register.methods.values() {
        assert!(method.title.is_complete() && method.about.is_complete(), "{}", method.id);
        assert!(!method.sources.is_empty() && !method.edition.is_empty(), "{}", method.id);
        assert!(method.scales.iter().flat_map(|scale| &scale.levels).all(|level| level.name().is_complete()));
    }
    assert!(register.activities.len() >= 12);
    assert!(register.activities.iter().all(|activity| activity.name.is_complete()));
}

#[test]
fn two_methods_lie_side_by_side_activity_by_activity_and_what_is_missing_shows() {
    let walk = Methods::embedded().crosswalk("ebios-rm", "nist-sp-800-30").expect("both are there");
    let row = |id: &str| walk.rows.iter().find(|row| row.activity.id == id).expect("an activity");
    let places =
        |steps: &[&packs::method::Step]| steps.iter().map(|step| step.place.clone()).collect::<Vec<_>>();
    assert_eq!(
        (places(&row("sources").from), places(&row("sources").to)),
        (vec!["Workshop 2".into()], vec!["Task 2-1".into()])
    );
    assert_eq!(places(&row("events").from), ["Workshop 3", "Workshop 4"]);
    assert!(row("treatment").to.is_empty(), "SP 800-30 assesses and does not treat");
    assert!(Methods::embedded().crosswalk("ebios-rm", "guesswork").is_none());
}

#[test]
fn levels_correspond_by_their_place_and_to_themselves() {
    let register = Methods::embedded();
    let names = |from: &str, to: &str| {
        let walk = register.crosswalk(from, to).expect("both are there");
        let pair =
            walk.scales.iter().find(|pair| pair.measures == Measures::Likelihood).expect("both judge it");
        let name = |level: &packs::method::Level| level.name().en;
        pair.levels
            .iter()
            .map(|(one, others)| (name(one), others.iter().map(|l| name(l)).collect()))
            .collect::<Vec<(String, Vec<String>)>>()
    };
    let walk = names("ebios-rm", "nist-sp-800-30");
    assert_eq!(walk[0].1, ["Very low", "Low"]);
    assert_eq!(walk[3].1, ["High", "Very high"]);
    for (one, others) in names("bsi-200-3", "bsi-200-3") {
        assert_eq!(others, [one]);
    }
    assert!(
        register.crosswalk("iso-27005", "ebios-rm").expect("both").scales.is_empty(),
        "27005 sets no scale"
    );
}

#[test]
fn a_file_that_does_not_hold_together_is_refused_with_what_to_do() {
    let good = include_str!("../../../../packs/methods/bsi-200-3.toml");
    let said =
        |text: &str| Methods::read(&[("bsi-200-3", text)]).map(|_| ()).expect_err("refused").to_string();
    assert!(said(&good.replace("id = \"bsi-200-3\"", "id = \"other\"")).contains("not the name of the file"));
    assert!(
        said(&good.replace("does = [\"treatment\"]", "does = [\"magic\"]"))
            .contains("no activity is called \"magic\"")
    );
    assert!(said(&good.replace("confidence = \"B\"", "confidence = \"sure\"")).contains("A, A-, B or C"));
    assert!(said(&good.replace("place = \"Chapter 7\"", "place = \"\"")).contains("needs a place"));
    assert!(said("id = 1").contains("correct the file"));
}
