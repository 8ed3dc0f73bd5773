//! Places in long lists, as addresses of the API carry them: plain digits and nothing that reads like another number.

/// The highest place that can be asked for.
pub(crate) const LAST: u64 = 9_999_999_999_999_999;

/// A number of 1 to 16 digits, not beginning with zero; none for anything else.
pub(crate) fn number(text: &str) -> Option<u64> {
    let plain = text.len() <= 16 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_one_spelling() {
        assert_eq!(number("1"), Some(1));
        assert_eq!(number(&LAST.to_string()), Some(LAST));
        for text in ["", "0", "01", "+1", "-1", "1.0", " 1", "1e3", "٣", "10000000000000000"] {
            assert_eq!(number(text), None, "{text:?}");
        }
    }
}
