//! What a page of the picture refuses, it refuses in the reader's language; programs read English. Words of others bear
//! their own language.

use http::StatusCode;
use model::Tlp;

use crate::world::{World, named, relation};

#[tokio::test(flavor = "multi_thread")]
async fn a_french_reader_is_refused_in_french_and_a_program_in_english() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    for (path, french) in [
        ("/picture/trends?days=9", "« 9 » n’est pas une période"),
        ("/picture/report?audience=x", "ne désigne aucun destinataire"),
        ("/picture/matrix?one=somebody", "n’est pas une partie"),
        ("/picture/map?stop=99", "n’est pas une position du curseur"),
        ("/picture/sources?topic=actors", "ouvrez cette page à partir d’un chiffre"),
    ] {
        let (status, page) = world.get(&officer, "fr", path).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(page.contains(french), "{path}: {page}");
    }
    let (_, told) = world.get(&officer, "fr", "/api/v1/picture/trends?days=9").await;
    assert!(told.contains("is no period; choose 7, 28, 91 or 364 days"), "{told}");
    let (_, told) = world.get(&officer, "fr", "/api/v1/picture/trends?at=").await;
    assert!(told.contains("at is empty; leave it out"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picture_that_cannot_be_put_says_why_in_french_at_its_field() {
    let world = World::new();
    let under = world.agree();
    let officer = world.person("duty", Tlp::Red);
    let to = format!("{under} {}", world.west);
    let put = async |signatory: &str| {
        let fields = [("to", to.as_str()), ("days", "28"), ("signatory", signatory)];
        world.post_in("fr", &officer, "/picture/snapshots", &fields).await
    };
    let (status, page) = put("").await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Nommez la personne qui signe"), "{page}");
    let (_, page) = put("M. Lindqvist").await;
    assert!(page.contains("Rien de ce qui peut lui être communiqué n’a été évoqué"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn names_that_others_gave_bear_their_language_also_where_one_is_chosen() {
    let world = World::new();
    let officer = world.person("duty", Tlp::Red);
    let mut heron = named("intrusion-set", 1, 5, "GREY HERON");
    heron["lang"] = "en".into();
    let tool = named("malware", 1, 5, "BEACON");
    world.state(Tlp::Green, &[heron.clone(), tool.clone(), relation(1, 2, &heron, "uses", &tool)]);
    let (_, page) = world.get(&officer, "fr", "/picture/matrix").await;
    let option = page.split("<option").find(|option| option.contains("GREY HERON")).expect("the actor");
    assert!(option.contains("lang=\"en\""), "{option}");
    let path = format!("/picture/subjects/{}", heron["id"].as_str().expect("an id"));
    let (_, page) = world.get(&officer, "fr", &path).await;
    let drawn = page.split("<svg").find(|drawn| drawn.contains("graph-node")).expect("the graph");
    assert!(drawn.contains("lang=\"en\">uses"), "the word of STIX on its line: {drawn}");
    let node = drawn.split("<title").find(|title| title.contains("GREY HERON<")).expect("its node");
    assert!(node.starts_with(" lang=\"en\"") && node.contains("<desc>Mode opératoire"), "{node}");
}
