//! Figures for those who may know no names: nobody can be worked out from them. And who has not reported a shared cause.

use std::collections::BTreeSet;

use model::{ReportId, Timestamp};
use notify::authority::Docket;
use notify::authority::causes::{causes, reported};
use notify::authority::commands::name_cause::{name_cause, read_expected};
use notify::authority::statistics::{K, summary};
use proptest::prelude::*;
use records::cause::Cause;
use records::handling::Step;
use records::report::{Report, Reporter, Way};
use serde_json::json;

use crate::reports::Authority;

fn received(n: usize, reporter: usize, sector: usize, country: usize) -> Docket {
    let report = Report {
        report: format!("report:00000000-0000-0000-0000-{n:012x}").parse::<ReportId>().expect("an id"),
        reference: format!("R{n}"),
        regime: "NIS2".into(),
        stage: "nis2.ew".into(),
        way: Way::Web,
        reporter: Reporter {
            name: format!("Operator {reporter}"),
            sector: ["energy", "health", "transport"][sector].into(),
            country: ["FR", "DE", "IE"][country].into(),
            ..Reporter::default()
        },
        incident: String::new(),
        fields: Default::default(),
        received_at: Timestamp::from_second(1_700_000_000 + n as i64).expect("an instant"),
        exercise: false,
        source: None,
        code: String::new(),
        by: String::new(),
    };
    Docket { seq: n as u64, report, steps: Vec::new() }
}

proptest! {
    /// Whatever was reported: no line, and no difference between a total and its lines, stands for one to four reporters.
    #[test]
    fn no_figure_and_no_difference_gives_fewer_than_k_away(
        rows in prop::collection::vec((0..12_usize, 0..3_usize, 0..3_usize), 0..60),
    ) {
        let dockets: Vec<Docket> =
            rows.iter().enumerate().map(|(n, (who, sector, country))| received(n, *who, *sector, *country)).collect();
        let (from, until) = (Timestamp::UNIX_EPOCH, Timestamp::from_second(2_000_000_000).expect("an instant"));
        let figures = summary(&dockets, from, until);
        let of = |by: &str, docket: &Docket| match by {
            "regime" => docket.report.regime.clone(),
            "sector" => docket.report.reporter.sector.clone(),
            "country" => docket.report.reporter.country.clone(),
            "severity" => String::new(),
            _ => "no".to_owned(),
        };
        for table in &figures.tables {
            let who = |keep: &dyn Fn(&str) -> bool| -> usize {
                let kept = dockets.iter().filter(|docket| keep(&of(table.by, docket)));
                kept.map(|docket| docket.report.reporter.name.as_str()).collect::<BTreeSet<_>>().len()
            };
            for cell in &table.cells {
                prop_assert!(who(&|what| what == cell.what) >= K);
            }
            let shown = |what: &str| table.cells.iter().any(|cell| cell.what == what);
            let hidden = who(&|what| !shown(what));
            prop_assert!(figures.incidents.is_none() || hidden == 0 || hidden >= K, "{}: {hidden}", table.by);
            prop_assert!(table.left_out != 1 || table.cells.is_empty(), "one line left out can be worked out");
        }
    }
}

#[test]
fn who_is_expected_to_report_a_shared_cause_and_has_not_is_named() {
    let here = Authority::open(&[]);
    let cause = Cause {
        cause: "CVE-2026-1234".into(),
        title: "Gateways of one maker".into(),
        text: String::new(),
        expected: read_expected(
            "Clinic of the North; FR; health\n\nRail  of the South; BE\nPort; IE; transport; port@x",
        ),
        by: "B. Noël".into(),
    };
    name_cause(&here.desk, cause.clone()).expect("named");
    let report = here.receive("nis2.ew", "rail of the SOUTH", json!({}));
    here.step(
        report,
        Step::Triage { severity: "high".into(), owner: "B".into(), cause: "cve-2026-1234".into() },
    );
    let shared = causes(&here.desk.views, &reported(&here.desk.views).expect("read"), ("", 9))
        .expect("read")
        .remove(0);
    let silent: Vec<&str> = shared.silent.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(silent, ["Clinic of the North", "Port"]);
    assert_eq!(shared.reported, ["rail of the SOUTH"]);
    let wrong = Cause { expected: read_expected("A; France"), ..cause };
    let said = name_cause(&here.desk, wrong).expect_err("refused").to_string();
    assert!(said.starts_with("expected, line 1, country: "), "{said}");
}
