//! One file for each room whose parsers are attacked.

mod agreement;
mod json;
mod law;
mod link;
mod records;
mod stix;
mod taxii;
mod web;
mod words;
mod xml;

/// A parser under attack: its name, which is also that of its folder of seeds, and what reads the bytes.
pub type Target = (&'static str, fn(&[u8]));

/// Every target that needs no cryptography.
pub const TARGETS: &[Target] = &[
    ("json_document", json::document),
    ("json_stream", json::stream),
    ("stix_object", stix::object),
    ("stix_pattern", stix::pattern),
    ("taxii_query", taxii::query),
    ("taxii_cursor", taxii::cursor),
    ("taxii_answer", taxii::answer),
    ("taxii_headers", taxii::headers),
    ("record_header", records::header),
    ("record_body", records::body),
    ("link_frame", link::frame),
    ("words", words::words),
    ("pack", law::pack),
    ("calendar", law::calendar),
    ("agreement_file", agreement::file),
    ("web_address", web::address),
    ("xml", xml::document),
];
