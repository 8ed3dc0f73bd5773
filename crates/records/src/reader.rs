//! Reading many headers: records of one batch differ in time, salt, digest and size alone, so the rest is read once.
//!
//! What [`HeaderReader`] answers is always what [`Header::parse`] would answer: a header is read the short way only
//! when everything around its four changing values is, byte for byte, what was parsed in full before, and those four
//! are checked as strictly. Any other header is parsed in full.

use std::borrow::Cow;
use std::collections::HashMap;

use foldhash::fast::RandomState;
use model::{Digest, Timestamp, from_base64};

use crate::header::{Header, HeaderError, MAX_HEADER_BYTES};

/// Shapes remembered; beyond it the reader starts anew.
const MAX_SHAPES: usize = 4_096;
/// Shapes longer than this are read in full each time.
const MAX_SHAPE_BYTES: usize = 1_024;

/// `,"at":"` behind the closing quote of the author.
const AT: &[u8] = b"\",\"at\":\"";
/// A time as [`model::time::millis`] writes it.
const AT_LENGTH: usize = "2026-11-25T02:00:00.000Z".len();
const SALT: &[u8] = b"\"salt\":\"";
const SALT_LENGTH: usize = 22;
const BODY: &[u8] = b"\",\"body\":\"";
const BODY_LENGTH: usize = 43;
const SIZE: &[u8] = b"\",\"size\":";

/// A header that was read.
#[derive(Debug)]
pub struct Reading<'a> {
    /// Everything the header says.
    pub header: Cow<'a, Header<'a>>,
    /// The number of its shape, when it has one: headers of equal shape differ in time, salt, digest and size alone,
    /// name nobody and are about nothing, so they are of one release class.
    pub shape: Option<u32>,
    /// SHA-256 of the body.
    pub body_sha256: Digest,
}

/// A reader with a memory of shapes.
#[derive(Debug, Default)]
pub struct HeaderReader {
    /// Places in `headers`.
    shapes: HashMap<Box<[u8]>, usize, RandomState>,
    headers: Vec<Header<'static>>,
    /// Numbers given out before the memory was last emptied.
    before: u32,
    key: Vec<u8>,
}

/// The changing values of a header, as they are written.
struct Parts<'a> {
    at: &'a str,
    salt: &'a str,
    body: &'a str,
    size: &'a str,
}

impl HeaderReader {
    /// Reads a header; an error is the one that [`Header::parse`] gives.
    pub fn read<'a>(&'a mut self, bytes: &'a [u8]) -> Result<Reading<'a>, HeaderError> {
        let parts = if bytes.len() <= MAX_HEADER_BYTES { split(bytes, &mut self.key) } else { None };
        let Some(parts) = parts.filter(|_| self.key.len() <= MAX_SHAPE_BYTES) else {
            return full(bytes);
        };
        let place = match self.shapes.get(&self.key[..]) {
            Some(place) => *place,
            None => {
                let header = Header::parse(bytes)?;
                if header.to.is_some() || !header.about.is_empty() {
                    return Ok(reading(header));
                }
                self.remember(header.into_owned())
            }
        };
        let header = &mut self.headers[place];
        match parts.read() {
            Some((stated_at, body_sha256, body_size)) => {
                header.stated_at = stated_at;
                header.body_size = body_size;
                header.set_body(parts.salt, parts.body);
                Ok(Reading {
                    header: Cow::Borrowed(header),
                    shape: Some(self.before.wrapping_add(place as u32)),
                    body_sha256,
                })
            }
            None => full(bytes),
        }
    }

    /// Keeps a header under the present key; its place.
    fn remember(&mut self, header: Header<'static>) -> usize {
        if self.headers.len() >= MAX_SHAPES {
            self.before = self.before.wrapping_add(MAX_SHAPES as u32);
            self.shapes.clear();
            self.headers.clear();
        }
        self.headers.push(header);
        self.shapes.insert(self.key.as_slice().into(), self.headers.len() - 1);
        self.headers.len() - 1
    }
}

fn full(bytes: &[u8]) -> Result<Reading<'_>, HeaderError> {
    Header::parse(bytes).map(reading)
}

fn reading(header: Header<'_>) -> Reading<'_> {
    Reading { body_sha256: header.body_sha256(), header: Cow::Owned(header), shape: None }
}

impl Parts<'_> {
    /// The values, when each is one that the full reading takes and is written in its usual form.
    fn read(&self) -> Option<(Timestamp, Digest, u64)> {
        let digest = from_base64(self.body).ok()?.try_into().ok()?;
        (from_base64(self.salt).ok()?.len() == 16).then_some(())?;
        let is_plain = self.size == "0" || !self.size.starts_with('0');
        let size = is_plain.then(|| self.size.parse().ok())??;
        Some((self.at.parse().ok()?, Digest(digest), size))
    }
}

/// Cuts the changing values out; what remains goes into `key`. `None` for a header written in another order.
fn split<'a>(bytes: &'a [u8], key: &mut Vec<u8>) -> Option<Parts<'a>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let rest = text.strip_suffix('}')?;
    let digits = rest.bytes().rev().take_while(u8::is_ascii_digit).count();
    let size = rest.get(rest.len().checked_sub(digits)?..).filter(|size| !size.is_empty())?;
    let (rest, _) = cut(rest, digits, SIZE)?;
    let (rest, body) = cut(rest, BODY_LENGTH, BODY)?;
    let (rest, salt) = cut(rest, SALT_LENGTH, SALT)?;
    let start = memchr::memmem::find(rest.as_bytes(), AT)? + AT.len();
    let at = rest.get(start..start + AT_LENGTH)?;
    let plain = |text: &str| text.bytes().all(|byte| byte != b'"' && byte != b'\\' && byte >= 0x20);
    if rest.as_bytes().get(start + AT_LENGTH) != Some(&b'"') || !plain(at) || !plain(salt) || !plain(body) {
        return None;
    }
    key.clear();
    key.extend_from_slice(&rest.as_bytes()[..start]);
    key.extend_from_slice(&rest.as_bytes()[start + AT_LENGTH..]);
    Some(Parts { at, salt, body, size })
}

/// `text` without its last `length` bytes and the mark before them.
fn cut<'a>(text: &'a str, length: usize, mark: &[u8]) -> Option<(&'a str, &'a str)> {
    let at = text.len().checked_sub(length)?;
    let before = text.get(..at)?;
    before.as_bytes().ends_with(mark).then_some(())?;
    Some((&before[..before.len() - mark.len()], &text[at..]))
}

#[cfg(test)]
mod tests {
    use model::{AgreementId, Marking, Pap, PartyId, Realm, Tlp};

    use super::*;
    use crate::{Marked, Recipients, Seal};

    fn seal<'a>(to: Option<&'a Recipients>, under: &'a [AgreementId], at_ms: i64) -> Seal<'a> {
        Seal {
            author: PartyId([1; 16]),
            realm: &Realm::Real,
            stated_at: Timestamp::from_millisecond(at_ms).expect("an instant"),
            kind: "exchange.object.v1",
            object_type: "indicator \"é\"",
            marked: Marked::Known(Marking { tlp: Tlp::Amber, pap: Some(Pap::Green) }),
            under,
            to,
            group: None,
            about: &[],
        }
    }

    /// Both readings agree in every field, or in the error.
    fn assert_same(reader: &mut HeaderReader, bytes: &[u8]) -> Option<u32> {
        let full = Header::parse(bytes).map(|header| format!("{header:?}"));
        match (reader.read(bytes), full) {
            (Ok(short), Ok(full)) => {
                assert_eq!(format!("{:?}", *short.header), full);
                assert_eq!(short.body_sha256, short.header.body_sha256());
                short.shape
            }
            (Err(short), Err(full)) => {
                assert_eq!(short, full);
                None
            }
            (short, full) => panic!("{short:?} and {full:?} for {}", String::from_utf8_lossy(bytes)),
        }
    }

    #[test]
    fn headers_of_one_shape_are_read_as_each_would_be_alone() {
        let under = ["agreement:0192f0c1-2f00-7000-8000-000000000001".parse().expect("an id")];
        let mut reader = HeaderReader::default();
        let shapes: Vec<Option<u32>> = (0..5u8)
            .map(|n| {
                let sealed = seal(None, &under, i64::from(n) * 86_400_000)
                    .bytes(vec![b'x'; usize::from(n) * 7], [n; 16]);
                assert_same(&mut reader, &sealed.header)
            })
            .collect();
        assert!(shapes[0].is_some() && shapes.iter().all(|shape| *shape == shapes[0]), "{shapes:?}");
        let other = seal(None, &[], 0).bytes(b"{}".as_slice(), [9; 16]);
        assert_ne!(assert_same(&mut reader, &other.header), shapes[0]);
    }

    #[test]
    fn who_is_named_is_read_in_full_each_time() {
        let recipients = Recipients::blind(&[PartyId([3; 16])], |bytes| bytes.fill(1));
        let sealed = seal(Some(&recipients), &[], 0).bytes(b"{}".as_slice(), [5; 16]);
        assert_eq!(assert_same(&mut HeaderReader::default(), &sealed.header), None);
    }

    #[test]
    fn every_altered_byte_is_read_as_the_full_reading_reads_it() {
        let sealed = seal(None, &[], 0).bytes(b"{}".as_slice(), [5; 16]);
        let mut reader = HeaderReader::default();
        assert_same(&mut reader, &sealed.header);
        for at in 0..sealed.header.len() {
            for byte in [b'0', b'9', b'"', b'\\', b' ', b'}', b',', b'=', b'A', 0xff, 0] {
                let mut altered = sealed.header.clone();
                altered[at] = byte;
                assert_same(&mut reader, &altered);
            }
            assert_same(&mut reader, &sealed.header[..at]);
        }
    }
}
