//! What two sides tell each other of threats, generated: actors, malware, techniques, targets, and who did what to whom over
//! the last ninety days. The same for a seed, but for the dates.

use std::fmt::Write as _;

use crate::data::Random;

/// Days over which it is spread.
const DAYS: u64 = 90;

/// Things that others are about, by type and number.
const THINGS: [(&str, u64); 8] = [
    ("threat-actor", 120),
    ("intrusion-set", 180),
    ("malware", 1_500),
    ("attack-pattern", 600),
    ("campaign", 1_000),
    ("vulnerability", 2_000),
    ("identity", 400),
    ("location", 60),
];

/// Words of STIX 2.1's vocabulary of sectors (§10.11).
const SECTORS: [&str; 12] = [
    "energy",
    "transportation",
    "financial-services",
    "healthcare",
    "water",
    "communications",
    "government",
    "defense",
    "technology",
    "manufacturing",
    "aerospace",
    "education",
];

const COUNTRIES: [&str; 60] = [
    "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT",
    "LU", "MT", "NL", "PL", "PT", "RO", "SK", "SI", "ES", "SE", "NO", "IS", "CH", "GB", "US", "CA", "AU",
    "NZ", "JP", "KR", "UA", "MD", "RS", "TR", "IL", "IN", "BR", "MX", "AR", "CL", "ZA", "KE", "NG", "EG",
    "MA", "SA", "AE", "SG", "TH", "VN", "ID", "PH", "MY",
];

/// Ties: what does something, how, and to what.
const TIES: [(&str, &str, &str); 8] = [
    ("campaign", "attributed-to", "intrusion-set"),
    ("campaign", "targets", "identity"),
    ("intrusion-set", "targets", "location"),
    ("intrusion-set", "uses", "malware"),
    ("threat-actor", "uses", "attack-pattern"),
    ("malware", "uses", "attack-pattern"),
    ("malware", "exploits", "vulnerability"),
    ("campaign", "uses", "malware"),
];

/// So many objects: the things first, then indicators (a half), ties (a third) and sightings.
pub fn generate(count: usize, today: i64, seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    let mut objects: Vec<String> = THINGS
        .iter()
        .flat_map(|(kind, number)| (0..*number).map(move |n| (*kind, n)))
        .map(|(kind, n)| thing(kind, n, &day(&mut random, today)))
        .collect();
    objects.truncate(count);
    while objects.len() < count {
        let n = objects.len() as u64;
        let at = day(&mut random, today);
        let object = match n % 6 {
            0..3 => indicator(n, &at, &mut random),
            3 | 4 => tie(n, &at, &mut random),
            _ => sighting(n, &at, &mut random),
        };
        objects.push(object);
    }
    // What the search waits for has a name.
    if let Some(last) = objects.last_mut() {
        *last = indicator(count as u64, &day(&mut random, today), &mut random);
    }
    objects
}

fn day(random: &mut Random, today: i64) -> String {
    let date = jiff::civil::date(1970, 1, 1)
        .checked_add(jiff::Span::new().days(today - 1 - random.below(DAYS) as i64))
        .unwrap_or_default();
    let (hour, minute, second) = (random.below(24), random.below(60), random.below(60));
    format!("{date}T{hour:02}:{minute:02}:{second:02}.000Z")
}

fn id(kind: &str, n: u64) -> String {
    // A number of its own for each type, in the shape of a UUID of version 4.
    let own = kind.bytes().fold(0_u64, |sum, byte| sum.wrapping_mul(31).wrapping_add(u64::from(byte)));
    format!("{kind}--{:08x}-0000-4000-8000-{n:012x}", own & 0xffff_ffff)
}

fn any(kind: &str, random: &mut Random) -> String {
    let number = THINGS.iter().find(|(name, _)| *name == kind).map_or(1, |(_, number)| *number);
    // A few are spoken of much more than the rest.
    let n = random.below(number) * random.below(number) / number;
    id(kind, n)
}

fn head(kind: &str, n: u64, at: &str) -> String {
    format!(
        r#"{{"type":"{kind}","spec_version":"2.1","id":"{}","created":"{at}","modified":"{at}","object_marking_refs":["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"]"#,
        id(kind, n)
    )
}

fn thing(kind: &str, n: u64, at: &str) -> String {
    let mut text = head(kind, n, at);
    let sector = SECTORS[(n % SECTORS.len() as u64) as usize];
    let country = COUNTRIES[(n % COUNTRIES.len() as u64) as usize];
    let rest = match kind {
        "attack-pattern" => format!(
            r#","name":"Technique {n}","external_references":[{{"source_name":"mitre-attack","external_id":"T{}"}}],"kill_chain_phases":[{{"kill_chain_name":"mitre-attack","phase_name":"{}"}}]"#,
            1000 + n,
            ["initial-access", "execution", "persistence", "discovery", "exfiltration", "impact"]
                [(n % 6) as usize]
        ),
        "vulnerability" => format!(
            r#","name":"CVE-2026-{:05}","external_references":[{{"source_name":"cve","external_id":"CVE-2026-{:05}"}}]"#,
            10_000 + n,
            10_000 + n
        ),
        "malware" => format!(r#","name":"Loader {n}","is_family":true"#),
        "identity" => {
            format!(
                r#","name":"Operator {n} in {country}","identity_class":"organization","sectors":["{sector}"]"#
            )
        }
        "location" => format!(r#","name":"{country}","country":"{country}""#),
        _ => format!(
            r#","name":"{} {n}","description":"Seen in {country}, in {sector}.""#,
            kind.replace('-', " ")
        ),
    };
    text.push_str(&rest);
    text.push('}');
    text
}

fn indicator(n: u64, at: &str, random: &mut Random) -> String {
    let mut text = head("indicator", n, at);
    let (a, b, c) = (random.below(256), random.below(256), random.below(256));
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        r#","name":"indicator {n:07} of the bench","description":"Seen by sensor {} and confirmed by telephone.","indicator_types":["malicious-activity"],"pattern":"[ipv4-addr:value = '10.{a}.{b}.{c}']","pattern_type":"stix","pattern_version":"2.1","valid_from":"{at}"}}"#,
        random.below(5_000)
    );
    text
}

fn tie(n: u64, at: &str, random: &mut Random) -> String {
    let mut text = head("relationship", n, at);
    let (from, how, to) = TIES[random.below(TIES.len() as u64) as usize];
    let _ = write!(
        text,
        r#","relationship_type":"{how}","source_ref":"{}","target_ref":"{}"}}"#,
        any(from, random),
        any(to, random)
    );
    text
}

fn sighting(n: u64, at: &str, random: &mut Random) -> String {
    let mut text = head("sighting", n, at);
    let _ = write!(
        text,
        r#","first_seen":"{at}","last_seen":"{at}","count":{},"sighting_of_ref":"{}","where_sighted_refs":["{}"]}}"#,
        1 + random.below(20),
        any("malware", random),
        any("identity", random)
    );
    text
}
