//! An authenticator made of one Ed25519 key, and what somebody does with its answers.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};

use super::*;

const ORIGIN: &str = "https://entente.ecsc.example";

struct Authenticator(Ed25519KeyPair);

fn site() -> Site {
    Site { origin: ORIGIN.into() }
}

fn said(host: &str, flags: u8, counter: u32) -> Vec<u8> {
    [&Digest::of(host.as_bytes()).0[..], &[flags], &counter.to_be_bytes()].concat()
}

fn client(kind: &str, challenge: &str, origin: &str) -> String {
    let text =
        serde_json::json!({"type": kind, "challenge": challenge, "origin": origin, "crossOrigin": false});
    base64url(text.to_string().as_bytes())
}

impl Authenticator {
    fn new() -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[7; 32]).expect("a key"))
    }

    fn attestation(&self, said: &[u8]) -> String {
        // {1: 1, 3: -8, -1: 6, -2: x}
        let key =
            [&[0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21, 0x58, 0x20], self.0.public_key().as_ref()]
                .concat();
        let data = [said, &[0; 16], &[0, 3], b"abc", &key].concat();
        let head = [&b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58"[..], &[data.len() as u8]].concat();
        base64url(&[head, data].concat())
    }

    fn made(&self) -> Made {
        let attested = self.attestation(&said("entente.ecsc.example", 0x45, 0));
        register(&site(), "c1", &client("webauthn.create", "c1", ORIGIN), &attested).expect("a passkey")
    }

    /// Answers and verifies, with the counter kept so far.
    fn answer(&self, client: &str, said: &[u8], kept: u32) -> Result<u32, PasskeyError> {
        let hash = Digest::of(&bytes(client).expect("base 64")).0;
        let signature = self.0.sign(&[said, &hash].concat());
        let (authenticator, signature) = (base64url(said), base64url(signature.as_ref()));
        let shown = Shown { client, authenticator: &authenticator, signature: &signature };
        verify(&site(), "c2", (&self.made().key, kept), &shown)
    }
}

#[test]
fn a_passkey_is_made_and_answers() {
    let authenticator = Authenticator::new();
    assert_eq!(authenticator.made().id, base64url(b"abc"));
    let here = said("entente.ecsc.example", 0x05, 5);
    assert_eq!(authenticator.answer(&client("webauthn.get", "c2", ORIGIN), &here, 4), Ok(5));
    let uncounted = said("entente.ecsc.example", 0x05, 0);
    assert_eq!(authenticator.answer(&client("webauthn.get", "c2", ORIGIN), &uncounted, 0), Ok(0));
}

#[test]
fn an_answer_for_elsewhere_for_another_question_or_without_a_person_proves_nothing() {
    let authenticator = Authenticator::new();
    let here = said("entente.ecsc.example", 0x05, 5);
    let right = client("webauthn.get", "c2", ORIGIN);
    for (wrong, why) in [
        (client("webauthn.get", "c2", "https://evil.example"), "another origin"),
        (client("webauthn.get", "c1", ORIGIN), "another challenge"),
        (client("webauthn.create", "c2", ORIGIN), "another purpose"),
    ] {
        assert_eq!(authenticator.answer(&wrong, &here, 0), Err(PasskeyError::Elsewhere), "{why}");
    }
    assert_eq!(authenticator.answer(&right, &said("evil.example", 0x05, 5), 0), Err(PasskeyError::Elsewhere));
    for flags in [0x00, 0x01, 0x04] {
        let absent = said("entente.ecsc.example", flags, 5);
        assert_eq!(authenticator.answer(&right, &absent, 0), Err(PasskeyError::Unrecognised), "{flags}");
    }
    assert_eq!(authenticator.answer(&right, &here, 5), Err(PasskeyError::Counter), "a copy");
    assert_eq!(authenticator.answer(&right, &here[..36], 0), Err(PasskeyError::Malformed));
    let other = Authenticator(Ed25519KeyPair::from_seed_unchecked(&[8; 32]).expect("a key"));
    let hash = Digest::of(&bytes(&right).expect("base 64")).0;
    let forged = base64url(other.0.sign(&[&here[..], &hash].concat()).as_ref());
    let shown = Shown { client: &right, authenticator: &base64url(&here), signature: &forged };
    assert_eq!(verify(&site(), "c2", (&authenticator.made().key, 0), &shown), Err(PasskeyError::Signature));
}

#[test]
fn a_new_passkey_is_read_with_care() {
    let authenticator = Authenticator::new();
    let good = authenticator.attestation(&said("entente.ecsc.example", 0x45, 0));
    let asked = client("webauthn.create", "c1", ORIGIN);
    let read = |attested: &str| register(&site(), "c1", &asked, attested);
    assert!(read(&good).is_ok());
    for bad in ["", "AAAA", "!", &good[..good.len() - 8], &"A".repeat(MOST_BYTES + 1)] {
        assert_eq!(read(bad), Err(PasskeyError::Malformed), "{bad:.20}");
    }
    let elsewhere = authenticator.attestation(&said("evil.example", 0x45, 0));
    assert_eq!(read(&elsewhere), Err(PasskeyError::Elsewhere));
    let unseen = authenticator.attestation(&said("entente.ecsc.example", 0x41, 0));
    assert_eq!(read(&unseen), Err(PasskeyError::Unrecognised));
}

#[test]
fn a_site_is_known_by_its_host() {
    for (origin, host) in [(ORIGIN, "entente.ecsc.example"), ("http://localhost:8600", "localhost")] {
        assert_eq!(Site { origin: origin.into() }.host(), host);
    }
}
