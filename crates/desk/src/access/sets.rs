//! Sets of roles that many permissions share.

use crate::local::Role;

/// Every role.
pub const EVERYBODY: &[Role] = &Role::ALL;

/// Who works here: all but the press desk, observers and guests.
pub const STAFF: &[Role] = &[
    Role::Officer,
    Role::Analyst,
    Role::Compliance,
    Role::ProductSecurity,
    Role::Policy,
    Role::Administrator,
    Role::Auditor,
];
