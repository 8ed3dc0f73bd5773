//! The pledge not to pay: bodies that joined it, over an agreement to the other side; the ransom page; figures of many.

use desk::edge;
use desk::local::Role;
use http::StatusCode;
use model::{IncidentId, Timestamp};
use notify::authority::commands::receive_report::{Arrival, Incoming, receive_report};
use notify::authority::ransoms::ransoms;
use notify::authority::{Place, listed};
use notify::commands::open_incident::open_incident;
use notify::pledges::pledges;
use notify::ransom::{read_list, shelf};
use records::determination::Outcome;
use records::report::{Reporter, Way};
use serde_json::json;

use crate::pair::Pair;
use crate::room::Room;

#[tokio::test]
async fn a_body_that_joined_is_written_down_shown_and_reaches_the_other_side() {
    let pair = Pair::agreed();
    let officer = pair.authority.account("b.noel", Role::Policy);
    let fields = |body: &str, country: &str, since: &str| {
        [
            ("body", body),
            ("country", country),
            ("joined", "yes"),
            ("since", since),
            ("statement", "Joint statement"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    for (body, country, since) in [
        ("", "FR", "2023-11-01"),
        ("ANSSI", "France", "2023-11-01"),
        ("ANSSI", "FR", "yesterday"),
        ("ANSSI", "FR", "2999-01-01"),
    ] {
        let sent = fields(body, country, since);
        let sent: Vec<(&str, &str)> = sent.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let (status, page) = officer.post("/notify/pledges", &sent).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body} {country} {since}");
        assert!(page.contains("field-wrong"), "said at the field");
    }
    let sent = fields("ANSSI", "fr", "2023-11-01");
    let sent: Vec<(&str, &str)> = sent.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    assert_eq!(officer.post("/notify/pledges", &sent).await.1, "/notify/pledges");
    pair.to_operator();
    let there = pledges(&pair.operator.desk.views).expect("read");
    assert_eq!((there[0].pledge.body.as_str(), there[0].pledge.country.as_str()), ("ANSSI", "FR"));
    assert_eq!(there[0].from, pair.authority.desk.me);
    let analyst = pair.operator.account("m.roe", Role::Analyst);
    let (_, page) = analyst.get("/notify/pledges", "fr").await;
    assert!(page.contains("ANSSI") && page.contains("Adhésion") && !page.contains("Consigner un engagement"));
    assert_eq!(analyst.post("/notify/pledges", &sent).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_page_of_a_ransom_says_what_stands_before_paying_and_looks_into_lists() {
    let room = Room::new();
    let id: IncidentId = open_incident(&room.desk, "Files are locked", false, "A. Berg").expect("opened");
    room.decide(id, "applies NYDFS", Outcome::Yes).expect("decided");
    room.state(id, "R02", json!("40 BTC within three days")).expect("stated");
    let officer = room.account("a.berg", Role::Officer);
    let there = format!("/notify/incidents/{id}/ransom");
    let (_, page) = officer.get(&there, "en").await;
    assert!(page.contains("Say first whether the payer is a public body") && page.contains("40 BTC"));
    assert!(page.contains("nydfs.pay") && page.contains("entente notify ransom lists import"), "{page}");
    room.state(id, "R11", json!(true)).expect("stated");
    assert!(officer.get(&there, "fr").await.1.contains("ne devraient pas payer"));
    room.state(id, "R11", json!(false)).expect("stated");
    assert!(officer.get(&there, "en").await.1.contains("No sanctions list was looked at;"));

    let list = "<sdnList><publshInformation><Publish_Date>11/20/2026</Publish_Date></publshInformation><sdnEntry><uid>7</uid>\
                <lastName>GREY WOLF</lastName><sdnType>Entity</sdnType></sdnEntry></sdnList>";
    shelf::keep(&room.desk.folder, &read_list(list).expect("a list")).expect("kept");
    let look = |subject: &'static str| [("list", "ofac-sdn"), ("subjects", subject)];
    let screen = format!("{there}/screen");
    assert_eq!(officer.post(&screen, &look("Blue Fox")).await, (StatusCode::SEE_OTHER, there.clone()));
    assert!(officer.get(&there, "en").await.1.contains("Nothing bars the decision"));
    assert_eq!(officer.post(&screen, &look("Gray Wolf")).await.0, StatusCode::SEE_OTHER);
    let (_, page) = officer.get(&there, "en").await;
    assert!(
        page.contains("Nearly the same name") && page.contains("GREY WOLF (7) is on a sanctions list"),
        "{page}"
    );
    for (list, subjects) in [("ofac-sdn", ""), ("../ledger", "Wolf")] {
        let sent = [("list", list), ("subjects", subjects)];
        assert_eq!(officer.post(&screen, &sent).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    for form in ["stix", "misp"] {
        let (status, file) = officer.get(&format!("{there}/export/{form}"), "en").await;
        assert!(status == StatusCode::OK && !file.contains("Files are locked"), "{file}");
    }
    assert_eq!(officer.get(&format!("{there}/export/pdf"), "en").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn figures_of_payments_and_refusals_hide_few_reporters_and_what_would_betray_them() {
    let room = Room::named("anssi", model::Side::Eu);
    let report = |name: &str, payment: &str| {
        let fields = json!({ "R02": "40 BTC", "R05": payment });
        let incoming = Incoming {
            stage: "nydfs.pay".into(),
            reporter: Reporter { name: name.into(), ..Reporter::default() },
            incident: "locked".into(),
            fields: serde_json::from_value(fields).expect("fields"),
            exercise: false,
        };
        let arrival = Arrival { way: Way::File, source: None, by: "B. Noel".into(), id: None };
        receive_report(&room.desk, incoming, arrival).expect("received");
    };
    let figures = || {
        let all = listed(&room.desk.views, Place::START, 100).expect("read");
        let figures =
            ransoms(&all, Timestamp::UNIX_EPOCH, edge::now() + model::time::SignedDuration::from_hours(1));
        (figures.reported, figures.paid, figures.refused, figures.open)
    };
    assert_eq!(figures(), (Some(0), Some(0), Some(0), Some(0)));
    report("Clinic", "paid 12 BTC");
    report("Clinic", "paid 12 BTC");
    assert_eq!(figures(), (None, None, Some(0), Some(0)), "one reporter, however often");
    for name in ["Port", "Dam", "Bank"] {
        report(name, "refused");
    }
    assert_eq!(figures(), (Some(4), None, None, Some(0)), "4 - 3 would betray the clinic");
    for name in ["Mill", "Mine"] {
        report(name, "Paid, through a broker");
    }
    report("Farm", "");
    report("Inn", "not decided");
    report("Zoo", "");
    assert_eq!(figures(), (Some(9), Some(3), Some(3), Some(3)));
    let officer = room.account("b.noel", Role::Officer);
    assert!(officer.get("/notify/summary", "fr").await.1.contains("Rançons, sans noms"));
}
