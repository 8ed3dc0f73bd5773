//! What a person may do: permissions, each declared once by the room whose routes it guards.
//!
//! A permission has the name of what it permits (`exchange object retract`) and a type of its own. A handler names
//! that type in its signature, as [`May<P>`](crate::pages::May) or [`Signed<P>`](crate::pages::Signed), and there is
//! no other way to a visitor: a handler that names none does not compile.

mod node;
mod sets;

use crate::local::Role;

pub use node::*;
pub use sets::{EVERYBODY, STAFF};

/// One thing that somebody may do or look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Its name: room, noun, verb.
    pub name: &'static str,
    /// The roles that include it.
    pub roles: &'static [Role],
    /// True when it is asked again who is there, unless that was proved a moment ago.
    pub sensitive: bool,
}

impl Permission {
    /// True when `role` includes it.
    pub fn is_of(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }
}

/// The type of one permission, named in the signature of each handler that it guards.
pub trait Permit: Send + Sync + 'static {
    /// The permission.
    const PERMISSION: Permission;
}

/// Declares the permissions of a room, and `PERMISSIONS`, the list of them.
///
/// ```
/// use desk::local::Role;
/// desk::permissions! {
///     /// Read the weather.
///     WeatherRead = "weather report read", desk::access::EVERYBODY;
///     /// Make it.
///     WeatherMake = "weather report make", &[Role::Officer], sensitive;
/// }
/// assert_eq!(PERMISSIONS.len(), 2);
/// assert!(PERMISSIONS[1].sensitive && !PERMISSIONS[1].is_of(Role::Analyst));
/// ```
#[macro_export]
macro_rules! permissions {
    ($( $(#[doc = $doc:literal])* $name:ident = $text:literal, $roles:expr $(, $sensitive:ident)?; )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Debug, Clone, Copy)]
            pub struct $name;

            impl $crate::access::Permit for $name {
                const PERMISSION: $crate::access::Permission = $crate::access::Permission {
                    name: $text,
                    roles: $roles,
                    sensitive: $crate::permissions!(@ $($sensitive)?),
                };
            }
        )*

        /// Every permission of this room.
        pub const PERMISSIONS: &[$crate::access::Permission] =
            &[$( <$name as $crate::access::Permit>::PERMISSION ),*];
    };
    (@ sensitive) => { true };
    (@) => { false };
}
