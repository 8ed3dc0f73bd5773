//! How somebody says how they want to be told.

use http::StatusCode;
use model::Tlp;

use super::house::House;
use super::post_office::PostOffice;

#[tokio::test(flavor = "multi_thread")]
async fn an_address_counts_once_the_code_that_was_mailed_there_has_come_back() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.person("anna", Tlp::Amber);
    let (status, page) = house.post(&anna, "/account/notices/address", &[("address", "anna at home")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("This is not a mail address"));
    let (status, _) =
        house.post(&anna, "/account/notices/address", &[("address", "anna@home.example")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    house.tell("k1|anna|CLEAR|urgent||A duty waits");
    house.round("2026-11-25T12:00:00Z").await;
    let mail = office.mail();
    assert_eq!(mail.len(), 1, "only the code");
    let code = mail[0].lines().find(|line| line.len() == 8 && line.bytes().all(|b| b.is_ascii_digit()));
    let code = code.expect("a code").to_owned();
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    let (status, page) = house.post(&anna, "/account/notices/address/prove", &[("code", wrong)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("The code is wrong or too old"));
    let (status, _) = house.post(&anna, "/account/notices/address/prove", &[("code", &code)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(house.page(&anna, "/account/notices").await.contains("confirmed"));
    house.tell("k2|anna|CLEAR|urgent||Another duty");
    house.round("2026-11-25T12:05:00Z").await;
    assert!(office.mail()[1].contains("Another duty"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_flooded_with_codes_and_none_is_guessed() {
    let office = PostOffice::open().await;
    let house = House::open(&office);
    let anna = house.person("anna", Tlp::Amber);
    for _ in 0..5 {
        house.post(&anna, "/account/notices/address", &[("address", "ben@home.example")]).await;
    }
    let (status, page) =
        house.post(&anna, "/account/notices/address", &[("address", "ben@home.example")]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Wait an hour") && office.mail().len() == 5);
    for _ in 0..5 {
        house.post(&anna, "/account/notices/address/prove", &[("code", "x")]).await;
    }
    let code = office.mail()[4]
        .lines()
        .find(|line| line.len() == 8 && line.parse::<u32>().is_ok())
        .map(str::to_owned);
    let right = code.expect("a code");
    let (status, _) = house.post(&anna, "/account/notices/address/prove", &[("code", &right)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "after five guesses the right one is too late");
}

#[tokio::test(flavor = "multi_thread")]
async fn wishes_that_cannot_be_are_refused_at_their_fields() {
    let house = House::open(&PostOffice::open().await);
    let anna = house.person("anna", Tlp::Amber);
    let form = [
        ("mail", "sometimes"),
        ("webhook", "off"),
        ("language", "fr"),
        ("quiet_from", "22:00"),
        ("quiet_until", "21:00"),
        ("digest", "daily"),
        ("digest_at", "nine"),
        ("clock_h", "0"),
    ];
    let (status, page) = house.post(&anna, "/account/notices", &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["mail", "quiet_until", "digest_at", "clock_h"] {
        assert!(page.contains(&format!("id=\"{field}-error\"")), "{field}");
    }
    let good = [
        ("mail", "urgent"),
        ("webhook", "off"),
        ("language", "fr"),
        ("quiet_from", "22:00"),
        ("quiet_until", "6:30"),
        ("digest", "daily"),
        ("digest_at", "09:00"),
        ("clock_h", "8"),
    ];
    let (status, _) = house.post(&anna, "/account/notices", &good).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let page = house.page(&anna, "/account/notices").await;
    assert!(page.contains("value=\"06:30\"") && page.contains("value=\"8\""), "what was said is shown again");
}
