//! The shapes of the answers.

use model::{Marking, Timestamp};
use records::Marked;
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::search::{Explained, Fate, Found, Listing, Origin, Outside, Statement, origin};

/// One object in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectItem {
    id: String,
    #[serde(rename = "type")]
    object_type: String,
    title: String,
    /// `modified`, else `created`; empty for observables.
    version: String,
    /// Marking in force, such as `TLP:AMBER`; null when there is none that this node knows.
    tlp: Option<String>,
    pap: Option<String>,
    /// `party:<32 hex digits>`.
    author: String,
    /// Agreements it is published under.
    under: Vec<String>,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    stated_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
}

/// One page of objects.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectList {
    /// True when `next` leads on.
    more: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    objects: Vec<ObjectItem>,
}

/// One party's statement of an object.
#[derive(Debug, Serialize, ToSchema)]
pub struct StatementItem {
    /// `record:<64 hex digits>`.
    record: String,
    version: String,
    author: String,
    tlp: Option<String>,
    pap: Option<String>,
    /// Where the marking comes from: `document`, `gate`, `narrowed` or `nowhere`.
    marking_from: &'static str,
    under: Vec<String>,
    /// SHA-256 of the object's bytes, lower-case hexadecimal.
    sha256: String,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    stated_at: Timestamp,
    /// RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    received_at: Timestamp,
    /// The object, byte for byte.
    #[schema(value_type = Object)]
    object: Option<Box<RawValue>>,
}

/// One object over its statements.
#[derive(Debug, Serialize, ToSchema)]
pub struct ObjectDetail {
    id: String,
    /// Newest version first.
    statements: Vec<StatementItem>,
}

/// What became of the object on its way to one receiver.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseItem {
    /// The party, when the receiver is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    party: Option<String>,
    /// The consumer, when the receiver is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    consumer: Option<String>,
    /// `author`, `sent`, `superseded`, `released`, `withheld`, `refused` or `not-ours`.
    state: &'static str,
    /// The code of the reason when withheld, the receiver's words when refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When superseded: the record of the newer version or of the retraction.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_by: Option<String>,
    /// When superseded: whether the receiver has that record.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_there: Option<bool>,
    /// When it was acknowledged, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<Timestamp>,
}

/// Who received one record, and why not.
#[derive(Debug, Serialize, ToSchema)]
pub struct Releases {
    id: String,
    record: String,
    releases: Vec<ReleaseItem>,
}

impl ObjectList {
    pub(super) fn of(listing: Listing) -> Self {
        Self {
            more: listing.next.is_some(),
            next: listing.next.map(|seq| seq.to_string()),
            objects: listing.rows.into_iter().map(ObjectItem::of).collect(),
        }
    }
}

impl ObjectItem {
    fn of(found: Found) -> Self {
        let (tlp, pap) = labels(found.class.marked);
        Self {
            id: found.id,
            object_type: found.class.object_type,
            title: found.title,
            version: found.version,
            tlp,
            pap,
            author: found.class.author.to_string(),
            under: found.class.under.iter().map(ToString::to_string).collect(),
            stated_at: found.stated_at,
            received_at: found.received_at,
        }
    }
}

impl ObjectDetail {
    pub(super) fn of(id: String, held: Vec<Statement>) -> Self {
        Self { id, statements: held.into_iter().map(StatementItem::of).collect() }
    }
}

impl StatementItem {
    fn of(statement: Statement) -> Self {
        let (tlp, pap) = labels(statement.class.marked);
        Self {
            record: statement.record.to_string(),
            version: statement.version.clone(),
            author: statement.class.author.to_string(),
            tlp,
            pap,
            marking_from: match origin(&statement) {
                Origin::Document => "document",
                Origin::Gate => "gate",
                Origin::Narrowed => "narrowed",
                Origin::Nowhere => "nowhere",
            },
            under: statement.class.under.iter().map(ToString::to_string).collect(),
            sha256: statement.digest().to_string(),
            stated_at: statement.stated_at,
            received_at: statement.received_at,
            object: String::from_utf8(statement.bytes).ok().and_then(|text| RawValue::from_string(text).ok()),
        }
    }
}

impl Releases {
    pub(super) fn of(id: String, statement: &Statement, rows: Vec<Explained>) -> Self {
        let releases = rows.into_iter().map(ReleaseItem::of).collect();
        Self { id, record: statement.record.to_string(), releases }
    }
}

impl ReleaseItem {
    fn of(row: Explained) -> Self {
        let (party, consumer) = match row.outside {
            Outside::Party(party) => (Some(party.to_string()), None),
            Outside::Consumer(name) => (None, Some(name)),
        };
        let (superseded_by, superseded_there) = match &row.fate {
            Fate::Superseded { by, there, .. } => (Some(by.to_string()), Some(*there)),
            _ => (None, None),
        };
        let (state, reason, at) = match row.fate {
            Fate::Author => ("author", None, None),
            Fate::Sent(at) => ("sent", None, Some(at)),
            Fate::Superseded { at, .. } => ("superseded", None, at),
            Fate::Released => ("released", None, None),
            Fate::Withheld(reason) => ("withheld", Some(reason.code().to_owned()), None),
            Fate::Refused(words) => ("refused", Some(words), None),
            Fate::NotOurs => ("not-ours", None, None),
        };
        Self { party, consumer, state, reason, superseded_by, superseded_there, at }
    }
}

fn labels(marked: Marked) -> (Option<String>, Option<String>) {
    match marked {
        Marked::Known(Marking { tlp, pap }) => (Some(tlp.to_string()), pap.map(|pap| pap.to_string())),
        Marked::Missing | Marked::Unknown => (None, None),
    }
}
