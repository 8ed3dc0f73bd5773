//! Cards of parties, what is known of an incident, and addresses that a node is told to ask.

use desk::card;
use desk::outbound::Url;
use model::Timestamp;
use notify::{Facts, Incident, clocks, plan};
use packs::Library;
use records::card::SignedCard;
use serde_json::{Map, Value};

/// A parser under attack: its name, which is also that of its folder of seeds, and what reads the bytes.
type Target = (&'static str, fn(&[u8]));

/// The targets of the rooms above the ledger.
pub const TARGETS: &[Target] = &[("card_file", card), ("incident_facts", incident), ("outbound_url", url)];

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
