//! Tokens for programs: a part of what the person may, until a day, revocable, and nothing that asks who is there.

use desk::local::{Account, Role};
use http::StatusCode;
use model::Tlp;
use model::time::SignedDuration;

use super::person::{Person, between, program};
use crate::pages::{Console, console};

async fn issue(console: &Console, person: &Person, scope: &[&str]) -> String {
    let mut fields = vec![("label", "nightly report"), ("days", "7")];
    fields.extend(scope.iter().map(|name| ("scope", *name)));
    let made = person.post(console, "/account/tokens/add", &fields).await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.page);
    between(&made.page, "data-copy=\"", "\"").to_owned()
}

#[tokio::test]
async fn a_program_does_what_its_token_says_and_no_more() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let token = issue(&console, &person, &["party card read"]).await;
    assert!(token.starts_with("entente_"), "it is known for what it is where it lies about");
    assert_eq!(program(&console, &token, "GET", "/api/v1/parties").await.status, StatusCode::OK);
    assert_eq!(program(&console, &token, "GET", "/api/v1/ledger").await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        program(&console, "entente_AAAA", "GET", "/api/v1/parties").await.status,
        StatusCode::UNAUTHORIZED
    );
    for path in ["/parties/trust", "/account/tokens/add", "/accounts/add", "/logout"] {
        let said = program(&console, &token, "POST", path).await;
        assert_eq!(said.status, StatusCode::FORBIDDEN, "{path}");
    }
    let page = person.get(&console, "/account/tokens").await.page;
    assert!(page.contains("nightly report") && page.contains("See parties") && !page.contains(&token));
    assert!(!page.contains("Never"), "its last use is shown");

    let listed = console.desk.local.api_tokens("a.berg", desk::edge::now()).expect("read");
    let revoke = format!("/account/tokens/{}/revoke", listed[0].id);
    let stranger = Person::new(&console, "m.roe", Role::Analyst, Tlp::Red);
    assert_eq!(stranger.post(&console, &revoke, &[]).await.status, StatusCode::NOT_FOUND);
    person.post(&console, &revoke, &[]).await;
    assert_eq!(program(&console, &token, "GET", "/api/v1/parties").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_never_carries_what_asks_who_is_there_nor_more_than_the_role() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    for scope in ["party card trust", "account person manage", "audit trail read", "nonsense"] {
        let fields = [("label", "x"), ("days", "7"), ("scope", scope)];
        let said = person.post(&console, "/account/tokens/add", &fields).await;
        assert_eq!(said.status, StatusCode::UNPROCESSABLE_ENTITY, "{scope}");
    }
    let token = issue(&console, &person, &["link status read", "party card read"]).await;
    assert_eq!(program(&console, &token, "GET", "/links").await.status, StatusCode::OK);
    let less = Account { name: "a.berg".into(), role: Role::Press, clearance: Tlp::Clear };
    console.desk.local.change_account(&less).expect("changed");
    assert_eq!(
        program(&console, &token, "GET", "/links").await.status,
        StatusCode::FORBIDDEN,
        "less with the role"
    );
    console.desk.local.close_account("a.berg").expect("closed");
    assert_eq!(program(&console, &token, "GET", "/api/v1/parties").await.status, StatusCode::UNAUTHORIZED);
}

#[test]
fn a_token_ends_on_its_day() {
    let console = console(Tlp::Red);
    let (local, now) = (&console.desk.local, desk::edge::now());
    let day = now.checked_add(SignedDuration::from_hours(24)).expect("an instant");
    let scope = ["party card read".to_owned()];
    let token = local.issue_api_token("duty", "x", &scope, (now, day)).expect("issued");
    let later = |seconds| now.checked_add(SignedDuration::from_secs(seconds)).expect("an instant");
    assert!(local.bearer(&token, later(86_399)).is_some() && local.bearer(&token, later(86_400)).is_none());
    for n in 1..20 {
        local.issue_api_token("duty", &n.to_string(), &scope, (now, day)).expect("issued");
    }
    assert!(local.issue_api_token("duty", "one more", &scope, (now, day)).is_err(), "twenty at most");
}
