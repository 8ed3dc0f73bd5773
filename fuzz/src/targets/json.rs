//! JSON: one document, and the objects of a stream.

use formats::json::{Document, Limits, ObjectStream, split};
use formats::stix::canonical;

/// A document that reads has a canonical form, and that form is its own.
pub fn document(bytes: &[u8]) {
    let limits = Limits { max_string_bytes: 4_096, max_array_items: 1_000, ..Limits::default() };
    let Ok(document) = Document::parse(bytes, &limits) else { return };
    let members: Vec<_> = document.members().iter().map(|member| canonical(&member.value)).collect();
    for text in members {
        let wrapped = format!("{{\"a\":{text}}}");
        let again = Document::parse(wrapped.as_bytes(), &Limits::default()).expect("a canonical form reads");
        assert_eq!(canonical(again.get("a").expect("the member")), text);
    }
}

/// Objects found in memory and in a stream that comes byte by byte are the same.
pub fn stream(bytes: &[u8]) {
    let limits = Limits { max_object_bytes: 4_096, max_objects: 500, ..Limits::default() };
    let whole: Vec<Option<Vec<u8>>> =
        split(bytes, limits).map(|found| found.ok().map(<[u8]>::to_vec)).collect();
    let mut stream = ObjectStream::new(Trickle(bytes), limits);
    let mut pieces = Vec::new();
    while let Some(found) = stream.next_object() {
        pieces.push(found.ok().map(|(_, object)| object.to_vec()));
        assert!(pieces.len() <= bytes.len() + 2, "a stream that never ends");
    }
    assert_eq!(whole, pieces);
}

/// Gives one to seven bytes at a time.
struct Trickle<'a>(&'a [u8]);

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let take = (1 + self.0.len() % 7).min(self.0.len()).min(buffer.len());
        let (now, later) = self.0.split_at(take);
        buffer[..take].copy_from_slice(now);
        self.0 = later;
        Ok(take)
    }
}
