//! A file goes through the dry run of the console and comes out byte for byte.

use axum::body::Body;
use desk::local::Role;
use http::header::{CONTENT_TYPE, COOKIE};
use http::{Request, StatusCode};
use model::Tlp;

use crate::pages::{Console, EVIL, Person, object};

const FORM: &str = "/exchange/import";
const PUBLISH: &str = "/exchange/import/publish";

/// A form with a file, as a browser sends it.
async fn upload(console: &Console, person: &Person, file: &[u8]) -> (StatusCode, String) {
    let part = |name: &str| format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"");
    let mut body = format!("{}\r\n\r\n{}\r\n", part("csrf"), person.csrf).into_bytes();
    let under = console.world.agreement;
    body.extend(format!("{}\r\n\r\n{under}\r\n{}\r\n\r\n\r\n", part("under"), part("document")).into_bytes());
    body.extend(
        format!("{}; filename=\"a.json\"\r\nContent-Type: application/json\r\n\r\n", part("file"))
            .into_bytes(),
    );
    body.extend_from_slice(file);
    body.extend_from_slice(b"\r\n--xyz--\r\n");
    let request = Request::post(FORM).header(COOKIE, &person.cookie);
    let request = request.header(CONTENT_TYPE, "multipart/form-data; boundary=xyz");
    let (status, _, page) = console.ask(request.body(Body::from(body)).expect("a request")).await;
    (status, page)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_previewed_and_then_published_byte_for_byte() {
    let console = Console::new();
    let duty = console.person("duty", Tlp::Red);
    // Line ends inside an object are part of its bytes: a text field would change them.
    let indicator = format!(
        "{{\r\n  \"type\": \"indicator\", \"spec_version\": \"2.1\", \"id\": \"{EVIL}\",\r\n  \"created\": \
         \"2026-11-01T00:00:00.000Z\", \"modified\": \"2026-11-01T00:00:00.000Z\", \"name\": \"Café beacon\",\r\n  \
         \"pattern\": \"[domain-name:value = 'c2.evil.example']\", \"pattern_type\": \"stix\",\r\n  \
         \"valid_from\": \"2026-11-01T00:00:00.000Z\", \"object_marking_refs\": [\"{}\"]\r\n}}",
        formats::stix::id_of_tlp(Tlp::Green)
    );
    let before = console.world.desk.ledger.last_seq();
    let (status, page) = upload(&console, &duty, indicator.as_bytes()).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    assert!(page.contains("1 of 1 objects can be published") && page.contains("Who would receive this"));
    assert_eq!(console.world.desk.ledger.last_seq(), before, "a dry run stores nothing");
    let kept = page
        .split("name=\"file64\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .expect("the file");
    let under = console.world.agreement.to_string();
    let (status, _, page) = console.post(&duty, PUBLISH, &[("file64", kept), ("under", &under)]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("1 object imported"), "{page}");
    let document = console.page(&duty, &format!("{}/document", object(EVIL))).await;
    assert_eq!(document, indicator);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_text_or_too_large_is_refused_with_what_to_do() {
    let console = Console::new();
    let duty = console.person("duty", Tlp::Red);
    let (status, page) = upload(&console, &duty, b"{\"a\":\"\xff\"}").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("not UTF-8 text"));
    let french = Person { cookie: format!("{}; lang=fr", duty.cookie), csrf: duty.csrf.clone() };
    let (_, page) = upload(&console, &french, b"{\"a\":\"\xff\"}").await;
    assert!(
        page.contains("Le fichier n’est pas un texte en UTF-8") && !page.contains("not UTF-8 text"),
        "{page}"
    );
    let (status, page) = upload(&console, &duty, &vec![b' '; 13 << 20]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("import it on the command line"));
    let (status, _, _) = console.post(&duty, PUBLISH, &[("file64", "not base64!")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_publishes_imports() {
    let console = Console::new();
    for (role, may) in
        [(Role::Officer, true), (Role::Analyst, true), (Role::Auditor, false), (Role::Administrator, false)]
    {
        let person = console.person_as(role.name(), role, Tlp::Red);
        let refused = |status: StatusCode| (status == StatusCode::FORBIDDEN) != may;
        assert!(refused(console.get(&person, "en", FORM).await.0), "GET as {role:?}");
        assert!(refused(console.get(&person, "en", PUBLISH).await.0), "GET publish as {role:?}");
        assert!(refused(upload(&console, &person, b"{}").await.0), "upload as {role:?}");
        assert!(
            refused(console.post(&person, PUBLISH, &[("document", "{}")]).await.0),
            "publish as {role:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_signs_in_again_in_between_comes_back_to_the_form() {
    let console = Console::new();
    let duty = console.person("duty", Tlp::Red);
    let signed_out = Person { cookie: "entente=expired".into(), csrf: String::new() };
    let (status, headers, _) = console.post(&signed_out, PUBLISH, &[]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert_eq!(headers["location"], "/login?next=%2Fexchange%2Fimport%2Fpublish");
    let (status, _) = console.get(&duty, "en", PUBLISH).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "that page leads on to the form");
}
