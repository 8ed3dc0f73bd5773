//! Splits an input into its objects without copying: bundle, envelope, array, lines or one object.

use std::ops::Range;

use super::limits::Limits;
use super::machine::{Machine, Step};

/// What a piece of the input suffers from. The pieces around it are still yielded where brackets
/// or lines allow.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Flaw {
    /// The input is not UTF-8 JSON at all.
    #[error("this looks like {0}; convert the input to UTF-8 JSON first")]
    Encoding(&'static str),
    /// The input ends inside an object or array.
    #[error("the input was cut off; the objects before this place are complete, send the rest again")]
    Truncated,
    /// Brackets do not match; what follows cannot be told apart.
    #[error("brackets do not match; the objects after this place cannot be read")]
    Unbalanced,
    /// Another character was expected.
    #[error("expected {0}")]
    Expected(&'static str),
    /// A list item that is not an object.
    #[error("expected an object, found another value; it was left out")]
    NotAnObject,
    /// A string that runs over the end of its line.
    #[error("a string is not closed on its line; reading resumes at the next line that is an object")]
    OpenString,
    /// A second list of objects in one container.
    #[error("the key \"objects\" appears twice; the second list was left out, send it by itself")]
    Twice,
    /// Nested too deeply.
    #[error("an object is nested deeper than {0} levels; it was left out")]
    TooDeep(u32),
    /// An object is too large.
    #[error("an object is larger than {0} bytes; it was left out")]
    TooLarge(usize),
    /// There are more objects than accepted.
    #[error("more than {0} objects; split the input")]
    TooMany(u64),
}

/// A flaw with its place in the whole input.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{flaw} (byte {offset}, line {line})")]
pub struct SplitError {
    /// Byte offset from the start of the input.
    pub offset: u64,
    /// Line, from 1.
    pub line: u64,
    /// What is wrong.
    pub flaw: Flaw,
}

/// What holds the objects.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ContainerKind {
    /// Nothing read yet.
    #[default]
    Unknown,
    /// A STIX bundle (`"type": "bundle"`).
    Bundle,
    /// A TAXII envelope, or any object with a list named `objects`.
    Envelope,
    /// A bare array.
    Array,
    /// Objects one after the other: one, or many on lines of their own.
    Sequence,
}

/// What the container says about itself; complete when the input has been read to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Container {
    /// The kind seen first.
    pub kind: ContainerKind,
    /// `id` of a bundle.
    pub id: Option<String>,
    /// `spec_version`, which only STIX 2.0 bundles have.
    pub spec_version: Option<String>,
    /// `more` of an envelope.
    pub more: Option<bool>,
    /// `next` of an envelope.
    pub next: Option<String>,
}

/// Iterator over the objects of an input held in memory.
#[derive(Debug)]
pub struct Split<'a> {
    input: &'a [u8],
    machine: Machine,
}

/// Splits `input` into its objects. The objects are found by their brackets, not validated:
/// [`super::Document::parse`] does that for each.
pub fn split(input: &[u8], limits: Limits) -> Split<'_> {
    Split { input, machine: Machine::new(limits) }
}

impl<'a> Split<'a> {
    /// What the container says so far.
    pub const fn container(&self) -> &Container {
        self.machine.container()
    }

    /// The next object with its byte range.
    pub fn next_range(&mut self) -> Option<Result<Range<usize>, SplitError>> {
        loop {
            match self.machine.step(self.input, true) {
                Step::Object(range) => return Some(Ok(range)),
                Step::Flaw(error) => return Some(Err(error)),
                Step::End => return None,
                Step::More => {}
            }
        }
    }
}

impl<'a> Iterator for Split<'a> {
    type Item = Result<&'a [u8], SplitError>;

    fn next(&mut self) -> Option<Self::Item> {
        Some(self.next_range()?.map(|range| &self.input[range]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> (Vec<String>, Vec<Flaw>, Container) {
        let mut split = split(text.as_bytes(), Limits::default());
        let (mut objects, mut flaws) = (Vec::new(), Vec::new());
        for piece in split.by_ref() {
            match piece {
                Ok(bytes) => objects.push(String::from_utf8_lossy(bytes).into_owned()),
                Err(error) => flaws.push(error.flaw),
            }
        }
        let container = split.container().clone();
        (objects, flaws, container)
    }

    #[test]
    fn a_bundle_an_envelope_an_array_lines_and_one_object_are_told_apart() {
        let (objects, flaws, container) =
            pieces(r#"{"type":"bundle","id":"bundle--1","objects":[ {"a":1} ,{"b":[{}]}]}"#);
        assert_eq!((objects.len(), flaws.len()), (2, 0));
        assert_eq!(objects[1], r#"{"b":[{}]}"#);
        assert_eq!((container.kind, container.id.as_deref()), (ContainerKind::Bundle, Some("bundle--1")));

        let (objects, _, container) = pieces("{\"objects\":[{}],\"more\":true,\"next\":\"n\\u0031\"}\n");
        assert_eq!((objects.len(), container.kind), (1, ContainerKind::Envelope));
        assert_eq!((container.more, container.next.as_deref()), (Some(true), Some("n1")));

        let (objects, flaws, container) = pieces("\u{feff}[{\"a\":\"]}\\\"\"},{}]");
        assert_eq!((objects.len(), flaws.len(), container.kind), (2, 0, ContainerKind::Array));

        let (objects, flaws, container) = pieces("{\"a\":1}\r\n\n  {\"b\":2}  \n{\"c\":3}");
        assert_eq!(objects, ["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"]);
        assert_eq!((flaws.len(), container.kind), (0, ContainerKind::Sequence));

        let (objects, _, _) = pieces("{\n \"a\": {\"objects\": [{}]},\n \"objects\": {\"0\":{}}\n}\n{\n}");
        assert_eq!(objects.len(), 2);
        assert_eq!(pieces("").0.len() + pieces(" \n").1.len(), 0);
        assert_eq!(pieces("{}").0, ["{}"]);
    }

    #[test]
    fn a_second_list_of_objects_is_left_out_and_named() {
        let (objects, flaws, _) = pieces(r#"{"objects":[{"a":1}],"objects":[{"b":2}],"more":true}"#);
        assert_eq!((objects, flaws), (vec![r#"{"a":1}"#.to_owned()], vec![Flaw::Twice]));
    }

    #[test]
    fn one_bad_item_does_not_cost_its_neighbours() {
        let deep = format!("{{\"x\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        let (objects, flaws, _) = pieces(&format!(r#"{{"objects":[{{"a":1}},7,"s",{deep},{{"b":2}}]}}"#));
        assert_eq!(objects, [r#"{"a":1}"#, r#"{"b":2}"#]);
        assert_eq!(flaws, [Flaw::NotAnObject, Flaw::NotAnObject, Flaw::TooDeep(64)]);

        let (objects, flaws, _) = pieces(r#"{"objects":[{"a":1} {"b":2},{"c":3},]}"#);
        assert_eq!(objects.len(), 3);
        assert_eq!(flaws, [Flaw::Expected("a comma between objects")], "a comma at the end does no harm");

        let (objects, flaws, _) = pieces("{\"a\":1}\n{\"b\":\n{\"c\":3}\nnot json\n{\"d\":4}\n");
        assert_eq!(objects, ["{\"a\":1}", "{\"c\":3}", "{\"d\":4}"]);
        assert_eq!(flaws.len(), 2);

        let (objects, flaws, _) = pieces("{\"a\":1,\"b\":\n{\"c\":3}\n{\"d\":4}\n{\"e\":5}\n");
        assert_eq!(objects, ["{\"d\":4}", "{\"e\":5}"]);
        assert_eq!(flaws.len(), 1);

        let (objects, flaws, _) = pieces("{\"a\":\"open\n{\"b\":2}\n{\"c\":3}\n");
        assert_eq!(objects, ["{\"b\":2}", "{\"c\":3}"]);
        assert_eq!(flaws, [Flaw::OpenString]);
    }

    #[test]
    fn a_cut_input_keeps_what_came_before_and_names_the_place() {
        let text = "{\"objects\":[{\"a\":1},\n{\"b\":2},{\"c\":\"";
        let mut split = split(text.as_bytes(), Limits::default());
        assert_eq!(split.by_ref().filter(Result::is_ok).count(), 2);
        let (_, flaws, _) = pieces(text);
        assert_eq!(flaws, [Flaw::Truncated]);
        let error = super::split(text.as_bytes(), Limits::default()).find_map(Result::err);
        assert_eq!(error.map(|error| (error.offset, error.line)), Some((29, 2)));
    }

    #[test]
    fn other_encodings_are_named() {
        let utf16: Vec<u8> = "{\"objects\":[]}".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let flaw = split(&utf16, Limits::default()).find_map(Result::err).map(|error| error.flaw);
        assert_eq!(flaw, Some(Flaw::Encoding("UTF-16")));
    }

    #[test]
    fn size_and_count_are_bounded() {
        let limits = Limits { max_object_bytes: 8, max_objects: 3, ..Limits::default() };
        let text = br#"{"objects":[{"a":1},{"abcdefgh":1},{"b":2},{"c":3},{}]}"#;
        let got: Vec<_> = split(text, limits).map(|piece| piece.map_err(|error| error.flaw)).collect();
        let a: &[u8] = br#"{"a":1}"#;
        let b: &[u8] = br#"{"b":2}"#;
        assert_eq!(got, [Ok(a), Err(Flaw::TooLarge(8)), Ok(b), Err(Flaw::TooMany(3))]);
    }
}
