//! A stage filed with an authority over the link: receipt, answer, question and reply, without a network between them.

use serde_json::Value;

use crate::node::Node;
use crate::share::{agreed, carry};

fn opened(operator: &Node, exercise: &[&str]) -> String {
    let open = ["notify", "incident", "open", "Outage in the north", "--by", "A. Berg"];
    let id = operator.run(&[&open[..], exercise].concat()).well().out.trim().to_owned();
    for (field, value) in
        [("country", "\"FR\""), ("E08", "true"), ("nature.description", "\"Two services down\"")]
    {
        let state = ["notify", "incident", "fact", &id, field, value, "--by", "A. Berg"];
        operator.run(&state).well();
    }
    id
}

#[test]
fn a_stage_is_filed_over_the_link_and_receipt_answer_and_question_come_back_once() {
    let (operator, authority) = agreed();
    let id = opened(&operator, &[]);
    let file =
        ["notify", "incident", "file", &id, "nis2.ew", "--to", "us", "--by", "A. Berg", "--sector", "energy"];
    let filing = operator.run(&file).well().out.trim().to_owned();
    assert!(filing.starts_with("record:"), "{filing}");
    carry(&operator, &authority, "us", "filing.link");
    let list = authority.run(&["notify", "report", "list", "--json"]).well().json();
    let report = &list[0]["report"];
    assert_eq!((&report["stage"], &report["way"]), (&"nis2.ew".into(), &"link".into()), "{list}");
    assert_eq!(report["source"], filing.as_str());
    assert_eq!(report["reporter"]["sector"], "energy");
    assert_eq!(report["fields"]["E08"], true);
    // An effect across borders is suspected: beside its answer the authority owes word to other States.
    let owed: Vec<&Value> =
        list[0]["owed"].as_array().expect("a list").iter().map(|one| &one["stage"]).collect();
    assert!(owed.contains(&&"nis2.fb".into()) && owed.contains(&&"nis2.xb".into()), "{owed:?}");
    let reference = report["reference"].as_str().expect("a reference").to_owned();
    let answer = ["notify", "report", "answer", &reference, "Isolate the gateway.", "--by", "B. Noel"];
    authority.run(&answer).well();
    authority.run(&["notify", "report", "ask", &reference, "Which version runs?", "--by", "B. Noel"]).well();
    carry(&authority, &operator, "eu", "answer.link");

    let filed = operator.run(&["notify", "incident", "filed", &id, "--json"]).well().json();
    let said = |filed: &Value| -> Vec<String> {
        let said = filed[0]["said"].as_array().expect("a list").iter();
        said.map(|line| line["message"]["says"]["what"].as_str().expect("a word").to_owned()).collect()
    };
    assert_eq!(said(&filed), ["received", "feedback", "question"], "{filed}");
    assert_eq!(filed[0]["said"][0]["message"]["reference"], reference.as_str());
    let plan = operator.run(&["notify", "incident", "plan", &id, "--json"]).well().json();
    let sent = plan["obligations"]
        .as_array()
        .expect("duties")
        .iter()
        .any(|duty| duty["stage"] == "nis2.ew" && duty["state"] == "sent");
    assert!(sent, "{plan}");

    operator.run(&["notify", "incident", "reply", &filing, "1", "Version 7.2"]).well();
    assert_eq!(operator.run(&["notify", "incident", "reply", &filing, "9", "What?"]).code, 1);
    carry(&operator, &authority, "us", "reply.link");
    // Whatever is carried again changes nothing: every answer is given once.
    carry(&operator, &authority, "us", "reply-again.link");
    carry(&authority, &operator, "eu", "again.link");
    let shown = authority.run(&["notify", "report", "show", &reference, "--json"]).well().json();
    let answers: Vec<&Value> = shown["steps"]
        .as_array()
        .expect("steps")
        .iter()
        .filter(|step| step["step"]["do"] == "answer")
        .collect();
    assert_eq!(answers.len(), 1, "{shown}");
    assert_eq!(answers[0]["step"]["text"], "Version 7.2");
    assert_eq!(
        authority.run(&["notify", "report", "list", "--json"]).well().json().as_array().map(Vec::len),
        Some(1)
    );
    let filed = operator.run(&["notify", "incident", "filed", &id, "--json"]).well().json();
    assert_eq!(said(&filed), ["received", "feedback", "question", "answer"]);
    for node in [&operator, &authority] {
        node.run(&["ledger", "verify"]).well();
    }
}

#[test]
fn an_exercise_is_not_transmitted_and_nobody_is_filed_with_who_would_not_receive_it() {
    let (operator, _authority) = agreed();
    let exercise = opened(&operator, &["--exercise"]);
    let file = |id: &str, stage: &str| {
        operator.run(&["notify", "incident", "file", id, stage, "--to", "us", "--by", "A. Berg"])
    };
    let said = file(&exercise, "nis2.ew");
    assert!(said.code == 1 && said.err.contains("nothing is transmitted"), "{}", said.err);
    let real = opened(&operator, &[]);
    assert!(file(&real, "nis2.zz").err.contains("no stage is called"));
    let withdraw = ["accord", "withdraw", "pilot", "--reason", "over"];
    operator.run(&withdraw).well();
    let said = file(&real, "nis2.ew");
    assert!(said.code == 1 && said.err.contains("would not reach party:"), "{}", said.err);
    let filed = operator.run(&["notify", "incident", "filed", &real, "--json"]).well().json();
    assert_eq!(filed.as_array().map(Vec::len), Some(0));
}
