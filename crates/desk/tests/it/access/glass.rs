//! Breaking the glass: more for a while, on the record first, in sight of all.

use desk::local::{Glass, Role};
use http::StatusCode;
use model::Tlp;
use model::time::SignedDuration;

use super::person::Person;
use crate::pages::console;

#[tokio::test]
async fn who_breaks_the_glass_sees_more_for_a_while_and_everybody_knows() {
    let console = console(Tlp::Red);
    let analyst = Person::new(&console, "m.roe", Role::Analyst, Tlp::Green);
    let press = Person::new(&console, "press", Role::Press, Tlp::Clear);
    let auditor = Person::new(&console, "audit", Role::Auditor, Tlp::Green);
    assert_eq!(analyst.get(&console, "/parties/trust").await.status, StatusCode::FORBIDDEN);
    assert_eq!(press.get(&console, "/access/glass").await.status, StatusCode::FORBIDDEN);
    let short = analyst.post(&console, "/access/glass", &[("reason", "help"), ("minutes", "30")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY, "a reason is said, not hinted at");
    let long = analyst
        .post(&console, "/access/glass", &[("reason", "the officer is out of reach"), ("minutes", "999")])
        .await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!analyst.get(&console, "/").await.page.contains("has broken the glass"));

    let reason = "the officer is out of reach & the dam is failing";
    let broken = analyst.post(&console, "/access/glass", &[("reason", reason), ("minutes", "30")]).await;
    assert_eq!(broken.to, "/", "{}", broken.page);
    assert_eq!(analyst.get(&console, "/parties/trust").await.status, StatusCode::OK, "acts as an officer");
    assert!(analyst.get(&console, "/account").await.page.contains("TLP:RED"), "cleared for everything");
    assert_eq!(
        analyst.get(&console, "/accounts").await.status,
        StatusCode::FORBIDDEN,
        "not as an administrator"
    );
    assert_eq!(analyst.get(&console, "/audit").await.status, StatusCode::FORBIDDEN, "nor as an auditor");
    for path in ["/", "/parties", "/ledger", "/account", "/nothing-here"] {
        let page = press.get(&console, path).await.page;
        assert!(
            page.contains("m.roe has broken the glass until") && !page.contains("the dam"),
            "{path}: {page}"
        );
    }
    let trail = auditor.get(&console, "/audit?deed=did").await.page;
    assert!(
        trail.contains("Break the glass in an emergency") && trail.contains("&amp; the dam is failing"),
        "{trail}"
    );

    analyst.post(&console, "/access/glass/mend", &[]).await;
    assert_eq!(analyst.get(&console, "/parties/trust").await.status, StatusCode::FORBIDDEN);
    assert!(!press.get(&console, "/").await.page.contains("has broken the glass"));
}

#[test]
fn the_glass_mends_itself_when_its_time_is_over() {
    let console = console(Tlp::Red);
    let (local, from) = (&console.desk.local, desk::edge::now());
    let later = |minutes| from.checked_add(SignedDuration::from_mins(minutes)).expect("an instant");
    let glass = Glass { account: "duty".into(), reason: "flood in the west".into(), from, until: later(30) };
    local.break_glass(&glass).expect("broken");
    let seen = local.glass_of("duty", later(29)).expect("still broken");
    assert_eq!((seen.until.as_microsecond(), seen.reason), (glass.until.as_microsecond(), glass.reason));
    assert_eq!(local.glass_of("duty", later(30)), None);
    assert!(local.broken_glass(later(31)).expect("read").is_empty());
}
