//! The little of CBOR (RFC 8949) that authenticators write: whole numbers, bytes, texts, lists and maps of known length.

/// Nesting, and items of one list or map.
const MOST_DEPTH: usize = 8;
const MOST_ITEMS: u64 = 64;

/// A value, borrowed from the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value<'a> {
    Whole(i64),
    Bytes(&'a [u8]),
    Text(&'a str),
    List(Vec<Value<'a>>),
    Map(Vec<(Value<'a>, Value<'a>)>),
    /// True, false, null.
    Simple,
}

impl<'a> Value<'a> {
    /// What a map holds under a text.
    pub fn get_text(&self, key: &str) -> Option<&Value<'a>> {
        self.get(&Value::Text(key))
    }

    /// What a map holds under a number.
    pub fn get_whole(&self, key: i64) -> Option<&Value<'a>> {
        self.get(&Value::Whole(key))
    }

    fn get(&self, key: &Value<'_>) -> Option<&Value<'a>> {
        let Value::Map(pairs) = self else { return None };
        pairs.iter().find(|(held, _)| held == key).map(|(_, value)| value)
    }
}

/// The first value, and what follows it.
pub(super) fn read(input: &[u8]) -> Option<(Value<'_>, &[u8])> {
    item(input, 0)
}

fn item(input: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    if depth > MOST_DEPTH {
        return None;
    }
    let (first, rest) = input.split_first()?;
    let (number, rest) = argument(first & 0x1f, rest)?;
    match first >> 5 {
        0 => Some((Value::Whole(i64::try_from(number).ok()?), rest)),
        1 => Some((Value::Whole(-1 - i64::try_from(number).ok()?), rest)),
        2 => {
            let (bytes, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            Some((Value::Bytes(bytes), rest))
        }
        3 => {
            let (bytes, rest) = rest.split_at_checked(usize::try_from(number).ok()?)?;
            Some((Value::Text(std::str::from_utf8(bytes).ok()?), rest))
        }
        4 if number <= MOST_ITEMS => list(number, rest, depth),
        5 if number <= MOST_ITEMS => map(number, rest, depth),
        7 if first & 0x1f < 24 => Some((Value::Simple, rest)),
        _ => None,
    }
}

fn list(count: u64, mut rest: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let mut items = Vec::new();
    for _ in 0..count {
        let (value, after) = item(rest, depth + 1)?;
        items.push(value);
        rest = after;
    }
    Some((Value::List(items), rest))
}

fn map(count: u64, mut rest: &[u8], depth: usize) -> Option<(Value<'_>, &[u8])> {
    let mut pairs = Vec::new();
    for _ in 0..count {
        let (key, after) = item(rest, depth + 1)?;
        let (value, after) = item(after, depth + 1)?;
        // Twice the same key: one reader might take the first and another the second.
        if pairs.iter().any(|(held, _)| *held == key) {
            return None;
        }
        pairs.push((key, value));
        rest = after;
    }
    Some((Value::Map(pairs), rest))
}

/// The number in the head of an item; those of unknown length are not read.
fn argument(short: u8, rest: &[u8]) -> Option<(u64, &[u8])> {
    let width = match short {
        0..24 => return Some((u64::from(short), rest)),
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        _ => return None,
    };
    let (bytes, rest) = rest.split_at_checked(width)?;
    Some((bytes.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8949, appendix A.
    #[test]
    fn values_are_read_as_the_standard_shows_them() {
        let whole = |bytes| read(bytes).map(|(value, _)| value);
        assert_eq!(whole(&[0x18, 0x64]), Some(Value::Whole(100)));
        assert_eq!(whole(&[0x39, 0x03, 0xe7]), Some(Value::Whole(-1000)));
        assert_eq!(whole(&[0x44, 1, 2, 3, 4]), Some(Value::Bytes(&[1, 2, 3, 4])));
        assert_eq!(whole(b"\x64IETF"), Some(Value::Text("IETF")));
        let (map, rest) = read(b"\xa2\x61a\x01\x61b\x82\x02\x03!").expect("a map");
        assert_eq!((map.get_text("a"), rest), (Some(&Value::Whole(1)), &b"!"[..]));
        assert_eq!(map.get_text("b"), Some(&Value::List(vec![Value::Whole(2), Value::Whole(3)])));
    }

    #[test]
    fn what_is_cut_off_nested_too_deep_or_said_twice_is_refused() {
        for bad in [
            &b""[..],
            b"\x44\x01",
            b"\x9f\xff",
            b"\xa2\x01\x02\x01\x03",
            b"\x9a\xff\xff\xff\xff",
            &[0x81; 40],
        ] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
