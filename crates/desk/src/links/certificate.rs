//! The certificate of the link: self-signed Ed25519, known to peers by its digest on the party's card.

use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use model::Digest;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A certificate with its key.
#[derive(Debug)]
pub struct LinkCertificate {
    /// The certificate.
    pub certificate: CertificateDer<'static>,
    /// Its private key.
    pub key: PrivateKeyDer<'static>,
}

/// Why there is no certificate.
#[derive(Debug, thiserror::Error)]
pub enum CertificateError {
    /// The system refused.
    #[error("cannot use {path}: {cause}; check that it exists and belongs to the user who runs the node")]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        #[source]
        cause: io::Error,
    },
    /// Somebody else may read the key.
    #[error(
        "{0} can be read by others; run `chmod 600` on it, and make a new one if someone may have copied it"
    )]
    Exposed(PathBuf),
    /// Not a certificate with its key.
    #[error("{0} does not hold a certificate and a key in PEM; restore it from its backup")]
    Malformed(PathBuf),
    /// It could not be made.
    #[error("the certificate could not be made: {0}")]
    Made(String),
}

/// Where a realm's folder keeps it.
pub fn path(folder: &Path) -> PathBuf {
    folder.join("keys").join("link.pem")
}

/// Makes a fresh certificate and writes it with its key to a new file with rights 0600.
pub fn generate(path: &Path) -> Result<Digest, CertificateError> {
    let made = |e: rcgen::Error| CertificateError::Made(e.to_string());
    let key = rcgen::KeyPair::generate_for(&rcgen::PKCS_ED25519).map_err(made)?;
    let params = rcgen::CertificateParams::new(vec!["link.entente".to_owned()]).map_err(made)?;
    let certificate = params.self_signed(&key).map_err(made)?;
    let failed = |cause| CertificateError::Io { path: path.to_owned(), cause };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(failed)?;
    let text = format!("{}{}", certificate.pem(), key.serialize_pem());
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
    Ok(Digest::of(certificate.der()))
}

/// Reads it back, unless somebody else could read it too.
pub fn load(path: &Path) -> Result<LinkCertificate, CertificateError> {
    let failed = |cause| CertificateError::Io { path: path.to_owned(), cause };
    if std::fs::metadata(path).map_err(failed)?.permissions().mode() & 0o077 != 0 {
        return Err(CertificateError::Exposed(path.to_owned()));
    }
    let malformed = |_| CertificateError::Malformed(path.to_owned());
    let certificate = CertificateDer::from_pem_file(path).map_err(malformed)?;
    let key = PrivateKeyDer::from_pem_file(path).map_err(malformed)?;
    Ok(LinkCertificate { certificate, key })
}

impl LinkCertificate {
    /// What the party's card says of it.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.certificate)
    }
}
