//! The watch-list: a technology is put on it, gets sources, is reviewed, and leaves it; and who may see what of that.

use http::StatusCode;
use model::Tlp;
use model::time::SignedDuration;

use crate::world::{Person, World};

/// A day so many days from now.
fn day(days: i64) -> String {
    let at = desk::edge::now() + SignedDuration::from_hours(24 * days);
    at.to_zoned(model::time::TimeZone::UTC).date().to_string()
}

/// Puts one on the list with these changes to the usual; its page.
async fn start(world: &World, person: &Person, changes: &[(&str, &str)]) -> (StatusCode, String) {
    let review = day(30);
    let usual = [
        ("technology", "Post-quantum migration"),
        ("why", "What is recorded today may be read in ten years."),
        ("language", "en"),
        ("owner", "anna"),
        ("from", "2030"),
        ("until", "2035-12"),
        ("maturity", "early"),
        ("review", review.as_str()),
        ("tlp", "GREEN"),
        ("under", ""),
    ];
    let changed = |(name, value)| {
        changes.iter().find(|(changed, _)| *changed == name).copied().unwrap_or((name, value))
    };
    world.post(person, "/picture/watch/add", &usual.map(changed)).await
}

fn hidden(page: &str, name: &str) -> String {
    let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a hidden field");
    at.split('"').next().expect("a value").to_owned()
}

/// The path below which an entry is changed, from that of its page.
fn below(page: &str, verb: &str) -> String {
    format!("/picture/watch/{}/{verb}", page.rsplit('/').next().expect("an id"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_technology_is_watched_gets_a_source_and_leaves_the_list_with_a_reason() {
    let world = World::new();
    let anna = world.person("anna", Tlp::Amber);
    let (status, page) = start(&world, &anna, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    assert!(world.page(&anna, &page).await.contains("2030 – 2035-12"));

    let evidence = below(&page, "evidence");
    let version = hidden(&world.page(&anna, &evidence).await, "version");
    let source = [
        ("version", version.as_str()),
        ("says", "Key establishment first"),
        ("link", "https://csrc.example/ir-8547"),
        ("on", "2024-11-12"),
        ("confidence", "moderate"),
    ];
    let (status, to) = world.post(&anna, &evidence, &source).await;
    assert_eq!((status, &to), (StatusCode::SEE_OTHER, &page));
    let shown = world.page(&anna, &page).await;
    assert!(
        shown.contains("Key establishment first") && shown.contains("href=\"https://csrc.example/ir-8547\"")
    );
    assert!(shown.contains("1 source added") && shown.contains("Put on the list"));
    let (status, _) = world.post(&anna, &evidence, &source).await;
    assert_eq!(status, StatusCode::CONFLICT, "somebody else has changed it meanwhile");

    let retire = below(&page, "retire");
    let version = hidden(&world.page(&anna, &retire).await, "version");
    let (status, refused) = world.post(&anna, &retire, &[("version", &version), ("reason", " ")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.contains("id=\"reason-error\""));
    let reason = [("version", version.as_str()), ("reason", "It is everywhere now.")];
    assert_eq!(world.post(&anna, &retire, &reason).await.0, StatusCode::SEE_OTHER);
    let list = world.page(&anna, "/picture/watch").await;
    assert!(list.contains("No longer watched") && list.contains("Post-quantum migration"));
    assert!(world.page(&anna, &page).await.contains("It is everywhere now."));
    let (_, french) = world.get(&anna, "fr", &page).await;
    assert!(
        french.contains("Retirée de la liste") && french.contains("<p lang=\"en\">It is everywhere now.")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_refused_at_its_field() {
    let world = World::new();
    let anna = world.person("anna", Tlp::Green);
    let yesterday = day(-1);
    for (field, wrong) in [
        ("technology", ""),
        ("why", " "),
        ("owner", "nobody"),
        ("from", "soon"),
        ("until", "2029"),
        ("maturity", "ripe"),
        ("review", yesterday.as_str()),
        ("review", "tomorrow"),
        ("tlp", "RED"),
        ("under", "agreement"),
    ] {
        let (status, page) = start(&world, &anna, &[(field, wrong)]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} = {wrong:?}");
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field} = {wrong:?}");
    }
    assert!(world.page(&anna, "/picture/watch").await.contains("Nothing is watched."));
    let (_, page) = start(&world, &anna, &[]).await;
    let evidence = below(&page, "evidence");
    let version = hidden(&world.page(&anna, &evidence).await, "version");
    let tomorrow = day(1);
    for (field, wrong) in [
        ("says", ""),
        ("link", "http://a.example/"),
        ("link", "javascript:alert(1)"),
        ("on", tomorrow.as_str()),
        ("confidence", "very"),
    ] {
        let usual = [
            ("version", version.as_str()),
            ("says", "So"),
            ("link", "https://a.example/"),
            ("on", "2026-01-01"),
            ("confidence", "low"),
        ];
        let changed = usual.map(|(name, value)| if name == field { (name, wrong) } else { (name, value) });
        let (status, page) = world.post(&anna, &evidence, &changed).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{field} = {wrong:?}");
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field} = {wrong:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_sees_an_entry_beyond_their_clearance_or_an_old_version_of_one() {
    let world = World::new();
    let (anna, guest) = (world.person("anna", Tlp::Amber), world.person("guest", Tlp::Green));
    let (_, page) = start(&world, &anna, &[]).await;
    assert!(world.page(&guest, "/picture/watch").await.contains("Post-quantum migration"));
    let edit = below(&page, "edit");
    let form = world.page(&anna, &edit).await;
    let (version, review) = (hidden(&form, "version"), day(60));
    let stricter = [
        ("version", version.as_str()),
        ("technology", "Post-quantum migration of port systems"),
        ("why", "Named ports are late."),
        ("language", "en"),
        ("owner", "anna"),
        ("from", ""),
        ("until", ""),
        ("maturity", "spreading"),
        ("review", review.as_str()),
        ("tlp", "AMBER"),
        ("under", ""),
    ];
    assert_eq!(world.post(&anna, &edit, &stricter).await.0, StatusCode::SEE_OTHER);
    assert!(world.page(&anna, &page).await.contains("Named ports are late."));
    assert!(!world.page(&guest, "/picture/watch").await.contains("Post-quantum"));
    assert_eq!(world.get(&guest, "en", &page).await.0, StatusCode::NOT_FOUND);
    let api = world.json(&guest, "/api/v1/picture/watch").await;
    assert_eq!(api["entries"].as_array().map(Vec::len), Some(0));
    let api = world.json(&anna, "/api/v1/picture/watch").await;
    assert_eq!(api["entries"][0]["maturity"], "spreading");
    let one = format!(
        "/api/v1/picture/watch/{}/{}",
        api["entries"][0]["party"].as_str().expect("a party"),
        api["entries"][0]["id"].as_str().expect("an id")
    );
    assert_eq!(world.json(&anna, &one).await["overdue"], false);
    assert_eq!(world.get(&guest, "en", &one).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_shared_only_under_an_agreement_and_only_its_author_changes_it() {
    let world = World::new();
    let anna = world.person("anna", Tlp::Amber);
    let under = world.agree().to_string();
    let kept = world.released_to_west();
    start(&world, &anna, &[]).await;
    assert_eq!(world.released_to_west(), kept, "without an agreement it stays here");
    let (_, page) = start(&world, &anna, &[("under", &under), ("technology", "Space ground segments")]).await;
    assert_eq!(world.released_to_west(), kept + 1);
    let edit = world.page(&anna, &below(&page, "edit")).await;
    assert!(edit.contains(&format!("value=\"{under}\" selected")), "the agreement stays");
    world.hear_watch("Quantum sensing");
    let list = world.page(&anna, "/picture/watch").await;
    assert!(list.contains("Quantum sensing"), "what the west watches is on the list too");
    let theirs = list.split("href=\"/picture/watch/entries/").find(|part| part.contains("Quantum sensing"));
    let theirs =
        format!("/picture/watch/entries/{}", theirs.expect("a link").split('"').next().expect("its end"));
    assert!(!world.page(&anna, &theirs).await.contains("/evidence\""));
    assert_eq!(world.get(&anna, "en", &below(&theirs, "edit")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_looks_after_an_entry_is_told_once_when_its_review_is_overdue() {
    let world = World::new();
    let (anna, ben) = (world.person("anna", Tlp::Amber), world.person("ben", Tlp::Amber));
    start(&world, &anna, &[]).await;
    start(&world, &anna, &[("technology", "Space ground segments"), ("tlp", "AMBER"), ("owner", "ben")])
        .await;
    let at = |days: i64| desk::edge::now() + SignedDuration::from_hours(24 * days);
    assert_eq!(world.tell(at(29)), 0);
    assert_eq!(world.tell(at(31)), 2);
    assert_eq!(world.tell(at(40)), 0, "told once");
    assert!(
        world.page(&anna, "/notices").await.contains("The review of “Post-quantum migration” was due on")
    );
    let page = world.page(&ben, "/notices").await;
    assert!(page.contains("Space ground segments") && !page.contains("Post-quantum"));
    let lower = world.person("ben", Tlp::Green);
    assert!(!world.page(&lower, "/notices").await.contains("Space ground"));
}
