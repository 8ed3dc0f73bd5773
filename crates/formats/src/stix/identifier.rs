//! STIX identifiers: `object-type--UUID` (STIX 2.1 §2.9).

use uuid::Uuid;

/// An identifier taken apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Identifier<'a> {
    /// The type before `--`.
    pub object_type: &'a str,
    /// The UUID; any RFC 4122 version is accepted.
    pub uuid: Uuid,
}

/// Why a text is no identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierFault {
    /// There is no `--`.
    #[error("an identifier has the form type--UUID")]
    Form,
    /// The type is not a type name.
    #[error("the part before -- is not a type name (a-z, 0-9, hyphens, 3 to 250 characters)")]
    Type,
    /// The UUID is not one.
    #[error("the part after -- is not a UUID in hyphenated form")]
    Uuid,
}

impl<'a> Identifier<'a> {
    /// Takes an identifier apart.
    pub fn parse(text: &'a str) -> Result<Self, IdentifierFault> {
        // The UUID has a fixed length, so cut from the end: a type may itself end in a hyphen.
        let cut = text.len().checked_sub(38).ok_or(IdentifierFault::Form)?;
        let (object_type, tail) = text.split_at_checked(cut).ok_or(IdentifierFault::Form)?;
        let digits = tail.strip_prefix("--").ok_or(IdentifierFault::Form)?;
        if !is_type_name(object_type) {
            return Err(IdentifierFault::Type);
        }
        let hyphenated = digits.bytes().filter(|byte| *byte == b'-').count() == 4;
        match Uuid::try_parse(digits) {
            Ok(uuid) if hyphenated => Ok(Self { object_type, uuid }),
            _ => Err(IdentifierFault::Uuid),
        }
    }
}

/// Type-name grammar (§3.1): lower-case words with single hyphens; a trailing hyphen is tolerated
/// because the OASIS schemas tolerate it.
pub fn is_type_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    (3..=250).contains(&bytes.len())
        && bytes[0].is_ascii_lowercase()
        && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-')
        && !bytes.windows(2).any(|two| two == b"--")
}

/// Property-name grammar (§3.1): a–z, 0–9 and underscore, 3 to 250 characters; `id` is the exception.
pub fn is_property_name(name: &str) -> bool {
    let bytes = name.as_bytes();
    name == "id"
        || ((3..=250).contains(&bytes.len())
            && bytes[0].is_ascii_lowercase()
            && bytes.iter().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_taken_apart() {
        let id = Identifier::parse("x-acme--thing--00000000-0000-4000-8000-000000000001");
        assert_eq!(id, Err(IdentifierFault::Type));
        let id = Identifier::parse("indicator--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f").expect("valid");
        assert_eq!((id.object_type, id.uuid.get_version_num()), ("indicator", 4));
        assert_eq!(
            Identifier::parse("indicator--8e2e2d2b17d44cbf938f98ee46b3cd3f"),
            Err(IdentifierFault::Form)
        );
        assert_eq!(
            Identifier::parse("indicator-8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"),
            Err(IdentifierFault::Form)
        );
        assert_eq!(
            Identifier::parse("indicator--ge2e2d2b-17d4-4cbf-938f-98ee46b3cd3f"),
            Err(IdentifierFault::Uuid)
        );
        assert_eq!(Identifier::parse("é--8e2e2d2b-17d4-4cbf-938f-98ee46b3cd3"), Err(IdentifierFault::Form));
        assert_eq!(Identifier::parse(""), Err(IdentifierFault::Form));
    }
}
