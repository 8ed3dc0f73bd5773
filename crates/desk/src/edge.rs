//! The edge of the deterministic world: the only door to the clock and to randomness.
#![expect(clippy::disallowed_methods, reason = "this is the door that clippy.toml sends everybody to")]

use model::Timestamp;
use uuid::Uuid;

/// The machine's clock.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// The machine's clock in microseconds since 1970.
pub fn now_us() -> i64 {
    now().as_microsecond()
}

/// A clock for measuring durations, never for stating when something happened.
pub fn monotonic() -> std::time::Instant {
    std::time::Instant::now()
}

/// Fills `buffer` from the operating system's random source.
pub fn random(buffer: &mut [u8]) {
    // A machine without randomness cannot seal anything; going on would make blinded names guessable.
    aws_lc_rs::rand::fill(buffer).expect("the operating system gives random bytes");
}

/// A salt for one header.
pub fn salt() -> [u8; 16] {
    let mut salt = [0; 16];
    random(&mut salt);
    salt
}

/// `count` salts with one call to the random source.
pub fn salts(count: usize) -> Vec<[u8; 16]> {
    let mut salts = vec![[0; 16]; count];
    random(salts.as_flattened_mut());
    salts
}

/// A fresh random UUID (version 4).
pub fn uuid() -> Uuid {
    let mut bytes = [0; 16];
    random(&mut bytes);
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
