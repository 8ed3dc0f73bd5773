//! What strangers' bytes are read by, one target each: nothing may panic, and what is promised of the result must hold.
//!
//! A target takes any bytes. `bin/engine.rs` lets libFuzzer choose them by coverage; the tests of the node take the committed
//! seeds and changes of them. Findings become seeds, and a test in the crate whose bug it was.

#[cfg(feature = "ledger")]
#[path = "targets/house.rs"]
mod house_targets;
#[cfg(feature = "ledger")]
#[path = "targets/ledger.rs"]
mod ledger_targets;
mod targets;

pub use targets::Target;

/// The target of that name.
pub fn target(name: &str) -> Option<Target> {
    let mut all = targets::TARGETS.iter();
    #[cfg(feature = "ledger")]
    let mut all = all.chain(ledger_targets::TARGETS).chain(house_targets::TARGETS);
    all.find(|target| target.0 == name).copied()
}
