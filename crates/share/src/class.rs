//! The release class: the few header fields on which a verdict depends.

use std::collections::BTreeSet;

use model::{AgreementId, GroupId, PartyId, Realm};
use records::{Header, Marked, Opening};
use serde::{Deserialize, Serialize};

/// Records with equal classes have equal verdicts, so a verdict is computed once for a million of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Class {
    /// The realm, as the header says it.
    pub realm: String,
    /// The author.
    pub author: PartyId,
    /// The record kind.
    pub kind: String,
    /// The type within the kind.
    pub object_type: String,
    /// The marking.
    pub marked: Marked,
    /// The agreements it is published under.
    pub under: Vec<AgreementId>,
    /// The named recipients as far as the holder can open them; `None` when nobody is named.
    pub named: Option<BTreeSet<PartyId>>,
    /// The group it is for.
    pub group: Option<GroupId>,
}

impl Class {
    /// The class of a record, from its header and the openings kept beside it.
    pub fn of(header: &Header<'_>, openings: Option<&[u8]>) -> Self {
        let named = header
            .to
            .as_ref()
            .map(|to| Opening::verified(openings, to).into_iter().map(|opening| opening.party).collect());
        Self {
            realm: header.realm.to_string(),
            author: header.author,
            kind: header.kind.to_string(),
            object_type: header.object_type.to_string(),
            marked: header.marked(),
            under: header.under.clone(),
            named,
            group: header.group,
        }
    }

    /// True when the record belongs to `realm`.
    pub fn is_in(&self, realm: &Realm) -> bool {
        self.realm == realm.to_string()
    }
}
