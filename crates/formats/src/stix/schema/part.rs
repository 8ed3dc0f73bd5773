//! Common properties (§3.2) and embedded types (§2.5, §2.11, §6.6.2, §6.17.2, §6.18.2, §7.2.3).

use super::kind::{Kind, Property, Rule, Shape, Targets, opt, req};
use super::vocab;

pub(crate) const COUNT: Kind = Kind::Int(0, 9_007_199_254_740_991);
pub(crate) const INT: Kind = Kind::Int(-9_007_199_254_740_991, 9_007_199_254_740_991);
pub(crate) const TEXTS: Kind = Kind::List(&Kind::Text);

const IDENTITY: Targets = Targets::only(&["identity"]);
const MARKING: Targets = Targets::only(&["marking-definition"]);
pub(crate) const MARKING_REFS: Kind = Kind::List(&Kind::Ref(&MARKING));
pub(crate) const CREATOR: Kind = Kind::Ref(&IDENTITY);
pub(crate) const EXTERNAL_REFERENCES: Kind = Kind::List(&Kind::Object(&EXTERNAL_REFERENCE));
pub(crate) const KILL_CHAIN_PHASES: Kind = Kind::List(&Kind::Object(&KILL_CHAIN_PHASE));

/// SDOs and SROs.
pub(crate) const CORE: &[Property] = &[
    req("type", Kind::Checked),
    req("spec_version", Kind::Checked),
    req("id", Kind::Checked),
    req("created", Kind::PreciseTime),
    req("modified", Kind::PreciseTime),
    opt("created_by_ref", CREATOR),
    opt("revoked", Kind::Bool),
    opt("labels", TEXTS),
    opt("confidence", Kind::Int(0, 100)),
    opt("lang", Kind::Lang),
    opt("external_references", EXTERNAL_REFERENCES),
    opt("object_marking_refs", MARKING_REFS),
    opt("granular_markings", Kind::Granular),
    opt("extensions", Kind::Extensions),
];

/// SCOs.
pub(crate) const SCO_CORE: &[Property] = &[
    req("type", Kind::Checked),
    opt("spec_version", Kind::Checked),
    req("id", Kind::Checked),
    opt("object_marking_refs", MARKING_REFS),
    opt("granular_markings", Kind::Granular),
    opt("defanged", Kind::Bool),
    opt("extensions", Kind::Extensions),
];

pub(crate) static EXTERNAL_REFERENCE: Shape = Shape::part(
    "external-reference",
    "§2.5",
    &[
        req("source_name", Kind::Text),
        opt("description", Kind::Text),
        opt("url", Kind::Url),
        opt("hashes", Kind::Hashes),
        opt("external_id", Kind::Text),
    ],
    &[Rule::AnyOf(&["description", "url", "external_id"])],
);

pub(crate) static KILL_CHAIN_PHASE: Shape = Shape::part(
    "kill-chain-phase",
    "§2.11",
    &[req("kill_chain_name", Kind::Text), req("phase_name", Kind::Text)],
    &[],
);

pub(crate) static GRANULAR_MARKING: Shape = Shape::part(
    "granular-marking",
    "§7.2.3",
    &[opt("lang", Kind::Lang), opt("marking_ref", Kind::Ref(&MARKING)), req("selectors", TEXTS)],
    &[Rule::OneOf(&["lang", "marking_ref"])],
);

pub(crate) static MIME_PART: Shape = Shape::part(
    "mime-part-type",
    "§6.6.2",
    &[
        opt("body", Kind::Text),
        opt("body_raw_ref", Kind::Ref(&Targets::only(&["artifact", "file"]))),
        opt("content_type", Kind::Text),
        opt("content_disposition", Kind::Text),
    ],
    &[Rule::OneOf(&["body", "body_raw_ref"])],
);

pub(crate) static REGISTRY_VALUE: Shape = Shape::part(
    "windows-registry-value-type",
    "§6.17.2",
    &[
        opt("name", Kind::Text),
        opt("data", Kind::Text),
        opt("data_type", Kind::Closed(&vocab::WINDOWS_REGISTRY_DATATYPE)),
    ],
    &[Rule::AnyOf(&["name", "data", "data_type"])],
);

pub(crate) static X509_V3: Shape = Shape::part(
    "x509-v3-extensions-type",
    "§6.18.2",
    &[
        opt("basic_constraints", Kind::Text),
        opt("name_constraints", Kind::Text),
        opt("policy_constraints", Kind::Text),
        opt("key_usage", Kind::Text),
        opt("extended_key_usage", Kind::Text),
        opt("subject_key_identifier", Kind::Text),
        opt("authority_key_identifier", Kind::Text),
        opt("subject_alternative_name", Kind::Text),
        opt("issuer_alternative_name", Kind::Text),
        opt("subject_directory_attributes", Kind::Text),
        opt("crl_distribution_points", Kind::Text),
        opt("inhibit_any_policy", Kind::Text),
        opt("private_key_usage_period_not_before", Kind::Time),
        opt("private_key_usage_period_not_after", Kind::Time),
        opt("certificate_policies", Kind::Text),
        opt("policy_mappings", Kind::Text),
    ],
    &[],
);
