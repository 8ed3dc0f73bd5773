//! Figures over what may not go itself: published, remembered, and never telling of one party.

use http::StatusCode;
use ledger::keys::PartyKeys;
use model::Tlp;
use serde_json::{Value, json};

use crate::world::{World, object, relation};

/// Somebody says that an actor targets an operator of the energy sector.
fn hit(n: u32) -> [Value; 3] {
    let actor = object("intrusion-set", n, 2, json!({ "name": format!("ACTOR {n}") }));
    let victim = object(
        "identity",
        n,
        2,
        json!({ "name": format!("Operator {n}"), "identity_class": "organization", "sectors": ["energy"] }),
    );
    let tie = relation(n, 2, &actor, "targets", &victim);
    [actor, victim, tie]
}

fn keys(seed: u8) -> PartyKeys {
    PartyKeys::from_seeds([[seed; 32], [seed + 1; 32]]).expect("keys")
}

/// The figure of the energy sector in the block of figures; nothing where it is not there.
fn energy(page: &str) -> Option<String> {
    // The title stands twice: above the block, and as the caption of its table.
    let block = page.rsplit("Figures over more than may go itself").next()?;
    let row = block.split("</table>").next()?.split("<tr").find(|row| row.contains(">Energy<"))?;
    let cell = row.rsplit("<td").next()?;
    let text = cell.split_once('>')?.1.split('<').next()?;
    Some(text.trim().to_owned())
}

#[tokio::test]
async fn a_published_figure_stands_until_enough_parties_have_changed_theirs() {
    let world = World::new();
    let others = [keys(10), keys(20)];
    let under = world.agree_with(&others);
    let [one, two] = [0, 1].map(|n| others[n].verifying().party_id());
    let officer = world.person("duty", Tlp::Red);
    let path = format!("/picture/report?audience=public%3A{under}&days=28");
    let audience = format!("public:{under}");
    world.hear_under(world.west, under, Tlp::Amber, &hit(1));
    world.hear_under(one, under, Tlp::Amber, &hit(2));
    let page = world.page(&officer, &path).await;
    assert_eq!(energy(&page), None, "two parties are too few");
    let preview =
        world.page(&officer, &format!("/picture/report/preview?audience=public%3A{under}&days=28")).await;
    assert!(preview.contains("Only 2 of the 3 parties needed are in it."), "{preview}");
    world.hear_under(two, under, Tlp::Amber, &hit(3));
    world.hear_under(two, under, Tlp::Red, &hit(4));
    let page = world.page(&officer, &path).await;
    let first = energy(&page).expect("three parties");
    assert!(!page.contains("ACTOR 1") && !page.contains("Operator 1"), "names may not go");
    assert!(page.contains("Not published yet."));

    let publish = |days: &'static str| [("audience", audience.clone()), ("days", days.to_owned())];
    let post = async |days| {
        let fields = publish(days);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        world.post(&officer, "/picture/report", &fields).await
    };
    let (status, to) = post("28").await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    world.hear_under(one, under, Tlp::Amber, &hit(5));
    let page = world.page(&officer, &path).await;
    assert_eq!(energy(&page), Some(first.clone()), "one party alone has said more");
    assert!(page.contains("Published last for 28 days by duty,"));
    let (status, text) = post("7").await;
    assert_eq!(status, StatusCode::CONFLICT, "{text}");
    // Before it goes out again, who publishes sees what does not go out, and why.
    let preview =
        world.page(&officer, &format!("/picture/report/preview?audience=public%3A{under}&days=28")).await;
    let row = |caption: &str, name: &str| {
        let table = preview.split("<table").find(|table| table.contains(&format!(">{caption}</caption>")));
        let row = table.expect(caption).split("<tr").find(|row| row.contains(name)).map(str::to_owned);
        row.unwrap_or_else(|| panic!("no {name} under {caption}: {preview}"))
    };
    let kept = row("Figures that go out", ">Energy<");
    assert!(kept.contains(&format!(">{first}<")) && kept.contains("1 of the 3 parties needed"), "{kept}");
    // The same subject for those who read what goes to the public as well.
    let parties = format!("/picture/report?audience=parties%3A{under}&days=28");
    assert_eq!(energy(&world.page(&officer, &parties).await), Some(first.clone()), "they have read it");
    let fields = [("audience", format!("parties:{under}")), ("days", "7".to_owned())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (status, _) = world.post(&officer, "/picture/report", &fields).await;
    assert_eq!(status, StatusCode::CONFLICT, "two lengths in a row, for readers of both");
    let observer = world.observer("reader", Tlp::Red);
    let (status, _) = world.get(&observer, "en", "/picture/report/preview").await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    world.hear_under(two, under, Tlp::Amber, &hit(6));
    world.hear_under(world.west, under, Tlp::Amber, &hit(7));
    let page = world.page(&officer, &path).await;
    assert_ne!(energy(&page), Some(first), "three have");
}

#[tokio::test]
async fn two_instants_for_an_audience_show_what_it_has_in_hand_and_count_nothing_anew() {
    let world = World::new();
    let others = [keys(10), keys(20)];
    let under = world.agree_with(&others);
    let [one, two] = [0, 1].map(|n| others[n].verifying().party_id());
    let officer = world.person("duty", Tlp::Red);
    for (n, party) in (1..).zip([world.west, one, two]) {
        world.hear_under(party, under, Tlp::Amber, &hit(n));
    }
    let before = world.instant();
    let audience = format!("parties:{under}");
    let (status, to) =
        world.post(&officer, "/picture/report", &[("audience", &audience), ("days", "28")]).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    let published = world.instant();
    // One party alone says more: a figure counted anew would tell how much.
    world.hear_under(one, under, Tlp::Amber, &hit(4));
    let ask = async |topic: &str, audience: &str, since: &str| {
        let path = ui::query::with(
            "/api/v1/picture/compare",
            &[("topic", Some(topic)), ("one", Some(since)), ("audience", Some(audience))],
        );
        world.json(&officer, &path).await
    };
    let told = ask("sectors", &audience, &before).await;
    let figure = json!([{ "id": "energy", "name": "Energy", "two": 3 }]);
    assert_eq!(told["published"], figure, "{told}");
    let told = ask("sectors", &audience, &published).await;
    let same = json!([{ "id": "energy", "name": "Energy", "one": 3, "two": 3 }]);
    assert_eq!(told["published"], same, "it stands until three have changed theirs");
    // What went to the parties did not go to the public, and another length of period is another figure.
    assert_eq!(ask("sectors", &format!("public:{under}"), &published).await["published"], json!([]));
    // AMBER goes to nobody outside: neither names nor counts.
    let told = ask("actors", &format!("public:{under}"), &before).await;
    assert_eq!((&told["items"], &told["subjects"]), (&json!([]), &json!([0, 0])), "{told}");
    assert!(!told.to_string().contains("ACTOR"));
}

#[tokio::test]
async fn the_map_moves_to_a_stop_of_its_slider_and_says_where_it_stands() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    world.hear(Tlp::Green, &hit(1));
    let now = world.page(&officer, "/picture/map?days=28").await;
    assert!(now.contains("type=\"range\"") && now.contains("aria-valuetext=\"Now\""));
    assert!(now.contains("Space and what depends on it"));
    let (status, to) = world.get(&officer, "en", "/picture/map?days=28&stop=20").await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(to.starts_with("/picture/map?days=28&at="), "{to}");
    let then = world.page(&officer, &to).await;
    assert!(then.contains("value=\"20\"") && then.contains("class=\"past\""));
    let (status, to) = world.get(&officer, "en", "/picture/map?days=28&stop=26").await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/picture/map?days=28"));
    let (status, _) = world.get(&officer, "en", "/picture/map?stop=27").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}
