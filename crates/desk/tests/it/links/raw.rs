//! A peer made of bare TLS and frames: it can say what our own driver never would.

use std::sync::Arc;
use std::time::Duration;

use desk::links::certificate::{self, LinkCertificate};
use link::Frame;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, SupportedKxGroup, aws_lc_rs};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, DigitallySignedStruct, Error, ServerConfig, SignatureScheme, SupportedProtocolVersion,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use super::pair::Node;

pub type Group = &'static dyn SupportedKxGroup;
pub type Version = &'static SupportedProtocolVersion;

/// The only group and version that a link speaks.
pub const LINK_GROUP: Group = aws_lc_rs::kx_group::X25519MLKEM768;
pub const LINK_VERSION: Version = &rustls::version::TLS13;

fn provider(group: Group) -> Arc<CryptoProvider> {
    Arc::new(CryptoProvider { kx_groups: vec![group], ..aws_lc_rs::default_provider() })
}

/// The certificate that is on the node's card.
pub fn own_certificate(node: &Node) -> LinkCertificate {
    certificate::load(&certificate::path(&node.desk.folder)).expect("a certificate")
}

/// A sound certificate that is on nobody's card.
pub fn strange_certificate() -> LinkCertificate {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("link.pem");
    certificate::generate(&path).expect("a certificate");
    certificate::load(&path).expect("a certificate")
}

/// A client that believes any server.
pub fn client(group: Group, version: Version, own: Option<&LinkCertificate>) -> ClientConfig {
    let builder = ClientConfig::builder_with_provider(provider(group))
        .with_protocol_versions(&[version])
        .expect("a version")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Anybody));
    match own {
        None => builder.with_no_client_auth(),
        Some(own) => builder
            .with_client_auth_cert(vec![own.certificate.clone()], own.key.clone_key())
            .expect("a usable certificate"),
    }
}

/// A server that asks nobody who they are.
pub fn server(group: Group, version: Version, own: &LinkCertificate) -> ServerConfig {
    ServerConfig::builder_with_provider(provider(group))
        .with_protocol_versions(&[version])
        .expect("a version")
        .with_no_client_auth()
        .with_single_cert(vec![own.certificate.clone()], own.key.clone_key())
        .expect("a usable certificate")
}

/// One connection to the hub of `node`.
pub struct Wire(TlsStream<TcpStream>);

/// Long enough for a busy machine; only a failing test waits this long.
const PATIENCE: Duration = Duration::from_secs(20);

impl Wire {
    #[expect(clippy::disallowed_methods, reason = "a test peer has no allow-list of its own")]
    pub async fn connect(node: &Node, config: ClientConfig) -> std::io::Result<Self> {
        let address = node.hub.as_ref().and_then(|hub| hub.address).expect("the node listens");
        let stream = TcpStream::connect(address).await?;
        let name = ServerName::try_from("link.entente").expect("a name");
        TlsConnector::from(Arc::new(config)).connect(name, stream).await.map(Wire)
    }

    pub async fn send(&mut self, frame: &Frame) {
        self.send_raw(&frame.encode()).await;
    }

    pub async fn send_raw(&mut self, bytes: &[u8]) {
        // A node that has already hung up is what some tests wait for; they look at what it says.
        let _ = self.0.write_all(bytes).await;
        let _ = self.0.flush().await;
    }

    /// The next frame, or `None` once the node has hung up.
    pub async fn receive(&mut self) -> Option<Frame> {
        tokio::time::timeout(PATIENCE, self.read()).await.expect("the node answers or hangs up in time")
    }

    async fn read(&mut self) -> Option<Frame> {
        let length = self.0.read_u32().await.ok()?;
        let mut bytes = vec![0; length as usize];
        self.0.read_exact(&mut bytes).await.ok()?;
        Some(Frame::decode(bytes.into()).expect("our own node speaks well"))
    }
}

#[derive(Debug)]
struct Anybody;

impl ServerCertVerifier for Anybody {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn verify_tls13_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Ok(HandshakeSignatureValid::assertion())
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}
