//! The second factor: set up, asked for, used up, lost.

use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use desk::local::Role;
use http::StatusCode;
use model::Tlp;

use super::person::{PASSWORD, Person, between, log_in};
use crate::pages::console;

/// What a telephone shows, made here from the secret on the page: our own code is not asked.
fn telephone(base32: &str, step_from_now: i64) -> String {
    let mut bits = String::new();
    for letter in base32.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("not base 32: {base32}"),
        };
        bits.push_str(&format!("{value:05b}"));
    }
    let secret: Vec<u8> = (0..bits.len() / 8)
        .map(|n| u8::from_str_radix(&bits[n * 8..n * 8 + 8], 2).expect("eight bits"))
        .collect();
    let step = desk::edge::now().as_second() / 30 + step_from_now;
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, &secret), &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[19] & 15);
    let number = u32::from_be_bytes([tag[at] & 127, tag[at + 1], tag[at + 2], tag[at + 3]]);
    format!("{:06}", number % 1_000_000)
}

/// Sets the factor up at the console; the secret and the recovery codes. The code of the present step is used up by it, so
/// a sign-in brings that of the next one, which counts as well.
async fn set_up(console: &crate::pages::Console, person: &Person) -> (String, Vec<String>) {
    let page = person.post(console, "/account/factor/begin", &[]).await.page;
    let secret = between(&page, "data-copy=\"", "\"").to_owned();
    assert!(
        page.contains("<svg class=\"qr\"") && !page.contains("style="),
        "drawn here, without inline style"
    );
    let wrong = person.post(console, "/account/factor/confirm", &[("code", "000000")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let code = telephone(&secret, 0);
    let set = person.post(console, "/account/factor/confirm", &[("code", &code)]).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.page);
    let list = between(&set.page, "<ol class=\"codes\">", "</ol>");
    let codes: Vec<String> =
        list.split("<code translate=\"no\">").skip(1).map(|rest| rest[..29].to_owned()).collect();
    assert_eq!(codes.len(), 10, "{list}");
    (secret, codes)
}

#[tokio::test]
async fn with_a_second_factor_a_password_opens_nothing_and_a_code_opens_once() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let elsewhere = Person::enter(&console, "a.berg");
    let (secret, codes) = set_up(&console, &person).await;
    let before = telephone(&secret, -1);
    assert!(
        !elsewhere.is_in(&console) && person.is_in(&console),
        "who signed in by the password alone is out"
    );

    let password = [("user", "a.berg"), ("password", PASSWORD), ("next", "/ledger")];
    let (first, cookie) = log_in(&console, "/login", &password).await;
    assert_eq!((first.status, cookie.as_str()), (StatusCode::OK, ""), "no session yet");
    let ticket = between(&first.page, "name=\"ticket\" value=\"", "\"").to_owned();
    let step =
        |code: String| vec![("ticket", ticket.clone()), ("code", code), ("next", "/ledger".to_owned())];
    let second = async |code: String| {
        let fields = step(code);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        log_in(&console, "/login/second", &fields).await
    };
    assert_eq!(second("123456".into()).await.0.status, StatusCode::UNAUTHORIZED);
    let code = telephone(&secret, 1);
    let (entered, cookie) = second(code.clone()).await;
    assert_eq!((entered.status, entered.to.as_str()), (StatusCode::SEE_OTHER, "/ledger"));
    assert!(cookie.starts_with("entente="));
    let (again, cookie) = second(code).await;
    assert_eq!((again.status, cookie.as_str()), (StatusCode::UNAUTHORIZED, ""), "a code counts once");
    assert_eq!(second(before).await.0.status, StatusCode::UNAUTHORIZED, "nor does one from before it");

    let (by_paper, _) = second(codes[3].to_uppercase().replace('-', " ")).await;
    assert_eq!(by_paper.status, StatusCode::SEE_OTHER, "a recovery code, however it is typed");
    assert_eq!(second(codes[3].clone()).await.0.status, StatusCode::UNAUTHORIZED, "once");
    assert_eq!(console.desk.local.recovery_left("a.berg").expect("read"), 9);
}

#[tokio::test]
async fn a_ticket_is_of_use_to_nobody_who_changes_it() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    let (_, codes) = set_up(&console, &person).await;
    let (first, _) = log_in(&console, "/login", &[("user", "a.berg"), ("password", PASSWORD)]).await;
    let ticket = between(&first.page, "name=\"ticket\" value=\"", "\"").to_owned();
    let mut parts: Vec<String> = ticket.split('.').map(str::to_owned).collect();
    parts[1] = model::to_base64(b"duty");
    for forged in [parts.join("."), ticket.replacen('1', "2", 1), String::new(), "a.b.c".into()] {
        let (said, cookie) =
            log_in(&console, "/login/second", &[("ticket", &forged), ("code", &codes[0])]).await;
        assert_eq!((said.to.as_str(), cookie.as_str()), ("/login", ""), "{forged}");
    }
    let (said, _) = log_in(&console, "/login/second", &[("ticket", &ticket), ("code", &codes[0])]).await;
    assert_eq!(said.status, StatusCode::SEE_OTHER, "the true one still works");
}

#[tokio::test]
async fn guessing_codes_is_slowed_down_whatever_address_it_comes_from() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    set_up(&console, &person).await;
    let (first, _) = log_in(&console, "/login", &[("user", "a.berg"), ("password", PASSWORD)]).await;
    let ticket = between(&first.page, "name=\"ticket\" value=\"", "\"").to_owned();
    for _ in 0..40 {
        let guess = [("ticket", ticket.as_str()), ("code", "000000")];
        if log_in(&console, "/login/second", &guess).await.0.status == StatusCode::TOO_MANY_REQUESTS {
            return;
        }
    }
    panic!("forty guesses, and nobody said stop");
}

#[tokio::test]
async fn an_administrator_begins_an_account_anew_for_who_lost_the_telephone() {
    let console = console(Tlp::Red);
    let person = Person::new(&console, "a.berg", Role::Officer, Tlp::Red);
    set_up(&console, &person).await;
    let administrator = Person::new(&console, "root", Role::Administrator, Tlp::Green);
    let asked = administrator.get(&console, "/accounts/a.berg/reset").await;
    assert!(asked.page.contains("Begin the account a.berg anew?"));
    let made = administrator.post(&console, "/accounts/a.berg/reset", &[]).await;
    let password = between(&made.page, "data-copy=\"", "\"").to_owned();
    assert!(!person.is_in(&console), "what was open has ended");
    assert_eq!(
        log_in(&console, "/login", &[("user", "a.berg"), ("password", PASSWORD)]).await.0.status,
        StatusCode::UNAUTHORIZED
    );
    let (entered, cookie) = log_in(&console, "/login", &[("user", "a.berg"), ("password", &password)]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    assert!(cookie.starts_with("entente="), "no second factor is asked for");
}
