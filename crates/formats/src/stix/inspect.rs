//! The hot path: one object's bytes in, borrowed fields and findings out.

use std::borrow::Cow;

use super::check::{Check, check_object};
use super::finding::{Finding, Findings, Place, Severity};
use super::identifier::{Identifier, is_type_name};
use super::marking::{KnownMarking, read_definition};
use super::pattern;
use super::schema::{Family, Shape, custom_shape, shape_of};
use super::sco_id;
use super::time::StixTime;
use crate::json::{Document, JsonError, Limits, Raw, Text, Value, elements, members};

/// The version of STIX an object is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpecVersion {
    /// 2.0: an object without `spec_version` that is not a cyber-observable object.
    V20,
    /// 2.1.
    V21,
}

impl SpecVersion {
    /// As TAXII and STIX write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            SpecVersion::V20 => "2.0",
            SpecVersion::V21 => "2.1",
        }
    }
}

/// Bytes that cannot be treated as a STIX object at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Not acceptable JSON.
    #[error("not usable JSON: {0}")]
    Json(#[from] JsonError),
    /// `type` is missing or no string.
    #[error("the object has no type; every STIX object names its type")]
    NoType,
    /// An envelope or bundle whose `objects` is no list.
    #[error("`objects` is not a list; a bundle or an envelope has a list of objects there")]
    NoList,
    /// `id` is missing or no string.
    #[error("the object has no id; every STIX object has one of the form type--UUID")]
    NoId,
    /// A bundle where an object was expected.
    #[error("this is a bundle, not an object; send its objects")]
    Bundle,
}

impl Unusable {
    /// Stable kebab-case name.
    pub const fn code(&self) -> &'static str {
        match self {
            Unusable::Json(_) => "json",
            Unusable::NoType => "type-missing",
            Unusable::NoList => "objects-not-a-list",
            Unusable::NoId => "id-missing",
            Unusable::Bundle => "bundle-in-place-of-object",
        }
    }
}

/// What a node wants to know about an object before it stores it. Everything borrows.
#[derive(Debug, Clone)]
pub struct Inspected<'a> {
    /// The document, for [`super::summary_of`] and [`super::references_of`] without a second parse.
    pub document: Document<'a>,
    /// `id`, the key of everything; never cut to its UUID (§2.9).
    pub id: Cow<'a, str>,
    /// `type`.
    pub object_type: Cow<'a, str>,
    /// The part of the standard the type belongs to.
    pub family: Family,
    /// Version of the standard.
    pub spec_version: SpecVersion,
    /// `created`.
    pub created: Option<StixTime<'a>>,
    /// `modified`.
    pub modified: Option<StixTime<'a>>,
    /// `revoked`; final once true.
    pub revoked: bool,
    /// `name`.
    pub name: Option<Cow<'a, str>>,
    /// `created_by_ref`.
    pub created_by_ref: Option<Cow<'a, str>>,
    /// `object_marking_refs`.
    pub object_marking_refs: Vec<Cow<'a, str>>,
    /// `marking_ref` of each granular marking.
    pub granular_marking_refs: Vec<Cow<'a, str>>,
    /// Whether there are extensions.
    pub has_extensions: bool,
    /// `confidence`; absent is not zero.
    pub confidence: Option<u8>,
    /// `pattern`.
    pub pattern: Option<Cow<'a, str>>,
    /// `pattern_type`; only `stix` is parsed here.
    pub pattern_type: Option<Cow<'a, str>>,
    /// What a marking definition says; `None` for other types.
    pub defines: Option<KnownMarking>,
    /// Everything the checks found.
    pub findings: Vec<Finding>,
}

impl<'a> Inspected<'a> {
    /// The instant that identifies the version: `modified`, else `created`; observables have none.
    pub fn version(&self) -> Option<StixTime<'a>> {
        self.modified.or(self.created)
    }

    /// The worst finding.
    pub fn severity(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }

    /// Whether the object goes to quarantine.
    pub fn is_quarantined(&self) -> bool {
        self.severity() == Some(Severity::Error)
    }
}

/// Id and meaning of a marking that these bytes define; for all other objects little more than a search.
pub fn definition_in(bytes: &[u8], limits: &Limits) -> Option<(String, KnownMarking)> {
    memchr::memmem::find(bytes, b"\"marking-definition\"")?;
    let object = inspect(bytes, limits).ok()?;
    Some((object.id.into_owned(), object.defines?))
}

/// What somebody meant who sent an object without a type.
fn no_type(document: &Document<'_>) -> Unusable {
    match document.get("objects") {
        Some(objects) if !matches!(objects, Value::Array(_)) => Unusable::NoList,
        _ => Unusable::NoType,
    }
}

/// Inspects one object: strict JSON, the fields a node indexes, and every check of the standard
/// that needs no other object.
pub fn inspect<'a>(bytes: &'a [u8], limits: &Limits) -> Result<Inspected<'a>, Unusable> {
    let document = Document::parse(bytes, limits)?;
    let fields = Fields::pick(&document);
    let object_type = fields.object_type.ok_or_else(|| no_type(&document))?;
    if object_type.is("bundle") {
        let list = matches!(document.get("objects"), None | Some(Value::Array(_)));
        return Err(if list { Unusable::Bundle } else { Unusable::NoList });
    }
    let id = fields.id.ok_or(Unusable::NoId)?;
    let (family, shape) = placed(&object_type.decode(), &fields);
    let is_sco = std::ptr::eq(shape, custom_shape(true)) || family == Family::Sco;
    let spec_version = match fields.spec_version {
        Some(text) if text.is("2.0") => SpecVersion::V20,
        None if !is_sco => SpecVersion::V20,
        _ => SpecVersion::V21,
    };
    let mut object = fields.into_object(document, object_type, id, family, spec_version);
    let mut findings = Findings::new(limits.max_findings);
    identity(&mut findings, &object, is_sco);
    let mut check = Check {
        findings: &mut findings,
        lenient: spec_version == SpecVersion::V20,
        in_container: false,
        defanged: matches!(object.document.get("defanged"), Some(Value::Bool(true))),
    };
    check_object(&mut check, &object.document, family, shape);
    version_order(&mut findings, &object);
    pattern_findings(&mut findings, &object);
    if family == Family::Sco {
        sco_id::check_id(&mut findings, &object.document, &object.object_type, &object.id);
    }
    object.findings = findings.list;
    Ok(object)
}

/// Family and shape; a custom type without `created` is taken for an observable.
fn placed(object_type: &str, fields: &Fields<'_>) -> (Family, &'static Shape) {
    shape_of(object_type).unwrap_or_else(|| (Family::Custom, custom_shape(fields.created.is_none())))
}

/// The members a node indexes, picked in one walk over the index of the document.
#[derive(Default)]
struct Fields<'a> {
    object_type: Option<Text<'a>>,
    id: Option<Text<'a>>,
    spec_version: Option<Text<'a>>,
    created: Option<Text<'a>>,
    modified: Option<Text<'a>>,
    name: Option<Text<'a>>,
    created_by_ref: Option<Text<'a>>,
    pattern: Option<Text<'a>>,
    pattern_type: Option<Text<'a>>,
    revoked: bool,
    has_extensions: bool,
    confidence: Option<u8>,
    object_markings: Option<Raw<'a>>,
    granular_markings: Option<Raw<'a>>,
}

impl<'a> Fields<'a> {
    fn pick(document: &Document<'a>) -> Self {
        let mut fields = Self::default();
        for member in document.members() {
            let (Some(key), value) = (member.key.plain(), member.value) else { continue };
            match key {
                "type" => fields.object_type = value.text(),
                "id" => fields.id = value.text(),
                "spec_version" => fields.spec_version = value.text(),
                "created" => fields.created = value.text(),
                "modified" => fields.modified = value.text(),
                "name" => fields.name = value.text(),
                "created_by_ref" => fields.created_by_ref = value.text(),
                "pattern" => fields.pattern = value.text(),
                "pattern_type" => fields.pattern_type = value.text(),
                "revoked" => fields.revoked = matches!(value, Value::Bool(true)),
                "extensions" => fields.has_extensions = true,
                "confidence" => {
                    if let Value::Number(number) = value {
                        fields.confidence = number.parse().ok().filter(|level| *level <= 100);
                    }
                }
                "object_marking_refs" => {
                    if let Value::Array(raw) = value {
                        fields.object_markings = Some(raw);
                    }
                }
                "granular_markings" => {
                    if let Value::Array(raw) = value {
                        fields.granular_markings = Some(raw);
                    }
                }
                _ => {}
            }
        }
        fields
    }

    fn into_object(
        self,
        document: Document<'a>,
        object_type: Text<'a>,
        id: Text<'a>,
        family: Family,
        spec_version: SpecVersion,
    ) -> Inspected<'a> {
        let decode = |text: Option<Text<'a>>| text.map(|text| text.decode());
        let time = |text: Option<Text<'a>>| text.and_then(|text| text.plain()).and_then(StixTime::parse);
        let is_marking = object_type.is("marking-definition");
        Inspected {
            id: id.decode(),
            object_type: object_type.decode(),
            family,
            spec_version,
            created: time(self.created),
            modified: time(self.modified),
            revoked: self.revoked,
            name: decode(self.name),
            created_by_ref: decode(self.created_by_ref),
            object_marking_refs: self.object_markings.map(marking_refs).unwrap_or_default(),
            granular_marking_refs: self.granular_markings.map(granular_refs).unwrap_or_default(),
            has_extensions: self.has_extensions,
            confidence: self.confidence,
            pattern: decode(self.pattern),
            pattern_type: decode(self.pattern_type),
            defines: is_marking.then(|| read_definition(&document)),
            findings: Vec::new(),
            document,
        }
    }
}

fn marking_refs(raw: Raw<'_>) -> Vec<Cow<'_, str>> {
    elements(raw).filter_map(|value| value.text()).map(|text| text.decode()).collect()
}

fn granular_refs(raw: Raw<'_>) -> Vec<Cow<'_, str>> {
    elements(raw)
        .filter_map(|value| if let Value::Object(marking) = value { Some(marking) } else { None })
        .filter_map(|marking| members(marking).find(|(key, _)| key.is("marking_ref")))
        .filter_map(|(_, value)| value.text())
        .map(|text| text.decode())
        .collect()
}

/// Type, id and version of the standard (§2.9, §3.1, §3.2).
fn identity(findings: &mut Findings, object: &Inspected<'_>, is_sco: bool) {
    let root = Place::Root;
    if !is_type_name(&object.object_type) {
        let message = "a type name is made of lower-case letters, digits and single hyphens (3 to 250)";
        findings.add(Severity::Error, &root.key("type"), "§3.1", "type-name", message);
    }
    match Identifier::parse(&object.id) {
        Err(fault) => {
            findings.add(Severity::Error, &root.key("id"), "§2.9", "identifier-form", fault.to_string())
        }
        Ok(id) if id.object_type != object.object_type => {
            let message =
                format!("the id names the type {}, the object is a {}", id.object_type, object.object_type);
            findings.add(Severity::Error, &root.key("id"), "§2.9", "identifier-type", message);
        }
        Ok(_) => {}
    }
    let version = object.document.get("spec_version");
    match version {
        Some(Value::Text(text)) if text.is("2.1") => {}
        None if is_sco => {}
        None => {
            let message = "no spec_version: taken for STIX 2.0, checked leniently and kept as received";
            findings.add(Severity::Warning, &root, "§3.2", "stix-2.0", message);
        }
        Some(Value::Text(text)) if text.is("2.0") => {
            let message = "a STIX 2.0 object: checked leniently and kept as received";
            findings.add(Severity::Warning, &root.key("spec_version"), "§3.2", "stix-2.0", message);
        }
        Some(_) => {
            let message = "spec_version must be \"2.1\"";
            findings.add(Severity::Error, &root.key("spec_version"), "§3.2", "spec-version", message);
        }
    }
    if object.family == Family::Custom && !object.has_extensions {
        let message = format!("{} is not a type of the standard", object.object_type);
        findings.add(Severity::Info, &root.key("type"), "§11.2", "custom-object", message);
    }
}

/// `modified` is not before `created` (§3.2).
fn version_order(findings: &mut Findings, object: &Inspected<'_>) {
    if let (Some(created), Some(modified)) = (object.created, object.modified)
        && modified < created
    {
        let message = "modified must not be before created";
        findings.add(Severity::Error, &Place::Root.key("modified"), "§3.2", "time-order", message);
    }
}

/// The pattern of an indicator, when it is written in the language of the standard (§9).
fn pattern_findings(findings: &mut Findings, object: &Inspected<'_>) {
    let (Some(text), Some("stix")) = (&object.pattern, object.pattern_type.as_deref()) else { return };
    if object.object_type != "indicator" {
        return;
    }
    let place = Place::Root.key("pattern");
    match pattern::parse(text) {
        Err(error) => {
            // Patterns of STIX 2.0 lack the t before timestamps and are not held against the object.
            let severity =
                if object.spec_version == SpecVersion::V20 { Severity::Warning } else { Severity::Error };
            findings.add(severity, &place, "§9", "pattern-syntax", error.to_string());
        }
        Ok(parsed) => {
            for remark in pattern::remarks(&parsed) {
                findings.add(Severity::Warning, &place, remark.clause(), remark.code(), remark.to_string());
            }
        }
    }
}
