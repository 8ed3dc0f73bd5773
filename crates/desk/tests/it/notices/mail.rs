//! What goes out by mail, with which words, and what becomes of it.

use std::time::Duration;

use desk::outbound::{Letter, MailOptions, MailTls, Mailer};
use http::StatusCode;
use model::Tlp;
use model::time::SignedDuration;

use super::house::{House, at};
use super::post_office::PostOffice;

const NOON: &str = "2026-11-25T12:00:00Z";

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_is_mailed_once_and_a_receipt_stays() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Amber);
    house.wish(&anna, &[("language", "fr")]).await;
    house.tell("k1|anna|GREEN|normal||A duty waits");
    assert_eq!(house.round(NOON).await, 1);
    assert_eq!(house.round("2026-11-25T12:00:10Z").await, 0, "what was told is told once");
    let mail = office.mail();
    assert_eq!(mail.len(), 1);
    assert!(mail[0].contains("Subject: Entente: A duty waits (fr)"), "{}", mail[0]);
    assert!(
        mail[0].contains("To: anna@ecsc.example") && mail[0].contains("From: Entente <desk@ecsc.example>")
    );
    let receipts = house.receipts();
    assert_eq!(receipts.len(), 1);
    assert_eq!((&receipts[0]["outcome"], &receipts[0]["way"]), (&"delivered".into(), &"mail".into()));
    assert!(mail[0].contains(&format!("Message-ID: <{}@", receipts[0]["parcel"].as_str().expect("an id"))));
    assert!(!receipts[0].to_string().contains("duty"), "a receipt says nothing of what was told");
    assert!(house.page(&anna, "/notices").await.contains("delivered"));
}

#[tokio::test(flavor = "multi_thread")]
async fn beyond_what_mail_may_carry_it_says_only_that_something_waits() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Red);
    house.tell("k1|anna|AMBER|urgent|2026-11-25T13:00:00Z|Grey Heron hit Port of Meridian");
    assert_eq!(house.round(NOON).await, 1);
    let mail = office.mail().remove(0);
    assert!(mail.contains("Something at TLP:AMBER awaits you"), "{mail}");
    for secret in ["Heron", "Meridian", "victim", "13:00", "/find"] {
        assert!(!mail.contains(secret), "{secret} in {mail}");
    }
    let link = mail.split("https://desk.ecsc.example").nth(1).expect("a link");
    let link = link.lines().next().expect("a line");
    assert_eq!(house.get(&anna, link).await, (StatusCode::SEE_OTHER, "/find?q=victim".into()));
    let eve = house.person("eve", Tlp::Red);
    assert_eq!(house.get(&eve, link).await.0, StatusCode::NOT_FOUND, "a reference is good for one account");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_no_longer_have_a_notice_does_not_get_it() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Amber);
    house.wish(&anna, &[("digest", "hourly")]).await;
    house.tell("k1|anna|AMBER|low||Grey Heron again");
    assert_eq!(house.round("2026-11-25T12:10:00Z").await, 0);
    assert!(house.page(&anna, "/notices").await.contains("Grey Heron again"));
    let anna = house.person("anna", Tlp::Green);
    assert_eq!(house.round("2026-11-25T13:00:00Z").await, 0);
    assert!(office.mail().is_empty());
    let page = house.page(&anna, "/notices").await;
    assert!(!page.contains("Grey Heron") && page.contains("No new notices"), "{page}");
    let again = house.person("anna", Tlp::Amber);
    assert!(house.page(&again, "/notices").await.contains("withdrawn: no longer for you"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_closed_is_told_nothing() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Amber);
    house.wish(&anna, &[("digest", "hourly")]).await;
    house.tell("k1|anna|CLEAR|low||A duty waits");
    house.round("2026-11-25T12:10:00Z").await;
    house.app.desk.local.close_account("anna").expect("closed");
    assert_eq!(house.round("2026-11-25T13:00:00Z").await, 0);
    assert!(office.mail().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn quiet_hours_hold_back_a_digest_gathers_and_a_legal_clock_breaks_both() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Amber);
    house.post(&anna, "/account/settings", &[("zone", "Europe/Brussels")]).await;
    let night =
        [("quiet_from", "22:00"), ("quiet_until", "07:00"), ("digest", "daily"), ("digest_at", "09:00")];
    house.wish(&anna, &night).await;
    house.tell("k1|anna|CLEAR|low||First thing");
    house.tell("k2|anna|CLEAR|normal||Second thing");
    house.tell("k3|anna|CLEAR|urgent||Third thing");
    house.tell("k4|anna|CLEAR|urgent|2026-11-26T07:00:00Z|Fourth thing");
    assert_eq!(house.round("2026-11-25T22:00:00Z").await, 0, "it is eleven at night in Brussels");
    assert_eq!(house.round("2026-11-26T02:59:00Z").await, 0);
    assert_eq!(house.round("2026-11-26T03:00:00Z").await, 1, "four hours are left");
    assert_eq!(house.round("2026-11-26T06:00:00Z").await, 1, "the night is over");
    assert_eq!(house.round("2026-11-26T08:00:00Z").await, 1, "nine o'clock");
    let mail = office.mail();
    assert!(mail[0].contains("Fourth thing") && !mail[0].contains("Third thing"));
    assert!(mail[0].contains("Due 26 Nov 2026"), "{}", mail[0]);
    assert!(mail[1].contains("Urgent: Third thing") && !mail[1].contains("First thing"));
    assert!(mail[2].contains("Subject: Entente: 2 notices"), "{}", mail[2]);
    assert!(mail[2].contains("First thing") && mail[2].contains("Second thing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_busy_is_asked_again_less_and_less_and_given_up_in_sight() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Amber);
    house.tell("k1|anna|CLEAR|normal||A duty waits");
    office.answers("451 not now");
    assert_eq!(house.round(NOON).await, 0);
    assert_eq!(house.round("2026-11-25T12:00:59Z").await, 0);
    let page = house.page(&anna, "/notices").await;
    assert!(page.contains("goes out") && page.contains("not now"), "{page}");
    office.answers("250 yes");
    assert_eq!(house.round("2026-11-25T12:00:30Z").await, 0, "a minute has not passed");
    assert_eq!(house.round("2026-11-25T12:01:00Z").await, 1);
    assert_eq!(house.receipts()[0]["tries"], 2);

    house.tell("k2|anna|CLEAR|normal||Another duty");
    office.answers("451 not now");
    let (mut now, end) = (at("2026-11-26T00:00:00Z"), at("2026-11-27T02:00:00Z"));
    while now < end {
        house.round_at(now).await;
        now += SignedDuration::from_mins(30);
    }
    let page = house.page(&anna, "/notices").await;
    assert!(page.contains("given up") && page.contains("not now"), "{page}");
    let last = house.receipts().pop().expect("a receipt");
    assert_eq!(last["outcome"], "given_up");
    assert!(last["tries"].as_u64().expect("a number") < 40, "{last}");
    office.answers("250 yes");
    assert_eq!(house.round("2026-11-28T00:00:00Z").await, 0, "given up is given up");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_does_not_exist_is_given_up_at_once() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Amber);
    house.tell("k1|anna|CLEAR|normal||A duty waits");
    office.answers("550 no such person");
    assert_eq!(house.round(NOON).await, 0);
    assert!(house.page(&anna, "/notices").await.contains("given up"));
    assert_eq!(house.receipts()[0]["outcome"], "given_up");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_for_one_holds_up_nobody_in_the_console() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let (anna, ben) = (house.reached("anna", Tlp::Amber), house.person("ben", Tlp::Amber));
    office.answers("451 not now");
    house.tell("k1|anna|CLEAR|urgent||A duty waits");
    house.tell("k2|ben|CLEAR|urgent||A duty waits too");
    house.round(NOON).await;
    assert!(house.page(&ben, "/notices").await.contains("A duty waits too"), "without any other way");
    assert!(house.page(&anna, "/").await.contains("1 new notice"));
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_a_letter_goes_only_to_a_server_that_somebody_vouches_for() {
    let (office, pem) = PostOffice::open_locked().await;
    let folder = tempfile::tempdir().expect("a folder");
    let authority = folder.path().join("ca.pem");
    std::fs::write(&authority, pem).expect("written");
    let mailer = |tls, ca_file| {
        Mailer::new(&MailOptions {
            server: "localhost".into(),
            port: office.port,
            tls,
            login: None,
            from: "desk@ecsc.example".into(),
            ca_file,
            timeout: Duration::from_secs(20),
        })
        .expect("a mailer")
    };
    let letter = Letter {
        to: "anna@ecsc.example".into(),
        subject: "Entente: so".into(),
        text: "It is so.".into(),
        id: "abc".into(),
        at: at(NOON),
    };
    mailer(MailTls::Required, Some(authority.clone())).send(&letter).await.expect("sent");
    assert!(office.mail()[0].contains("It is so."));
    let error = mailer(MailTls::Required, None).send(&letter).await.expect_err("nobody vouches for it");
    assert!(!error.is_lasting() && error.to_string().contains("localhost"), "{error}");
    let plain = PostOffice::open().await;
    let strict = MailOptions {
        server: "localhost".into(),
        port: plain.port,
        tls: MailTls::StartTls,
        login: None,
        from: "desk@ecsc.example".into(),
        ca_file: Some(authority),
        timeout: Duration::from_secs(20),
    };
    let error = Mailer::new(&strict).expect("a mailer").send(&letter).await;
    assert!(error.is_err(), "a server without STARTTLS is given nothing");
    assert_eq!((office.mail().len(), plain.mail().len()), (1, 0));
}
