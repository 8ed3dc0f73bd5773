//! The figures of the past: made from rows at once, they are those of a node that stopped then.

use http::StatusCode;
use model::Tlp;
use proptest::prelude::*;

use super::tests::{World, ask, at, id as id_of, page};

/// Each list of figures, by the address of the API.
const FIGURES: [&str; 6] = [
    "/api/v1/picture/trends?topic=malware",
    "/api/v1/picture/trends?topic=techniques",
    "/api/v1/picture/trends?topic=sectors",
    "/api/v1/picture/matrix",
    "/api/v1/picture/matrix?sector=energy",
    "/api/v1/picture/report?days=364",
];

const SUBJECTS: u64 = 3;

fn technique(n: u64) -> String {
    format!("attack-pattern--00000000-0000-4000-8000-{n:012}")
}

fn victim(n: u64) -> String {
    format!("identity--00000000-0000-4000-8000-{n:012}")
}

/// An object in some version, long before it arrives.
fn object(kind: &str, id: &str, version: u64, rest: &str) -> String {
    format!(
        r#"{{"type":"{kind}","spec_version":"2.1","id":"{id}","created":"2026-11-01T00:00:00.000Z","modified":"2026-11-0{}T00:00:00.000Z",{rest}}}"#,
        1 + version % 9
    )
}

#[derive(Debug, Clone)]
enum Deed {
    Malware { west: bool, n: u64, version: u64, tlp: Tlp },
    Technique { west: bool, n: u64, version: u64, tlp: Tlp },
    Victim { n: u64, version: u64, sector: &'static str, tlp: Tlp },
    Uses { west: bool, n: u64, of: u64, tlp: Tlp },
    Targets { west: bool, n: u64, of: u64, tlp: Tlp },
    Revoke { west: bool, n: u64 },
    Retract { west: bool, n: u64, narrow: Option<Tlp> },
}

fn carry_out(world: &World, deed: &Deed) {
    let author = |west: bool| if west { world.west } else { world.desk.me };
    let tie = |relation: &str, n: u64, of: u64, to: &str| {
        let id = format!("relationship--00000000-0000-4000-8000-{:012}", n * 100 + of);
        let rest =
            format!(r#""relationship_type":"{relation}","source_ref":"{}","target_ref":"{to}""#, id_of(n));
        object("relationship", &id, 1, &rest)
    };
    match deed {
        Deed::Malware { west, n, version, tlp } => {
            let rest = format!(r#""name":"Sample {n}.{version}","is_family":false"#);
            world.say(author(*west), "malware", object("malware", &id_of(*n), *version, &rest), *tlp);
        }
        Deed::Technique { west, n, version, tlp } => {
            let rest = format!(
                r#""name":"Way {n}.{version}","kill_chain_phases":[{{"kill_chain_name":"mitre-attack","phase_name":"impact"}}]"#
            );
            world.say(
                author(*west),
                "attack-pattern",
                object("attack-pattern", &technique(*n), *version, &rest),
                *tlp,
            );
        }
        Deed::Victim { n, version, sector, tlp } => {
            let rest =
                format!(r#""name":"Victim {n}","identity_class":"organization","sectors":["{sector}"]"#);
            world.say(world.west, "identity", object("identity", &victim(*n), *version, &rest), *tlp);
        }
        Deed::Uses { west, n, of, tlp } => {
            world.say(author(*west), "relationship", tie("uses", *n, *of, &technique(*of)), *tlp);
        }
        Deed::Targets { west, n, of, tlp } => {
            world.say(author(*west), "relationship", tie("targets", *n, *of + 50, &victim(*of)), *tlp);
        }
        Deed::Revoke { west, n } => {
            let rest = r#""name":"Gone","is_family":false,"revoked":true"#;
            world.say(author(*west), "malware", object("malware", &id_of(*n), 8, rest), Tlp::Green);
        }
        Deed::Retract { west, n, narrow } => world.retract(author(*west), *n, *narrow),
    }
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let tlp = || prop_oneof![Just(Tlp::Clear), Just(Tlp::Green), Just(Tlp::Amber), Just(Tlp::Red)];
    let n = || 1..=SUBJECTS;
    let sector = prop_oneof![Just("energy"), Just("water")];
    let one = prop_oneof![
        3 => (any::<bool>(), n(), 1..6_u64, tlp()).prop_map(|(west, n, version, tlp)| Deed::Malware { west, n, version, tlp }),
        1 => (any::<bool>(), n(), 1..6_u64, tlp()).prop_map(|(west, n, version, tlp)| Deed::Technique { west, n, version, tlp }),
        1 => (n(), 1..6_u64, sector, tlp()).prop_map(|(n, version, sector, tlp)| Deed::Victim { n, version, sector, tlp }),
        2 => (any::<bool>(), n(), n(), tlp()).prop_map(|(west, n, of, tlp)| Deed::Uses { west, n, of, tlp }),
        2 => (any::<bool>(), n(), n(), tlp()).prop_map(|(west, n, of, tlp)| Deed::Targets { west, n, of, tlp }),
        1 => (any::<bool>(), n()).prop_map(|(west, n)| Deed::Revoke { west, n }),
        1 => (any::<bool>(), n(), proptest::option::of(tlp()))
            .prop_map(|(west, n, narrow)| Deed::Retract { west, n, narrow }),
    ];
    proptest::collection::vec(one, 4..20)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]

    /// Whatever was stated, revoked, taken back or narrowed since: the rows tell what views folded up to there tell.
    #[test]
    fn figures_made_from_rows_are_those_of_a_node_that_stopped_then(
        deeds in deeds(),
        pick in any::<prop::sample::Index>(),
    ) {
        let world = World::new();
        let cookies = [world.person("officer", Tlp::Red), world.person("junior", Tlp::Green)];
        let stop = pick.index(deeds.len());
        let mut then = (0, String::new());
        for (place, deed) in deeds.iter().enumerate() {
            carry_out(&world, deed);
            if place == stop {
                then = (world.desk.ledger.last_seq(), world.instant());
            }
        }
        let (present, past) = (world.router(), world.past_router(then.0));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let subjects = (1..=SUBJECTS).map(|n| format!("/api/v1/picture/subjects/{}", id_of(n)));
        for path in FIGURES.iter().map(ToString::to_string).chain(subjects) {
            for cookie in &cookies {
                let path = at(&path, &then.1);
                let rows = runtime.block_on(ask(&present, "GET", cookie, &path));
                let folded = runtime.block_on(ask(&past, "GET", cookie, &path));
                prop_assert_eq!(&rows, &folded, "{}", path);
                prop_assert!(matches!(rows.0, StatusCode::OK | StatusCode::NOT_FOUND), "{} {:?}", path, rows);
            }
        }
    }
}

#[tokio::test]
async fn what_arrived_later_is_not_in_the_figures_however_it_is_dated_and_what_was_revoked_since_is() {
    let world = World::new();
    let router = world.router();
    let officer = world.person("officer", Tlp::Red);
    for n in [1, 2, 3] {
        carry_out(&world, &Deed::Malware { west: false, n, version: 1, tlp: Tlp::Green });
    }
    let then = world.instant();
    carry_out(&world, &Deed::Revoke { west: false, n: 1 });
    world.retract(world.desk.me, 2, None);
    // Named anew, and one that is dated weeks before `then`.
    carry_out(&world, &Deed::Malware { west: false, n: 3, version: 5, tlp: Tlp::Green });
    carry_out(&world, &Deed::Malware { west: true, n: 4, version: 1, tlp: Tlp::Green });
    let path = "/picture/trends?topic=malware&days=364";
    let now = page(&router, &officer, path).await;
    assert!(now.contains("Sample 3.5") && now.contains("Sample 4.1"));
    assert!(!now.contains("Sample 1.1") && !now.contains("Sample 2.1") && !now.contains("Sample 3.1"));
    assert!(!now.contains("counted anew"));
    let past = page(&router, &officer, &at(path, &then)).await;
    assert!(past.contains("Sample 1.1"), "revoked since, and known then");
    assert!(past.contains("Sample 3.1") && !past.contains("Sample 3.5"), "under its name of then");
    assert!(!past.contains("Sample 4.1"), "dated before, and arrived after");
    assert!(!past.contains("Sample 2.1"), "its author took it back: nobody has a right to it any more");
    assert!(past.contains("counted anew from what had arrived here by then"));
    let subject = at(&format!("/picture/subjects/{}", id_of(1)), &then);
    assert!(page(&router, &officer, &subject).await.contains("Sample 1.1"));
    // Who may see less today sees less of the past.
    let junior = world.person("junior", Tlp::Clear);
    assert!(!page(&router, &junior, &at(path, &then)).await.contains("Sample 1.1"));
}
