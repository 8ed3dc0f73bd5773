//! A mail server and a web server of a few lines on loopback: they keep what they are given, and refuse when told to.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

/// SMTP as far as a client needs it.
#[derive(Clone)]
pub struct PostOffice {
    pub port: u16,
    mail: Arc<Mutex<Vec<String>>>,
    /// What recipients are answered with.
    answer: Arc<Mutex<&'static str>>,
}

impl PostOffice {
    pub async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let office = Self { port, mail: Arc::default(), answer: Arc::new(Mutex::new("250 yes")) };
        let counter = office.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(counter.clone().serve(stream));
            }
        });
        office
    }

    /// The same over TLS from the first byte; the certificate in PEM, for `localhost`.
    pub async fn open_locked() -> (Self, String) {
        let key = rcgen::KeyPair::generate().expect("a key");
        let params = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).expect("parameters");
        let certificate = params.self_signed(&key).expect("a certificate");
        let chain = vec![certificate.der().clone()];
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(chain, key.serialize_der().try_into().expect("a key"))
            .expect("a configuration");
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let office = Self { port, mail: Arc::default(), answer: Arc::new(Mutex::new("250 yes")) };
        let counter = office.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (acceptor, counter) = (acceptor.clone(), counter.clone());
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        counter.serve(stream).await;
                    }
                });
            }
        });
        (office, certificate.pem())
    }

    /// Every recipient is answered so from now on.
    pub fn answers(&self, answer: &'static str) {
        *self.answer.lock().expect("not poisoned") = answer;
    }

    /// The letters so far, decoded as far as quoted-printable goes.
    pub fn mail(&self) -> Vec<String> {
        self.mail.lock().expect("not poisoned").clone()
    }

    async fn serve(self, stream: impl AsyncRead + AsyncWrite + Unpin) {
        let mut stream = BufReader::new(stream);
        let mut say = "220 here";
        let (mut letter, mut in_letter) = (String::new(), false);
        loop {
            if !say.is_empty() && stream.write_all(format!("{say}\r\n").as_bytes()).await.is_err() {
                return;
            }
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return;
            }
            say = match line.trim_end() {
                "." if in_letter => {
                    self.mail.lock().expect("not poisoned").push(readable(&letter));
                    (letter, in_letter) = (String::new(), false);
                    "250 kept"
                }
                text if in_letter => {
                    letter.push_str(text);
                    letter.push('\n');
                    ""
                }
                "DATA" => {
                    in_letter = true;
                    "354 go on"
                }
                text if text.starts_with("RCPT") => *self.answer.lock().expect("not poisoned"),
                "QUIT" => "221 bye",
                _ => "250 yes",
            };
        }
    }
}

/// Undoes quoted-printable (RFC 2045 §6.7) and leaves the rest as it is.
fn readable(letter: &str) -> String {
    let joined = letter.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match code.and_then(|two| u8::from_str_radix(two, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What was posted: its header fields and its body.
pub type Posted = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A web server that keeps what is posted to it; where.
pub async fn hook() -> (String, Posted) {
    let posted = Posted::default();
    let keep = |State(posted): State<Posted>, headers: HeaderMap, body: String| async move {
        posted.lock().expect("not poisoned").push((headers, body));
        StatusCode::NO_CONTENT
    };
    let router = Router::new().route("/hook", post(keep)).with_state(Arc::clone(&posted));
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/hook", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (url, posted)
}
