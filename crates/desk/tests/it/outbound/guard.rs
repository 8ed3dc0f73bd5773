//! Whom a node speaks to, and where its credentials stay.

use desk::outbound::{OutboundError, Url};
use http::{HeaderMap, HeaderValue, header};

use super::server::{Server, ok, to, way_out};

fn secret() -> HeaderMap {
    HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Bearer secret"))])
}

#[tokio::test]
async fn this_machine_is_asked_only_when_the_configuration_names_it() {
    let server = Server::start(|_, _| ok("hello")).await;
    let refused = way_out(&[]).get(&server.url, &secret()).await.expect_err("refused");
    assert!(matches!(refused, OutboundError::Guarded { .. }), "{refused}");
    assert!(refused.to_string().contains("[outbound] allow"), "{refused}");
    assert!(server.heard().is_empty(), "nothing was sent");
    let answer = way_out(&["127.0.0.0/8"]).get(&server.url, &secret()).await.expect("an answer");
    assert_eq!(&answer.body[..], b"hello");
    assert!(server.heard()[0].contains("secret"));
}

#[tokio::test]
async fn other_spellings_of_this_machine_are_this_machine() {
    let server = Server::start(|_, _| ok("hello")).await;
    let port = server.url.origin().port;
    for host in
        ["localhost", "LOCALHOST.", "2130706433", "127.1", "0x7f000001", "[::ffff:127.0.0.1]", "0.0.0.0"]
    {
        let url = Url::parse(&format!("http://{host}:{port}/")).expect("a URL");
        let refused = way_out(&[]).get(&url, &secret()).await.expect_err("refused");
        // A resolver may also not know the odd spellings at all.
        let fits = matches!(refused, OutboundError::Guarded { .. } | OutboundError::Unknown { .. });
        assert!(fits, "{host}: {refused}");
    }
    assert!(server.heard().is_empty());
    let named = Url::parse(&format!("http://localhost:{port}/")).expect("a URL");
    assert!(way_out(&["localhost"]).get(&named, &secret()).await.is_ok());
}

#[tokio::test]
async fn the_metadata_of_a_cloud_and_the_neighbours_are_out_of_reach() {
    for url in
        ["http://169.254.169.254/latest/meta-data/", "https://192.168.0.1/", "https://[fd00:ec2::254]/"]
    {
        let url = Url::parse(url).expect("a URL");
        let refused = way_out(&[]).get(&url, &HeaderMap::new()).await.expect_err("refused");
        assert!(matches!(refused, OutboundError::Guarded { .. }) && !refused.is_passing(), "{refused}");
    }
}

#[tokio::test]
async fn a_redirect_elsewhere_is_not_followed_and_hears_no_secret() {
    let other = Server::start(|_, _| ok("mine now")).await;
    let target = other.url.to_string();
    let server = Server::start(move |_, _| to(&target)).await;
    let refused = way_out(&["127.0.0.1"]).get(&server.url, &secret()).await.expect_err("refused");
    assert!(matches!(refused, OutboundError::Elsewhere { .. }), "{refused}");
    assert!(refused.to_string().contains(&other.url.origin().to_string()), "{refused}");
    assert!(other.heard().is_empty());
}

#[tokio::test]
async fn a_redirect_to_the_same_origin_is_followed_but_not_for_ever() {
    let server =
        Server::start(|_, head| if head.starts_with("GET /new/ ") { ok("here") } else { to("/new/") }).await;
    let answer = way_out(&["127.0.0.1"]).get(&server.url, &secret()).await.expect("an answer");
    assert_eq!((&answer.body[..], answer.url.path()), (&b"here"[..], "/new/"));
    let circle = Server::start(|n, _| to(&format!("/{n}"))).await;
    let refused = way_out(&["127.0.0.1"]).get(&circle.url, &secret()).await.expect_err("refused");
    assert!(matches!(refused, OutboundError::Circle { .. }), "{refused}");
    assert_eq!(circle.heard().len(), 6);
}
