//! Meta objects (§7) and the bundle (§8).

use super::kind::{Kind, Property, Rule, Shape, Targets, opt, req};
use super::part::{CREATOR, EXTERNAL_REFERENCES, MARKING_REFS, TEXTS};
use super::vocab;

pub(crate) static MARKING_DEFINITION: Shape = Shape {
    name: "marking-definition",
    clause: "§7.2.1",
    common: &[
        req("type", Kind::Checked),
        req("spec_version", Kind::Checked),
        req("id", Kind::Checked),
        req("created", Kind::PreciseTime),
        opt("created_by_ref", CREATOR),
        opt("external_references", EXTERNAL_REFERENCES),
        opt("object_marking_refs", MARKING_REFS),
        opt("granular_markings", Kind::Granular),
        opt("extensions", Kind::Extensions),
    ],
    own: &[opt("name", Kind::Text), opt("definition_type", Kind::Text), opt("definition", Kind::Definition)],
    rules: &[
        Rule::AnyOf(&["extensions", "definition"]),
        Rule::Needs("definition", "definition_type"),
        Rule::Needs("definition_type", "definition"),
    ],
};

const META_CORE: &[Property] = &[
    req("type", Kind::Checked),
    req("spec_version", Kind::Checked),
    req("id", Kind::Checked),
    req("created", Kind::PreciseTime),
    req("modified", Kind::PreciseTime),
    opt("created_by_ref", CREATOR),
    opt("revoked", Kind::Bool),
    opt("labels", TEXTS),
    opt("confidence", Kind::Int(0, 100)),
    opt("external_references", EXTERNAL_REFERENCES),
    opt("object_marking_refs", MARKING_REFS),
    opt("granular_markings", Kind::Granular),
];

pub(crate) static EXTENSION_DEFINITION: Shape = Shape {
    name: "extension-definition",
    clause: "§7.3.1",
    common: META_CORE,
    own: &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        req("schema", Kind::Text),
        req("version", Kind::Text),
        req("extension_types", Kind::List(&Kind::Closed(&vocab::EXTENSION_TYPE))),
        opt("extension_properties", TEXTS),
    ],
    rules: &[],
};

pub(crate) static LANGUAGE_CONTENT: Shape = Shape {
    name: "language-content",
    clause: "§7.1.1",
    common: META_CORE,
    own: &[
        req("object_ref", Kind::Ref(&Targets { allow: &[], deny: &["bundle", "language-content"] })),
        opt("object_modified", Kind::Time),
        req("contents", Kind::Contents),
        opt("extensions", Kind::Extensions),
    ],
    rules: &[],
};

/// `objects` is split off before a bundle is looked at, so it is not in the table's rules.
pub(crate) static BUNDLE: Shape = Shape {
    name: "bundle",
    clause: "§8.1",
    common: &[],
    own: &[req("type", Kind::Checked), req("id", Kind::Checked), opt("objects", Kind::Any)],
    rules: &[],
};
