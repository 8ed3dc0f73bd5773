//! Frames of a peer.

use bytes::Bytes;
use link::Frame;

/// A frame that reads is written to bytes that read the same; no length is believed before it is checked.
pub fn frame(bytes: &[u8]) {
    let Ok(frame) = Frame::decode(Bytes::copy_from_slice(bytes)) else { return };
    let written = frame.encode();
    let body = written.slice(4..);
    assert_eq!(u32::from_be_bytes([written[0], written[1], written[2], written[3]]) as usize, body.len());
    assert_eq!(Frame::decode(body), Ok(frame));
}
