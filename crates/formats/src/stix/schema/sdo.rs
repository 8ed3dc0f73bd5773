//! Domain objects (§4).

use super::kind::{Kind, Property, Rule, Shape, Targets, opt, req};
use super::part::{CORE, KILL_CHAIN_PHASES, TEXTS};
use super::vocab;

const SEEN: &[Rule] = &[Rule::NotBefore("last_seen", "first_seen")];
const ANY_REFS: Kind = Kind::List(&Kind::Ref(&Targets::ANY));
const SOFTWARE: Targets = Targets::only(&["software"]);

const fn sdo(
    name: &'static str,
    clause: &'static str,
    own: &'static [Property],
    rules: &'static [Rule],
) -> Shape {
    Shape { name, clause, common: CORE, own, rules }
}

pub(crate) static CUSTOM: Shape = sdo("custom object", "§3.2", &[], &[]);

static ATTACK_PATTERN: Shape = sdo(
    "attack-pattern",
    "§4.1.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("aliases", TEXTS),
        opt("kill_chain_phases", KILL_CHAIN_PHASES),
    ],
    &[],
);

static CAMPAIGN: Shape = sdo(
    "campaign",
    "§4.2.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("aliases", TEXTS),
        opt("first_seen", Kind::Time),
        opt("last_seen", Kind::Time),
        opt("objective", Kind::Text),
    ],
    SEEN,
);

static COURSE_OF_ACTION: Shape = sdo(
    "course-of-action",
    "§4.3.1",
    &[req("name", Kind::Text), opt("description", Kind::Text), opt("action", Kind::Any)],
    &[],
);

static GROUPING: Shape = sdo(
    "grouping",
    "§4.4.1",
    &[
        opt("name", Kind::Text),
        opt("description", Kind::Text),
        req("context", Kind::Open(&vocab::GROUPING_CONTEXT)),
        req("object_refs", ANY_REFS),
    ],
    &[],
);

static IDENTITY: Shape = sdo(
    "identity",
    "§4.5.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("roles", TEXTS),
        opt("identity_class", Kind::Open(&vocab::IDENTITY_CLASS)),
        opt("sectors", Kind::List(&Kind::Open(&vocab::INDUSTRY_SECTOR))),
        opt("contact_information", Kind::Text),
    ],
    &[],
);

static INCIDENT: Shape =
    sdo("incident", "§4.6.1", &[req("name", Kind::Text), opt("description", Kind::Text)], &[]);

static INDICATOR: Shape = sdo(
    "indicator",
    "§4.7.1",
    &[
        opt("name", Kind::Text),
        opt("description", Kind::Text),
        opt("indicator_types", Kind::List(&Kind::Open(&vocab::INDICATOR_TYPE))),
        req("pattern", Kind::Text),
        req("pattern_type", Kind::Open(&vocab::PATTERN_TYPE)),
        opt("pattern_version", Kind::Text),
        req("valid_from", Kind::Time),
        opt("valid_until", Kind::Time),
        opt("kill_chain_phases", KILL_CHAIN_PHASES),
    ],
    &[Rule::After("valid_until", "valid_from")],
);

static INFRASTRUCTURE: Shape = sdo(
    "infrastructure",
    "§4.8.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("infrastructure_types", Kind::List(&Kind::Open(&vocab::INFRASTRUCTURE_TYPE))),
        opt("aliases", TEXTS),
        opt("kill_chain_phases", KILL_CHAIN_PHASES),
        opt("first_seen", Kind::Time),
        opt("last_seen", Kind::Time),
    ],
    SEEN,
);

static INTRUSION_SET: Shape = sdo(
    "intrusion-set",
    "§4.9.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("aliases", TEXTS),
        opt("first_seen", Kind::Time),
        opt("last_seen", Kind::Time),
        opt("goals", TEXTS),
        opt("resource_level", Kind::Open(&vocab::ATTACK_RESOURCE_LEVEL)),
        opt("primary_motivation", Kind::Open(&vocab::ATTACK_MOTIVATION)),
        opt("secondary_motivations", Kind::List(&Kind::Open(&vocab::ATTACK_MOTIVATION))),
    ],
    SEEN,
);

static LOCATION: Shape = sdo(
    "location",
    "§4.10.1",
    &[
        opt("name", Kind::Text),
        opt("description", Kind::Text),
        opt("latitude", Kind::Float(-90.0, 90.0)),
        opt("longitude", Kind::Float(-180.0, 180.0)),
        opt("precision", Kind::Float(0.0, f64::MAX)),
        opt("region", Kind::Open(&vocab::REGION)),
        opt("country", Kind::Text),
        opt("administrative_area", Kind::Text),
        opt("city", Kind::Text),
        opt("street_address", Kind::Text),
        opt("postal_code", Kind::Text),
    ],
    &[
        Rule::AnyOf(&["region", "country", "latitude", "longitude"]),
        Rule::Needs("latitude", "longitude"),
        Rule::Needs("longitude", "latitude"),
        Rule::Needs("precision", "latitude"),
    ],
);

static MALWARE: Shape = sdo(
    "malware",
    "§4.11.1",
    &[
        opt("name", Kind::Text),
        opt("description", Kind::Text),
        opt("malware_types", Kind::List(&Kind::Open(&vocab::MALWARE_TYPE))),
        req("is_family", Kind::Bool),
        opt("aliases", TEXTS),
        opt("kill_chain_phases", KILL_CHAIN_PHASES),
        opt("first_seen", Kind::Time),
        opt("last_seen", Kind::Time),
        opt("operating_system_refs", Kind::List(&Kind::Ref(&SOFTWARE))),
        opt("architecture_execution_envs", Kind::List(&Kind::Open(&vocab::PROCESSOR_ARCHITECTURE))),
        opt("implementation_languages", Kind::List(&Kind::Open(&vocab::IMPLEMENTATION_LANGUAGE))),
        opt("capabilities", Kind::List(&Kind::Open(&vocab::MALWARE_CAPABILITIES))),
        opt("sample_refs", Kind::List(&Kind::Ref(&Targets::only(&["artifact", "file"])))),
    ],
    &[Rule::NotBefore("last_seen", "first_seen"), Rule::FlagNeeds("is_family", true, "name")],
);

static MALWARE_ANALYSIS: Shape = sdo(
    "malware-analysis",
    "§4.12.1",
    &[
        req("product", Kind::Text),
        opt("version", Kind::Text),
        opt("host_vm_ref", Kind::Ref(&SOFTWARE)),
        opt("operating_system_ref", Kind::Ref(&SOFTWARE)),
        opt("installed_software_refs", Kind::List(&Kind::Ref(&SOFTWARE))),
        opt("configuration_version", Kind::Text),
        opt("modules", TEXTS),
        opt("analysis_engine_version", Kind::Text),
        opt("analysis_definition_version", Kind::Text),
        opt("submitted", Kind::Time),
        opt("analysis_started", Kind::Time),
        opt("analysis_ended", Kind::Time),
        opt("result_name", Kind::Text),
        opt("result", Kind::Open(&vocab::MALWARE_RESULT)),
        opt("analysis_sco_refs", ANY_REFS),
        opt("sample_ref", Kind::Ref(&Targets::only(&["file", "artifact", "network-traffic"]))),
    ],
    &[Rule::AnyOf(&["result", "analysis_sco_refs"]), Rule::NotBefore("analysis_ended", "analysis_started")],
);

static NOTE: Shape = sdo(
    "note",
    "§4.13.1",
    &[
        opt("abstract", Kind::Text),
        req("content", Kind::Text),
        opt("authors", TEXTS),
        req("object_refs", ANY_REFS),
    ],
    &[],
);

static OBSERVED_DATA: Shape = sdo(
    "observed-data",
    "§4.14.1",
    &[
        req("first_observed", Kind::Time),
        req("last_observed", Kind::Time),
        req("number_observed", Kind::Int(1, 999_999_999)),
        opt("objects", Kind::Container),
        opt("object_refs", ANY_REFS),
    ],
    &[Rule::NotBefore("last_observed", "first_observed"), Rule::OneOf(&["objects", "object_refs"])],
);

static OPINION: Shape = sdo(
    "opinion",
    "§4.15.1",
    &[
        opt("explanation", Kind::Text),
        opt("authors", TEXTS),
        req("opinion", Kind::Closed(&vocab::OPINION)),
        req("object_refs", ANY_REFS),
    ],
    &[],
);

static REPORT: Shape = sdo(
    "report",
    "§4.16.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("report_types", Kind::List(&Kind::Open(&vocab::REPORT_TYPE))),
        req("published", Kind::Time),
        req("object_refs", ANY_REFS),
    ],
    &[],
);

static THREAT_ACTOR: Shape = sdo(
    "threat-actor",
    "§4.17.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("threat_actor_types", Kind::List(&Kind::Open(&vocab::THREAT_ACTOR_TYPE))),
        opt("aliases", TEXTS),
        opt("first_seen", Kind::Time),
        opt("last_seen", Kind::Time),
        opt("roles", Kind::List(&Kind::Open(&vocab::THREAT_ACTOR_ROLE))),
        opt("goals", TEXTS),
        opt("sophistication", Kind::Open(&vocab::THREAT_ACTOR_SOPHISTICATION)),
        opt("resource_level", Kind::Open(&vocab::ATTACK_RESOURCE_LEVEL)),
        opt("primary_motivation", Kind::Open(&vocab::ATTACK_MOTIVATION)),
        opt("secondary_motivations", Kind::List(&Kind::Open(&vocab::ATTACK_MOTIVATION))),
        opt("personal_motivations", Kind::List(&Kind::Open(&vocab::ATTACK_MOTIVATION))),
    ],
    SEEN,
);

static TOOL: Shape = sdo(
    "tool",
    "§4.18.1",
    &[
        req("name", Kind::Text),
        opt("description", Kind::Text),
        opt("tool_types", Kind::List(&Kind::Open(&vocab::TOOL_TYPE))),
        opt("aliases", TEXTS),
        opt("kill_chain_phases", KILL_CHAIN_PHASES),
        opt("tool_version", Kind::Text),
    ],
    &[],
);

static VULNERABILITY: Shape =
    sdo("vulnerability", "§4.19.1", &[req("name", Kind::Text), opt("description", Kind::Text)], &[]);

/// The shape of a domain object.
pub(crate) fn shape(object_type: &str) -> Option<&'static Shape> {
    Some(match object_type {
        "attack-pattern" => &ATTACK_PATTERN,
        "campaign" => &CAMPAIGN,
        "course-of-action" => &COURSE_OF_ACTION,
        "grouping" => &GROUPING,
        "identity" => &IDENTITY,
        "incident" => &INCIDENT,
        "indicator" => &INDICATOR,
        "infrastructure" => &INFRASTRUCTURE,
        "intrusion-set" => &INTRUSION_SET,
        "location" => &LOCATION,
        "malware" => &MALWARE,
        "malware-analysis" => &MALWARE_ANALYSIS,
        "note" => &NOTE,
        "observed-data" => &OBSERVED_DATA,
        "opinion" => &OPINION,
        "report" => &REPORT,
        "threat-actor" => &THREAT_ACTOR,
        "tool" => &TOOL,
        "vulnerability" => &VULNERABILITY,
        _ => return None,
    })
}
