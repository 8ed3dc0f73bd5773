//! Who an object is: the few fields a fold or a page needs, read from stored bytes without building anything.

use std::borrow::Cow;

use formats::stix::StixTime;
use serde::Deserialize;

/// Identity of one stored STIX object.
#[derive(Debug, Deserialize)]
pub(crate) struct Identity<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow, default)]
    modified: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    created: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    spec_version: Option<Cow<'a, str>>,
}

impl<'a> Identity<'a> {
    /// Reads stored bytes; they were inspected when they came in, so failure means a damaged or foreign body.
    pub fn read(bytes: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The text of the version: `modified`, else `created`; observables have none.
    pub fn version_text(&self) -> Option<&str> {
        self.modified.as_deref().or(self.created.as_deref())
    }

    /// The instant of the version in µs, or [`UNVERSIONED`].
    pub fn version_us(&self) -> i64 {
        self.version_text().and_then(StixTime::parse).map_or(UNVERSIONED, |time| time.micros())
    }

    /// The specification version; an observable without one is 2.1.
    pub fn spec_version(&self) -> &str {
        self.spec_version.as_deref().unwrap_or("2.1")
    }
}

/// The version of an object that has neither `modified` nor `created`.
pub(crate) const UNVERSIONED: i64 = i64::MIN;
