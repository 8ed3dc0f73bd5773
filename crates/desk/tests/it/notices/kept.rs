//! No notice is lost: whatever the wishes, the change of clocks and the mail server, each arrives once or is given up in
//! sight.

use std::collections::BTreeMap;

use desk::notice::{Digests, Quiet, State, Upward, Wishes};
use model::Tlp;
use model::time::SignedDuration;
use model::time::civil::time;

use super::house::{House, at};
use super::post_office::PostOffice;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_no_longer_counted() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.person("anna", Tlp::Amber);
    for n in 0..3 {
        house.tell(&format!("k{n}|anna|CLEAR|normal||Thing {n}"));
    }
    house.round_at(desk::edge::now()).await;
    let page = house.page(&anna, "/notices").await;
    assert!(page.contains("3 new notices"));
    let reference = page.split("name=\"reference\" value=\"").nth(1).expect("a button");
    let reference = reference.split('"').next().expect("its end").to_owned();
    house.post(&anna, "/notices/read", &[("reference", &reference)]).await;
    assert!(house.page(&anna, "/notices/bell").await.contains("2 new notices"));
    house.post(&anna, "/notices/read", &[]).await;
    assert!(house.page(&anna, "/").await.contains("No new notices"));
}

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Some wishes of somebody who changes their mind.
fn wishes(dice: &mut Dice) -> Wishes {
    let digests = match dice.throw(3) {
        0 => Digests::Off,
        1 => Digests::Hourly,
        _ => Digests::Daily(time(2, 30, 0, 0)),
    };
    let from = time(dice.throw(24) as i8, 30, 0, 0);
    let until = from.wrapping_add(SignedDuration::from_mins(6 * 60 - 30));
    let quiet = (dice.throw(4) > 0).then_some(Quiet { from, until });
    Wishes { mail: Upward::Low, quiet, digests, ..Wishes::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_a_change_of_clocks_every_notice_arrives_once_or_is_given_up_in_sight() {
    // Both changes of 2026, and a night as quiet as it may be.
    for (seed, first) in [(3, "2026-03-27T20:00:00Z"), (11, "2026-10-23T20:00:00Z")] {
        let office = PostOffice::open().await;
        let house = House::open(&office);
        let anna = house.reached("anna", Tlp::Amber);
        house.post(&anna, "/account/settings", &[("zone", "Europe/Brussels")]).await;
        let (mut dice, local) = (Dice(seed), &house.app.desk.local);
        let (mut now, mut told) = (at(first), 0);
        local.set_wishes("anna", &wishes(&mut dice), now).expect("kept");
        let (growing, end) = (now + SignedDuration::from_hours(60), now + SignedDuration::from_hours(150));
        while now < end {
            if dice.throw(6) == 0 {
                local.set_wishes("anna", &wishes(&mut dice), now).expect("kept");
            }
            for _ in 0..if now < growing { dice.throw(3) } else { 0 } {
                let urgency = ["low", "normal", "urgent"][dice.throw(3) as usize];
                let due = now + SignedDuration::from_hours(dice.throw(40) as i64);
                let due = if dice.throw(2) == 0 { due.to_string() } else { String::new() };
                house.tell(&format!("k{told}|anna|CLEAR|{urgency}|{due}|thing-{told}-"));
                told += 1;
            }
            office.answers(
                ["250 yes", "451 not now", "550 gone"]
                    [usize::from(dice.throw(4) == 0) * (1 + dice.throw(2) as usize)],
            );
            house.round_at(now).await;
            now += SignedDuration::from_mins(45);
        }
        assert!(told > 40, "something was told");
        let mut mailed: BTreeMap<String, usize> = BTreeMap::new();
        for letter in office.mail() {
            for n in 0..told {
                let thing = format!("thing-{n}-");
                if letter.split("\n\n").skip(1).any(|text| text.contains(&thing)) {
                    *mailed.entry(format!("k{n}")).or_default() += 1;
                }
            }
        }
        for notice in local.notices("anna", 1_000).expect("read") {
            let errands = local.errands("anna", &notice.key).expect("read");
            let [errand] = errands.as_slice() else { panic!("one errand: {errands:?}") };
            let arrived = mailed.get(&notice.key).copied().unwrap_or(0);
            match errand.state {
                State::Done => assert_eq!(arrived, 1, "{} arrived once", notice.key),
                State::GivenUp => assert_eq!(arrived, 0, "{} was given up", notice.key),
                other => panic!("{} is {other:?} at the end", notice.key),
            }
        }
        assert_eq!(local.notices("anna", 1_000).expect("read").len(), told);
    }
}
