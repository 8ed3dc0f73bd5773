//! Objects to send: our own indicators, always the same for a seed, or the lines of a file.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader};
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// `count` objects from a file, else generated.
pub fn load(file: Option<&Path>, count: usize) -> Result<Vec<String>> {
    let Some(file) = file else { return Ok(generate(count, 1)) };
    let shown = file.display();
    let reader = BufReader::new(std::fs::File::open(file).with_context(|| format!("cannot open {shown}"))?);
    let lines: Vec<String> = reader.lines().take(count).collect::<Result<_, _>>()?;
    ensure!(lines.len() == count, "{shown} has {} lines, {count} were asked for", lines.len());
    Ok(lines)
}

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// TLP:CLEAR, GREEN and AMBER as TLP 2.0 marks them in STIX.
const MARKINGS: [&str; 3] = [
    "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
];

/// Indicators of about 700 bytes; one object in forty is a malware or a campaign, so that filters have rare types.
pub fn generate(count: usize, seed: u64) -> Vec<String> {
    let mut random = Random(seed);
    (0..count).map(|n| object(n, &mut random)).collect()
}

fn object(n: usize, random: &mut Random) -> String {
    let kind = match n % 80 {
        17 => "malware",
        53 => "campaign",
        _ => "indicator",
    };
    let (high, low) = (random.next(), random.next());
    let mut text = String::with_capacity(760);
    let time = format!(
        "2026-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
        1 + random.below(12),
        1 + random.below(28),
        random.below(24),
        random.below(60),
        random.below(60),
        random.below(1000)
    );
    // Writing to a String cannot fail.
    let _ = write!(
        text,
        r#"{{"type":"{kind}","spec_version":"2.1","id":"{kind}--{:08x}-{:04x}-4{:03x}-8{:03x}-{:012x}","created":"{time}","modified":"{time}","name":"{kind} {n:07} of the bench","description":"Seen by sensor {} in sector {}; the operator of the site confirmed it by telephone and asked for nothing else.","labels":["sector-{}","country-{}"],"confidence":{},"object_marking_refs":["{}"]"#,
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xfff,
        low >> 52,
        low & 0xffff_ffff_ffff,
        random.below(5_000),
        random.below(18),
        random.below(18),
        random.below(60),
        random.below(101),
        MARKINGS[random.below(3) as usize],
    );
    match kind {
        "malware" => text.push_str(r#","is_family":false}"#),
        "campaign" => text.push('}'),
        _ => {
            let (a, b, c, d) =
                (1 + random.below(222), random.below(256), random.below(256), random.below(256));
            let _ = write!(
                text,
                r#","indicator_types":["malicious-activity"],"pattern":"[ipv4-addr:value = '{a}.{b}.{c}.{d}'] FOLLOWEDBY [file:hashes.'SHA-256' = '{:016x}{:016x}{:016x}{:016x}'] WITHIN 600 SECONDS","pattern_type":"stix","pattern_version":"2.1","valid_from":"{time}"}}"#,
                random.next(),
                random.next(),
                random.next(),
                random.next(),
            );
        }
    }
    text
}
