//! What becomes visible later is found by those who have read past it.

use model::Tlp;
use records::consumer::Relation;

use crate::world::{World, envelope, id, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";
const OBJECTS: &str = "/taxii2/arrangement/collections/objects/objects/";

/// Waits until everybody sees everything: a consumer waits for its own posts only.
fn folded(world: &World) {
    let last = world.desk.ledger.last_seq();
    world.desk.views.wait_blocking(last, std::time::Duration::from_secs(5)).expect("folded");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_poller_misses_nothing_that_an_amended_agreement_lets_through() {
    let world = World::new(Tlp::Green);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    world.consumer("client", Relation::Client, Tlp::Red);
    let mixed = [(1, Tlp::Green), (2, Tlp::Amber), (3, Tlp::Amber), (4, Tlp::Green)];
    let objects: Vec<String> = mixed.iter().map(|(n, tlp)| indicator(*n, Some(*tlp), M)).collect();
    world.post("soc", envelope(&objects)).await;
    folded(&world);
    let first = world.get("client", OBJECTS).await;
    assert_eq!(first.ids(), [id(1), id(4)]);
    let last = first.headers["x-taxii-date-added-last"].to_str().expect("a date").to_owned();
    let news = format!("{OBJECTS}?added_after={last}");
    assert_eq!(world.get("client", &news).await.bytes, b"{}");

    world.amend(2, Tlp::Amber);
    let later = world.get("client", &news).await;
    assert_eq!(later.ids(), [id(2), id(3)]);
    // In order for everybody, and what comes next is dated after it.
    world.post("soc", indicator(5, Some(Tlp::Green), M)).await;
    folded(&world);
    let last = later.headers["x-taxii-date-added-last"].to_str().expect("a date").to_owned();
    assert_eq!(world.get("client", &format!("{OBJECTS}?added_after={last}")).await.ids(), [id(5)]);
    assert_eq!(world.get("client", OBJECTS).await.ids(), [id(1), id(4), id(2), id(3), id(5)]);

    // A version that grants no more moves nothing.
    world.amend(3, Tlp::Green);
    assert_eq!(world.get("client", OBJECTS).await.ids(), [id(1), id(4), id(5)]);
    world.amend(4, Tlp::Amber);
    assert_eq!(world.get("client", OBJECTS).await.ids(), [id(1), id(4), id(2), id(3), id(5)]);
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_that_were_given_anew_are_the_same_after_a_rebuild() {
    let world = World::new(Tlp::Green);
    world.consumer("soc", Relation::Organisation, Tlp::Red);
    let objects: Vec<String> = (0..40).map(|n| indicator(n, Some(Tlp::Amber), M)).collect();
    world.post("soc", envelope(&objects)).await;
    folded(&world);
    world.amend(2, Tlp::Amber);
    world.post("soc", indicator(50, Some(Tlp::Green), M)).await;
    let dates = |reader: &rusqlite::Connection| -> Vec<(i64, i64)> {
        let mut rows =
            reader.prepare("SELECT date, seq FROM exchange_placement ORDER BY coll, date").expect("a table");
        let rows = rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("rows");
        rows.collect::<Result<_, _>>().expect("numbers")
    };
    folded(&world);
    let live = dates(&world.desk.views.read().expect("a reader"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("views.db");
    let desk = &world.desk;
    desk::views::rebuild(&path, desk.ledger.clone(), desk.perspective(), &[], u64::MAX, |_| {})
        .expect("rebuilt");
    let again = desk::sql::open(&path, desk::sql::Durability::Rebuildable, 1024).expect("views");
    assert_eq!(dates(&again), live);
    assert_eq!(live.len(), 41);
}
