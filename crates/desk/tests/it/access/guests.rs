//! Guests leave on time, and what is open of them with them.

use desk::local::{Account, Role, Stay};
use http::StatusCode;
use model::Tlp;
use model::time::{SignedDuration, zone};

use super::person::{PASSWORD, Person, between, log_in};
use crate::pages::console;

#[tokio::test]
async fn an_administrator_invites_a_guest_who_signs_in_only_during_the_stay() {
    let console = console(Tlp::Red);
    let administrator = Person::new(&console, "root", Role::Administrator, Tlp::Red);
    let base = [("name", "fellow"), ("role", "guest"), ("clearance", "green")];
    let without = administrator.post(&console, "/accounts/add", &base).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY, "a guest needs a stay");
    assert!(without.page.contains("There is no such time zone"));
    let brussels = zone("Europe/Brussels").expect("known");
    let here = desk::edge::now().to_zoned(brussels);
    let wall = |hours: i64| {
        let at = here.checked_add(SignedDuration::from_hours(hours)).expect("an instant");
        at.strftime("%Y-%m-%dT%H:%M").to_string()
    };
    let invite = async |starts: String, ends: String| {
        let stay = [("zone", "Europe/Brussels".to_owned()), ("starts", starts), ("ends", ends)];
        let stay: Vec<(&str, &str)> = stay.iter().map(|(name, value)| (*name, value.as_str())).collect();
        administrator.post(&console, "/accounts/add", &[&base[..], &stay].concat()).await
    };
    assert_eq!(
        invite(wall(2), wall(1)).await.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "the wrong way round"
    );
    assert!(console.desk.local.account("fellow").is_none());
    let made = invite(wall(-1), wall(48)).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.page);
    let password = between(&made.page, "data-copy=\"", "\"").to_owned();
    let enter =
        async || log_in(&console, "/login", &[("user", "fellow"), ("password", &password)]).await.0.status;
    assert_eq!(enter().await, StatusCode::SEE_OTHER);
    let list = administrator.get(&console, "/accounts").await.page;
    assert!(list.contains("Guest fellow") && list.contains("Here until"), "{list}");

    let over = Stay::read("root", "Europe/Brussels", &wall(-5), &wall(-2)).expect("a stay");
    console.desk.local.set_stay("fellow", Some(&over)).expect("set");
    assert_eq!(enter().await, StatusCode::UNAUTHORIZED, "and says no more than for a wrong password");
    assert!(administrator.get(&console, "/accounts").await.page.contains("Stay over"));
}

#[test]
fn what_is_open_of_a_guest_ends_on_time_across_the_change_of_hour() {
    let console = console(Tlp::Red);
    let local = &console.desk.local;
    let guest = Account { name: "fellow".into(), role: Role::Guest, clearance: Tlp::Green };
    // The night of 25 October 2026: the clock in Paris goes back at 03:00, in Washington a week later.
    for (place, before, after) in [
        ("Europe/Paris", "2026-10-25T07:59:59Z", "2026-10-25T08:00:00Z"),
        ("America/New_York", "2026-10-25T12:59:59Z", "2026-10-25T13:00:00Z"),
    ] {
        let stay = Stay::read("root", place, "2026-10-01T09:00", "2026-10-25T09:00").expect("a stay");
        local.set_guest(&guest, PASSWORD, Some(&stay)).expect("made");
        let at = |text: &str| text.parse().expect("an instant");
        let opened = at("2026-10-25T07:30:00Z");
        let session = local.open_session("fellow", opened).expect("a session");
        let day = at("2026-11-25T00:00:00Z");
        let token =
            local.issue_api_token("fellow", "x", &["party card read".into()], (opened, day)).expect("issued");
        if place == "Europe/Paris" {
            assert!(local.session(&session, at(before)).is_some(), "{place}: to the last second");
        }
        assert!(local.bearer(&token, at(before)).is_some(), "{place}: to the last second");
        assert!(local.session(&session, at(after)).is_none(), "{place}: and no longer");
        assert!(local.bearer(&token, at(after)).is_none(), "{place}: nor any program");
    }
}
