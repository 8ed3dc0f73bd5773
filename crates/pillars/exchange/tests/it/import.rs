//! Importing files.

use exchange::import::import;
use exchange::ingest::Intake;
use model::{Marking, Tlp};

use crate::world::{World, indicator};

const M: &str = "2026-11-01T00:00:00.000Z";

fn intake(world: &World, marking: Option<Tlp>) -> Intake {
    Intake {
        gate: "import",
        source: "story.ndjson".into(),
        under: vec![world.agreement],
        marking: marking.map(Marking::tlp),
        to: vec![],
        group: None,
        to_by_id: Default::default(),
    }
}

#[test]
fn a_second_import_of_the_same_file_changes_nothing() {
    let world = World::new(Tlp::Amber);
    let lines: Vec<String> = (0..50).map(|n| indicator(n, Some(Tlp::Green), M)).collect();
    let file = lines.join("\n");
    let first = import(&world.intaker, file.as_bytes(), &intake(&world, None), |_, _| {}).expect("imported");
    assert_eq!((first.accepted, first.known, first.refused_count), (50, 0, 0));
    let again = import(&world.intaker, file.as_bytes(), &intake(&world, None), |_, _| {}).expect("imported");
    assert_eq!((again.accepted, again.known, again.refused_count), (0, 50, 0));
}

#[test]
fn a_cut_file_keeps_what_was_whole_and_names_where_it_ends() {
    let world = World::new(Tlp::Amber);
    let whole =
        format!("{{\"type\":\"bundle\",\"objects\":[{},{}", indicator(1, None, M), indicator(2, None, M));
    let cut = &whole[..whole.len() - 20];
    let done = import(&world.intaker, cut.as_bytes(), &intake(&world, Some(Tlp::Green)), |_, _| {})
        .expect("imported");
    assert_eq!((done.accepted, done.refused_count), (1, 1));
    assert!(done.refused[0].message.contains("cut off"), "{}", done.refused[0].message);
}

#[test]
fn views_rebuilt_from_nothing_are_identical() {
    let world = World::new(Tlp::Amber);
    let lines: Vec<String> = (0..30).map(|n| indicator(n, Some(Tlp::Green), M)).collect();
    let done = import(&world.intaker, lines.join("\n").as_bytes(), &intake(&world, None), |_, _| {})
        .expect("imported");
    world.desk.views.wait_blocking(done.last_seq, std::time::Duration::from_secs(5)).expect("folded");
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("again.db");
    let desk = &world.desk;
    let rebuilt = desk::views::rebuild(
        &path,
        std::sync::Arc::clone(&desk.ledger),
        desk.me,
        desk.realm.clone(),
        &desk.pillars,
        u64::MAX,
        |_| {},
    )
    .expect("rebuilt");
    assert_eq!(rebuilt.folded, desk.ledger.last_seq());
    let count = |query: &str| -> Vec<(i64, i64, i64, i64)> {
        let other = desk::sql::open(&path, desk::sql::Durability::Rebuildable, 1024).expect("opened");
        let read = |connection: &rusqlite::Connection| {
            connection
                .prepare(query)
                .expect("a query")
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
                .expect("rows")
                .collect::<Result<Vec<_>, _>>()
                .expect("rows")
        };
        let here = read(&desk.views.read().expect("a reader"));
        assert_eq!(here, read(&other), "{query}");
        here
    };
    let rows = count("SELECT date, seq, class, key FROM exchange_placement ORDER BY coll, date");
    assert_eq!(rows.len(), 30);
}
