//! The number in the bar is that of the unread rows on `/notices`, whoever looks, whatever came, was read, or may not be
//! seen.

use model::Tlp;

use super::house::{House, Person, at};
use super::post_office::PostOffice;

const LABELS: [Tlp; 5] = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict, Tlp::Red];

/// The number that the bar says, and whether it says "and more".
async fn rung(house: &House, person: &Person) -> String {
    let bell = house.page(person, "/notices/bell").await;
    match bell.split("aria-hidden=\"true\">").find(|part| part.contains("</span>") && !part.contains("<svg"))
    {
        Some(count) => count.split('<').next().expect("text").trim().to_owned(),
        None => "0".to_owned(),
    }
}

/// Rows of the page that can still be marked as read, by their reference.
async fn unread(house: &House, person: &Person) -> Vec<String> {
    let page = house.page(person, "/notices").await;
    let buttons = page.split("name=\"reference\" value=\"").skip(1);
    buttons.map(|rest| rest.split('"').next().expect("its end").to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_in_the_bar_is_that_of_the_unread_rows() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let people: Vec<(&str, Person)> = [("anna", Tlp::Green), ("bert", Tlp::AmberStrict), ("cleo", Tlp::Red)]
        .map(|(name, clearance)| (name, house.person(name, clearance)))
        .into();
    let records = LABELS.map(|tlp| house.record(tlp));
    let mut now = at("2026-11-25T10:00:00Z");
    for round in 0..5 {
        for (place, (name, _)) in people.iter().enumerate() {
            for n in 0..(round * 7 + place * 3) {
                let marking = LABELS[(n + round) % 5];
                let about = if n % 3 == 0 { format!("|{}", records[(n + place) % 5]) } else { String::new() };
                house.tell(&format!("r{round}n{n}|{name}|{}|normal||Thing{about}", marking.word()));
            }
        }
        house.round_at(now).await;
        for (place, (name, person)) in people.iter().enumerate() {
            let rows = unread(&house, person).await;
            assert_eq!(rung(&house, person).await, rows.len().to_string(), "{name} in round {round}");
            // Each reads some of them; the number follows.
            for reference in rows.iter().take(round + place) {
                house.post(person, "/notices/read", &[("reference", reference)]).await;
            }
            let left = rows.len() - (round + place).min(rows.len());
            assert_eq!(rung(&house, person).await, left.to_string(), "{name} after reading");
        }
        now += model::time::SignedDuration::from_hours(1);
    }
    let (_, cleo) = &people[2];
    assert!(!unread(&house, cleo).await.is_empty(), "there was something to count");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_be_seen_hides_nothing_that_may() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.person("anna", Tlp::Green);
    for n in 0..4 {
        house.tell(&format!("old{n}|anna|GREEN|urgent||Old {n}"));
    }
    house.round("2026-11-25T10:00:00Z").await;
    let red = house.record(Tlp::Red);
    for n in 0..150 {
        house.tell(&format!("new{n}|anna|GREEN|normal||New {n}|{red}"));
    }
    house.round("2026-11-25T11:00:00Z").await;
    assert_eq!(rung(&house, &anna).await, "4", "the newest hundred and fifty are not hers");
    assert!(house.page(&anna, "/notices/bell").await.contains("bell-urgent"));
    for n in 0..120 {
        house.tell(&format!("more{n}|anna|CLEAR|normal||More {n}"));
    }
    house.round("2026-11-25T12:00:00Z").await;
    assert_eq!(rung(&house, &anna).await, "99+");
    assert_eq!(unread(&house, &anna).await.len(), 124);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clearance_that_was_lowered_lowers_the_number_at_once() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.person("anna", Tlp::Red);
    let red = house.record(Tlp::Red);
    house.tell(&format!("secret|anna|GREEN|urgent||About it|{red}"));
    house.tell("marked|anna|AMBER|normal||Strict words");
    house.tell("plain|anna|CLEAR|normal||Plain words");
    house.round("2026-11-25T10:00:00Z").await;
    assert_eq!(rung(&house, &anna).await, "3");
    let lower = house.person("anna", Tlp::Green);
    assert_eq!(rung(&house, &lower).await, "1");
    assert_eq!(unread(&house, &lower).await.len(), 1);
}
