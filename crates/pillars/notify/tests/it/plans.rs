//! From an incident to its duties: what applies and why, what is missing, and what stands against what.

use model::Timestamp;
use notify::clocks::shape;
use notify::plan::places;
use notify::plan::{Obligation, State};
use notify::{Incident, Plan, outline, plan};
use packs::Library;
use serde_json::{Value, json};

fn made(incident: &Value, at: &str) -> Plan {
    let object = incident.as_object().expect("an object");
    let incident = Incident::read(object, Library::embedded()).expect("a sound incident");
    plan(Library::embedded(), &incident, at.parse::<Timestamp>().expect("an instant"))
}

fn duty<'a>(plan: &'a Plan, stage: &str) -> &'a Obligation {
    plan.obligations.iter().find(|duty| duty.stage == stage).unwrap_or_else(|| panic!("no {stage}"))
}

fn out<'a>(plan: &'a Plan, what: &str) -> &'a str {
    let same = |out: &&notify::plan::Excluded| out.stage.as_deref().unwrap_or(&out.regime) == what;
    &plan.excluded.iter().find(same).unwrap_or_else(|| panic!("{what} is not out")).reasons[0].en
}

fn hospital() -> Value {
    json!({
        "regimes": {"NIS2": true, "GDPR": true, "CER": null, "HIPAA": false}, "country": "FR", "tz": "Europe/Paris",
        "entity_class": "essential", "aware": "2026-10-05T09:20:00+02:00"
    })
}

#[test]
fn a_duty_passes_from_open_over_the_alarm_to_overdue_and_is_settled_by_sending() {
    let mut incident = hospital();
    incident["fields"] = json!({"B01": "Hôpital du Nord"});
    let state = |incident: &Value, at| duty(&made(incident, at), "nis2.ew").state;
    assert_eq!(state(&incident, "2026-10-06T07:20:00Z"), State::Open);
    assert_eq!(state(&incident, "2026-10-06T07:20:01Z"), State::PastAlarm);
    assert_eq!(state(&incident, "2026-10-06T08:00:00Z"), State::PastAlarm);
    assert_eq!(state(&incident, "2026-10-06T08:00:01Z"), State::Overdue);
    incident["submitted(nis2.ew)"] = json!("2026-10-06T07:59:00Z");
    assert_eq!(state(&incident, "2026-10-07T00:00:00Z"), State::Sent);
    incident["submitted(nis2.ew)"] = json!("2026-10-06T08:00:30Z");
    assert_eq!(state(&incident, "2026-10-07T00:00:00Z"), State::SentLate);
}

#[test]
fn a_plan_of_the_past_knows_nothing_that_came_later() {
    let mut incident = hospital();
    incident["fields"] = json!({});
    incident["submitted(nis2.ew)"] = json!("2026-10-05T12:00:00+02:00");
    incident["submitted(nis2.in)"] = json!("2026-10-07T12:00:00+02:00");
    let before = made(&incident, "2026-10-05T08:00:00Z");
    assert_eq!(duty(&before, "nis2.ew").state, State::Open);
    assert_eq!(duty(&before, "nis2.fr").state, State::Waiting);
    assert_eq!(before.unused.len(), 2, "{:?}", before.unused);
    let after = made(&incident, "2026-10-08T08:00:00Z");
    assert_eq!(duty(&after, "nis2.ew").state, State::Sent);
    assert_eq!(duty(&after, "nis2.fr").due["nominal_day"], "2026-11-07");
}

#[test]
fn each_duty_says_why_it_applies_how_its_date_came_about_and_what_is_missing() {
    let mut incident = hospital();
    incident["fields"] = json!({"B01": "Hôpital du Nord", "time.aware": "set", "nature.kind": "incident"});
    let plan = made(&incident, "2026-10-05T08:00:00Z");
    let warning = duty(&plan, "nis2.ew");
    assert_eq!(warning.reasons[0].en, "the regime was named as applying");
    assert!(warning.reasons[1].fr.contains("l’entité n’est pas"), "{:?}", warning.reasons);
    assert_eq!(warning.steps.len(), 5);
    assert!(warning.steps[3].en.contains("the safe date") && warning.steps[4].en.contains("art. 3(1)"));
    assert!(warning.steps[2].en.contains("1182/71"));
    assert!(warning.clause.contains("art. 23(4)(a)"));
    let missing: Vec<&str> = warning.missing.iter().map(|field| field.code.as_str()).collect();
    assert!(
        missing.contains(&"B10")
            && !missing.contains(&"B01")
            && !missing.contains(&"C03")
            && !missing.contains(&"D16")
    );
    assert_eq!(duty(&plan, "cer.i").reasons[0].en, "nobody has said whether the regime applies");
    assert!(plan.made_with.contains("zones 20"));
}

#[test]
fn what_does_not_apply_says_why() {
    let mut incident = hospital();
    incident["fields"] = json!({});
    let plan = made(&incident, "2026-10-05T08:00:00Z");
    assert_eq!(out(&plan, "HIPAA"), "the regime was named as not applying");
    assert!(out(&plan, "nis2.in.tsp").starts_with("not met: the entity is: Trust service provider"));
    assert!(out(&plan, "nis2.pr").starts_with("not known: it holds that the incident goes on"));
    assert!(plan.notes[0].en.starts_with("France has not transposed the directive"));
}

#[test]
fn a_special_law_takes_the_place_of_the_general_one() {
    let bank = json!({"regimes": {"NIS2": true, "DORA": true, "GDPR": true, "EUDPR": null}, "aware": "2026-10-05T09:20:00Z"});
    let plan = made(&bank, "2026-10-05T10:00:00Z");
    assert_eq!(out(&plan, "NIS2"), "the special law is DORA, which applies");
    assert!(plan.obligations.iter().any(|duty| duty.regime == "GDPR"), "nobody said that EUDPR applies");
}

#[test]
fn silence_that_is_ordered_stands_against_disclosure() {
    let carrier = json!({
        "regime": ["FCC-CPNI", "SEC-8K"], "tz": "America/New_York", "determined_breach": "2026-11-16",
        "notified_LE": "2026-11-17", "determined_material": "2026-11-18"
    });
    let plan = made(&carrier, "2026-11-19T12:00:00Z");
    assert_eq!(duty(&plan, "fcc.cpni.c").state, State::Silent);
    let pairs: Vec<_> = plan.conflicts.iter().map(|c| (c.silence.as_str(), c.disclosure.as_str())).collect();
    assert_eq!(pairs, [("fcc.cpni.c", "sec.105")]);
    assert!(made(&carrier, "2026-12-05T12:00:00Z").conflicts.is_empty(), "the silence is over");
}

#[test]
fn a_shadow_is_never_overdue_and_a_joint_report_settles_both() {
    let mut incident = json!({
        "regime": "CIRCIA", "reasonable_belief": "2026-10-01T10:00:00Z", "ransom_disbursed": "2026-10-02T10:00:00Z"
    });
    let plan = made(&incident, "2027-10-01T10:00:00Z");
    let shadow = |plan: &Plan, stage| duty(plan, stage).state;
    assert_eq!(shadow(&plan, "circia.cci"), State::Shadow);
    incident["submitted(circia.joint)"] = json!("2026-10-03T10:00:00Z");
    let plan = made(&incident, "2027-10-01T10:00:00Z");
    assert_eq!(shadow(&plan, "circia.joint"), State::Sent);
    assert_eq!(shadow(&plan, "circia.cci"), State::Replaced);
    assert_eq!(shadow(&plan, "circia.rp"), State::Replaced);
}

#[test]
fn voluntary_reports_create_no_duty() {
    let plan = made(&json!({"aware": "2026-10-01T10:00:00Z"}), "2030-01-01T00:00:00Z");
    for stage in ["nis2.vol", "cra.vol", "dora.thr"] {
        assert_eq!(duty(&plan, stage).state, State::Free);
    }
}

#[test]
fn bad_incidents_are_refused_at_their_field() {
    let cases = [
        (json!({"regimes": {"NIS7": true}}), "regimes: no pack is called \"NIS7\""),
        (json!({"regimes": {"NIS2": "maybe"}}), "regimes: NIS2: write true"),
        (json!({"country": "Atlantis"}), "country: no country has the code"),
        (json!({"fields": {"Z99": 1}}), "fields: no field is called \"Z99\""),
        (json!({"exercise": "no"}), "exercise: write true or false"),
        (json!({"aware": "soon"}), "aware: \"soon\" is no instant"),
    ];
    for (incident, said) in cases {
        let read = Incident::read(incident.as_object().expect("an object"), Library::embedded());
        let fault = read.map(|_| ()).expect_err("refused").to_string();
        assert!(fault.starts_with(said), "{fault}");
    }
}

#[test]
fn an_outline_has_the_states_and_dates_of_the_plan_in_words() {
    let mut incidents = vec![
        hospital(),
        json!({"aware": "2026-10-01T10:00:00Z", "submitted(circia.joint)": "2026-10-02T10:00:00Z"}),
    ];
    incidents[0]["regimes"] = Value::Null;
    incidents[0]["fields"] = json!({"B01": "Hôpital du Nord", "D01": "mail is down"});
    incidents[0]["submitted(nis2.ew)"] = json!("2026-10-05T07:59:00Z");
    incidents[0]["submitted(nis2.in)"] = json!("2026-10-09T07:59:00Z");
    let at: Timestamp = "2026-10-05T08:00:00Z".parse().expect("an instant");
    for incident in incidents {
        let incident =
            Incident::read(incident.as_object().expect("an object"), Library::embedded()).expect("sound");
        let (short, long) =
            (outline(Library::embedded(), &incident, at), plan(Library::embedded(), &incident, at));
        let placed: Vec<_> = places(Library::embedded(), &incident, at)
            .duties
            .into_iter()
            .map(|d| {
                let due = d.due.as_ref().map_or(Value::Null, shape);
                (d.stage, d.regime, d.pack, d.state, (d.alarm, d.limit, d.legal_state), due)
            })
            .collect();
        let mut asked: Vec<_> = long
            .obligations
            .iter()
            .filter(|d| d.asked)
            .map(|d| {
                let dates = (d.alarm, d.limit, d.legal_state);
                (d.stage.clone(), d.regime.clone(), d.pack.clone(), d.state, dates, d.due.clone())
            })
            .collect();
        asked.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(placed, asked, "and where each duty stands is what the plan says");
        let long: Vec<_> = long
            .obligations
            .iter()
            .map(|d| (&*d.stage, d.state, d.alarm, d.limit, d.missing.len(), d.certain))
            .collect();
        let short: Vec<_> = short
            .duties
            .iter()
            .map(|d| (&*d.face.stage, d.state, d.alarm, d.limit, d.missing, d.certain))
            .collect();
        assert_eq!(short, long);
        assert!(short.len() > 60);
    }
}

#[test]
fn fields_fit_into_a_set_of_bits() {
    let words = &Library::embedded().words;
    assert!(words.fields.len() <= 128, "the set of a stage's fields has 128 bits; widen it");
    assert_eq!(
        words.field_bits(words.fields.keys().map(String::as_str)).count_ones() as usize,
        words.fields.len()
    );
}
