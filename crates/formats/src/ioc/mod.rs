//! What an analyst pastes into a search box: indicators of compromise, often made harmless first.
//!
//! [`refang`] gives a text its meaning back, [`recognise`] says what kind of thing one word is, and [`Network`] is an
//! address or a range that can be asked what it holds.

mod network;
mod recognise;
mod refang;

pub use network::{Network, networks_in};
pub use recognise::{Ioc, recognise};
pub use refang::refang;
