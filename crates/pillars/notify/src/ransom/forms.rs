//! The ransom part of an incident in the forms of others: a STIX 2.1 bundle, a MISP event. Names of the victim stay out, and
//! so does whatever was stated in free words; both are marked as the incident is.

use formats::stix::{definition_of_tlp, id_of_tlp};
use model::Timestamp;
use packs::Library;
use serde_json::{Value, json};

use crate::case::Case;
use crate::commands::MARKING;
use crate::heads::{heads, typed};

/// The lines of a field.
fn lines(case: &Case, library: &Library, code: &str) -> Vec<String> {
    let value = heads(case, library, code).last().map_or(Value::Null, |head| head.fact.value.clone());
    match &value {
        Value::Array(list) => list.iter().map(typed).filter(|line| !line.is_empty()).collect(),
        Value::Null => Vec::new(),
        other => {
            typed(other).lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
    }
}

/// An id that is the same whenever it is made from the same incident.
fn id(kind: &str, case: &Case, part: &str) -> String {
    let digest = model::Digest::of(format!("{}\n{kind}\n{part}", case.id).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.0[..16]);
    // RFC 9562, version 8: made from a digest of our own choice.
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{kind}--{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// An address for a ransom, as it was stated: an object with its parts, or a line that ends with the address.
struct Wallet {
    /// The currency, in small letters; empty when nobody said.
    chain: String,
    address: String,
    /// The transaction that paid it.
    txid: String,
}

/// What is found in R04.
fn wallets(case: &Case, library: &Library) -> Vec<Wallet> {
    let value = heads(case, library, "R04").last().map_or(Value::Null, |head| head.fact.value.clone());
    let text = |object: &Value, key: &str| object[key].as_str().unwrap_or_default().trim().to_owned();
    let from_object = |object: &Value| Wallet {
        chain: text(object, "chain").to_lowercase(),
        address: text(object, "address"),
        txid: text(object, "txid"),
    };
    let from_line = |line: &str| {
        let (chain, address) = line.rsplit_once([' ', ':']).unwrap_or(("", line));
        Wallet { chain: chain.trim().to_lowercase(), address: address.to_owned(), txid: String::new() }
    };
    let mut found: Vec<Wallet> = match &value {
        Value::Array(list) if list.iter().any(Value::is_object) => list.iter().map(from_object).collect(),
        Value::Object(_) => vec![from_object(&value)],
        _ => lines(case, library, "R04").iter().map(|line| from_line(line)).collect(),
    };
    found.retain(|wallet| !wallet.address.is_empty());
    found
}

/// Text within a STIX pattern.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\'', "\\'")
}

/// The bundle: the incident, the family, each wallet and leak site as an observable with an indicator, and how they belong
/// together. STIX has no observable for wallets, so an extension defines one.
pub fn stix(library: &Library, case: &Case, now: Timestamp) -> Value {
    let opened = Timestamp::from_microsecond(case.opened_us).unwrap_or(now);
    let (created, modified) = (model::time::millis(opened), model::time::millis(now));
    let marked = json!([id_of_tlp(MARKING.tlp)]);
    let dated = |kind: &str, part: &str, mut object: Value| {
        object["type"] = json!(kind);
        object["spec_version"] = json!("2.1");
        object["id"] = json!(id(kind, case, part));
        object["created"] = json!(created);
        object["modified"] = json!(modified);
        object["object_marking_refs"] = marked.clone();
        object
    };
    let tie = |verb: &str, source: String, target: String| {
        let part = format!("{verb} {source} {target}");
        dated(
            "relationship",
            &part,
            json!({ "relationship_type": verb, "source_ref": source, "target_ref": target }),
        )
    };
    let definition = serde_json::from_str(definition_of_tlp(MARKING.tlp)).unwrap_or_default();
    let incident = dated("incident", "", json!({ "name": "Ransomware", "labels": ["ransomware"] }));
    let mut objects: Vec<Value> = vec![definition, incident];
    let families = lines(case, library, "R01");
    for family in &families {
        let malware = json!({ "name": family, "is_family": true, "malware_types": ["ransomware"] });
        objects.push(dated("malware", family, malware));
        objects.push(tie("related-to", id("malware", case, family), id("incident", case, "")));
    }
    let mut seen = |observable: Value, (name, pattern): (&str, String)| {
        let of = observable["id"].as_str().unwrap_or_default().to_owned();
        objects.push(observable);
        let indicator = json!({
            "name": name, "pattern_type": "stix", "valid_from": created, "pattern": pattern,
            "indicator_types": ["malicious-activity"],
        });
        objects.push(dated("indicator", &of, indicator));
        for family in &families {
            objects.push(tie("indicates", id("indicator", case, &of), id("malware", case, family)));
        }
    };
    let found = wallets(case, library);
    let extension = id("extension-definition", case, "wallet");
    for wallet in &found {
        let mut observable = json!({
            "type": "cryptocurrency-wallet", "spec_version": "2.1", "object_marking_refs": marked,
            "id": id("cryptocurrency-wallet", case, &wallet.address), "address": wallet.address,
            "extensions": { extension.as_str(): { "extension_type": "new-sco" } },
        });
        complete(&mut observable, [("currency", &wallet.chain), ("transaction", &wallet.txid)]);
        let pattern = format!("[cryptocurrency-wallet:address = '{}']", quoted(&wallet.address));
        seen(observable, ("Address for a ransom", pattern));
    }
    for site in lines(case, library, "R10").iter().filter(|site| is_site(site)) {
        let observable = json!({
            "type": "url", "spec_version": "2.1", "object_marking_refs": marked,
            "id": id("url", case, site), "value": site,
        });
        seen(observable, ("Leak site", format!("[url:value = '{}']", quoted(site))));
    }
    if !found.is_empty() {
        let maker = json!({ "name": "Entente", "identity_class": "system" });
        objects.push(dated("identity", "maker", maker));
        objects.push(dated("extension-definition", "wallet", of_wallets(&id("identity", case, "maker"))));
    }
    json!({ "type": "bundle", "id": id("bundle", case, &modified), "objects": objects })
}

/// Adds what is known.
fn complete(object: &mut Value, known: [(&str, &String); 2]) {
    for (key, value) in known.into_iter().filter(|(_, value)| !value.is_empty()) {
        object[key] = json!(value);
    }
}

/// What defines the observable of a wallet.
fn of_wallets(maker: &str) -> Value {
    json!({
        "created_by_ref": maker, "name": "Wallet of a cryptocurrency",
        "schema": "address: string, required; currency: string; transaction: string",
        "version": "1.0.0", "extension_types": ["new-sco"],
    })
}

/// One word with a dot: an address of a site, and no sentence about it.
fn is_site(line: &str) -> bool {
    line.contains('.') && !line.contains(char::is_whitespace)
}

/// The type of attribute by which MISP knows an address.
fn attribute(wallet: &Wallet) -> &'static str {
    let address = wallet.address.as_str();
    match wallet.chain.as_str() {
        "btc" | "bitcoin" => "btc",
        "xmr" | "monero" => "xmr",
        "dash" => "dash",
        _ if address.starts_with("bc1") || address.starts_with(['1', '3']) => "btc",
        _ if address.len() == 95 && address.starts_with(['4', '8']) => "xmr",
        _ => "other",
    }
}

/// The event: tags of the taxonomies and of the galaxy of ransomware; wallets, transactions and leak sites as attributes.
pub fn misp(library: &Library, case: &Case, now: Timestamp) -> Value {
    let mut attributes = Vec::new();
    let mut put = |kind: &str, category: &str, value: &str, (comment, to_ids): (&str, bool)| {
        attributes.push(json!({
            "type": kind, "category": category, "value": value, "comment": comment, "to_ids": to_ids
        }));
    };
    for wallet in wallets(case, library) {
        put(attribute(&wallet), "Financial fraud", &wallet.address, (&wallet.chain, true));
        if !wallet.txid.is_empty() {
            put("text", "Financial fraud", &wallet.txid, ("transaction", false));
        }
    }
    for site in lines(case, library, "R10").iter().filter(|site| is_site(site)) {
        put("url", "Network activity", site, ("leak site", false));
    }
    let families = lines(case, library, "R01");
    for family in &families {
        put("text", "Attribution", family, ("family", false));
    }
    // RSIT has no type for ransomware; this is the one that its own note names.
    let mut tags = vec![
        json!({ "name": "rsit:information-content-security=\"unauthorised-information-modification\"" }),
        json!({ "name": "veris:action:malware:variety=\"Ransomware\"" }),
        json!({ "name": "tlp:amber+strict" }),
    ];
    tags.extend(
        families.iter().map(
            |family| json!({ "name": format!("misp-galaxy:ransomware=\"{}\"", family.replace('"', "")) }),
        ),
    );
    let day = model::time::TimeZone::UTC.to_datetime(now).date().to_string();
    json!({ "Event": {
        "info": "Ransomware", "date": day, "threat_level_id": "1", "analysis": "1", "distribution": "0",
        "Tag": tags, "Attribute": attributes,
    } })
}
