//! Base64 as everything here writes it: standard alphabet, no padding, so that headers stay short.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

/// Text that is not base64.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not base64 (standard alphabet)")]
pub struct Base64Error;

/// Writes bytes as base64 without padding (RFC 4648 §4).
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// Writes bytes as base64 without padding behind what `text` holds.
pub fn push_base64(text: &mut String, bytes: &[u8]) {
    STANDARD_NO_PAD.encode_string(bytes, text);
}

/// Reads base64 with or without padding.
pub fn from_base64(text: &str) -> Result<Vec<u8>, Base64Error> {
    STANDARD_NO_PAD.decode(text).or_else(|_| STANDARD.decode(text)).map_err(|_| Base64Error)
}
