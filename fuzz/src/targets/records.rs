//! Records of others: headers, and the bodies of every kind.

use records::{Header, HeaderReader};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The reader that remembers shapes reads what the plain one reads, also the second time.
pub fn header(bytes: &[u8]) {
    let plain = Header::parse(bytes);
    let mut reader = HeaderReader::default();
    for _ in 0..2 {
        match (&plain, reader.read(bytes)) {
            (Ok(plain), Ok(read)) => assert_eq!(format!("{plain:?}"), format!("{:?}", *read.header)),
            (Err(plain), Err(read)) => assert_eq!(plain.to_string(), read.to_string()),
            (plain, read) => panic!("{plain:?} and {:?}", read.map(|read| read.header.into_owned())),
        }
    }
}

/// A body that reads is written to one that reads the same.
pub fn body(bytes: &[u8]) {
    again::<records::card::SignedCard>(bytes);
    again::<records::card::Card>(bytes);
    again::<records::consumer::Consumer>(bytes);
    again::<records::delivery::Delivery>(bytes);
    again::<records::erasure::Erasure>(bytes);
    again::<records::group::Group>(bytes);
    again::<records::proposal::Proposal>(bytes);
    again::<records::receipt::Receipt>(bytes);
    again::<records::retraction::Retraction>(bytes);
    again::<records::rotation::Rotation>(bytes);
    again::<records::signature::Signature>(bytes);
    again::<records::trust::Trust>(bytes);
    again::<records::withdrawal::Withdrawal>(bytes);
}

fn again<T: Serialize + DeserializeOwned>(bytes: &[u8]) {
    let Ok(read) = serde_json::from_slice::<T>(bytes) else { return };
    let written = serde_json::to_vec(&read).expect("what was read is written");
    let back: T = serde_json::from_slice(&written).expect("what was written reads");
    assert_eq!(serde_json::to_vec(&back).expect("written"), written);
}
