//! The permissions of this pillar.

use desk::access::EVERYBODY;
use desk::local::Role;

desk::permissions! {
    /// See the picture, as far as the verdict allows.
    PictureRead = "picture view read", EVERYBODY;
    /// Keep the watch-list: put technologies on it, add sources, take them off.
    WatchKeep = "picture watch keep", &[Role::Officer, Role::Analyst, Role::ProductSecurity, Role::Policy];
    /// Take a shift over, and leave it to the next.
    ShiftHandOver = "picture shift hand-over", &[Role::Officer, Role::Analyst];
}
