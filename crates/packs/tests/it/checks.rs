//! A pack is used only when its checks pass; each check finds what it is for.

use packs::{Library, check};

const SOUND: &str = r#"
[pack]
regime = "TEST"
version = "1"
title = { en = "Test", fr = "Essai" }
law = "Act 1"
status = "in_force"
confidence = "A"
reviewed = "2026-11-22"
covered = { en = "All", fr = "Tous" }
test = { en = "Any", fr = "Tout" }
sources = ["Act 1"]

[[stage]]
id = "test.first"
title = { en = "First", fr = "Premier" }
cite = "Act 1, s. 2"
duty = "ceiling"
recipients = ["cisa"]
channels = ["mail"]
required = ["B01"]

[[stage.limb]]
anchor = "aware"
period = "PT24H"
counting = "elapsed"
"#;

/// What the checks say when this text stands in the place of a pack.
fn said(text: &str) -> Vec<String> {
    let pack = toml::from_str(text).expect("a pack that can be read");
    check::all(&Library::embedded().clone().with(pack)).iter().map(ToString::to_string).collect()
}

fn with(before: &str, after: &str) -> Vec<String> {
    assert!(SOUND.contains(before), "{before}");
    said(&SOUND.replace(before, after))
}

#[test]
fn all_law_in_the_binary_passes_every_check() {
    let library = Library::embedded();
    assert_eq!(check::all(library), []);
    let of = |adjacent: bool| {
        let packs = library.packs.values().filter(move |pack| pack.head.adjacent == adjacent);
        packs
            .map(|pack| pack.stage_ids().len())
            .fold((0, 0), |(packs, stages), more| (packs + 1, stages + more))
    };
    assert_eq!(of(false), (27, 79), "regimes that were worked through");
    assert_eq!(of(true), (15, 24), "regimes beside them");
}

#[test]
fn a_sound_pack_is_found_sound() {
    assert_eq!(said(SOUND), [""; 0]);
}

#[test]
fn a_stage_without_a_clause_or_a_language_is_refused() {
    assert!(with("Act 1, s. 2", " ")[0].contains("no clause is cited"));
    assert!(with("fr = \"Premier\"", "fr = \"\"")[0].contains("lacks one language"));
    assert!(with("confidence = \"A\"", "confidence = \"sure\"").iter().any(|s| s.contains("not one of A")));
}

#[test]
fn a_name_that_leads_nowhere_is_refused() {
    assert!(with("\"aware\"", "\"awaer\"")[0].contains("no instant is called \"awaer\""));
    assert!(with("\"aware\"", "\"submitted(nis2.inn)\"")[0].contains("no stage is called \"nis2.inn\""));
    assert!(with("B01", "B99")[0].contains("no field has the code \"B99\""));
    assert!(with("\"cisa\"", "\"cia\"")[0].contains("no recipient"));
    assert!(with("\"mail\"", "\"pigeon\"")[0].contains("no channel"));
    let condition = "required = [\"B01\"]\nwhen = [{ class = \"giant\", is = true }]";
    assert!(with("required = [\"B01\"]", condition)[0].contains("no class is called \"giant\""));
}

#[test]
fn a_clock_that_waits_for_itself_is_refused() {
    let second = r#"
[[stage]]
id = "test.second"
title = { en = "Second", fr = "Second" }
cite = "Act 1, s. 3"
duty = "ceiling"
recipients = ["cisa"]
channels = ["mail"]

[[stage.limb]]
anchor = "submitted(test.first)"
period = "P1M"
counting = "calendar_days"
"#;
    assert_eq!(said(&format!("{SOUND}{second}")), [""; 0]);
    let circle =
        format!("{SOUND}{second}").replace("anchor = \"aware\"", "anchor = \"submitted(test.second)\"");
    let said = said(&circle);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said.iter().all(|what| what.contains("waits for itself")));
}

#[test]
fn a_period_that_its_counting_cannot_count_is_refused() {
    assert!(with("PT24H", "4BD")[0].contains("4BD cannot be counted as Elapsed"));
    assert!(with("\"elapsed\"", "\"eu_days\"")[0].contains("cannot be counted"));
    assert!(with("\"elapsed\"", "\"dora\"")[0].contains("`relief`"));
    assert!(with("\"ceiling\"", "\"voluntary\"")[0].contains("has no clock"));
}

#[test]
fn two_versions_of_a_stage_never_hold_on_one_day() {
    let again = SOUND[SOUND.find("[[stage]]").expect("a stage")..].to_owned();
    let ends = SOUND.replace("duty = \"ceiling\"", "duty = \"ceiling\"\nuntil = \"2025-12-31\"");
    let begins =
        |day: &str| again.replace("duty = \"ceiling\"", &format!("duty = \"ceiling\"\nfrom = \"{day}\""));
    assert_eq!(said(&format!("{ends}{}", begins("2026-01-01"))), [""; 0]);
    assert!(said(&format!("{ends}{}", begins("2025-12-31")))[0].contains("hold on the same day"));
}

#[test]
fn what_no_law_says_cannot_even_be_read() {
    for (before, after) in [
        ("PT24H", "soon"),
        ("\"in_force\"", "\"maybe\""),
        ("\"elapsed\"", "\"by_moon\""),
        ("duty = \"ceiling\"", "duty = \"ceiling\"\nceilling = 3"),
        ("2026-11-22", "2026-02-30"),
    ] {
        assert!(toml::from_str::<packs::Pack>(&SOUND.replace(before, after)).is_err(), "{after}");
    }
}
