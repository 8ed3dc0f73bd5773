//! The page of every regime says all that its pack says, in both languages.

use notify::page::{Language, page};
use packs::Library;

#[test]
fn every_regime_has_a_page_in_both_languages_without_a_missing_word() {
    let library = Library::embedded();
    for pack in library.packs.values() {
        let pages = [Language::En, Language::Fr].map(|language| page(library, pack, "file", language));
        for text in &pages {
            assert!(!text.contains('⟦') && !text.contains('{'), "{text}");
            for stage in &pack.stages {
                assert!(text.contains(&format!("`{}`", stage.id)) && text.contains(&stage.cite));
            }
            assert!(text.contains(&pack.head.law));
        }
        assert_ne!(pages[0], pages[1]);
        assert_eq!(pages[0].lines().count(), pages[1].lines().count());
    }
}
