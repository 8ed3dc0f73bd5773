//! The overview names no more than its reader may see, and bears the marking of what it names.

use http::StatusCode;
use model::Tlp;

use crate::pages::Console;

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_objects_bear_their_labels_and_the_page_the_strictest() {
    let console = Console::told();
    let officer = console.person("duty", Tlp::Red);
    let page = console.page(&officer, "/").await;
    assert!(page.contains("Nightshade implant") && page.contains("Café beacon"));
    let banner =
        page.split("marking-banner").nth(1).and_then(|rest| rest.split("</div>").next()).expect("a banner");
    assert!(banner.contains("TLP:RED"), "{banner}");
    assert!(!page.contains(">indicates<"), "what tells nothing by itself is left out");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_cleared_for_less_sees_less_on_the_overview() {
    let console = Console::told();
    let visitor = console.person("visitor", Tlp::Green);
    let page = console.page(&visitor, "/").await;
    assert!(page.contains("Café beacon") && !page.contains("Nightshade"));
    let banner =
        page.split("marking-banner").nth(1).and_then(|rest| rest.split("</div>").next()).expect("a banner");
    assert!(banner.contains("TLP:GREEN") && !banner.contains("TLP:RED"));
    assert!(!page.contains("TLP:RED without recipients"), "reasons are counted from what is visible");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_what_stays_here_and_why_in_both_languages() {
    let console = Console::told();
    let officer = console.person("duty", Tlp::Red);
    for (lang, says) in [("en", "What of ours goes out, and what stays"), ("fr", "Ce qui sort de chez nous")]
    {
        let (status, page) = console.get(&officer, lang, "/").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains(says) && page.contains("data-code=\"marking-missing\""), "{lang}");
    }
}
