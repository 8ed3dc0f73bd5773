//! Cards of parties, what is known of an incident, files that people hand in, and addresses that a node is told to ask.

use std::io::BufReader;

use desk::card;
use desk::outbound::Url;
use model::Timestamp;
use notify::import::{self, Format};
use notify::ransom::{read_list, read_list_from};
use notify::{Facts, Incident, clocks, plan};
use packs::Library;
use records::card::SignedCard;
use serde_json::{Map, Value};

/// A parser under attack: its name, which is also that of its folder of seeds, and what reads the bytes.
type Target = (&'static str, fn(&[u8]));

/// The targets of the rooms above the ledger.
pub const TARGETS: &[Target] = &[
    ("card_file", card),
    ("incident_facts", incident),
    ("incident_file", file),
    ("outbound_url", url),
    ("proof_file", proof),
    ("sanctions_list", list),
    ("snapshot_file", snapshot),
];

/// A card proves itself whole or not at all: with one letter of it changed it proves nothing.
pub fn card(bytes: &[u8]) {
    let Ok(signed) = serde_json::from_slice::<SignedCard>(bytes) else { return };
    let Ok((card, line)) = card::line(&signed) else { return };
    assert_eq!(card.party, line.first().party_id());
    let changed = SignedCard { card: signed.card.replacen(&card.short, "other", 1), ..signed.clone() };
    assert!(changed.card == signed.card || card::line(&changed).is_err(), "a changed card is proved");
}

/// Whatever is known of an incident: dates and plans are made of it or it is refused by field, and made again the same.
pub fn incident(bytes: &[u8]) {
    let Ok(object) = serde_json::from_slice::<Map<String, Value>>(bytes) else { return };
    let library = Library::embedded();
    if let Ok(facts) = Facts::read(&object, library) {
        let dates = clocks(library, &facts);
        assert_eq!(format!("{dates:?}"), format!("{:?}", clocks(library, &facts)));
    }
    let Ok(incident) = Incident::read(&object, library) else { return };
    for at in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
        let made = serde_json::to_string(&plan(library, &incident, at)).expect("a plan is written");
        assert_eq!(made, serde_json::to_string(&plan(library, &incident, at)).expect("written"));
    }
}

/// A file of an incident in any of the four forms says the same each time, and no more than is looked at.
pub fn file(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for format in [Format::of(text), Format::Csv, Format::Json, Format::Misp, Format::Stix] {
        let contents = import::read(format, text);
        assert!(contents.items.len() <= 2_000 && contents.findings.len() <= 200);
        assert_eq!(import::read(format, text), contents);
    }
}

/// A sanctions list says the same in one piece and in pieces of some bytes.
pub fn list(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let piecemeal = read_list_from(BufReader::with_capacity(7, bytes), String::new());
    match (read_list(text), piecemeal) {
        (Ok(whole), Ok(pieces)) => {
            assert_eq!((whole.kind, &whole.version), (pieces.kind, &pieces.version));
            assert_eq!(whole.entries, pieces.entries);
        }
        (whole, pieces) => assert!(whole.is_err() && pieces.is_err(), "{whole:?} {pieces:?}"),
    }
}

/// A proof of timely notification holds or is refused, the same each time; a word of it changed, it says nothing else.
pub fn proof(bytes: &[u8]) {
    let Ok(verified) = notify::proof::verify(bytes) else { return };
    let again = notify::proof::verify(bytes).expect("it holds again");
    assert_eq!((verified.party, verified.sent, verified.limit), (again.party, again.sent, again.limit));
}

/// A co-signed snapshot holds or is refused, the same each time.
pub fn snapshot(bytes: &[u8]) {
    let Ok(verified) = picture::snapshot::verify(bytes) else { return };
    let again = picture::snapshot::verify(bytes).expect("it holds again");
    assert_eq!((verified.snapshot, verified.claims), (again.snapshot, again.claims));
}

/// A URL that reads is written to one that reads the same; what a server refers to stays http or https, without credentials.
pub fn url(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let (first, second) = text.split_once('\n').unwrap_or((text, "../next?page=2"));
    let Ok(url) = Url::parse(first) else { return };
    for url in [Some(url.clone()), url.join(second).ok(), url.at("/a?b").ok()].into_iter().flatten() {
        let written = url.to_string();
        assert_eq!(Url::parse(&written).as_ref(), Ok(&url), "{written}");
        assert!(url.target().starts_with('/') && !url.host().is_empty() && !url.host().contains('@'));
    }
}
