//! The forms of the node itself: each refuses who may not, keeps what was entered, and says what to do.

use desk::card::make;
use desk::local::{Account, Role};
use http::StatusCode;
use http::header::{CONTENT_DISPOSITION, LOCATION, SET_COOKIE};
use ledger::keys::PartyKeys;
use model::{Side, Tlp};
use records::card::SignedCard;

use crate::pages::{Console, about, console, header, text};

/// A signed-in person.
struct Person {
    cookie: String,
    token: String,
}

impl Person {
    fn at(console: &Console, role: Role) -> Self {
        let name = format!("the-{}", role.name());
        let local = &console.desk.local;
        let account = Account { name: name.clone(), role, clearance: Tlp::Red };
        local.set_account(&account, "correct horse battery").expect("an account");
        let session = local.open_session(&name, desk::edge::now()).expect("a session");
        let token = local.session(&session, desk::edge::now()).expect("open").form_token;
        Self { cookie: format!("entente={session}"), token }
    }

    async fn get(&self, console: &Console, path: &str) -> (StatusCode, String) {
        let answer = console.get(path, &self.cookie).await;
        (answer.status(), text(answer).await)
    }

    /// The status, and where the answer leads or else what it says.
    async fn post(&self, console: &Console, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let pairs = fields.iter().map(|(name, value)| format!("&{name}={}", ui::query::encode(value)));
        let form = format!("csrf={}{}", ui::query::encode(&self.token), pairs.collect::<String>());
        let answer = console.post(path, &self.cookie, &form).await;
        let (status, to) = (answer.status(), header(&answer, LOCATION));
        (status, if status == StatusCode::SEE_OTHER { to } else { text(answer).await })
    }
}

fn card_of(short: &str) -> (SignedCard, String) {
    let keys = PartyKeys::generate().expect("keys");
    (make(&keys, &about(short, Side::Us), "22".into()), keys.verifying().fingerprint().hex())
}

#[tokio::test]
async fn each_form_is_closed_to_every_role_but_its_own() {
    let console = console(Tlp::Red);
    let distrust = format!("/parties/{}/distrust", console.peer);
    let agree = ["/parties/trust", distrust.as_str()];
    let administer = [
        "/parties/consumers/add",
        "/parties/consumers/soc/close",
        "/accounts/add",
        "/accounts/duty/change",
        "/accounts/duty/close",
    ];
    for role in Role::ALL {
        let person = Person::at(&console, role);
        let closed = |role_of_form: Role| role != role_of_form;
        let officer = agree.iter().filter(|_| closed(Role::Officer));
        let administrator = administer.iter().filter(|_| closed(Role::Administrator));
        for path in officer.chain(administrator) {
            assert_eq!(person.get(&console, path).await.0, StatusCode::FORBIDDEN, "GET {path} as {role:?}");
            assert_eq!(
                person.post(&console, path, &[]).await.0,
                StatusCode::FORBIDDEN,
                "POST {path} as {role:?}"
            );
        }
        let accounts = person.get(&console, "/accounts").await.0;
        assert_eq!(accounts == StatusCode::FORBIDDEN, closed(Role::Administrator), "/accounts as {role:?}");
    }
    for path in agree.iter().chain(&administer).chain(&["/accounts", "/account/password", "/parties/card"]) {
        assert_eq!(console.get(path, "").await.status(), StatusCode::SEE_OTHER, "{path} asks to sign in");
    }
    assert_eq!(console.desk.local.accounts().expect("read").len(), 11, "nothing was made or closed");
}

#[tokio::test]
async fn each_form_wants_the_token_of_the_session() {
    let console = console(Tlp::Red);
    let officer = Person { token: "guessed".into(), ..Person::at(&console, Role::Officer) };
    let administrator = Person { token: "guessed".into(), ..Person::at(&console, Role::Administrator) };
    for (person, path) in [
        (&officer, "/parties/trust"),
        (&officer, "/account/password"),
        (&administrator, "/parties/consumers/add"),
        (&administrator, "/accounts/add"),
        (&administrator, "/accounts/duty/close"),
    ] {
        let (status, page) = person.post(&console, path, &[]).await;
        assert_eq!(status, StatusCode::FORBIDDEN, "{path}");
        assert!(page.contains("This form is too old"), "{path}");
    }
}

#[tokio::test]
async fn a_consumer_gets_its_token_once_and_is_shut_out() {
    let console = console(Tlp::Red);
    let person = Person::at(&console, Role::Administrator);
    let add = "/parties/consumers/add";
    let wrong = [("name", "The SOC"), ("relation", "client"), ("clearance", ""), ("rate", "0")];
    let (status, page) = person.post(&console, add, &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains("value=\"The SOC\"") && page.contains("href=\"#name\""),
        "input is kept, fields are named"
    );
    assert!(page.contains("Choose one of the list") && page.contains("whole number from 1"));
    assert!(console.desk.known().consumers.is_empty());

    let right = [
        ("name", "soc"),
        ("relation", "organisation"),
        ("clearance", "amber"),
        ("rate", "20"),
        ("write", "on"),
    ];
    let (status, page) = person.post(&console, add, &right).await;
    assert_eq!(status, StatusCode::OK);
    let token = page.split("data-copy=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("the token");
    assert_eq!(console.desk.local.consumer_of(token).as_deref(), Some("soc"));
    let known = console.desk.known();
    let consumer = &known.consumers["soc"];
    assert!(consumer.can_write && consumer.rate_per_s == Some(20) && consumer.clearance == Tlp::Amber);
    assert!(!person.get(&console, "/parties").await.1.contains(token), "the token is shown once");
    assert_eq!(
        person.post(&console, add, &right).await.0,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the name is taken"
    );

    let close = "/parties/consumers/soc/close";
    assert!(person.get(&console, close).await.1.contains("Shut soc out?"));
    assert_eq!(person.post(&console, close, &[]).await, (StatusCode::SEE_OTHER, "/parties".into()));
    assert!(!console.desk.known().consumers["soc"].active);
    assert_eq!(person.get(&console, close).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_account_is_made_changed_and_closed() {
    let console = console(Tlp::Red);
    let person = Person::at(&console, Role::Administrator);
    let wrong = [("name", "duty"), ("role", "king"), ("clearance", "amber")];
    let (status, page) = person.post(&console, "/accounts/add", &wrong).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("There is an account of this name") && page.contains("value=\"duty\""));

    let right = [("name", "m.roe"), ("role", "analyst"), ("clearance", "amber")];
    let (_, page) = person.post(&console, "/accounts/add", &right).await;
    let password =
        page.split("data-copy=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a password");
    let local = &console.desk.local;
    assert_eq!(local.sign_in("m.roe", password).expect("signed in").role, Role::Analyst);

    let session = local.open_session("m.roe", desk::edge::now()).expect("a session");
    let changed = [("role", "auditor"), ("clearance", "green")];
    assert_eq!(person.post(&console, "/accounts/m.roe/change", &changed).await.0, StatusCode::SEE_OTHER);
    let account = local.sign_in("m.roe", password).expect("the password is kept");
    assert_eq!((account.role, account.clearance), (Role::Auditor, Tlp::Green));
    assert!(local.session(&session, desk::edge::now()).is_none(), "what was open before has ended");

    assert_eq!(person.post(&console, "/accounts/m.roe/close", &[]).await.0, StatusCode::SEE_OTHER);
    assert!(local.account("m.roe").is_none());
    for what in ["change", "close"] {
        let own = format!("/accounts/the-administrator/{what}");
        assert_eq!(
            person.post(&console, &own, &changed).await.0,
            StatusCode::CONFLICT,
            "{what}: one's own stays"
        );
    }
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_and_ends_other_sessions() {
    let console = console(Tlp::Red);
    let person = Person::at(&console, Role::Auditor);
    let elsewhere = console.desk.local.open_session("the-auditor", desk::edge::now()).expect("a session");
    let form = |old, new, again| [("old", old), ("new", new), ("again", again)];
    let path = "/account/password";
    for (fields, says) in [
        (form("correct horse battery", "short", "short"), "Use at least 12 characters"),
        (form("correct horse battery", "a longer sentence", "another sentence"), "not the same as above"),
        (form("wrong", "a longer sentence", "a longer sentence"), "This is not your password"),
    ] {
        let (status, page) = person.post(&console, path, &fields).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(page.contains(says) && !page.contains("a longer sentence"), "{says}; no secret is sent back");
    }
    let csrf = ui::query::encode(&person.token);
    let sent = format!("csrf={csrf}&old=correct+horse+battery&new=a+longer+sentence&again=a+longer+sentence");
    let answer = console.post(path, &person.cookie, &sent).await;
    assert_eq!((answer.status(), header(&answer, LOCATION)), (StatusCode::SEE_OTHER, "/".into()));
    let cookie = header(&answer, SET_COOKIE);
    assert_eq!(console.get("/", &cookie).await.status(), StatusCode::OK, "this browser stays signed in");
    assert!(console.desk.local.session(&elsewhere, desk::edge::now()).is_none());
    assert!(console.desk.local.sign_in("the-auditor", "a longer sentence").is_ok());
}

#[tokio::test]
async fn a_card_is_trusted_only_by_who_heard_its_fingerprint() {
    let console = console(Tlp::Red);
    let person = Person::at(&console, Role::Officer);
    let (card, fingerprint) = card_of("south");
    let card = serde_json::to_string(&card).expect("JSON");
    let (status, page) = person.post(&console, "/parties/trust", &[("card", "{}")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("This is not a party card") && page.contains("{}</textarea>"));

    let (status, page) = person.post(&console, "/parties/trust", &[("card", &card)]).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("Compare the fingerprint of south") && page.contains(&fingerprint[..4]));
    assert_eq!(console.desk.known().parties.len(), 2, "reading a card trusts nobody");

    let end = &fingerprint[56..];
    let other = if end.starts_with('0') { "1111 1111" } else { "0000 0000" };
    let step = |end, whole| {
        [
            ("step", "compared"),
            ("card", card.as_str()),
            ("end", end),
            ("how", "B. Reed, by telephone"),
            ("whole", whole),
        ]
    };
    let (status, page) = person.post(&console, "/parties/trust", &step(other, "on")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("not how the fingerprint ends") && page.contains("B. Reed, by telephone"));
    assert!(
        !page.contains(end) && !page.contains(&format!("{} {}", &end[..4], &end[4..])),
        "the end is not given away"
    );
    assert_eq!(
        person.post(&console, "/parties/trust", &step(end, "")).await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );

    let (status, to) = person.post(&console, "/parties/trust", &step(end, "on")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let (_, page) = person.get(&console, &to).await;
    assert!(page.contains("the-officer: B. Reed, by telephone"));
    assert_eq!(person.post(&console, &format!("{to}/distrust"), &[]).await.0, StatusCode::SEE_OTHER);
    let known = console.desk.known();
    assert!(known.parties.values().any(|party| party.card.short == "south" && !party.trusted));
}

#[tokio::test]
async fn a_card_file_is_read_as_well_as_its_text() {
    let console = console(Tlp::Red);
    let person = Person::at(&console, Role::Officer);
    let (card, _) = card_of("south");
    let file = serde_json::to_string_pretty(&card).expect("JSON");
    let part = |name: &str, value: &str| {
        format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let body =
        format!("{}{}{}--xyz--\r\n", part("csrf", &person.token), part("card", ""), part("file", &file));
    let request = http::Request::post("/parties/trust").header("cookie", &person.cookie);
    let request = request.header("content-type", "multipart/form-data; boundary=xyz");
    let answer = console.ask(request.body(axum::body::Body::from(body)).expect("a request")).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(text(answer).await.contains("Compare the fingerprint of south"));
}

#[tokio::test]
async fn our_own_card_is_given_out_as_a_file_that_others_can_verify() {
    let console = console(Tlp::Red);
    let person = Person::at(&console, Role::Auditor);
    let answer = console.get("/parties/card", &person.cookie).await;
    assert_eq!(header(&answer, CONTENT_DISPOSITION), "attachment; filename=\"north.card.json\"");
    let signed: SignedCard = serde_json::from_str(&text(answer).await).expect("a card");
    assert_eq!(desk::card::verify(&signed).expect("proved").0.party, console.desk.me);
}

#[tokio::test]
async fn every_form_speaks_both_languages() {
    let console = console(Tlp::Red);
    let officer = Person::at(&console, Role::Officer);
    let administrator = Person::at(&console, Role::Administrator);
    for (person, path) in [
        (&officer, "/parties/trust"),
        (&officer, "/account/password"),
        (&administrator, "/parties/consumers/add"),
        (&administrator, "/accounts"),
        (&administrator, "/accounts/add"),
        (&administrator, "/accounts/duty/change"),
        (&administrator, "/accounts/duty/close"),
    ] {
        for lang in ["en", "fr"] {
            let answer = console.get(path, &format!("{}; lang={lang}", person.cookie)).await;
            assert_eq!(answer.status(), StatusCode::OK, "{path} in {lang}");
            let page = text(answer).await;
            assert!(page.contains(&format!("<html lang=\"{lang}\"")), "{path} in {lang}");
            assert_eq!(page.matches("<h1").count(), 1, "{path} in {lang}");
            assert!(!page.contains('⟦'), "{path} in {lang}");
        }
    }
}
