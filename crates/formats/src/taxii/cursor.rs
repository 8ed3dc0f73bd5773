//! The opaque `next`: self-contained, authenticated, reusable.
//!
//! It holds the collection, the position and the filters, because real clients drop their filters
//! when they follow it; it does not hold the limit, because taxii2-client changes it between pages.
//! A retry of the same page must work, so nothing is used up.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::query::Query;

const FORM: u8 = 1;
const MAC_BYTES: usize = 16;
const MAX_TEXT: usize = 16 << 10;

/// Where to go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    /// The collection the cursor was given for.
    pub collection: String,
    /// The last position served; the page goes on after it.
    pub position: u64,
    /// Filters and `added_after` of the first request; `limit` and `next` are empty.
    pub query: Query,
}

/// Why a `next` is not accepted (400).
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CursorError {
    /// Not one of ours, altered, or from before the key was changed.
    #[error("next is not a cursor of this server; start again without it")]
    Foreign,
    /// Given for another collection.
    #[error("next belongs to another collection; start again without it")]
    OtherCollection,
}

impl Cursor {
    /// Writes the cursor as base64url text; `mac` authenticates the bytes it is given.
    pub fn encode(&self, mac: impl Fn(&[u8]) -> [u8; MAC_BYTES]) -> String {
        let filters = self.query.lasting();
        let mut bytes = Vec::with_capacity(32 + self.collection.len() + filters.len());
        bytes.push(FORM);
        bytes.extend_from_slice(&self.position.to_be_bytes());
        bytes.extend_from_slice(&(self.collection.len() as u32).to_be_bytes());
        bytes.extend_from_slice(self.collection.as_bytes());
        bytes.extend_from_slice(filters.as_bytes());
        let tag = mac(&bytes);
        bytes.extend_from_slice(&tag);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// Reads a cursor for `collection`; the tag is compared in constant time.
    pub fn decode(
        text: &str,
        collection: &str,
        mac: impl Fn(&[u8]) -> [u8; MAC_BYTES],
    ) -> Result<Self, CursorError> {
        let cursor = Self::open(text, mac).ok_or(CursorError::Foreign)?;
        if cursor.collection == collection { Ok(cursor) } else { Err(CursorError::OtherCollection) }
    }

    fn open(text: &str, mac: impl Fn(&[u8]) -> [u8; MAC_BYTES]) -> Option<Self> {
        if text.len() > MAX_TEXT {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
        let (body, tag) = bytes.split_last_chunk::<MAC_BYTES>()?;
        let difference = mac(body).iter().zip(tag).fold(0u8, |sum, (one, other)| sum | (one ^ other));
        if difference != 0 {
            return None;
        }
        let (form, rest) = body.split_first()?;
        let (position, rest) = rest.split_first_chunk::<8>()?;
        let (length, rest) = rest.split_first_chunk::<4>()?;
        let (collection, filters) = rest.split_at_checked(u32::from_be_bytes(*length) as usize)?;
        let query = Query::parse(std::str::from_utf8(filters).ok()?).ok()?;
        let collection = std::str::from_utf8(collection).ok()?.to_owned();
        (*form == FORM).then_some(Self { collection, position: u64::from_be_bytes(*position), query })
    }
}

#[cfg(test)]
mod tests {
    use super::super::filter::Filter;
    use super::*;
    use proptest::prelude::*;

    fn mac(bytes: &[u8]) -> [u8; 16] {
        let mut sum = [7u8; 16];
        for (index, byte) in bytes.iter().enumerate() {
            sum[index % 16] = sum[index % 16].wrapping_mul(31).wrapping_add(*byte);
        }
        sum
    }

    proptest! {
        #[test]
        fn a_cursor_is_read_back_and_an_altered_one_is_not(
            position: u64,
            collection in "[a-f0-9-]{1,36}",
            types in prop::collection::vec("[a-z-]{3,12}", 0..3),
            after in prop::option::of(0i64..4_000_000_000_000_000),
            flip in 0usize..1000,
        ) {
            let query = Query { added_after: after, filter: Filter { types, ..Filter::default() }, ..Query::default() };
            let cursor = Cursor { collection: collection.clone(), position, query };
            let text = cursor.encode(mac);
            prop_assert_eq!(Cursor::decode(&text, &collection, mac), Ok(cursor));
            prop_assert_eq!(Cursor::decode(&text, "other", mac), Err(CursorError::OtherCollection));
            let mut altered = text.clone().into_bytes();
            let at = flip % altered.len();
            altered[at] = if altered[at] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).expect("ASCII");
            // The last character may hold unused bits; then it is no longer base64 at all.
            prop_assert!(Cursor::decode(&altered, &collection, mac).is_err());
        }

        #[test]
        fn any_text_is_survived(text in ".{0,80}") {
            prop_assert!(Cursor::decode(&text, "c", mac).is_err());
        }
    }
}
