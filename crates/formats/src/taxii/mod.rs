//! TAXII 2.1 (OASIS Standard, June 2021): the pure rules of the wire, for server and client.
//!
//! Strict in what is written, tolerant in what is read. Nothing here opens a socket.

mod client;
mod cursor;
mod envelope;
mod filter;
mod media;
mod percent;
mod query;
mod resources;
mod time;

pub use client::{Follow, Page, Trouble, follow, read, read_page, read_trouble, retry_after};
pub use cursor::{Cursor, CursorError};
pub use envelope::{EMPTY, TAIL, envelope, envelope_head, manifest, manifest_record, versions};
pub use filter::{Filter, VersionPick, VersionSelector};
pub use media::{
    Accept, AnswerBody, CONTENT_TYPE, PostBody, STIX_CONTENT_TYPE, accept, answer_body, post_body,
};
pub use query::{Query, QueryError};
pub use resources::{
    ApiRoot, Collection, Collections, Discovery, ManifestRecord, ManifestResource, Problem, Status,
    StatusDetail, StatusKind, VersionsResource,
};
pub use time::{TaxiiTime, parse_time};
