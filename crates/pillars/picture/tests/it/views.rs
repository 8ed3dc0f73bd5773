//! The tables are a pure function of the ledger: folded in one go or step by step, with what left them again (I4).

use desk::views;
use model::Tlp;
use rusqlite::Connection;

use crate::world::{World, named, object, relation};

/// Every row of every table of the picture.
fn rows(path: &std::path::Path) -> Vec<String> {
    #[expect(clippy::disallowed_methods, reason = "the test looks into the file from outside")]
    let views = Connection::open(path).expect("the views");
    let mut found = Vec::new();
    for table in ["thing", "edge", "at", "mention", "strike", "changed", "event", "handover"] {
        let mut statement = views.prepare(&format!("SELECT * FROM picture_{table}")).expect("a table");
        let width = statement.column_count();
        let mut rows = statement.query([]).expect("rows");
        while let Some(row) = rows.next().expect("a row") {
            let cells: Vec<String> =
                (0..width).map(|n| format!("{:?}", row.get_ref(n).expect("a cell"))).collect();
            found.push(format!("{table} {}", cells.join(" ")));
        }
    }
    found.sort();
    found
}

/// Strikes as the ties tell them that stand, and as they are kept: day, victim, class, and how many.
fn strikes(path: &std::path::Path) -> [Vec<(i64, i64, i64, i64)>; 2] {
    #[expect(clippy::disallowed_methods, reason = "the test looks into the file from outside")]
    let views = Connection::open(path).expect("the views");
    let told = "SELECT day, dst, class, count(*) FROM picture_edge WHERE relation IN ('targets', 'sighted') AND dst_kind = 8
                AND gone = 9223372036854775807 GROUP BY day, dst, class ORDER BY day, dst, class";
    let kept = "SELECT day, victim, class, length(by) / 9 FROM picture_strike ORDER BY day, victim, class";
    [told, kept].map(|query| {
        let mut statement = views.prepare(query).expect("a query");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)));
        rows.expect("rows").collect::<Result<_, _>>().expect("rows")
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_struck_somebody_is_kept_as_long_as_a_tie_says_so() {
    let world = World::new();
    let actors: Vec<_> = (1..7).map(|n| named("intrusion-set", n, 3, &format!("ACTOR {n}"))).collect();
    let victim = named("identity", 1, 2, "Operator");
    world.state(Tlp::Green, &actors);
    world.state(Tlp::Green, std::slice::from_ref(&victim));
    let hits: Vec<_> = (1..7)
        .map(|n| relation(n, i64::from(n) % 2, &actors[n as usize - 1], "targets", &victim))
        .chain([
            relation(7, 1, &actors[0], "uses", &actors[1]),
            relation(8, 1, &actors[0], "targets", &victim),
        ])
        .collect();
    world.state(Tlp::Green, &hits);
    let path = world.folder.path().join("views.db");
    let [told, kept] = strikes(&path);
    assert_eq!(kept, told);
    assert_eq!(kept.iter().map(|row| row.3).sum::<i64>(), 7, "a tie that hits nobody is none");

    world.retract(world.desk.me, &hits[0], None);
    world.retract(world.desk.me, &hits[1], Some(Tlp::Amber));
    world.retract(world.desk.me, &hits[3], Some(Tlp::Red));
    let mut gone = hits[2].clone();
    gone["revoked"] = true.into();
    gone["modified"] = "2026-11-20T00:00:00.000Z".into();
    world.state(Tlp::Green, &[gone]);
    let [told, kept] = strikes(&path);
    assert_eq!(kept, told);
    assert_eq!(kept.iter().map(|row| row.3).sum::<i64>(), 5, "one is taken back, one revoked");
    world.desk.close();
    let anew = world.folder.path().join("anew.db");
    views::rebuild(&anew, world.desk.ledger.clone(), world.desk.perspective(), &[], u64::MAX, |_| {})
        .expect("folded");
    assert_eq!(strikes(&anew)[1], kept);
}

#[tokio::test(flavor = "multi_thread")]
async fn folded_anew_they_are_the_same_whatever_was_narrowed_revoked_and_taken_back() {
    let world = World::new();
    let things: Vec<_> = (1..6).map(|n| named("malware", n, i64::from(n), &format!("M{n}"))).collect();
    let actor = named("intrusion-set", 1, 3, "GREY HERON");
    world.hear(Tlp::Green, &things);
    let ties: Vec<_> = (1..6).map(|n| relation(n, 1, &actor, "uses", &things[n as usize - 1])).collect();
    world.state(Tlp::Green, std::slice::from_ref(&actor));
    world.state(Tlp::Amber, &ties);
    world.retract(world.west, &things[0], None);
    world.retract(world.west, &things[1], Some(Tlp::Amber));
    world.retract(world.desk.me, &ties[2], None);
    let gone = object(
        "relationship",
        4,
        0,
        serde_json::json!({ "revoked": true, "relationship_type": "uses",
        "source_ref": actor["id"], "target_ref": things[3]["id"] }),
    );
    world.state(Tlp::Amber, &[gone]);
    world.desk.close();
    let before = rows(&world.folder.path().join("views.db"));
    let ties: Vec<_> = before.iter().filter(|row| row.starts_with("edge")).collect();
    let stand = ties.iter().filter(|row| row.ends_with(&format!("Integer({})", i64::MAX))).count();
    assert_eq!((ties.len(), stand), (4, 3), "what was revoked is there for the past alone: {before:#?}");
    let anew = world.folder.path().join("anew.db");
    let ledger = world.desk.ledger.clone();
    views::rebuild(&anew, ledger, world.desk.perspective(), &[], u64::MAX, |_| {}).expect("folded");
    assert_eq!(rows(&anew), before);
}
