//! The hand-over of a shift: what is new since an officer acknowledged, and the record that acknowledging is.

use http::StatusCode;
use model::Tlp;

use crate::world::{World, named};

fn hidden(page: &str, name: &str) -> String {
    let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1).expect("a hidden field");
    at.split('"').next().expect("a value").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_not_told_again_and_what_came_after_is() {
    let world = World::new();
    let officer = world.person("anna", Tlp::Red);
    world.hear(Tlp::Green, &[named("campaign", 1, 0, "Early Berth")]);
    let page = world.page(&officer, "/picture/handover").await;
    assert!(page.contains("Early Berth") && page.contains("You have not acknowledged anything yet"));
    let upto = hidden(&page, "upto");
    world.hear(Tlp::Green, &[named("campaign", 2, 0, "Late Berth")]); // while the page was open
    let (status, location) = world
        .post(&officer, "/picture/handover", &[("upto", &upto), ("note", "Call the west at eight.")])
        .await;
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, "/picture/handover"));
    let after = world.page(&officer, "/picture/handover").await;
    assert!(after.contains("Late Berth") && !after.contains("Early Berth"));
    assert!(!after.contains("Call the west at eight."), "one's own note is for others");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_shift_reads_the_note_as_far_as_it_is_cleared() {
    let world = World::new();
    let (anna, ben) = (world.person("anna", Tlp::Amber), world.person("ben", Tlp::Amber));
    let upto = hidden(&world.page(&anna, "/picture/handover").await, "upto");
    world.post(&anna, "/picture/handover", &[("upto", &upto), ("note", "Call the west at eight.")]).await;
    let page = world.page(&ben, "/picture/handover").await;
    assert!(page.contains("anna left a note") && page.contains("Call the west at eight."));
    assert!(world.page(&ben, "/").await.contains("A note was left for you"));
    let guest = world.person("guest", Tlp::Green);
    assert!(!world.page(&guest, "/picture/handover").await.contains("Call the west"));
    let (_, french) = world.get(&ben, "fr", "/picture/handover").await;
    assert!(french.contains("anna a laissé une note"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_acknowledges_the_future_or_writes_a_novel() {
    let world = World::new();
    let officer = world.person("anna", Tlp::Red);
    let upto = hidden(&world.page(&officer, "/picture/handover").await, "upto");
    let (status, _) = world.post(&officer, "/picture/handover", &[("upto", "2099-01-01T00:00:00Z")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let novel = "x".repeat(4_001);
    let (status, page) =
        world.post(&officer, "/picture/handover", &[("upto", &upto), ("note", &novel)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("At most 4,000 characters."));
    let again = world.page(&officer, "/picture/handover").await;
    assert!(again.contains("You have not acknowledged anything yet"), "nothing was recorded");
}
