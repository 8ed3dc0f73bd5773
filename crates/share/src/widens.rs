//! Whether a version of an agreement lets somebody have what no earlier version did.

use model::{Agreement, Grant};
use records::Marked;

use crate::Class;
use crate::under::selects;

/// True when `new` grants records of `class` to more parties, or further onward, than each of `before` did. It asks
/// about the texts alone: who is in a group, cleared or served under the agreement does not matter.
pub fn widens(new: &Agreement, before: &[Agreement], class: &Class) -> bool {
    let mut covering = new.grants.iter().filter(|grant| covers(grant, class));
    covering.any(|grant| {
        let old = before.iter().flat_map(|agreement| &agreement.grants);
        !old.filter(|old| covers(old, class)).any(|old| is_as_wide(old, grant))
    })
}

fn covers(grant: &Grant, class: &Class) -> bool {
    let Marked::Known(marking) = class.marked else { return false };
    let from_author = grant.from.is_empty() || grant.from.contains(&class.author);
    from_author && grant.covers_marking(marking) && grant.what.iter().any(|what| selects(what, class))
}

/// No receivers listed means every party.
fn is_as_wide(old: &Grant, new: &Grant) -> bool {
    let to_all =
        old.to.is_empty() || (!new.to.is_empty() && new.to.iter().all(|party| old.to.contains(party)));
    to_all && old.onward >= new.onward
}
