//! A mail server of a few lines on loopback, on a thread of its own: it keeps what it is given byte for byte, and says what
//! it is told to.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::notice::Couriers;
use desk::outbound::{MailOptions, MailTls, Mailer};
use model::Tlp;

/// What it does with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It takes it.
    Takes,
    /// It knows no such recipient.
    RefusesRecipient,
    /// It reads the message and refuses it.
    RefusesMessage,
    /// It reads the message and hangs up without a word.
    HangsUp,
}

#[derive(Clone)]
pub struct MailServer {
    pub port: u16,
    mood: Arc<Mutex<Mood>>,
    kept: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl MailServer {
    pub fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let server = Self { port, mood: Arc::new(Mutex::new(Mood::Takes)), kept: Arc::default() };
        let counter = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let counter = counter.clone();
                std::thread::spawn(move || counter.serve(&stream));
            }
        });
        server
    }

    pub fn is(&self, mood: Mood) {
        *self.mood.lock().expect("not poisoned") = mood;
    }

    /// Every message that was read to its end, whatever was answered.
    pub fn kept(&self) -> Vec<Vec<u8>> {
        self.kept.lock().expect("not poisoned").clone()
    }

    fn serve(&self, stream: &TcpStream) {
        let mut lines = BufReader::new(stream);
        let say = |text: &str| {
            let mut stream = stream;
            stream.write_all(format!("{text}\r\n").as_bytes()).is_ok()
        };
        if !say("220 mail.example ready") {
            return;
        }
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            let mood = *self.mood.lock().expect("not poisoned");
            let said = match line.trim_end() {
                "DATA" => {
                    if !say("354 go on") {
                        return;
                    }
                    let Some(message) = message(&mut lines) else { return };
                    self.kept.lock().expect("not poisoned").push(message);
                    match mood {
                        Mood::HangsUp => return,
                        Mood::RefusesMessage => "554 5.7.1 not from you",
                        Mood::Takes | Mood::RefusesRecipient => "250 2.0.0 queued as 4F3C",
                    }
                }
                text if text.starts_with("RCPT") && mood == Mood::RefusesRecipient => {
                    "550 5.1.1 nobody of that name"
                }
                "QUIT" => "221 bye",
                _ => "250 yes",
            };
            if !say(said) {
                return;
            }
        }
    }
}

/// The bytes of a message up to the dot, with the dots of RFC 5321 §4.5.2 undone.
fn message(lines: &mut BufReader<&TcpStream>) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        let mut line = Vec::new();
        if lines.read_until(b'\n', &mut line).ok()? == 0 {
            return None;
        }
        if line == b".\r\n" {
            // The end is CRLF, dot, CRLF; its first CRLF is no part of the message.
            message.truncate(message.len() - 2);
            return Some(message);
        }
        let from = usize::from(line.first() == Some(&b'.'));
        message.extend_from_slice(&line[from..]);
    }
}

/// A way out by a server at that port.
pub fn couriers(port: u16, up_to: Tlp) -> Couriers {
    let mail = MailOptions {
        server: "127.0.0.1".into(),
        port,
        tls: MailTls::None,
        login: None,
        from: "reports@clinic.example".into(),
        ca_file: None,
        timeout: Duration::from_secs(20),
    };
    Couriers {
        mail: Some(Mailer::new(&mail).expect("a mailer")),
        mail_up_to: up_to,
        webhook: None,
        webhook_up_to: Tlp::Clear,
        base: String::new(),
    }
}
