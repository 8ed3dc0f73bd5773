//! How fast objects are split, inspected and patterns parsed. With `STIX_CORPUS` naming a file of
//! lines, the same over real objects: divide the bytes or items per second it prints.

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use formats::json::{Limits, split};
use formats::stix::{inspect, pattern};

fn main() {
    divan::main();
}

fn indicator() -> String {
    let filler = "Seen against a wind farm; reported by a sensor on the mainland. ".repeat(4);
    format!(
        r#"{{"confidence":36,"created":"2025-01-07T08:30:06.280Z","created_by_ref":"identity--c78cb6e5-0c4b-4611-8297-d1b8b55e40b5","description":"{filler}","id":"indicator--910a2dec-8902-4cc1-8bee-8da1658eec67","indicator_types":["attribution"],"labels":["sector-4","country-13"],"modified":"2025-01-07T08:30:06.280Z","name":"Phishing domain 55861e0a8b31.e86c.example","object_marking_refs":["marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1"],"pattern":"[domain-name:value = '55861e0a8b31.e86c.example']","pattern_type":"stix","pattern_version":"2.1","spec_version":"2.1","type":"indicator","valid_from":"2025-01-07T08:30:06.280Z"}}"#
    )
}

#[expect(clippy::disallowed_methods, reason = "a corpus outside the repository is named by whoever has one")]
/// Lines of the corpus, or one indicator many times.
fn lines() -> Vec<u8> {
    match std::env::var("STIX_CORPUS") {
        Ok(path) => std::fs::read(path).expect("the corpus can be read"),
        Err(_) => format!("{}\n", indicator()).repeat(10_000).into_bytes(),
    }
}

#[divan::bench]
fn inspect_one_indicator(bencher: Bencher<'_, '_>) {
    let object = indicator();
    let limits = Limits::default();
    bencher.counter(BytesCount::of_slice(object.as_bytes())).bench(|| {
        let inspected = inspect(black_box(object.as_bytes()), &limits).expect("valid");
        assert!(inspected.findings.is_empty());
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn inspect_lines(bencher: Bencher<'_, '_>) {
    let lines = lines();
    let limits = Limits::default();
    let count = split(&lines, limits).count();
    bencher.counter(ItemsCount::new(count)).bench(|| {
        split(&lines, limits)
            .filter_map(Result::ok)
            .filter_map(|object| inspect(object, &limits).ok())
            .filter(|object| object.is_quarantined())
            .count()
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn split_lines(bencher: Bencher<'_, '_>) {
    let lines = lines();
    bencher
        .counter(BytesCount::of_slice(&lines))
        .bench(|| split(black_box(&lines), Limits::default()).filter(Result::is_ok).count());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn split_bundle(bencher: Bencher<'_, '_>) {
    let lines = lines();
    let objects: Vec<&[u8]> = split(&lines, Limits::default()).filter_map(Result::ok).collect();
    let mut bundle = br#"{"type":"bundle","id":"bundle--1","objects":["#.to_vec();
    bundle.extend_from_slice(&objects.join(&b","[..]));
    bundle.extend_from_slice(b"]}");
    bencher
        .counter(BytesCount::of_slice(&bundle))
        .bench(|| split(black_box(&bundle), Limits::default()).filter(Result::is_ok).count());
}

#[divan::bench]
fn parse_pattern(bencher: Bencher<'_, '_>) {
    let text = "[file:hashes.MD5 = 'be8ae0471334aecb1756a3930e8897a5' OR file:name = 'a.dll'] FOLLOWEDBY [domain-name:value = '1e17.example'] WITHIN 600 SECONDS";
    bencher.bench(|| pattern::parse(black_box(text)).expect("valid"));
}
