//! Tokens as a provider makes them, and as somebody makes them who is none.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::json;

use super::*;

const NOW_S: i64 = 1_795_000_000;

fn encoded(bytes: &[u8]) -> String {
    model::to_base64(bytes).replace('+', "-").replace('/', "_").replace('=', "")
}

struct Signer(Ed25519KeyPair);

impl Signer {
    fn new(seed: u8) -> Self {
        Self(Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a key"))
    }

    fn key(&self, id: &str) -> Key {
        let x = encoded(self.0.public_key().as_ref());
        Key::read(&json!({"kty": "OKP", "crv": "Ed25519", "x": x, "kid": id, "use": "sig"})).expect("a key")
    }

    fn token(&self, head: &Value, body: &Value) -> String {
        let signed =
            format!("{}.{}", encoded(head.to_string().as_bytes()), encoded(body.to_string().as_bytes()));
        format!("{signed}.{}", encoded(self.0.sign(signed.as_bytes()).as_ref()))
    }
}

fn head() -> Value {
    json!({"alg": "EdDSA", "kid": "one"})
}

fn body() -> Value {
    json!({"iss": "https://id.example", "aud": "entente", "nonce": "n", "iat": NOW_S - 5, "exp": NOW_S + 300,
           "sub": "17", "preferred_username": "m.roe"})
}

fn read(token: &str) -> Result<String, TokenError> {
    let now = Timestamp::from_second(NOW_S).expect("an instant");
    let wanted = Wanted { issuer: "https://id.example", client: "entente", nonce: "n", now };
    let keys = [Signer::new(1).key("one"), Signer::new(2).key("two")];
    verify(token, &keys, &wanted).and_then(|claims| claims.text("preferred_username").map(str::to_owned))
}

fn changed(claim: &str, value: Value) -> Result<String, TokenError> {
    let mut body = body();
    body[claim] = value;
    read(&Signer::new(1).token(&head(), &body))
}

#[test]
fn a_good_token_says_who_it_is() {
    assert_eq!(read(&Signer::new(1).token(&head(), &body())), Ok("m.roe".to_owned()));
    assert_eq!(
        read(&Signer::new(2).token(&json!({"alg": "EdDSA"}), &body())),
        Ok("m.roe".to_owned()),
        "no kid"
    );
    assert_eq!(changed("aud", json!(["entente"])), Ok("m.roe".to_owned()));
}

#[test]
fn a_token_of_somebody_else_or_of_nobody_proves_nothing() {
    let good = Signer::new(1).token(&head(), &body());
    assert_eq!(read(&Signer::new(3).token(&head(), &body())), Err(TokenError::Signature));
    assert_eq!(
        read(&Signer::new(2).token(&head(), &body())),
        Err(TokenError::Signature),
        "under another's name"
    );
    let (signed, _) = good.rsplit_once('.').expect("three parts");
    for alg in ["none", "None", "HS256", "RS1", ""] {
        let token = Signer::new(1).token(&json!({"alg": alg, "kid": "one"}), &body());
        assert_eq!(read(&token), Err(TokenError::Algorithm), "{alg}");
    }
    for alg in ["RS256", "ES256", "PS256"] {
        let token = Signer::new(1).token(&json!({"alg": alg, "kid": "one"}), &body());
        assert_eq!(read(&token), Err(TokenError::Signature), "{alg}: a key is of one kind");
    }
    assert_eq!(read(&format!("{signed}.")), Err(TokenError::Signature));
    assert_eq!(read(&good.replacen('e', "f", 1)), Err(TokenError::Malformed));
    let critical = Signer::new(1).token(&json!({"alg": "EdDSA", "kid": "one", "crit": ["b64"]}), &body());
    assert_eq!(read(&critical), Err(TokenError::Algorithm));
    for token in ["", ".", "..", "a.b.c", &"a".repeat(MOST_BYTES + 1)] {
        assert_eq!(read(token), Err(TokenError::Malformed));
    }
}

#[test]
fn a_token_for_another_node_sign_in_or_moment_proves_nothing() {
    for (claim, value) in [
        ("iss", json!("https://evil.example")),
        ("aud", json!("another")),
        ("aud", json!(["entente", "another"])),
        ("azp", json!("another")),
        ("nonce", json!("of another sign-in")),
        ("nonce", Value::Null),
        ("preferred_username", Value::Null),
    ] {
        assert_eq!(
            changed(claim, value.clone()),
            Err(TokenError::Claim(claim.to_owned())),
            "{claim}: {value}"
        );
    }
    for (claim, value) in [
        ("exp", json!(NOW_S - 61)),
        ("exp", Value::Null),
        ("iat", json!(NOW_S + 61)),
        ("nbf", json!(NOW_S + 61)),
        ("iat", json!("yesterday")),
    ] {
        assert_eq!(changed(claim, value.clone()), Err(TokenError::Time), "{claim}: {value}");
    }
}
