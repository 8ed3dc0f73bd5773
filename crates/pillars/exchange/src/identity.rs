//! Who an object is: the few fields a fold or a page needs, read from stored bytes without building anything.

use std::borrow::Cow;

use formats::json::{Document, Limits, Text};
use formats::stix::StixTime;

/// Identity of one stored STIX object.
#[derive(Debug)]
pub(crate) struct Identity<'a> {
    pub id: Cow<'a, str>,
    modified: Option<Cow<'a, str>>,
    created: Option<Cow<'a, str>>,
    spec_version: Option<Cow<'a, str>>,
    language: Option<Cow<'a, str>>,
}

impl<'a> Identity<'a> {
    /// Reads stored bytes whoever wrote them: nothing where they are not one object within the limits of the intake.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        let document = Document::parse(bytes, &Limits::default()).ok()?;
        let mut identity = Self::nobody();
        for member in document.members() {
            if let Some(text) = member.value.text() {
                identity.take(member.key.raw(), text);
            }
        }
        identity.named()
    }

    /// The same for bytes that this node validated when they came in: stops at the last field it needs.
    pub fn of_validated(bytes: &'a [u8]) -> Option<Self> {
        let mut identity = Self::nobody();
        for (name, value) in formats::json::members(formats::json::Raw::validated(bytes)?) {
            let Some(text) = value.text() else { continue };
            identity.take(name.raw(), text);
            if identity.modified.is_some() && !identity.id.is_empty() && identity.spec_version.is_some() {
                break;
            }
        }
        identity.named()
    }

    const fn nobody() -> Self {
        Self { id: Cow::Borrowed(""), modified: None, created: None, spec_version: None, language: None }
    }

    fn take(&mut self, name: &str, text: Text<'a>) {
        match name {
            "id" => self.id = text.decode(),
            "modified" => self.modified = Some(text.decode()),
            "created" => self.created = Some(text.decode()),
            "lang" => self.language = Some(text.decode()),
            "spec_version" => self.spec_version = Some(text.decode()),
            _ => {}
        }
    }

    fn named(self) -> Option<Self> {
        (!self.id.is_empty()).then_some(self)
    }

    /// The text of the version: `modified`, else `created`; observables have none.
    pub fn version_text(&self) -> Option<&str> {
        self.modified.as_deref().or(self.created.as_deref())
    }

    /// The instant of the version in µs, or [`UNVERSIONED`].
    pub fn version_us(&self) -> i64 {
        self.version_text().and_then(StixTime::parse).map_or(UNVERSIONED, |time| time.micros())
    }

    /// The language of its words, BCP 47: English where it says nothing (STIX 2.1 §3.2).
    pub fn language(&self) -> &str {
        self.language.as_deref().unwrap_or("en")
    }

    /// The specification version; an observable without one is 2.1.
    pub fn spec_version(&self) -> &str {
        self.spec_version.as_deref().unwrap_or("2.1")
    }
}

/// The version of an object that has neither `modified` nor `created`.
pub(crate) const UNVERSIONED: i64 = i64::MIN;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_reading_of_validated_bytes_says_what_the_full_one_says() {
        let objects: [&[u8]; 4] = [
            br#"{"type":"indicator","spec_version":"2.1","id":"indicator--1","created":"2026-01-01T00:00:00Z",
                 "modified":"2026-02-01T00:00:00.5Z","name":"a \"b\" {"}"#,
            br#"{"extensions":{"id":"no","modified":"no"},"created":"2026-01-01T00:00:00Z","id":"marking-definition--2"}"#,
            br#"{"modified":"2026-02-01T00:00:00Z","labels":["id","x"],"id":"malware--3","spec_version":"2.0"}"#,
            br#"{"type":"ipv4-addr","id":"ipv4-addr--4","value":"192.0.2.1"}"#,
        ];
        for bytes in objects {
            let (short, full) = (Identity::of_validated(bytes), Identity::read(bytes));
            let (short, full) = (short.expect("an identity"), full.expect("an identity"));
            assert_eq!(short.id, full.id);
            assert_eq!(short.version_us(), full.version_us());
            assert_eq!(short.spec_version(), full.spec_version());
        }
    }
}
