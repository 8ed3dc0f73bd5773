//! The page of every regime says all that its pack says, in both languages.

use desk::edge;
use desk::local::Role;
use notify::commands::open_incident::open_incident;
use notify::page::{Language, page};
use packs::Library;
use records::determination::Outcome;
use serde_json::json;

use crate::room::Room;

#[test]
fn every_regime_has_a_page_in_both_languages_without_a_missing_word() {
    let library = Library::embedded();
    for pack in library.packs.values() {
        let pages = [Language::En, Language::Fr].map(|language| page(library, pack, "file", language));
        for (text, french) in pages.iter().zip([false, true]) {
            assert!(!text.contains('⟦') && !text.contains('{'), "{text}");
            let cited = |cite: &str| if french { packs::cite::french(cite) } else { cite.to_owned() };
            for stage in &pack.stages {
                assert!(text.contains(&format!("`{}`", stage.id)) && text.contains(&cited(&stage.cite)));
            }
            assert!(text.contains(&cited(&pack.head.law)));
        }
        assert_ne!(pages[0], pages[1]);
        assert_eq!(pages[0].lines().count(), pages[1].lines().count());
    }
}

#[tokio::test]
async fn a_french_page_cites_law_of_the_union_in_french_and_marks_what_is_english() {
    let room = Room::new();
    let id = open_incident(&room.desk, "Une panne", false, "A. Berg").expect("opened");
    for question in ["applies GDPR", "applies SEC-8K", "material"] {
        room.decide(id, question, Outcome::Yes).expect("decided");
    }
    room.state(id, "tz", json!("Europe/Paris")).expect("stated");
    room.state(id, "aware", json!(edge::now().to_string())).expect("stated");
    let officer = room.account("a.berg", Role::Officer);
    let here = format!("/notify/incidents/{id}");
    for place in [here.clone(), format!("{here}/stages/gdpr.33"), "/".to_owned()] {
        let (_, page) = officer.get(&place, "fr").await;
        assert!(!page.contains("Regulation (EU)"), "{place}");
    }
    let (_, page) = officer.get(&format!("{here}/stages/gdpr.33"), "fr").await;
    assert!(page.contains("règlement (UE) 2016/679, article 33, paragraphe 1"), "{page}");
    let (_, page) = officer.get(&format!("{here}/stages/gdpr.33"), "en").await;
    assert!(page.contains("Regulation (EU) 2016/679, art. 33(1)"));
    let (_, page) = officer.get(&format!("{here}/stages/sec.105"), "fr").await;
    assert!(page.contains("<span lang=\"en\">Form 8-K, Item 1.05"), "{page}");
}
