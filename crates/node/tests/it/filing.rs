//! A stage filed with an authority over the link: receipt, answer, question and reply, without a network between them.

use serde_json::Value;

use crate::node::Node;
use crate::share::{agreed, carry};

fn opened(operator: &Node, exercise: &[&str]) -> String {
    let open = ["notify", "incident", "open", "Outage in the north", "--by", "A. Berg"];
    let id = operator.run(&[&open[..], exercise].concat()).well().out.trim().to_owned();
    for (field, value) in [
        ("country", "\"FR\""),
        ("aware", "2026-11-01T08:00:00Z"),
        ("E08", "true"),
        ("nature.description", "\"Two services down\""),
    ] {
        let state = ["notify", "incident", "fact", &id, field, value, "--by", "A. Berg"];
        operator.run(&state).well();
    }
    id
}

/// What would go, as `--look` tells it.
fn look(operator: &Node, id: &str, stage: &str) -> Value {
    let look = ["notify", "incident", "file", id, stage, "--to", "us", "--by", "A. Berg", "--look", "--json"];
    operator.run(&look).well().json()
}

/// States every field that a stage still asks for.
pub fn complete(operator: &Node, id: &str, stage: &str) {
    let lacks = look(operator, id, stage)["lacks"].clone();
    let told = |code: &Value| match code.as_str() {
        Some("B04") => serde_json::json!(["FR"]),
        Some("B10") => serde_json::json!(["A. Berg, duty officer, +33 1 00 00 00 00"]),
        _ => serde_json::json!("as the register says"),
    };
    let codes = lacks.as_array().expect("a list").iter();
    let fields: serde_json::Map<String, Value> =
        codes.map(|code| (code.as_str().expect("a code").to_owned(), told(code))).collect();
    operator.write("fields.json", &serde_json::json!({ "fields": fields }).to_string());
    let file = operator.arg("fields.json");
    operator.run(&["notify", "incident", "import", &file, "--into", id, "--by", "A. Berg"]).well();
}

/// Files a stage as a person does: what is missing is stated, then it is looked at, and what was seen is sent.
pub fn file(operator: &Node, id: &str, stage: &str, sector: &str) -> String {
    complete(operator, id, stage);
    let file = ["notify", "incident", "file", id, stage, "--to", "us", "--by", "A. Berg", "--sector", sector];
    let seen = operator.run(&[&file[..], &["--look", "--json"]].concat()).well().json();
    let seen = seen["seen"].as_str().expect("a digest").to_owned();
    operator.run(&[&file[..], &["--seen", &seen]].concat()).well().out.trim().to_owned()
}

#[test]
fn a_stage_is_filed_over_the_link_and_receipt_answer_and_question_come_back_once() {
    let (operator, authority) = agreed();
    let id = opened(&operator, &[]);
    let filing = file(&operator, &id, "nis2.ew", "energy");
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
        .any(|duty| duty["stage"] == "nis2.ew" && duty["state"] == "sent_late");
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
        operator
            .run(&["notify", "incident", "file", id, stage, "--to", "us", "--by", "A. Berg", "--seen", "-"])
    };
    let said = file(&exercise, "nis2.ew");
    assert!(said.code == 1 && said.err.contains("nothing is transmitted"), "{}", said.err);
    let real = opened(&operator, &[]);
    assert!(file(&real, "nis2.zz").err.contains("no stage is called"));
    let withdraw = ["accord", "withdraw", "pilot", "--reason", "over"];
    complete(&operator, &real, "nis2.ew");
    let seen = look(&operator, &real, "nis2.ew")["seen"].as_str().expect("a digest").to_owned();
    operator.run(&withdraw).well();
    let said = operator.run(&[
        "notify", "incident", "file", &real, "nis2.ew", "--to", "us", "--by", "A. Berg", "--seen", &seen,
    ]);
    assert!(said.code == 1 && said.err.contains("would not reach party:"), "{}", said.err);
    let filed = operator.run(&["notify", "incident", "filed", &real, "--json"]).well().json();
    assert_eq!(filed.as_array().map(Vec::len), Some(0));
}

#[test]
fn only_what_was_looked_at_and_is_complete_is_filed_from_the_command_line() {
    let (operator, _authority) = agreed();
    let id = opened(&operator, &[]);
    let file = ["notify", "incident", "file", &id, "nis2.ew", "--to", "us", "--by", "A. Berg"];
    let with = |more: &[&str]| operator.run(&[&file[..], more].concat());
    let filed = || operator.run(&["notify", "incident", "filed", &id, "--json"]).well().json();
    let said = with(&[]);
    assert!(said.code == 2 && said.err.contains("--look") && said.err.contains("--seen"), "{}", said.err);
    let shown = with(&["--look"]).well().out;
    assert!(shown.contains("E08") && shown.contains("required fields are not filled"), "{shown}");
    assert_eq!(with(&["--look", "--seen", "x"]).code, 2, "one or the other");

    let seen = look(&operator, &id, "nis2.ew");
    let said = with(&["--seen", seen["seen"].as_str().expect("a digest")]);
    let words = "required fields are not filled, so nothing was sent: ";
    assert!(said.code == 1 && said.err.contains(words) && said.err.contains("B01"), "{}", said.err);
    complete(&operator, &id, "nis2.ew");
    let said = with(&["--seen", seen["seen"].as_str().expect("a digest")]);
    assert!(said.code == 1 && said.err.contains("something was stated meanwhile"), "{}", said.err);
    assert_eq!(filed().as_array().map(Vec::len), Some(0));

    let shown = with(&["--look"]).well().out;
    let seen = look(&operator, &id, "nis2.ew")["seen"].as_str().expect("a digest").to_owned();
    assert!(shown.contains(&format!("--seen {seen}")), "it says how to go on: {shown}");
    with(&["--seen", &seen]).well();
    assert_eq!(filed()[0]["stage"], "nis2.ew");
}

#[test]
fn two_people_file_on_the_command_line_each_with_their_own_password() {
    let (operator, authority) = agreed();
    for (name, role) in [("a.berg", "officer"), ("c.dupont", "compliance")] {
        operator.write(&format!("{name}.pw"), &format!("the password of {name}\n"));
        let file = operator.arg(&format!("{name}.pw"));
        let add = ["account", "add", name, "--role", role, "--clearance", "red", "--password-file", &file];
        operator.run(&add).well();
    }
    let files = ["a.berg", "c.dupont"].map(|name| operator.arg(&format!("{name}.pw")));
    let anna = ["--account", "a.berg", "--password-file", &files[0]];
    let claire = ["--account", "c.dupont", "--password-file", &files[1]];
    let incident = ["notify", "incident"];
    let run =
        |arguments: &[&str], person: &[&str]| operator.run(&[&incident[..], arguments, person].concat());
    let id = opened(&operator, &[]);
    assert_eq!(run(&["require-two", "reports", "--regime", "NIS3"], &anna).code, 2);
    run(&["require-two", "reports", "--regime", "NIS2"], &anna).well();

    complete(&operator, &id, "nis2.ew");
    let seen = look(&operator, &id, "nis2.ew");
    assert_eq!(seen["two"], serde_json::json!(["reports"]), "{seen}");
    let seen = seen["seen"].as_str().expect("a digest").to_owned();
    let file = ["file", &id, "nis2.ew", "--to", "us", "--by", "A. Berg", "--seen", &seen];
    let said = run(&file, &[]);
    let held = "two people have to approve this by the rule \"reports\"";
    assert!(said.code == 2 && said.err.contains(held), "{}", said.err);
    let borrowed = ["--account", "a.berg", "--password-file", &files[1]];
    assert!(run(&file, &borrowed).code != 0, "the password of another");
    run(&file, &anna).well();
    let waiting = run(&["waiting", "--json"], &[]).well().json();
    let draft = waiting[0]["draft"].as_str().expect("a draft").to_owned();
    assert_eq!((&waiting[0]["by"], &waiting[0]["asked"]["how"]), (&"a.berg".into(), &"link".into()));
    assert!(run(&["approve", &draft], &anna).err.contains("a second person has to"));
    run(&["approve", &draft], &claire).well();
    assert!(run(&["refuse", &draft, "--reason", "late"], &claire).code != 0, "it is decided");
    carry(&operator, &authority, "us", "two.link");
    let list = authority.run(&["notify", "report", "list", "--json"]).well().json();
    assert_eq!(list[0]["report"]["stage"], "nis2.ew");
}

#[test]
fn a_proof_over_the_link_carries_the_receipt_and_one_by_hand_the_digest_of_its_evidence() {
    let (operator, authority) = agreed();
    let id = opened(&operator, &[]);
    file(&operator, &id, "nis2.ew", "energy");
    carry(&operator, &authority, "us", "filing.link");
    carry(&authority, &operator, "eu", "receipt.link");
    let file = operator.arg("ew.proof.json");
    operator.run(&["notify", "proof", "export", &id, "nis2.ew", &file]).well();
    let said = operator.run(&["notify", "proof", "verify", &file]).well().out;
    for words in [
        "received by",
        "its reference",
        "checked: the receipt stands in that log",
        "not proved: what the report said",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    operator.write("receipt.pdf", "%PDF the receipt");
    operator.write("other.pdf", "%PDF another");
    let (receipt, other) = (operator.arg("receipt.pdf"), operator.arg("other.pdf"));
    let submitted =
        ["notify", "incident", "submitted", &id, "nis2.in", "--channel", "portal", "--by", "A. Berg"];
    operator.run(&[&submitted[..], &["--reference", "4711", "--evidence-file", &receipt]].concat()).well();
    let file = operator.arg("in.proof.json");
    operator.run(&["notify", "proof", "export", &id, "nis2.in", &file]).well();
    let verify = |evidence: &str| operator.run(&["notify", "proof", "verify", &file, "--evidence", evidence]);
    assert!(verify(&receipt).well().out.contains("receipt.pdf, SHA-256"));
    assert_eq!(verify(&other).code, 3);
}

#[test]
fn what_cannot_be_right_is_refused_on_the_command_line_at_its_field() {
    let operator = Node::made("eu");
    let id = opened(&operator, &[]);
    let state = |field: &str, value: &str| {
        operator.run(&["notify", "incident", "fact", &id, field, value, "--by", "A. Berg"])
    };
    state("occurred", "2026-11-01T00:00:00Z").well();
    for (field, value, said) in [
        ("tz", "Europe/Atlantis", "no time zone is called"),
        ("country", "XX", "no country has the code"),
        ("B08", "EURO", "no currency has the code"),
        ("aware", "2090-01-01T00:00:00Z", "lies in the future"),
        ("aware", "2020-01-01T00:00:00Z", "lies before"),
    ] {
        let answer = state(field, value);
        assert!(answer.code != 0 && answer.err.contains(said), "{field}: {}", answer.err);
    }
}

#[test]
fn lists_are_brought_in_and_bodies_that_pledged_written_down_on_the_command_line() {
    let node = Node::made("eu");
    node.write(
        "sdn.xml",
        "<sdnList><publshInformation><Publish_Date>11/20/2026</Publish_Date></publshInformation><sdnEntry><uid>7</uid>\
         <lastName>GREY WOLF</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>",
    );
    node.write("page.html", "<html><body>not found</body></html>");
    let import = |name: &str| node.run(&["notify", "ransom", "lists", "import", &node.arg(name)]);
    assert!(import("sdn.xml").well().out.contains("ofac-sdn 2026-11-20: 1 names"));
    assert_eq!(import("page.html").code, 2);
    let lists = node.run(&["notify", "ransom", "lists", "list", "--json"]).well().json();
    assert_eq!((&lists[0]["version"], &lists[0]["entries"]), (&"2026-11-20".into(), &1.into()));
    let pledge = |since: &str| {
        let said = ["--country", "FR", "--since", since, "--statement", "joint statement", "--by", "B. Noel"];
        node.run(&[&["notify", "ransom", "pledge", "ANSSI"][..], &said].concat())
    };
    assert_eq!(pledge("soon").code, 2);
    pledge("2023-11-01").well();
    let pledges = node.run(&["notify", "ransom", "pledges", "--json"]).well().json();
    assert_eq!((&pledges[0]["body"], &pledges[0]["joined"]), (&"ANSSI".into(), &true.into()));
}
