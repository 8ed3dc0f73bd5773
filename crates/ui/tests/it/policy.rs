//! What the content security policy and WCAG ask of every page.

use std::collections::BTreeSet;

use ui::{Locale, Theme, styleguide};

fn pages() -> Vec<String> {
    let all = Locale::ALL.into_iter().flat_map(|l| Theme::ALL.into_iter().map(move |t| (l, t)));
    all.map(|(locale, theme)| styleguide::page(locale, theme).into_string()).collect()
}

/// The values of an attribute over a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let start = format!(" {attribute}=\"");
    page.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn no_page_has_inline_style_script_or_handlers() {
    for page in pages() {
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains("javascript:"));
        assert_eq!(page.matches("<script").count(), 1, "one script, from a file");
        for handler in ["onclick", "onload", "onchange", "onsubmit", "onerror"] {
            assert!(values(&page, handler).is_empty());
        }
    }
}

#[test]
fn no_page_loads_anything_from_elsewhere() {
    for page in pages() {
        assert!(values(&page, "src").iter().all(|src| src.starts_with("/assets/")));
    }
}

#[test]
fn every_id_is_unique_and_every_label_and_description_leads_to_one() {
    for page in pages() {
        let ids = values(&page, "id");
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for target in values(&page, "for").into_iter().chain(values(&page, "aria-labelledby")) {
            assert!(unique.contains(target), "{target} is named but not there");
        }
        for targets in values(&page, "aria-describedby") {
            assert!(targets.split(' ').all(|target| unique.contains(target)));
        }
    }
}

#[test]
fn every_page_has_its_landmarks_and_its_language() {
    for (locale, page) in
        Locale::ALL.into_iter().map(|l| (l, styleguide::page(l, Theme::System).into_string()))
    {
        assert!(page.contains(&format!("<html lang=\"{}\"", locale.code())));
        for landmark in ["<header", "<nav", "<main id=\"content\"", "<footer", "href=\"#content\""] {
            assert!(page.contains(landmark), "{landmark} is missing");
        }
        assert!(!page.contains('⟦'), "a string is missing");
    }
}

#[test]
fn a_page_with_everything_on_it_and_its_assets_stay_small() {
    let page = styleguide::page(Locale::Fr, Theme::System).into_string();
    let assets: usize = ui::assets::all().iter().map(|a| a.bytes.len()).sum();
    assert!(assets < 96_000, "style and script are {assets} bytes before compression");
    assert!(page.len() < 200_000, "the page with every component on it is {} bytes", page.len());
}
