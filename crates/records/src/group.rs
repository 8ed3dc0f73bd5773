//! `party.group.v1`: a group of parties, identified by uuid, whose membership is need-to-know.

use model::{GroupId, PartyId};
use serde::{Deserialize, Serialize};

/// One version of a group. The record never leaves its author (`Reach::Own`): a member learns the group's uuid,
/// and that it belongs to it, from the records addressed to the group, and nothing about the others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The group.
    pub id: GroupId,
    /// 1 for the first version.
    pub version: u32,
    /// What its author calls it.
    pub name: String,
    /// The members.
    pub members: Vec<PartyId>,
}

crate::kind::body!(Group, "party.group.v1");
