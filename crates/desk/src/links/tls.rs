//! TLS 1.3 with X25519MLKEM768 alone, both sides known by the exact certificate on their cards. No other version,
//! no other group, no certificate authority.

use std::fmt;
use std::sync::Arc;

use model::{Digest, PartyId};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, aws_lc_rs, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{
    CertificateError, ClientConfig, DigitallySignedStruct, DistinguishedName, Error, ServerConfig,
    SignatureScheme,
};

use super::certificate::LinkCertificate;
use crate::desk::Desk;

/// Why TLS could not be set up.
#[derive(Debug, thiserror::Error)]
#[error("TLS for links cannot be set up: {0}; run `entente doctor`")]
pub struct TlsError(#[from] Error);

/// The one provider: post-quantum key exchange or none.
fn provider() -> Arc<CryptoProvider> {
    Arc::new(CryptoProvider {
        kx_groups: vec![aws_lc_rs::kx_group::X25519MLKEM768],
        ..aws_lc_rs::default_provider()
    })
}

/// What the listener speaks.
pub(super) fn server(desk: Arc<Desk>, own: &LinkCertificate) -> Result<Arc<ServerConfig>, TlsError> {
    let config = ServerConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .with_client_cert_verifier(Arc::new(OnCard { desk, provider: provider() }))
        .with_single_cert(vec![own.certificate.clone()], own.key.clone_key())?;
    Ok(Arc::new(config))
}

/// What the dialer speaks.
pub(super) fn client(desk: Arc<Desk>, own: &LinkCertificate) -> Result<Arc<ClientConfig>, TlsError> {
    let config = ClientConfig::builder_with_provider(provider())
        .with_protocol_versions(&[&rustls::version::TLS13])?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(OnCard { desk, provider: provider() }))
        .with_client_auth_cert(vec![own.certificate.clone()], own.key.clone_key())?;
    Ok(Arc::new(config))
}

/// The trusted party whose card names this certificate.
pub(super) fn party_of(desk: &Desk, certificate: &[u8]) -> Option<PartyId> {
    let digest = Digest::of(certificate).hex();
    let known = desk.known();
    let found = known.parties.values().find(|party| party.trusted && party.card.tls_sha256 == digest);
    found.map(|party| party.card.party).filter(|party| *party != desk.me)
}

/// Accepts exactly the certificates on the cards of trusted parties.
struct OnCard {
    desk: Arc<Desk>,
    provider: Arc<CryptoProvider>,
}

impl fmt::Debug for OnCard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OnCard")
    }
}

impl OnCard {
    fn check(&self, certificate: &CertificateDer<'_>) -> Result<(), Error> {
        match party_of(&self.desk, certificate) {
            Some(_) => Ok(()),
            None => Err(Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure)),
        }
    }

    fn check_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn refuse_tls12() -> Result<HandshakeSignatureValid, Error> {
        Err(Error::PeerIncompatible(rustls::PeerIncompatible::Tls13RequiredForQuic))
    }
}

impl ServerCertVerifier for OnCard {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.check(end_entity).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Self::refuse_tls12()
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}

impl ClientCertVerifier for OnCard {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.check(end_entity).map(|()| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        _message: &[u8],
        _cert: &CertificateDer<'_>,
        _dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        Self::refuse_tls12()
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        dss: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.check_signature(message, cert, dss)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        vec![SignatureScheme::ED25519]
    }
}
