//! The edge of the deterministic world: the only door to the clock and to randomness.
//!
//! A simulation puts a [`StandIn`] before the door of its own thread: what runs there sees the time and the chance of
//! the simulation, and everybody else those of the machine.
#![expect(clippy::disallowed_methods, reason = "this is the door that clippy.toml sends everybody to")]

use std::cell::RefCell;
use std::marker::PhantomData;

use model::Timestamp;
use uuid::Uuid;

/// Fills a buffer with bytes that look random.
pub type Fill = Box<dyn Fn(&mut [u8])>;

/// What stands in for the machine's clock and randomness.
pub struct StandIn {
    /// Microseconds since 1970.
    pub now_us: Box<dyn Fn() -> i64>,
    /// Fills a buffer.
    pub random: Fill,
}

impl std::fmt::Debug for StandIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("StandIn")
    }
}

thread_local! {
    static STAND_IN: RefCell<Option<StandIn>> = const { RefCell::new(None) };
}

/// Lets `stand_in` answer on this thread until the guard is dropped. For simulations; a node never calls it.
#[must_use = "the machine's clock is back as soon as the guard is dropped"]
pub fn stand_in(stand_in: StandIn) -> Standing {
    STAND_IN.set(Some(stand_in));
    Standing(PhantomData)
}

/// Keeps a stand-in before the door of this thread.
#[derive(Debug)]
pub struct Standing(PhantomData<*const ()>);

impl Drop for Standing {
    fn drop(&mut self) {
        STAND_IN.set(None);
    }
}

/// The machine's clock.
pub fn now() -> Timestamp {
    let standing = STAND_IN.with_borrow(|stand_in| stand_in.as_ref().map(|stand_in| (stand_in.now_us)()));
    standing.map_or_else(Timestamp::now, |us| Timestamp::from_microsecond(us).unwrap_or_default())
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
    let stands =
        |stand_in: &Option<StandIn>| stand_in.as_ref().map(|stand_in| (stand_in.random)(buffer)).is_some();
    if STAND_IN.with_borrow(stands) {
        return;
    }
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
