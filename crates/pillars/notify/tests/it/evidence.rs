//! A file that shows that a report was filed: attached to the submission, kept, given back as a file, and named in the proof.

use axum::body::{Body, to_bytes};
use desk::edge;
use desk::local::Role;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, COOKIE, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderMap, Request, StatusCode};
use model::{Digest, IncidentId, Tlp};
use notify::case::Said;
use notify::commands::open_incident::open_incident;
use notify::held::waiting;
use notify::proof::{export, verify};
use records::determination::Outcome;
use records::evidence::Evidence;
use records::submission::{EvidenceFile, Submission};
use serde_json::json;
use tower::ServiceExt as _;

use crate::room::{Person, Room};

/// A page of another site, if a browser ever showed it; and no UTF-8.
const FILE: &[u8] = b"<script>alert(1)</script>\xff\x00\r\n";
const STAGE: &str = "gdpr.33";

fn breach() -> (Room, IncidentId) {
    let room = Room::new();
    let id = open_incident(&room.desk, "A breach at the clinic", false, "A. Berg").expect("opened");
    room.decide(id, "applies GDPR", Outcome::Yes).expect("decided");
    room.state(id, "tz", json!("Europe/Brussels")).expect("stated");
    room.state(id, "aware", json!(edge::now().to_string())).expect("stated");
    (room, id)
}

fn submissions(room: &Room, id: IncidentId) -> Vec<Submission> {
    let said = |said: Said| match said {
        Said::Submission(sent) => Some(sent),
        _ => None,
    };
    room.case(id).statements.into_iter().filter_map(|statement| said(statement.said)).collect()
}

fn named(room: &Room, id: IncidentId) -> EvidenceFile {
    submissions(room, id).pop().and_then(|sent| sent.evidence_file).expect("a file")
}

/// A form with a file, as a browser sends it.
async fn send(
    person: &Person,
    path: &str,
    fields: &[(&str, &str)],
    file: (&str, &[u8]),
) -> (StatusCode, String) {
    let mut body = Vec::new();
    let mut part = |head: &str, value: &[u8]| {
        body.extend_from_slice(format!("--xyz\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes());
        body.extend_from_slice(value);
        body.extend_from_slice(b"\r\n");
    };
    part("name=\"csrf\"", person.csrf.as_bytes());
    for (name, value) in fields {
        part(&format!("name=\"{name}\""), value.as_bytes());
    }
    part(&format!("name=\"evidence-file\"; filename=\"{}\"", file.0), file.1);
    body.extend_from_slice(b"--xyz--\r\n");
    let request = Request::post(path)
        .header(COOKIE, &person.cookie)
        .header(CONTENT_TYPE, "multipart/form-data; boundary=xyz")
        .body(Body::from(body));
    let answer = person.router.clone().oneshot(request.expect("a request")).await.expect("infallible");
    let status = answer.status();
    let bytes = to_bytes(answer.into_body(), 1 << 22).await.expect("a body");
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

async fn fetch(person: &Person, path: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let request = Request::get(path).header(COOKIE, &person.cookie).body(Body::empty());
    let answer = person.router.clone().oneshot(request.expect("a request")).await.expect("infallible");
    let (status, headers) = (answer.status(), answer.headers().clone());
    (status, headers, to_bytes(answer.into_body(), 1 << 22).await.expect("a body").to_vec())
}

const SENT: [(&str, &str); 4] = [("at", ""), ("channel", "portal"), ("reference", "APD-7"), ("evidence", "")];

#[tokio::test]
async fn a_receipt_is_attached_given_back_as_a_file_and_named_in_the_proof() {
    let (room, id) = breach();
    let officer = room.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/{STAGE}");
    assert!(officer.get(&format!("{there}/file"), "fr").await.1.contains("Fichier de preuve"));
    let file = ("C:\\Dépôts\\reçu; 1.html", FILE);
    assert_eq!(send(&officer, &format!("{there}/file"), &SENT, file).await.0, StatusCode::SEE_OTHER);
    let named = named(&room, id);
    let record = named.record.expect("kept");
    assert_eq!((named.name.as_str(), named.size_bytes), ("reçu; 1.html", FILE.len() as u64));
    assert_eq!(named.sha256, Digest::of(FILE).hex());

    let place = format!("/notify/incidents/{id}/evidence/{record}");
    assert!(officer.get(&there, "en").await.1.contains(&place), "the stage leads to it");
    assert!(officer.get(&format!("{there}/proof"), "en").await.1.contains(&place), "and the proof");
    for path in [place.clone(), format!("/api/v1{place}")] {
        let (status, headers, bytes) = fetch(&officer, &path).await;
        assert_eq!((status, bytes.as_slice()), (StatusCode::OK, FILE));
        assert_eq!(headers[CONTENT_TYPE], "application/octet-stream", "never a page");
        assert_eq!(headers[X_CONTENT_TYPE_OPTIONS], "nosniff");
        let disposition = headers[CONTENT_DISPOSITION].to_str().expect("ASCII");
        assert_eq!(
            disposition,
            "attachment; filename=\"re_u_ 1.html\"; filename*=UTF-8''re%C3%A7u%3B%201.html"
        );
    }
    let proof = export(&room.desk, id, STAGE).expect("exported");
    let proved = verify(&serde_json::to_vec(&proof).expect("JSON")).expect("it holds");
    assert_eq!(proved.evidence.expect("named").sha256, Digest::of(FILE).hex());
}

#[tokio::test]
async fn a_file_that_comes_later_is_attached_without_touching_the_hour_of_sending() {
    let (room, id) = breach();
    let officer = room.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/stages/{STAGE}");
    officer.post(&format!("{there}/file"), &SENT).await;
    let path = format!("{there}/evidence");
    assert_eq!(send(&officer, &path, &[], ("receipt.pdf", b"%PDF")).await.0, StatusCode::SEE_OTHER);
    let all = submissions(&room, id);
    assert_eq!((all.len(), all[1].at), (2, all[0].at));
    assert_eq!((all[1].reference.as_str(), &all[1].by), ("APD-7", &all[0].by));
    assert!(all[0].evidence_file.is_none() && all[1].evidence_file.is_some());
    let nothing = format!("/notify/incidents/{id}/stages/nis2.ew/evidence");
    assert_eq!(send(&officer, &nothing, &[], ("receipt.pdf", b"%PDF")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_too_large_empty_or_lost_on_the_way_is_refused_at_its_field_and_nothing_is_noted() {
    let (room, id) = breach();
    let officer = room.account("a.berg", Role::Officer);
    let path = format!("/notify/incidents/{id}/stages/{STAGE}/file");
    let large = vec![b'a'; 2_000_001];
    for (file, words) in [(("a.pdf", &large[..]), "over the limit of 2 MB"), (("a.pdf", b""), "is empty")] {
        let (status, page) = send(&officer, &path, &SENT, file).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(words), "{words}");
    }
    // After a proof of who is there only the name of the file is left.
    let (status, page) = officer.post(&path, &[&SENT[..3], &[("evidence-file", "a.pdf")]].concat()).await;
    assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("Choose the file again"));
    let huge = vec![b'a'; 5 << 20];
    assert_eq!(send(&officer, &path, &SENT, ("a.pdf", &huge)).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(submissions(&room, id).is_empty());
}

#[tokio::test]
async fn a_program_attaches_a_file_and_one_that_waits_for_a_second_person_can_be_looked_at() {
    let (room, id) = breach();
    let officer = room.account("a.berg", Role::Officer);
    let rule = [("name", "reports on data"), ("act", "notify stage submit"), ("regime", "GDPR")];
    officer.post("/release/rules/add", &rule).await;
    let told = |content: &str| json!({ "stage": STAGE, "channel": "portal", "evidence_file": { "name": "a.eml", "content": content } });
    let path = format!("/api/v1/notify/incidents/{id}/submissions");
    assert_eq!(officer.tell(&path, told("%%%")).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(officer.tell(&path, told("")).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(officer.tell(&path, told(&Evidence::written(FILE))).await.0, StatusCode::ACCEPTED);
    let held = waiting(&room.desk).expect("read").remove(0);
    let notify::held::Asked::Hand { sent, .. } = &held.asked else { panic!("by hand") };
    let record = sent.evidence_file.as_ref().and_then(|file| file.record).expect("kept");
    let place = format!("/notify/incidents/{id}/evidence/{record}");
    let second = room.account("c.dupont", Role::Compliance);
    assert_eq!(fetch(&second, &place).await.2, FILE);
    second.post(&format!("/release/{}/approve", held.draft), &[]).await;
    assert_eq!(named(&room, id).record, Some(record));
}

#[tokio::test]
async fn a_file_is_for_those_who_may_see_its_incident_and_not_by_way_of_another() {
    let (room, id) = breach();
    let officer = room.account("a.berg", Role::Officer);
    let path = format!("/notify/incidents/{id}/stages/{STAGE}/file");
    send(&officer, &path, &SENT, ("a.pdf", FILE)).await;
    let record = named(&room, id).record.expect("kept");
    let place = format!("/notify/incidents/{id}/evidence/{record}");
    let press = room.account("p.ress", Role::Press);
    assert_eq!(fetch(&press, &place).await.0, StatusCode::FORBIDDEN);
    let low = room.person("low", Tlp::Green);
    assert_eq!(fetch(&low, &place).await.0, StatusCode::NOT_FOUND);
    let other = open_incident(&room.desk, "Another", false, "A. Berg").expect("opened");
    for wrong in [
        format!("/notify/incidents/{other}/evidence/{record}"),
        format!("{place}0"),
        place.replace(&record.to_string(), "x"),
    ] {
        assert_eq!(fetch(&officer, &wrong).await.0, StatusCode::NOT_FOUND, "{wrong}");
    }
}
