//! One-time passwords that follow the clock (RFC 6238): six digits, thirty seconds, HMAC-SHA-1, as every
//! authenticator on a telephone makes them.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::hmac::{HMAC_SHA1_FOR_LEGACY_USE_ONLY, Key, sign};
use model::Timestamp;

/// Bytes of a secret: as many as the hash has (RFC 4226, section 4).
pub(super) const SECRET_BYTES: usize = 20;
/// Seconds of one step.
const STEP_S: i64 = 30;
/// Digits of a code.
const DIGITS: usize = 6;
/// A clock may be so many steps fast or slow.
const SLACK: i64 = 1;

/// The step that `now` is in.
pub(super) fn step_of(now: Timestamp) -> i64 {
    now.as_second().div_euclid(STEP_S)
}

/// The step whose code this is, among those near `now`.
pub(super) fn matching_step(secret: &[u8], code: &str, now: Timestamp) -> Option<i64> {
    let typed: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let here = step_of(now);
    let mut found = None;
    // Every step is tried, so that the time taken does not tell which.
    for step in here - SLACK..=here + SLACK {
        if verify_slices_are_equal(code_at(secret, step).as_bytes(), typed.as_bytes()).is_ok() {
            found = Some(step);
        }
    }
    found
}

/// The code of one step (RFC 4226, section 5.3).
fn code_at(secret: &[u8], step: i64) -> String {
    let tag = sign(&Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, secret), &step.to_be_bytes());
    let tag = tag.as_ref();
    let at = usize::from(tag[tag.len() - 1] & 0x0f);
    let number = u32::from_be_bytes([tag[at] & 0x7f, tag[at + 1], tag[at + 2], tag[at + 3]]);
    format!("{:0DIGITS$}", number % 10_u32.pow(DIGITS as u32))
}

/// Bytes as people and authenticators write them (RFC 4648, base 32 without padding).
pub(super) fn base32(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    let (mut held, mut bits) = (0_u32, 0);
    for byte in bytes {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(LETTERS[(held >> bits) as usize & 31]));
        }
    }
    if bits > 0 {
        text.push(char::from(LETTERS[(held << (5 - bits)) as usize & 31]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B, the rows of SHA-1; eight digits there, of which ours are the last six.
    #[test]
    fn codes_are_those_of_the_standard() {
        for (second, code) in [
            (59, "94287082"),
            (1_111_111_109, "07081804"),
            (1_111_111_111, "14050471"),
            (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"),
            (20_000_000_000, "65353130"),
        ] {
            let now = Timestamp::from_second(second).expect("an instant");
            assert_eq!(code_at(b"12345678901234567890", step_of(now)), code[2..], "{second}");
        }
    }

    #[test]
    fn a_code_is_taken_a_step_early_or_late_and_no_more() {
        let secret = b"12345678901234567890";
        let at = |second| Timestamp::from_second(second).expect("an instant");
        let code = code_at(secret, step_of(at(90)));
        for (second, found) in
            [(29, None), (30, None), (60, Some(3)), (119, Some(3)), (149, Some(3)), (150, None)]
        {
            assert_eq!(matching_step(secret, &code, at(second)), found, "{second}");
        }
        assert_eq!(matching_step(secret, &format!("{} {}", &code[..3], &code[3..]), at(90)), Some(3));
        assert_eq!(matching_step(secret, "", at(90)), None);
    }

    /// RFC 4648, section 10.
    #[test]
    fn base_32_is_that_of_the_standard() {
        for (bytes, text) in
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foobar", "MZXW6YTBOI")]
        {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
