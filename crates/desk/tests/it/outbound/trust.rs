//! TLS on the way out: the given authorities are trusted, others are not, and the name must fit.

use std::sync::{Arc, Mutex};

use desk::outbound::{Outbound, OutboundError, OutboundOptions, Url};
use http::HeaderMap;
use rustls::ServerConfig;
use rustls::crypto::aws_lc_rs;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use super::server::{SHORT, ok, serve};

/// A TLS server for the name `localhost`, and its certificate in PEM.
async fn listening() -> (u16, String, tokio::task::JoinHandle<()>) {
    let key = rcgen::KeyPair::generate().expect("a key");
    let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
    let certificate = params.self_signed(&key).expect("a certificate");
    let secret = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], secret)
        .expect("a configuration");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("bound");
    let port = listener.local_addr().expect("an address").port();
    let task = tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(stream) = acceptor.accept(stream).await else { continue };
            serve(stream, Arc::new(|_, _: &str| ok("over tls")), Arc::new(Mutex::new(Vec::new()))).await;
        }
    });
    (port, certificate.pem(), task)
}

#[tokio::test]
async fn a_server_is_trusted_by_the_given_authority_under_its_own_name_alone() {
    let (port, pem, task) = listening().await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("ca.pem");
    std::fs::write(&path, pem).expect("written");
    let out = |ca_file| {
        let allow = vec!["localhost".parse().expect("an entry"), "127.0.0.1".parse().expect("an entry")];
        Outbound::new(&OutboundOptions { allow, ca_file, bounds: SHORT }).expect("a way out")
    };
    let named = Url::parse(&format!("https://localhost:{port}/")).expect("a URL");
    let answer = out(Some(path.clone())).get(&named, &HeaderMap::new()).await.expect("an answer");
    assert_eq!(&answer.body[..], b"over tls");

    let stranger = out(None).get(&named, &HeaderMap::new()).await.expect_err("refused");
    assert!(matches!(stranger, OutboundError::Untrusted { .. }) && !stranger.is_passing(), "{stranger}");
    let other_name = Url::parse(&format!("https://127.0.0.1:{port}/")).expect("a URL");
    let refused = out(Some(path)).get(&other_name, &HeaderMap::new()).await.expect_err("refused");
    assert!(matches!(refused, OutboundError::Untrusted { .. }), "{refused}");
    task.abort();
}

#[tokio::test]
async fn a_pinned_certificate_is_trusted_under_any_name_and_no_other_is() {
    let (port, pem, task) = listening().await;
    let (_, stranger, other) = listening().await;
    let folder = tempfile::tempdir().expect("a folder");
    let out = |name: &str, pem: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, pem).expect("written");
        let allow = vec!["127.0.0.1".parse().expect("an entry")];
        let options = OutboundOptions { allow, ca_file: None, bounds: SHORT };
        Outbound::pinned(&options, &path).expect("a way out")
    };
    // The certificate is for `localhost`; it is asked by its address.
    let url = Url::parse(&format!("https://127.0.0.1:{port}/")).expect("a URL");
    let answer = out("own.pem", &pem).get(&url, &HeaderMap::new()).await.expect("an answer");
    assert_eq!(&answer.body[..], b"over tls");
    let refused = out("other.pem", &stranger).get(&url, &HeaderMap::new()).await.expect_err("refused");
    assert!(matches!(refused, OutboundError::Untrusted { .. }) && !refused.is_passing(), "{refused}");
    task.abort();
    other.abort();
}
