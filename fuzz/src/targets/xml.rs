//! Lists of others as XML.

use formats::xml::{Event, Reader};

/// Elements end in the order in which they began, whatever the bytes, and however they come in.
pub fn document(bytes: &[u8]) {
    let read = |piece: usize| {
        let mut reader = Reader::new(std::io::BufReader::with_capacity(piece, bytes));
        let (mut open, mut events) = (Vec::new(), Vec::new());
        while let Ok(Some(event)) = reader.next_event() {
            match &event {
                Event::Start(element) => open.push(element.name.clone()),
                Event::End(name) => assert_eq!(open.pop().as_ref(), Some(name)),
                Event::Text(text) => assert!(!text.trim().is_empty() && !open.is_empty()),
            }
            events.push(event);
        }
        events
    };
    assert_eq!(read(1), read(4096));
}
