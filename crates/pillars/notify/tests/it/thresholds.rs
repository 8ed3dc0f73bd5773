//! The numbers of the laws: strict where the law says "more than", three-valued, and never a decision.

use model::Timestamp;
use notify::clocks::Answer;
use notify::threshold::Threshold;
use notify::{Incident, plan};
use packs::Library;
use serde_json::{Value, json};

fn weighed(regime: &str, class: &str, facts: Value) -> Option<Threshold> {
    let mut incident = json!({"regime": regime, "entity_class": class});
    for (fact, value) in facts.as_object().expect("facts") {
        incident[fact] = value.clone();
    }
    let incident =
        Incident::read(incident.as_object().expect("an object"), Library::embedded()).expect("sound");
    let at: Timestamp = "2026-10-05T08:00:00Z".parse().expect("an instant");
    plan(Library::embedded(), &incident, at).thresholds.into_iter().next()
}

fn reached(regime: &str, class: &str, facts: Value) -> Answer {
    weighed(regime, class, facts).expect("a law with numbers").reached
}

fn met(threshold: &Threshold, criterion: &str) -> Answer {
    threshold.criteria.iter().find(|one| one.criterion == criterion).expect("a criterion").met
}

#[test]
fn more_than_is_not_exactly() {
    let outage = |minutes: Value| {
        let weighed = weighed("NIS2", "cloud", json!({"outage_minutes": minutes})).expect("numbers");
        met(&weighed, "cloud.outage")
    };
    assert_eq!(outage(json!(30)), Answer::No);
    assert_eq!(outage(json!(30.5)), Answer::Yes);
    assert_eq!(outage(json!(31)), Answer::Yes);
    assert_eq!(outage(Value::Null), Answer::Unknown);
}

#[test]
fn the_smaller_of_two_numbers_decides() {
    let users = |percent: f64, count: i64| {
        let facts =
            json!({"users_affected_percent": percent, "users_affected": count, "degraded_minutes": 61});
        met(&weighed("NIS2", "managed_services", facts).expect("numbers"), "cloud.degraded")
    };
    assert_eq!(users(5.0, 1_000_000), Answer::No);
    assert_eq!(users(5.1, 10), Answer::Yes);
    assert_eq!(users(0.1, 1_000_001), Answer::Yes);
}

#[test]
fn each_type_of_entity_has_its_own_numbers_and_others_have_none() {
    let trust = weighed("NIS2", "trust_service_provider", json!({"outage_minutes": 21})).expect("numbers");
    assert_eq!(trust.reached, Answer::Yes);
    assert!(trust.criteria.iter().all(|one| !one.criterion.starts_with("cloud")));
    assert_eq!(reached("NIS2", "data_centre", json!({"outage_minutes": 1})), Answer::Yes);
    assert!(weighed("NIS2", "essential", json!({"outage_minutes": 600})).is_none(), "national law decides");
    assert!(weighed("GDPR", "essential", json!({})).is_none());
}

#[test]
fn dora_needs_the_gate_and_two_criteria_or_malicious_access_with_losses() {
    let gate = json!({"critical_functions_affected": true});
    let with = |more: Value| {
        let mut facts = gate.clone();
        for (fact, value) in more.as_object().expect("facts") {
            facts[fact] = value.clone();
        }
        reached("DORA", "other", facts)
    };
    let none = json!({
        "clients_affected_percent": 10, "clients_affected": 100000, "counterparts_affected_percent": 30,
        "transactions_percent_of_daily": 10, "transaction_value_percent_of_daily": 10, "relevant_client_affected": false,
        "reputation_affected": false, "duration_minutes": 1440, "critical_downtime_minutes": 120,
        "member_states_affected": 1, "data_loss": false, "loss_eur": 100000, "malicious_access": false,
        "data_loss_possible": false
    });
    assert_eq!(with(none.clone()), Answer::No, "exactly at every limit is not over it");
    let mut one = none.clone();
    one["member_states_affected"] = json!(2);
    assert_eq!(with(one.clone()), Answer::No, "one criterion is not enough");
    one["reputation_affected"] = Value::Null;
    assert_eq!(with(one.clone()), Answer::Unknown, "a second one may be met");
    one["loss_eur"] = json!(100_001);
    assert_eq!(with(one.clone()), Answer::Yes);
    one["critical_functions_affected"] = json!(false);
    one["authorised_services_affected"] = json!(false);
    assert_eq!(reached("DORA", "other", one), Answer::No, "the gate is shut");
    let mut malicious = none;
    malicious["malicious_access"] = json!(true);
    malicious["data_loss_possible"] = json!(true);
    assert_eq!(reached("DORA", "other", malicious), Answer::Yes, "it opens the gate and suffices alone");
}

#[test]
fn what_is_unknown_names_the_questions_that_decide_it() {
    let weighed = weighed("DORA", "other", json!({"critical_functions_affected": true})).expect("numbers");
    assert_eq!(weighed.reached, Answer::Unknown);
    let economic = weighed.criteria.iter().find(|one| one.criterion == "economic").expect("a criterion");
    assert_eq!(economic.asks[0].en, "loss in euros: more than 100000");
    assert!(economic.asks[0].fr.contains("plus de 100000"));
    assert!(weighed.says.en.contains("Not enough is known"));
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Number {
    regime: String,
    criterion: String,
    class: String,
    clause: String,
    not: Value,
    met: Value,
}

fn numbers() -> Vec<Number> {
    serde_json::from_str(include_str!("../numbers.json")).expect("a list of numbers")
}

/// The criteria of which a table says where they begin to be met, as `regime/criterion`.
pub fn criteria_told() -> Vec<String> {
    numbers().into_iter().map(|number| format!("{}/{}", number.regime, number.criterion)).collect()
}

#[test]
fn each_criterion_begins_exactly_where_its_clause_says() {
    for number in numbers() {
        let of = |facts: &Value| {
            let weighed = weighed(&number.regime, &number.class, facts.clone()).expect("numbers");
            let one = weighed.criteria.into_iter().find(|one| one.criterion == number.criterion);
            one.unwrap_or_else(|| panic!("{} has no {}", number.regime, number.criterion))
        };
        let name = format!("{}/{}", number.regime, number.criterion);
        assert_eq!(of(&number.not).met, Answer::No, "{name}");
        assert_eq!(of(&number.met).met, Answer::Yes, "{name}");
        assert_eq!(of(&json!({})).met, Answer::Unknown, "{name}");
        assert!(of(&number.met).clause.contains(&number.clause), "{name}");
    }
}
