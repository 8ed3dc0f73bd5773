//! The vocabulary in which the tables are written.

/// What a value must be.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Any string.
    Text,
    /// A string without grammar of its own that names the object's type or id; checked elsewhere.
    Checked,
    Bool,
    /// Integer within bounds.
    Int(i64, i64),
    /// Number within bounds.
    Float(f64, f64),
    /// Timestamp (§2.16).
    Time,
    /// Timestamp with at least milliseconds (`created`, `modified`).
    PreciseTime,
    /// Timestamp that must not have a fraction (PE header).
    WholeTime,
    /// Identifier of an object of certain types (§2.9).
    Ref(&'static Targets),
    /// Word of an open vocabulary.
    Open(&'static Vocab),
    /// Word of an enumeration.
    Closed(&'static Vocab),
    /// Non-empty list (§2.12).
    List(&'static Kind),
    /// Dictionary with free keys (§2.3).
    Dict(&'static Kind),
    /// Hashes (§2.7).
    Hashes,
    /// Base64 (§2.1).
    Binary,
    /// Hexadecimal (§2.8).
    Hex,
    /// Language code (RFC 5646).
    Lang,
    /// URL (RFC 3986).
    Url,
    /// CPE 2.3 name.
    Cpe,
    /// Registry key with its hive written out (§6.17.1).
    RegistryKey,
    /// IPv4 or IPv6 address or CIDR block; MAC address; domain name; e-mail address.
    Ipv4,
    Ipv6,
    Mac,
    Domain,
    Email,
    /// Relationship type (§5.1.2).
    RelationshipType,
    /// An embedded type.
    Object(&'static Shape),
    /// `extensions` (§3.2, §7.3).
    Extensions,
    /// `granular_markings` (§7.2.3): shape here, selectors in a rule of their own.
    Granular,
    /// `objects` of observed-data (§2.13, deprecated).
    Container,
    /// `contents` of language-content (§7.1.1).
    Contents,
    /// `definition` of marking-definition (§7.2.1).
    Definition,
    /// Anything but null, empty lists and empty objects.
    Any,
}

/// The types an identifier may point to. Both empty: any.
#[derive(Debug)]
pub(crate) struct Targets {
    pub allow: &'static [&'static str],
    pub deny: &'static [&'static str],
}

impl Targets {
    pub(crate) const ANY: Targets = Targets { allow: &[], deny: &["bundle"] };

    pub(crate) const fn only(allow: &'static [&'static str]) -> Self {
        Self { allow, deny: &[] }
    }

    pub(crate) fn admits(&self, object_type: &str) -> bool {
        (self.allow.is_empty() || self.allow.contains(&object_type)) && !self.deny.contains(&object_type)
    }
}

/// A vocabulary or enumeration.
#[derive(Debug)]
pub(crate) struct Vocab {
    pub name: &'static str,
    pub clause: &'static str,
    pub words: &'static [&'static str],
}

/// One row of a property table.
#[derive(Debug)]
pub(crate) struct Property {
    pub name: &'static str,
    pub kind: Kind,
    pub required: bool,
}

/// A required property.
pub(crate) const fn req(name: &'static str, kind: Kind) -> Property {
    Property { name, kind, required: true }
}

/// An optional property.
pub(crate) const fn opt(name: &'static str, kind: Kind) -> Property {
    Property { name, kind, required: false }
}

/// A type: its property table and the rules between properties.
#[derive(Debug)]
pub(crate) struct Shape {
    pub name: &'static str,
    /// Section with the property table.
    pub clause: &'static str,
    pub common: &'static [Property],
    pub own: &'static [Property],
    pub rules: &'static [Rule],
}

impl Shape {
    /// An embedded type without common properties.
    pub(crate) const fn part(
        name: &'static str,
        clause: &'static str,
        own: &'static [Property],
        rules: &'static [Rule],
    ) -> Self {
        Self { name, clause, common: &[], own, rules }
    }

    /// A property and its number within the shape.
    pub(crate) fn find(&self, key: &str) -> Option<(usize, &'static Property)> {
        let own = self.own.iter().position(|property| property.name == key);
        if let Some(at) = own {
            return Some((self.common.len() + at, &self.own[at]));
        }
        let at = self.common.iter().position(|property| property.name == key)?;
        Some((at, &self.common[at]))
    }

    pub(crate) fn properties(&self) -> impl Iterator<Item = &'static Property> {
        self.common.iter().chain(self.own)
    }
}

/// A rule between properties of one object.
#[derive(Debug)]
pub(crate) enum Rule {
    /// At least one of these is present.
    AnyOf(&'static [&'static str]),
    /// Exactly one of these is present.
    OneOf(&'static [&'static str]),
    /// The first needs the second.
    Needs(&'static str, &'static str),
    /// The first time is not before the second.
    NotBefore(&'static str, &'static str),
    /// The first time is after the second.
    After(&'static str, &'static str),
    /// When the flag has this value, the property must be present.
    FlagNeeds(&'static str, bool, &'static str),
    /// When the flag has this value, the property must be absent.
    FlagForbids(&'static str, bool, &'static str),
}

impl Rule {
    /// The properties that the rule names.
    #[cfg(test)]
    pub(crate) fn properties(&self) -> Vec<&'static str> {
        match self {
            Rule::AnyOf(names) | Rule::OneOf(names) => names.to_vec(),
            Rule::Needs(a, b) | Rule::NotBefore(a, b) | Rule::After(a, b) => vec![a, b],
            Rule::FlagNeeds(a, _, b) | Rule::FlagForbids(a, _, b) => vec![a, b],
        }
    }
}
