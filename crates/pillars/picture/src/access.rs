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
    /// Publish the landscape report to an audience beyond the own organisation.
    ReportPublish = "picture report publish", &[Role::Officer, Role::Policy, Role::Press], sensitive;
    /// Put a picture to another party, and sign or decline one that was put to us.
    SnapshotSign = "picture snapshot sign", &[Role::Officer, Role::Policy], sensitive;
}
