//! A frame in a few words, for a story that is told aloud.

use link::{Frame, Item};

/// What a frame says.
pub(crate) fn brief(bytes: &[u8]) -> String {
    let body = bytes.get(4..).map(bytes::Bytes::copy_from_slice).unwrap_or_default();
    match Frame::decode(body) {
        Ok(Frame::Hello { held, .. }) => format!("hello, {held} held"),
        Ok(Frame::Batch { first, items, .. }) => {
            let withheld = items.iter().filter(|item| matches!(item, Item::Withheld(_))).count();
            format!("batch from {first}, {} records and {withheld} hashes", items.len() - withheld)
        }
        Ok(Frame::Reveal { items }) => {
            let places: Vec<String> = items.iter().map(|item| item.position.to_string()).collect();
            format!("reveal of {}", places.join(", "))
        }
        Ok(Frame::Ack { size, refused }) => {
            let places: Vec<String> =
                refused.iter().map(|one| format!("{} ({})", one.position, one.reason)).collect();
            if places.is_empty() {
                format!("stored up to {size}")
            } else {
                format!("stored up to {size}, refused {}", places.join(", "))
            }
        }
        Ok(Frame::UpToDate { .. }) => "up to date".into(),
        Ok(Frame::Ask { positions }) => format!("asks again for {positions:?}"),
        Ok(Frame::Keys { rotations }) => format!("{} changes of keys", rotations.len()),
        Ok(Frame::Bye { reason }) => format!("bye: {reason}"),
        Ok(Frame::Ping) => "are you there".into(),
        Ok(Frame::Pong) => "here".into(),
        Err(error) => format!("no frame: {error}"),
    }
}
