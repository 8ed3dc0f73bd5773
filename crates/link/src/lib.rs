//! Federation with one peer as a sans-I/O state machine.
//!
//! Over one connection both sides *follow* each other's log and *feed* their own. What is here knows neither
//! sockets nor clocks nor disks: frames and results go in, frames and requests come out, so a whole federation
//! runs in one thread of a test. The driver is `desk::links`; the protocol is told in `docs/link.md`.

mod feeder;
mod follower;
mod frame;

pub use feeder::{Fed, Feeder, Need};
pub use follower::{Follow, Followed, Follower};
pub use frame::{Frame, FrameError, Item, MAX_FRAME_BYTES, Refused, RevealedItem};
