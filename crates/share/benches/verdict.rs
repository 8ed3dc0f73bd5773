//! What a verdict costs: by a book of a thousand agreements, for one class released and one withheld, and for a page of
//! a million records as gates ask it, once for each class.
#![allow(missing_docs, clippy::expect_used)]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use model::{Marking, Onward, Realm, Timestamp, Tlp};
use records::Marked;
use share::{Book, Class, Receiver, SignedAgreement, verdict};

#[path = "../tests/it/world.rs"]
#[allow(dead_code)]
mod world;

use world::{EU, US, agreement, grant, id, now, object};

fn main() {
    divan::main();
}

/// A node that keeps a thousand agreements with the same two parties.
fn book() -> Book {
    let mut book = Book::new(EU, Realm::Real);
    for n in 1..=1_000 {
        let mut signed = agreement(&[EU, US], vec![grant(Tlp::Amber, Onward::AsMarked)]);
        signed.id = id(n);
        let signed = SignedAgreement { versions: [(1, signed)].into(), withdrawn_from: None };
        book.agreements.insert(id(n), signed);
    }
    book
}

fn asked(bencher: Bencher<'_, '_>, class: &Class, releases: bool) {
    let (book, receiver, now): (Book, Receiver, Timestamp) = (book(), Receiver::node(Realm::Real, US), now());
    assert_eq!(verdict(class, &receiver, &book, now).is_release(), releases);
    bencher
        .counter(ItemsCount::new(1_usize))
        .bench(|| verdict(black_box(class), black_box(&receiver), &book, now).is_release());
}

#[divan::bench]
fn released(bencher: Bencher<'_, '_>) {
    asked(bencher, &object(EU, Tlp::Green), true);
}

#[divan::bench]
fn withheld_above_the_grant(bencher: Bencher<'_, '_>) {
    asked(bencher, &object(EU, Tlp::AmberStrict), false);
}

#[divan::bench]
fn withheld_without_a_marking(bencher: Bencher<'_, '_>) {
    asked(bencher, &Class { marked: Marked::Missing, ..object(EU, Tlp::Clear) }, false);
}

/// A record published under fifty agreements, none of which lets it through: every one is looked at.
#[divan::bench]
fn withheld_by_fifty_agreements(bencher: Bencher<'_, '_>) {
    let class = Class {
        under: (1..=50).map(id).collect(),
        marked: Marked::Known(Marking::tlp(Tlp::AmberStrict)),
        ..object(EU, Tlp::Green)
    };
    asked(bencher, &class, false);
}

/// A million records in twenty classes: twenty verdicts, and one look-up for each record.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn a_million_records_by_class(bencher: Bencher<'_, '_>) {
    let (book, receiver) = (book(), Receiver::node(Realm::Real, US));
    let colours = [Tlp::Clear, Tlp::Green, Tlp::Amber, Tlp::AmberStrict];
    let classes: Vec<Class> =
        (0..20).map(|n| Class { under: vec![id(n as u128 + 1)], ..object(EU, colours[n % 4]) }).collect();
    let records: Vec<u32> = (0..1_000_000).map(|n| (n * 7 % 20) as u32).collect();
    bencher.counter(ItemsCount::new(records.len())).bench(|| {
        let verdicts: Vec<bool> =
            classes.iter().map(|class| verdict(class, &receiver, &book, now()).is_release()).collect();
        let released = records.iter().filter(|class| verdicts[**class as usize]).count();
        assert_eq!(released, 750_000);
        released
    });
}
