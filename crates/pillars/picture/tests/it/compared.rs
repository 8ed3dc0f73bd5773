//! Figures lead to what they rest on, and those of two instants stand side by side.

use http::StatusCode;
use model::Tlp;
use serde_json::{Value, json};

use crate::world::{World, id, named, object, relation};

/// What people read in the row that begins with this name, cell by cell, and where its links lead.
fn row(page: &str, caption: &str, name: &str) -> (Vec<String>, Vec<String>) {
    let table = page.split("<table").find(|table| table.contains(&format!(">{caption}</caption>")));
    let table = table.unwrap_or_else(|| panic!("no table {caption}: {page}"));
    let row =
        table.split("<tr").find(|row| row.contains(name)).unwrap_or_else(|| panic!("no {name}: {table}"));
    let cells = row.split("<td").skip(1).chain(None::<&str>);
    let text = |cell: &str| {
        let mut text = String::new();
        let mut inside = true;
        for c in cell.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => text.push(c),
                _ => {}
            }
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    (cells.map(text).collect(), links(row))
}

fn links(markup: &str) -> Vec<String> {
    let hrefs = markup.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.map(|href| href.replace("&amp;", "&")).collect()
}

/// A small world: an actor of ours that uses a tool and strikes an operator, and what the west saw.
fn told(world: &World) -> [Value; 3] {
    let actor = named("intrusion-set", 1, 3, "GREY HERON");
    let tool = named("malware", 1, 3, "BEACON");
    let sectors = json!({ "name": "North Grid", "sectors": ["energy"], "identity_class": "organization" });
    let grid = object("identity", 1, 9, sectors);
    world.state(Tlp::Green, &[actor.clone(), tool.clone(), grid.clone()]);
    world.state(
        Tlp::Green,
        &[relation(1, 2, &actor, "uses", &tool), relation(2, 2, &actor, "targets", &grid)],
    );
    let seen = json!({ "sighting_of_ref": id("malware", 1), "where_sighted_refs": [grid["id"]] });
    world.hear(Tlp::Amber, &[object("sighting", 1, 1, seen)]);
    [actor, tool, grid]
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_the_trends_leads_to_as_many_statements_and_each_to_its_object() {
    let world = World::new();
    told(&world);
    let (officer, junior) = (world.person("duty", Tlp::Red), world.person("junior", Tlp::Green));
    let mut followed = 0;
    for person in [&officer, &junior] {
        for topic in ["actors", "malware", "sectors", "techniques", "countries"] {
            let page = world.page(person, &format!("/picture/trends?topic={topic}")).await;
            for href in links(&page).iter().filter(|href| href.starts_with("/picture/sources?")) {
                let figure = page.replace("&amp;", "&");
                let figure = figure.split(&format!("href=\"{href}\">")).nth(1).expect("the figure");
                let figure = figure.split('<').next().expect("a number").to_owned();
                let sources = world.page(person, href).await;
                assert!(sources.contains(&format!("The figure {figure} rests on")), "{figure}: {sources}");
                assert!(
                    topic != "malware"
                        || sources.contains("GREY HERON</span> · <span>uses</span> · <span>BEACON"),
                    "{sources}"
                );
                let to = links(&sources).iter().filter(|to| to.starts_with("/exchange/objects/")).count();
                assert!(to > 0 && to <= figure.parse().expect("a number"), "{to} of {figure}");
                followed += 1;
            }
        }
    }
    assert!(followed >= 6, "{followed}");
    let asked = "/picture/sources?topic=sectors&of=energy&from=2020-01-01&to=2099-01-01";
    assert!(world.page(&officer, asked).await.contains("The figure 2 rests on 2 statements"));
    let junior_sees = world.page(&junior, asked).await;
    assert!(junior_sees.contains("The figure 1 rests on one statement"), "AMBER is beyond GREEN");
    assert!(!junior_sees.contains(&id("sighting", 1)));
    for wrong in
        ["?topic=x", "?topic=actors&of=&from=2026-01-01&to=2026-01-02", "?topic=actors&of=a&from=x&to=y"]
    {
        let (status, _) = world.get(&officer, "en", &format!("/picture/sources{wrong}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_figures_of_two_instants_stand_side_by_side_with_their_difference() {
    let world = World::new();
    let [actor, tool, _] = told(&world);
    let then = world.instant();
    let technique = object(
        "attack-pattern",
        7,
        1,
        json!({
            "name": "Valid accounts",
            "kill_chain_phases": [{ "kill_chain_name": "mitre-attack", "phase_name": "persistence" }],
        }),
    );
    world.state(Tlp::Green, &[technique.clone(), relation(3, 1, &actor, "uses", &technique)]);
    world.hear(Tlp::Red, &[relation(4, 1, &actor, "uses", &technique)]);
    world.retract(world.desk.me, &tool, None);
    let (officer, junior) = (world.person("duty", Tlp::Red), world.person("junior", Tlp::Green));
    let path = ui::query::with("/compare", &[("from", Some(&then)), ("days", Some("28"))]);
    let page = world.page(&officer, &path).await;
    let (cells, to) = row(&page, "Actors", "GREY HERON");
    assert_eq!(cells[0..3], ["3", "5", "+2"], "{cells:?}");
    let (before, after) = (&to[1], &to[2]);
    assert!(before.contains(&ui::query::encode(&then)) && !after.contains("at="), "{before} {after}");
    assert!(world.page(&officer, before).await.contains("The figure 3 rests on 3 statements"));
    assert!(world.page(&officer, after).await.contains("The figure 5 rests on 5 statements"));
    let (cells, _) = row(&page, "ATT&amp;CK matrix", "Valid accounts");
    assert_eq!(cells[0..4], ["mitre-attack/persistence", "0", "3", "+3"], "{cells:?}");
    for (caption, figures) in
        [("Figures side by side", ["0", "1", "+1"]), ("Statements in the period", ["0", "3", "+3"])]
    {
        let (cells, _) = row(&page, caption, "Techniques");
        assert_eq!(cells[0..3], figures, "{caption}: {cells:?}");
    }
    // What was taken back since counts at neither instant.
    let (cells, _) = row(&page, "Objects held, by type", "Attack pattern");
    assert_eq!(cells[0..3], ["0", "1", "+1"], "{cells:?}");
    assert!(!page.contains("BEACON"));
    // Nobody sees a figure of what they may not read, at either instant.
    let page = world.page(&junior, &path).await;
    let (cells, _) = row(&page, "Actors", "GREY HERON");
    assert_eq!(cells[0..3], ["3", "4", "+1"], "{cells:?}");
    let (_, french) = world.get(&officer, "fr", &path).await;
    assert!(french.contains("Chiffres côte à côte") && french.contains("Écart"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_reads_two_instants_of_a_topic_and_is_told_what_it_asks_wrongly() {
    let world = World::new();
    let [actor, _, _] = told(&world);
    let then = world.instant();
    let technique = object("attack-pattern", 7, 1, json!({ "name": "Valid accounts" }));
    world.state(Tlp::Green, &[technique.clone(), relation(3, 1, &actor, "uses", &technique)]);
    world.hear(Tlp::Red, &[relation(4, 1, &actor, "uses", &technique)]);
    let (officer, junior) = (world.person("duty", Tlp::Red), world.person("junior", Tlp::Green));
    let one = ui::query::encode(&then);
    let path = format!("/api/v1/picture/compare?topic=actors&one={one}");
    for (person, two, tlp) in [(&officer, 5, "TLP:RED"), (&junior, 4, "TLP:GREEN")] {
        let told = world.json(person, &path).await;
        let item = &told["items"][0];
        assert_eq!((&item["name"], &item["id"]), (&json!("GREY HERON"), &actor["id"]), "{told}");
        assert_eq!(
            (&item["one"], &item["two"], &item["difference"]),
            (&json!(3), &json!(two), &json!(two - 3))
        );
        assert_eq!((&told["tlp"], &told["statements"]), (&json!(tlp), &json!([3, two])));
        assert_eq!(told["published"], json!([]), "nothing is published to the own organisation");
    }
    let told = world.json(&officer, &format!("/api/v1/picture/compare?one=2099-01-01&two={one}")).await;
    assert_eq!(told["items"][0]["difference"], -2, "from the present back: {told}");
    for wrong in [
        "?topic=actors".to_owned(),
        "?one=".to_owned(),
        format!("?one={one}&two="),
        format!("?one={one}&topic=weather"),
        format!("?one={one}&days=8"),
    ] {
        let (status, said) = world.get(&officer, "en", &format!("/api/v1/picture/compare{wrong}")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}: {said}");
    }
}
