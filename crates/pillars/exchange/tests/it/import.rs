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
        definitions: Default::default(),
        seen_by: None,
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
    let ledger = std::sync::Arc::clone(&desk.ledger);
    let rebuilt =
        desk::views::rebuild(&path, ledger, desk.perspective(), &[], u64::MAX, |_| {}).expect("rebuilt");
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

#[test]
fn a_marking_defined_batches_behind_the_objects_that_carry_it_counts_all_the_same() {
    let world = World::new(Tlp::Amber);
    let own = "marking-definition--00000000-0000-4000-8000-00000000aaaa";
    let carries = |n: u32| {
        indicator(n, None, M)
            .replace("\"pattern\"", &format!("\"object_marking_refs\":[\"{own}\"],\"pattern\""))
    };
    let definition = format!(
        "{{\"type\":\"marking-definition\",\"spec_version\":\"2.1\",\"id\":\"{own}\",\"created\":\"{M}\",\
         \"definition_type\":\"statement\",\"definition\":{{\"statement\":\"Ours\"}}}}"
    );
    let lines = (0..2_500).map(carries).chain([definition]).collect::<Vec<_>>().join("\n");
    let limits = world.intaker.limits();
    let intake = Intake {
        marking: Some(model::Marking::tlp(Tlp::Green)),
        definitions: exchange::import::definitions(lines.as_bytes(), limits),
        ..intake(&world, None)
    };
    let done = import(&world.intaker, lines.as_bytes(), &intake, |_, _| {}).expect("imported");
    assert_eq!(done.accepted, 2_501);
    world.desk.views.wait_blocking(done.last_seq, std::time::Duration::from_secs(30)).expect("folded");
    let unknown =
        world.desk.views.classes().iter().filter(|class| class.marked == records::Marked::Unknown).count();
    assert_eq!(
        unknown, 0,
        "each has the marking of the import, since its own says nothing of who may read it"
    );
}
