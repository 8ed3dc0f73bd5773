//! Filing by mail: what goes is seen before, and it is filed when the server has taken it; what nobody knows is said, and
//! nothing goes twice by itself.

use std::sync::Arc;

use desk::edge;
use desk::local::Role;
use http::StatusCode;
use model::{IncidentId, Tlp};
use notify::case::Said;
use notify::commands::open_incident::open_incident;
use notify::held::waiting;
use notify::mailing::{End, attempts, begin, look, set_mailbox};
use notify::plan::State;
use notify::proof::{Link, Verdict, export, verify};
use records::determination::Outcome;
use records::mailbox::Mailbox;
use records::submission::Submission;
use serde_json::{Value, json};

use crate::mail_server::{MailServer, Mood, couriers};
use crate::room::{Person, Room};

const TO: &str = "csirt-or-authority";

/// An operator with an incident ready to be reported, whose mail goes by that server, and who knows the address.
fn ready(port: u16, up_to: Tlp) -> (Room, IncidentId) {
    let mut room = Room::new();
    room.couriers = Some(Arc::new(couriers(port, up_to)));
    let id = open_incident(&room.desk, "Outage in the north", false, "A. Berg").expect("opened");
    room.decide(id, "applies NIS2", Outcome::Yes).expect("decided");
    room.decide(id, "significant", Outcome::Yes).expect("decided");
    room.state(id, "tz", json!("Europe/Paris")).expect("stated");
    room.state(id, "country", json!("FR")).expect("stated");
    room.state(id, "aware", json!(edge::now().to_string())).expect("stated");
    fill(&room, id, "nis2.ew");
    set_mailbox(&room.desk, mailbox("fr")).expect("written down");
    (room, id)
}

fn fill(room: &Room, id: IncidentId, stage: &str) {
    let library = notify::law::embedded();
    for code in notify::commands::file_stage::lacking(&library, &room.case(id), stage) {
        let value = match code.as_str() {
            "E10" | "D04" => json!(false),
            _ => json!("ok"),
        };
        room.state(id, &code, value).expect("stated");
    }
}

fn mailbox(language: &str) -> Mailbox {
    Mailbox {
        recipient: TO.into(),
        stage: String::new(),
        address: "incidents@csirt.example".into(),
        language: language.into(),
        source: "the page of the CSIRT, read on 27 November".into(),
        by: "A. Berg".into(),
    }
}

fn hidden(page: &str, name: &str) -> String {
    let at = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    at.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
}

fn submissions(room: &Room, id: IncidentId) -> Vec<Submission> {
    let said = room.case(id).statements.into_iter().filter_map(|statement| match statement.said {
        Said::Submission(sent) => Some(sent),
        _ => None,
    });
    said.collect()
}

fn ends(room: &Room, id: IncidentId) -> Vec<End> {
    let all = attempts(&room.desk.views, &room.case(id)).expect("read");
    all.into_iter().map(|attempt| attempt.end).collect()
}

/// Looks, and sends what was seen; the status and the page, or where it leads.
async fn sends(officer: &Person, id: IncidentId) -> (StatusCode, String) {
    let there = format!("/notify/incidents/{id}/stages/nis2.ew/mail");
    let (_, page) = officer.get(&there, "en").await;
    let seen = hidden(&page, "seen");
    officer.post(&there, &[("recipient", TO), ("seen", &seen)]).await
}

#[tokio::test]
async fn a_report_goes_as_it_was_seen_and_is_filed_when_the_server_has_taken_it() {
    let server = MailServer::open();
    let (room, id) = ready(server.port, Tlp::Amber);
    let officer = room.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    let (_, page) = officer.get(&there, "fr").await;
    assert!(page.contains("Déposer par courrier électronique"), "{page}");
    let (status, page) = officer.get(&format!("{there}/mail"), "en").await;
    assert_eq!(status, StatusCode::OK);
    for shown in ["incidents@csirt.example", "reports@clinic.example", "read on 27 November", "TLP:AMBER"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    // The recipient reads French, whatever the officer reads; the subject names neither incident nor facts.
    assert!(
        page.contains("Merci de rappeler la référence ENT-") && page.contains("Alerte précoce"),
        "{page}"
    );
    let subject = page.split("<span lang=\"fr\">").nth(1).and_then(|rest| rest.split('<').next());
    assert!(!subject.expect("a subject").contains("Outage"), "{subject:?}");

    // Somebody states something meanwhile: what would go now is shown, and nothing is sent.
    room.state(id, "D04", json!(true)).expect("stated");
    let sent = [("recipient", TO), ("seen", &*hidden(&page, "seen"))];
    let (status, page) = officer.post(&format!("{there}/mail"), &sent).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("nothing was sent") && server.kept().is_empty());

    let before = edge::now();
    assert_eq!(sends(&officer, id).await, (StatusCode::SEE_OTHER, there.clone()));
    let after = edge::now();
    let [message] = <[Vec<u8>; 1]>::try_from(server.kept()).expect("one message");
    let sent = submissions(&room, id).remove(0);
    let mail = sent.mail.clone().expect("evidence");
    assert!(sent.at.as_millisecond() >= before.as_millisecond() && sent.at <= after, "when it was taken");
    assert_eq!((sent.channel.as_str(), mail.to.as_str()), ("mail", "incidents@csirt.example"));
    assert_eq!(mail.reply, "250 2.0.0 queued as 4F3C");
    assert_eq!(mail.server, format!("127.0.0.1:{}", server.port));
    assert_eq!(mail.sha256, model::Digest::of(&message).hex(), "the digest of what the server was given");
    let text = String::from_utf8(message).expect("ASCII");
    assert!(text.contains(&format!("Message-ID: {}\r\n", mail.message_id)), "{text}");
    assert!(text.contains("To: incidents@csirt.example\r\n") && !text.contains("Auto-Submitted"), "{text}");
    assert!(text.contains("nis2.ew.html") && text.contains("nis2.ew.json"), "{text}");

    // Later stages run from that moment, the page shows the reply, and the message is kept as it went.
    let (_, page) = officer.get(&there, "en").await;
    assert!(page.contains("Taken by the server") && page.contains("queued as 4F3C"), "{page}");
    assert!(!page.contains("Attach a file"), "its evidence is there already");
    let file = sent.evidence_file.expect("the message");
    let path = format!("/notify/incidents/{id}/evidence/{}", file.record.expect("kept here"));
    assert_eq!(officer.get(&path, "en").await.1, text);
    let plan = room.plan(id, edge::now());
    let duty = |stage: &str| plan.obligations.iter().find(|duty| duty.stage == stage).expect("a duty");
    assert_eq!(duty("nis2.ew").state, State::Sent);

    // The proof holds the evidence, and says what it rests on.
    let proof = serde_json::to_vec(&export(&room.desk, id, "nis2.ew").expect("a proof")).expect("JSON");
    let proved = verify(&proof).expect("it holds");
    assert_eq!((proved.verdict, proved.mail), (Verdict::InTime, Some(*mail)));
    assert!(proved.shows.contains(&Link::Mail));
    let (_, page) = officer.get(&format!("{there}/proof"), "fr").await;
    assert!(page.contains("Réponse du serveur") && page.contains("queued as 4F3C"), "{page}");
}

#[tokio::test]
async fn the_same_report_never_goes_twice() {
    let server = MailServer::open();
    let (room, id) = ready(server.port, Tlp::Amber);
    let officer = room.account("a.berg", Role::Officer);
    assert_eq!(sends(&officer, id).await.0, StatusCode::SEE_OTHER);
    let (status, page) = sends(&officer, id).await;
    assert_eq!((status, server.kept().len()), (StatusCode::UNPROCESSABLE_ENTITY, 1));
    assert!(page.contains("was taken by the server at"), "{page}");
    // What says something new may go.
    room.state(id, "D04", json!(true)).expect("stated");
    assert_eq!((sends(&officer, id).await.0, server.kept().len()), (StatusCode::SEE_OTHER, 2));
}

#[tokio::test]
async fn what_the_server_refuses_is_not_filed_and_can_be_sent_again() {
    let server = MailServer::open();
    let (room, id) = ready(server.port, Tlp::Amber);
    let officer = room.account("a.berg", Role::Officer);
    for (mood, said) in
        [(Mood::RefusesRecipient, "nobody of that name"), (Mood::RefusesMessage, "not from you")]
    {
        server.is(mood);
        let (status, page) = sends(&officer, id).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("it is not filed") && page.contains(said), "{page}");
        assert!(submissions(&room, id).is_empty());
        assert!(matches!(ends(&room, id).last(), Some(End::Failed(why)) if why.contains(said)));
    }
    server.is(Mood::Takes);
    assert_eq!(sends(&officer, id).await.0, StatusCode::SEE_OTHER);
    assert_eq!(submissions(&room, id).len(), 1);
}

#[tokio::test]
async fn a_server_that_is_away_files_nothing() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = closed.local_addr().expect("an address").port();
    drop(closed);
    let (room, id) = ready(port, Tlp::Amber);
    let officer = room.account("a.berg", Role::Officer);
    let (status, page) = sends(&officer, id).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("could not be reached, and the report is not filed"), "{page}");
    assert!(submissions(&room, id).is_empty() && matches!(ends(&room, id)[..], [End::Failed(_)]));
}

#[tokio::test]
async fn when_no_answer_comes_nobody_claims_to_know_and_nothing_goes_until_a_person_has_looked() {
    let server = MailServer::open();
    let (room, id) = ready(server.port, Tlp::Amber);
    let officer = room.account("a.berg", Role::Officer);
    server.is(Mood::HangsUp);
    let (status, page) = sends(&officer, id).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("nobody knows whether it is filed"), "{page}");
    assert!(matches!(ends(&room, id)[..], [End::Doubtful(_)]) && submissions(&room, id).is_empty());
    server.is(Mood::Takes);
    let (status, page) = sends(&officer, id).await;
    assert_eq!((status, server.kept().len()), (StatusCode::UNPROCESSABLE_ENTITY, 1), "never by itself");
    assert!(page.contains("Nobody knows whether the attempt of"), "{page}");

    // The log of the server says that it did not go: then it can be sent.
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    let (_, page) = officer.get(&there, "fr").await;
    assert!(page.contains("Personne ne sait si ce message est parti"), "{page}");
    let mailing = hidden(&page, "mailing");
    let settle = format!("{there}/mail/settle");
    let word = [("mailing", &*mailing), ("went", "no"), ("reason", "")];
    assert_eq!(officer.post(&settle, &word).await.0, StatusCode::UNPROCESSABLE_ENTITY, "how do you know?");
    let word = [("mailing", &*mailing), ("went", "no"), ("reason", "no such Message-ID in the log")];
    assert_eq!(officer.post(&settle, &word).await, (StatusCode::SEE_OTHER, there.clone()));
    assert_eq!(officer.post(&settle, &word).await.0, StatusCode::UNPROCESSABLE_ENTITY, "once");
    assert_eq!((sends(&officer, id).await.0, server.kept().len()), (StatusCode::SEE_OTHER, 2));
    assert!(matches!(ends(&room, id)[..], [End::NotSent { .. }, End::Taken(_)]));
}

#[tokio::test]
async fn a_node_that_was_stopped_before_the_answer_says_so_and_a_person_finds_that_it_went() {
    let server = MailServer::open();
    let (room, id) = ready(server.port, Tlp::Amber);
    let library = notify::law::now(&room.desk.views).expect("the law");
    let case = room.case(id);
    let duty = notify::sending::duty(&library, &case, "nis2.ew", edge::now()).expect("read").expect("a duty");
    let order = notify::mailing::Order {
        recipient: TO,
        seen: "",
        by: "a.berg",
        account: "a.berg",
        answers: "a.berg",
    };
    let mail = look(&room.desk, &library, (&case, &duty), &order).expect("looked").what;
    let mailer = room.couriers.as_ref().and_then(|couriers| couriers.mail.as_ref()).expect("a mailer");
    let began = edge::now();
    begin(&room.desk, mailer, (id, &mail), None).expect("on record");
    let room = room.restarted();

    let officer = room.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/nis2.ew");
    let (_, page) = officer.get(&there, "en").await;
    assert!(page.contains("Nobody knows whether this went") && page.contains("Message-ID"), "{page}");
    let (status, _) = sends(&officer, id).await;
    assert_eq!((status, server.kept().len()), (StatusCode::UNPROCESSABLE_ENTITY, 0), "never by itself");
    let path = format!("/api/v1/notify/incidents/{id}/mailings");
    let (_, list) = officer.get(&path, "en").await;
    let list: Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(list["mailings"][0]["end"], "open");
    let one = format!("{path}/{}", list["mailings"][0]["mailing"].as_str().expect("an id"));
    let early = json!({ "went": "2026-01-01T00:00:00Z", "reason": "the log" });
    assert_eq!(officer.tell(&one, early).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let went = json!({ "went": began.to_string(), "reason": "the log: queued as 77A1" });
    assert_eq!(officer.tell(&one, went).await.0, StatusCode::NO_CONTENT);
    let sent = submissions(&room, id).remove(0);
    assert_eq!(sent.at.as_millisecond(), began.as_millisecond());
    assert_eq!(
        (sent.evidence.as_str(), sent.mail.expect("which").reply.as_str()),
        ("the log: queued as 77A1", "")
    );
    let (_, page) = officer.get(&there, "en").await;
    assert!(page.contains("a person found out that it went") && !page.contains("Nobody knows"), "{page}");
}

#[tokio::test]
async fn an_exercise_a_strict_marking_and_a_node_without_mail_send_nothing() {
    let server = MailServer::open();
    let (room, _) = ready(server.port, Tlp::Amber);
    let drill = open_incident(&room.desk, "Cyber Europe", true, "A. Berg").expect("opened");
    room.decide(drill, "applies NIS2", Outcome::Yes).expect("decided");
    let officer = room.account("a.berg", Role::Officer);
    assert!(
        !officer
            .get(&format!("/notify/incidents/{drill}/stages/nis2.ew"), "en")
            .await
            .1
            .contains("File by mail")
    );
    let (status, page) = sends(&officer, drill).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("is about an exercise"), "{page}");

    let (mut room, id) = ready(server.port, Tlp::Green);
    let (_, page) = room
        .account("a.berg", Role::Officer)
        .get(&format!("/notify/incidents/{id}/stages/nis2.ew/mail"), "fr")
        .await;
    assert!(page.contains("peut porter TLP:GREEN") && !page.contains("name=\"seen\""), "{page}");
    for (couriers, why) in [
        (Some(Arc::new(couriers(server.port, Tlp::Green))), "may carry TLP:GREEN"),
        (None, "has no mail server"),
    ] {
        room.couriers = couriers;
        let officer = room.account("a.berg", Role::Officer);
        let path = format!("/api/v1/notify/incidents/{id}/stages/nis2.ew/mail");
        let (_, look) = officer.get(&format!("{path}?recipient={TO}"), "en").await;
        let look: Value = serde_json::from_str(&look).expect("JSON");
        let (status, problem) = officer.tell(&path, json!({ "recipient": TO, "seen": look["seen"] })).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(problem["detail"].to_string().contains(why), "{problem}");
    }
    assert!(server.kept().is_empty());
}

#[tokio::test]
async fn two_people_send_what_the_first_one_saw_and_a_refusal_of_the_server_leaves_it_to_be_tried_again() {
    let server = MailServer::open();
    let (room, id) = ready(server.port, Tlp::Amber);
    let officer = room.account("a.berg", Role::Officer);
    officer.post("/release/rules/add", &[("name", "all reports"), ("act", "notify stage submit")]).await;
    let (_, page) = officer.get(&format!("/notify/incidents/{id}/stages/nis2.ew/mail"), "en").await;
    assert!(page.contains("Ask a second person"), "{page}");
    assert_eq!(sends(&officer, id).await.0, StatusCode::SEE_OTHER);
    assert!(server.kept().is_empty());
    room.state(id, "D04", json!(true)).expect("stated later");
    let draft = waiting(&room.desk).expect("read").remove(0).draft;
    let second = room.account("c.dupont", Role::Compliance);
    let (_, page) = second.get(&format!("/release/{draft}"), "en").await;
    assert!(page.contains("incidents@csirt.example"), "whoever approves reads where it goes: {page}");
    server.is(Mood::RefusesRecipient);
    let approve = format!("/release/{draft}/approve");
    let (status, page) = second.post(&approve, &[]).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("nobody of that name"), "{page}");
    server.is(Mood::Takes);
    assert_eq!(second.post(&approve, &[]).await.0, StatusCode::SEE_OTHER);
    let sent = submissions(&room, id).remove(0);
    assert_eq!(sent.second.map(|second| second.by).as_deref(), Some("c.dupont"));
    let text = String::from_utf8(server.kept().remove(0)).expect("ASCII");
    assert_eq!(server.kept().len(), 1);
    assert!(text.contains("nis2.ew.json") && !text.contains("(D04)"), "what was approved is what was read");
}

#[tokio::test]
async fn an_address_is_written_down_with_its_source_and_only_for_somebody_whom_a_law_names() {
    let room = Room::new();
    let officer = room.account("a.berg", Role::Officer);
    let path = "/api/v1/notify/mailboxes";
    let told = |recipient: &str, address: &str, language: &str| json!({ "recipient": recipient, "address": address, "language": language, "source": "their page" });
    for wrong in [
        told("media", "news@paper.example", "en"),
        told("self", "us@clinic.example", "en"),
        told("nobody", "a@b.example", "en"),
        told(TO, "no address", "en"),
        told(TO, "élan@csirt.example", "fr"),
        told(TO, "a@csirt.example", "de"),
        json!({ "recipient": TO, "stage": "nis9.ew", "address": "a@b.example", "language": "en" }),
    ] {
        assert_eq!(officer.tell(path, wrong.clone()).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert_eq!(officer.tell(path, told(TO, "a@csirt.example", "fr")).await.0, StatusCode::NO_CONTENT);
    let of_stage =
        json!({ "recipient": TO, "stage": "nis2.ew", "address": "ew@csirt.example", "language": "en" });
    assert_eq!(officer.tell(path, of_stage).await.0, StatusCode::NO_CONTENT);
    let of = |stage: &str| notify::mailing::mailbox_of(&room.desk.views, TO, stage).expect("read");
    assert_eq!(of("nis2.ew").expect("its own").address, "ew@csirt.example");
    assert_eq!(of("nis2.in").expect("the general one").address, "a@csirt.example");
    let page = officer.get("/notify/mailboxes", "fr").await.1;
    assert!(page.contains("ew@csirt.example") && page.contains("their page"), "{page}");
    let guest = room.person("g.green", Tlp::Green);
    assert!(
        !guest.get("/notify/mailboxes", "en").await.1.contains("csirt.example"),
        "it is for the party alone"
    );
    assert_eq!(officer.tell(path, told(TO, "", "fr")).await.0, StatusCode::NO_CONTENT);
    assert!(of("nis2.in").is_none() && of("nis2.ew").is_some());
    let analyst = room.account("m.roe", Role::Analyst);
    assert_eq!(analyst.tell(path, told(TO, "x@y.example", "fr")).await.0, StatusCode::FORBIDDEN);
}
