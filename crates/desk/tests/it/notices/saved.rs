//! Saved searches that are watched: what is new, once, as far as the account may see it.

use http::StatusCode;
use model::Tlp;
use model::time::SignedDuration;

use super::house::{House, Person, at};
use super::post_office::PostOffice;

async fn watch(house: &House, person: &Person, name: &str) {
    house.post(person, "/find/saved", &[("path", "/find?q=heron"), ("name", name)]).await;
    let page = house.page(person, "/find").await;
    assert!(page.contains("Tell me of new hits for"), "{page}");
    let (status, _) = house.post(person, "/find/saved/watch", &[("name", name), ("watch", "on")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(house.page(person, "/find").await.contains("Tell me no more of"));
}

#[tokio::test(flavor = "multi_thread")]
async fn new_hits_are_told_once_an_hour_and_only_those_that_the_account_may_see() {
    let house = House::open(&PostOffice::open().await);
    let (anna, ben) = (house.person("anna", Tlp::Red), house.person("ben", Tlp::Green));
    let begin = desk::edge::now();
    let after = |minutes: i64| begin + SignedDuration::from_mins(minutes);
    house.hold(&format!("{}|GREEN|Old heron", after(-60)));
    for person in [&anna, &ben] {
        watch(&house, person, "Herons").await;
    }
    house.round_at(after(10)).await;
    let told = |name: &str| {
        let all = house.app.desk.local.notices(name, 10).expect("read");
        all.into_iter().map(|notice| (notice.text.en, notice.tlp)).collect::<Vec<_>>()
    };
    assert!(told("anna").is_empty(), "what was there before is not new");
    house.hold(&format!("{}|GREEN|Grey heron", after(20)));
    house.hold(&format!("{}|RED|Red heron", after(21)));
    house.hold(&format!("{}|GREEN|A stork", after(22)));
    house.round_at(after(30)).await;
    assert!(told("anna").is_empty(), "an hour has not passed since the last look");
    house.round_at(after(75)).await;
    assert_eq!(told("anna"), [("2 new hits for “Herons”".to_owned(), Tlp::Red)]);
    assert_eq!(told("ben"), [("1 new hit for “Herons”".to_owned(), Tlp::Green)]);
    house.round_at(after(140)).await;
    assert_eq!(told("anna").len(), 1, "what was told is not new any more");
    house.hold(&format!("{}|GREEN|White heron", after(150)));
    house.round_at(after(210)).await;
    assert_eq!(told("anna")[0].0, "1 new hit for “Herons”");
    assert!(house.page(&anna, "/notices").await.contains("Watched search"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_that_is_watched_no_longer_tells_nothing() {
    let house = House::open(&PostOffice::open().await);
    let anna = house.person("anna", Tlp::Red);
    let begin = desk::edge::now();
    watch(&house, &anna, "Herons").await;
    house.post(&anna, "/find/saved/watch", &[("name", "Herons"), ("watch", "off")]).await;
    house.hold(&format!("{}|GREEN|Grey heron", begin + SignedDuration::from_mins(5)));
    house.round_at(begin + SignedDuration::from_hours(2)).await;
    assert!(house.app.desk.local.notices("anna", 10).expect("read").is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_taken_back_or_narrowed_while_a_notice_waited_is_not_told() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.reached("anna", Tlp::Green);
    let quiet = [("quiet_from", "00:00"), ("quiet_until", "14:00")];
    house.wish(&anna, &quiet).await;
    house.post(&anna, "/account/settings", &[("zone", "UTC")]).await;
    watch(&house, &anna, "Herons").await;
    // A day that begins after the watch does: its quiet hours are ahead of everything below.
    let day = desk::edge::now() + SignedDuration::from_hours(48);
    let day = at(&format!("{}T00:00:00Z", day.strftime("%F")));
    let after = |minutes: i64| day + SignedDuration::from_mins(minutes);
    for n in 0..3 {
        house.hold(&format!("{}|GREEN|Heron {n}", after(n)));
    }
    house.round_at(after(60)).await;
    assert!(house.page(&anna, "/notices").await.contains("3 new hits for “Herons”"));
    assert!(office.mail().is_empty(), "it is night");
    // Two are narrowed beyond her, before the night is over.
    house.narrow("Heron 0", Tlp::Red);
    house.narrow("Heron 1", Tlp::Red);
    house.round_at(after(14 * 60 + 1)).await;
    let mail = office.mail();
    assert_eq!(mail.len(), 1);
    assert!(mail[0].contains("1 new hit") && !mail[0].contains("3 new hits"), "{}", mail[0]);
    assert!(house.page(&anna, "/notices").await.contains("1 new hit for “Herons”"), "nor in the console");
    // And of the next, nothing is left.
    house.hold(&format!("{}|GREEN|Heron 9", after(24 * 60 + 5)));
    house.round_at(after(25 * 60 + 30)).await;
    assert!(house.page(&anna, "/notices/bell").await.contains("2 new notices"));
    house.narrow("Heron 9", Tlp::Red);
    house.round_at(after((24 + 14) * 60 + 1)).await;
    assert_eq!(office.mail().len(), 1, "nothing went out");
    assert!(house.page(&anna, "/notices/bell").await.contains("1 new notice"));
}
