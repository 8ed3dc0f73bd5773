//! A directive binds through the act of a State: a plan names it, to whom reports go, and how that State counts.

use model::Timestamp;
use notify::{Incident, plan};
use packs::{Library, Status};
use serde_json::json;

/// Country, directive, what the first sentence names, and what the one about counting names.
const STATES: [(&str, &str, &str, &str); 39] = [
    ("AT", "NIS2", "Netz- und Informationssystemsicherheitsgesetz", "AVG, §§ 32 and 33; it gives the same"),
    ("BE", "NIS2", "Act of 26 April 2024", "not settled here (Code judiciaire"),
    ("BG", "NIS2", "Cybersecurity Act", "not settled here"),
    ("CY", "NIS2", "Law 60(I)/2025", "law not recorded"),
    ("CZ", "NIS2", "Act No 264/2025", "§ 40; it gives the same"),
    ("DE", "NIS2", "BSIG, § 32", "VwVfG, § 31; BGB, §§ 187-193; it gives the same"),
    ("DK", "NIS2", "Act No 434", "law not recorded"),
    ("EE", "NIS2", "has not transposed", "§§ 134-137"),
    (
        "ES",
        "NIS2",
        "has not transposed the directive: no transposition notified",
        "may give later dates, never earlier",
    ),
    ("FI", "NIS2", "124/2025", "150/1930"),
    ("FR", "NIS2", "has not transposed the directive: bill", "arts 640-642"),
    ("GR", "NIS2", "Law 5160/2024", "art. 10"),
    ("HR", "NIS2", "OG 14/2024", "arts 79-81"),
    ("HU", "NIS2", "Act LXIX of 2024", "§ 52"),
    ("IE", "NIS2", "has not transposed the directive: bill", "Interpretation Act 2005"),
    ("IT", "NIS2", "D.Lgs. 138/2024", "art. 2963"),
    ("LT", "NIS2", "Law on Cyber Security", "1.117"),
    ("LU", "NIS2", "bill 8364", "Basel, 1972"),
    ("LV", "NIS2", "National Cybersecurity Law", "law not recorded"),
    ("MT", "NIS2", "Legal Notice 71", "law not recorded"),
    ("NL", "NIS2", "Cyberbeveiligingswet", "Algemene termijnenwet"),
    ("PL", "NIS2", "national cybersecurity system", "art. 57"),
    ("PT", "NIS2", "Decree-Law 125/2025", "may give later dates, never earlier"),
    ("RO", "NIS2", "155/2024", "2551"),
    ("SE", "NIS2", "2025:1506", "1930:173"),
    ("SI", "NIS2", "ZInfV-1", "arts 99-101"),
    ("SK", "NIS2", "366/2024", "§ 27"),
    ("IS", "NIS2", "has not transposed the directive: not yet part of the EEA", "law not recorded"),
    ("LI", "NIS2", "Cyber-Sicherheitsgesetz", "Basel, 1972"),
    ("NO", "NIS2", "has not transposed the directive: not yet part of the EEA", "law not recorded"),
    ("AT", "CER", "Resilienz kritischer Einrichtungen", "AVG"),
    ("CZ", "CER", "266/2025", "§ 40"),
    ("DE", "CER", "KRITIS-Dachgesetz", "VwVfG"),
    ("FI", "CER", "310/2025", "150/1930"),
    ("FR", "CER", "has not transposed the directive: bill", "arts 640-642"),
    ("HU", "CER", "LXXXIV of 2024", "§ 52"),
    ("IE", "CER", "559/2024", "Interpretation Act"),
    ("IT", "CER", "134/2024", "art. 2963"),
    ("SK", "CER", "367/2024", "§ 27"),
];

/// The overlays that the table speaks of.
pub fn told() -> Vec<String> {
    STATES.iter().map(|(country, regime, ..)| format!("{regime} in {country}")).collect()
}

fn notes(country: &str, regime: &str) -> Vec<model::Bilingual> {
    let incident = json!({"regime": regime, "country": country, "aware": "2026-10-05T09:20:00Z"});
    let incident =
        Incident::read(incident.as_object().expect("an object"), Library::embedded()).expect("sound");
    plan(Library::embedded(), &incident, "2026-10-05T10:00:00Z".parse::<Timestamp>().expect("an instant"))
        .notes
}

#[test]
fn a_plan_names_the_act_of_the_state_and_how_it_counts() {
    for (country, regime, law, counting) in STATES {
        let said = notes(country, regime);
        assert!(said[0].en.contains(law), "{country} {:?}", said[0]);
        assert!(said.iter().any(|note| note.en.contains(counting)), "{country} {said:?}");
        assert!(said.iter().all(|note| !note.fr.is_empty() && !note.fr.contains('{')), "{country} {said:?}");
    }
}

#[test]
fn every_member_state_and_the_eea_are_known_to_nis2_and_others_are_asked_about() {
    let library = Library::embedded();
    let states = library.calendars.values().filter(|calendar| calendar.id.len() == 2 && calendar.id != "US");
    let nis2 = &library.packs["NIS2"];
    let without = states.filter(|state| nis2.overlays.iter().all(|overlay| overlay.country != state.id));
    assert_eq!(without.map(|state| state.id.as_str()).collect::<Vec<_>>(), [""; 0]);
    assert!(
        notes("PL", "CER")[0]
            .en
            .starts_with("How Poland has transposed the directive of CER is not recorded")
    );
    assert_eq!(notes("PL", "GDPR"), []);
    let bills = nis2.overlays.iter().filter(|overlay| overlay.status == Status::Proposed).count();
    assert_eq!(bills, 7);
}
