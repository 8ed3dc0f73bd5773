//! Webhooks: signed, only where they may go, with no more words than they may carry.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use model::Tlp;

use super::house::House;
use super::post_office::{PostOffice, hook};

fn secret(page: &str) -> String {
    let from = page.find("whsec_").expect("a secret") + "whsec_".len();
    page[from..].split(['<', '"']).next().expect("its end").replace("&#x2b;", "+").to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_posted_is_signed_so_that_its_receiver_can_tell() {
    let house = House::open(&PostOffice::open().await);
    let anna = house.person("anna", Tlp::Red);
    let (url, posted) = hook().await;
    let (status, page) = house.post(&anna, "/account/notices/webhook", &[("url", &url)]).await;
    assert_eq!(status, StatusCode::OK, "{page}");
    let secret = secret(&page);
    assert!(!house.page(&anna, "/account/notices").await.contains(&secret), "it is shown once");
    house.tell("k1|anna|CLEAR|normal|2026-11-27T12:00:00Z|A duty waits");
    house.tell("k2|anna|GREEN|normal||Grey Heron again");
    assert_eq!(house.round("2026-11-25T12:00:00Z").await, 1);
    let (headers, body) = posted.lock().expect("not poisoned").remove(0);
    let of = |name: &str| headers[name].to_str().expect("text").to_owned();
    assert_eq!(of("webhook-timestamp"), "1795608000");
    let key = hmac::Key::new(hmac::HMAC_SHA256, &STANDARD.decode(&secret).expect("base64"));
    let signed = format!("{}.{}.{body}", of("webhook-id"), of("webhook-timestamp"));
    let right = format!("v1,{}", STANDARD.encode(hmac::sign(&key, signed.as_bytes())));
    assert_eq!(of("webhook-signature"), right);
    let body: serde_json::Value = serde_json::from_str(&body).expect("JSON");
    let notices = body["data"]["notices"].as_array().expect("a list");
    assert_eq!(notices[0]["text"]["en"], "A duty waits");
    assert_eq!(notices[0]["due"], "2026-11-27T12:00:00.000000Z");
    let keys: Vec<&String> = notices[1].as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["link", "reference", "tlp", "urgency"], "beyond CLEAR only the fact");
    assert_eq!(notices[1]["tlp"], "TLP:GREEN");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_leads_neither_into_the_clear_nor_to_our_neighbours() {
    let house = House::open(&PostOffice::open().await);
    let anna = house.person("anna", Tlp::Red);
    for wrong in
        ["http://hook.example/a", "http://10.0.0.1/", "ftp://a.example/", "https://u:p@a.example/", "x"]
    {
        let (status, page) = house.post(&anna, "/account/notices/webhook", &[("url", wrong)]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
        assert!(page.contains("id=\"url-error\""), "{wrong}");
    }
    for guarded in ["https://169.254.169.254/latest", "https://[fd00::1]/"] {
        house.post(&anna, "/account/notices/webhook", &[("url", guarded)]).await;
        house.tell(&format!("{guarded}|anna|CLEAR|normal||A duty waits"));
        assert_eq!(house.round("2026-11-25T12:00:00Z").await, 0);
    }
    let page = house.page(&anna, "/notices").await;
    assert_eq!(page.matches("given up").count(), 2, "{page}");
    assert!(page.contains("where clouds keep their metadata"));
}
