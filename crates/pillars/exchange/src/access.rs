//! The permissions of this pillar.

use desk::access::{EVERYBODY, STAFF};
use desk::local::Role;

/// Who publishes.
const PUBLISHERS: &[Role] = &[Role::Officer, Role::Analyst, Role::ProductSecurity];

desk::permissions! {
    /// Read objects, as far as the verdict allows.
    ObjectRead = "exchange object read", EVERYBODY;
    /// Import and publish objects.
    ObjectSubmit = "exchange object submit", PUBLISHERS;
    /// Take an own object back.
    ObjectRetract = "exchange object retract", PUBLISHERS, sensitive;
    /// Mark an own object more narrowly.
    ObjectNarrow = "exchange object narrow", PUBLISHERS, sensitive;
    /// See what was refused, and why.
    QuarantineRead = "exchange quarantine read", STAFF;
    /// See what came in over which gate, and who received what.
    DeliveryRead = "exchange delivery read", STAFF;
}
