//! Relationship objects (§5).

use super::kind::{Kind, Rule, Shape, Targets, opt, req};
use super::part::CORE;

/// SDOs and SCOs; an SRO, a bundle, a marking or language content is no end of a relationship.
static END: Targets = Targets {
    allow: &[],
    deny: &["relationship", "sighting", "bundle", "marking-definition", "language-content"],
};

pub(crate) static RELATIONSHIP: Shape = Shape {
    name: "relationship",
    clause: "§5.1.2",
    common: CORE,
    own: &[
        req("relationship_type", Kind::RelationshipType),
        opt("description", Kind::Text),
        req("source_ref", Kind::Ref(&END)),
        req("target_ref", Kind::Ref(&END)),
        opt("start_time", Kind::Time),
        opt("stop_time", Kind::Time),
    ],
    rules: &[Rule::After("stop_time", "start_time")],
};

pub(crate) static SIGHTING: Shape = Shape {
    name: "sighting",
    clause: "§5.2.1",
    common: CORE,
    own: &[
        opt("description", Kind::Text),
        opt("first_seen", Kind::Time),
        opt("last_seen", Kind::Time),
        opt("count", Kind::Int(0, 999_999_999)),
        req("sighting_of_ref", Kind::Ref(&END)),
        opt("observed_data_refs", Kind::List(&Kind::Ref(&Targets::only(&["observed-data"])))),
        opt("where_sighted_refs", Kind::List(&Kind::Ref(&Targets::only(&["identity", "location"])))),
        opt("summary", Kind::Bool),
    ],
    rules: &[Rule::NotBefore("last_seen", "first_seen")],
};
