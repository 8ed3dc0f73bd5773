//! With whom a stage can be filed over the link: authorities with a node that this party trusts, and whether an agreement
//! in force lets the filing reach them.

use desk::pages::App;
use model::{PartyId, Role};
use packs::Library;
use share::Reason;

use crate::case::Case;
use crate::commands::file_stage::{Filed, MARKED, filing};
use crate::plan::Obligation;
use desk::addressed;

/// One authority.
pub(super) struct Offer {
    /// The party.
    pub to: PartyId,
    /// Why it would not receive it; nothing when it would.
    pub withheld: Option<Reason>,
}

/// Whether the law sends this report to an authority at all, and not to the public or into a public register.
pub(super) fn is_for_authority(library: &Library, duty: &Obligation) -> bool {
    duty.recipients.iter().any(|to| {
        let known = library.words.recipients.get(&to.code);
        known.is_some_and(|known| !known.public) && to.code != "self"
    })
}

/// The authorities, those named by the law first.
pub(super) fn offers(app: &App, library: &Library, case: &Case, duty: &Obligation) -> Vec<Offer> {
    if !is_for_authority(library, duty) {
        return Vec::new();
    }
    let known = app.desk.known();
    let is_authority = |roles: &[Role]| {
        roles.iter().any(|role| matches!(role, Role::Csirt | Role::Agency | Role::Ministry | Role::Nato))
    };
    let trusted = known
        .parties
        .iter()
        .filter(|(id, party)| party.trusted && **id != app.desk.me && is_authority(&party.card.roles));
    let mut found: Vec<(bool, &str, Offer)> = trusted
        .map(|(id, party)| {
            let named = duty.recipients.iter().any(|to| to.code == party.card.short);
            (!named, party.card.short.as_str(), offer(app, library, case, duty, *id))
        })
        .collect();
    found.sort_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
    found.into_iter().map(|(_, _, offer)| offer).collect()
}

fn offer(app: &App, library: &Library, case: &Case, duty: &Obligation, to: PartyId) -> Offer {
    let filed = Filed {
        stage: duty.stage.clone(),
        to,
        country: String::new(),
        sector: String::new(),
        fields: std::collections::BTreeMap::new(),
        by: String::new(),
    };
    let tried = filing(&app.desk, library, case.id, &filed).ok();
    let sealed = tried.map(|filing| addressed::sealed(&app.desk, &filing, MARKED, &[to]));
    let withheld = match sealed {
        Some(Ok(_)) => None,
        Some(Err(withheld)) => Some(withheld.reason),
        None => Some(Reason::NotPublished),
    };
    Offer { to, withheld }
}
