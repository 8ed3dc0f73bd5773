//! Splitting inputs into objects: whatever comes in, nothing is invented and nothing is lost.

use formats::json::{Document, Limits, ObjectStream, StreamError, split};
use proptest::prelude::*;

/// Objects of all sizes, with everything that could confuse a splitter inside their strings.
fn object() -> impl Strategy<Value = String> {
    let text = prop_oneof![Just("\\\"}{][,\\\\".to_owned()), "[a-zé ]{0,40}"];
    let value = prop_oneof![
        text.prop_map(|text| format!("\"{text}\"")),
        any::<i32>().prop_map(|number| number.to_string()),
        Just("null".to_owned()),
        Just("[]".to_owned()),
        Just("[ 1 , {\"objects\":[{}]} ]".to_owned()),
    ];
    prop::collection::vec(("[a-z]{1,6}", value), 0..6).prop_map(|members| {
        let members: Vec<String> =
            members.into_iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
        format!("{{{}}}", members.join(","))
    })
}

fn streamed(text: &[u8], piece: usize) -> Vec<Result<Vec<u8>, String>> {
    struct Pieces<'a>(&'a [u8], usize);
    impl std::io::Read for Pieces<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }
    let mut stream = ObjectStream::new(Pieces(text, piece), Limits::default());
    let mut out = Vec::new();
    while let Some(piece) = stream.next_object() {
        out.push(match piece {
            Ok((_, bytes)) => Ok(bytes.to_vec()),
            Err(StreamError::Split(error)) => Err(error.to_string()),
            Err(error) => Err(error.to_string()),
        });
    }
    out
}

fn split_whole(text: &[u8]) -> Vec<Result<Vec<u8>, String>> {
    split(text, Limits::default())
        .map(|piece| piece.map(<[u8]>::to_vec).map_err(|error| error.to_string()))
        .collect()
}

#[test]
fn a_line_end_means_the_same_however_late_it_comes() {
    for text in ["{}[]{}\n}", "{}\n]", "{}\r\n]\n{}", "{}\r", "{} \n[]"] {
        let whole = split_whole(text.as_bytes());
        for piece in 1..=text.len() {
            assert_eq!(streamed(text.as_bytes(), piece), whole, "{text:?} in pieces of {piece}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn objects_come_back_byte_for_byte(
        objects in prop::collection::vec(object(), 0..8),
        form in 0..4u8,
        piece in 1usize..64,
    ) {
        let text = match form {
            0 => format!("{{\"type\":\"bundle\",\"id\":\"b\",\"objects\":[{}]}}", objects.join(" ,\n")),
            1 => format!("{{\"more\":false,\"objects\":[{}],\"next\":\"x\"}}", objects.join(",")),
            2 => format!(" [{}] ", objects.join(",")),
            _ => objects.join("\n"),
        };
        let expected: Vec<Result<Vec<u8>, String>> =
            objects.iter().map(|object| Ok(object.clone().into_bytes())).collect();
        prop_assert_eq!(split_whole(text.as_bytes()), expected.clone());
        prop_assert_eq!(streamed(text.as_bytes(), piece), expected);
    }

    #[test]
    fn arbitrary_bytes_are_survived_alike(
        text in prop::collection::vec(
            prop_oneof![Just(b'{'), Just(b'}'), Just(b'['), Just(b']'), Just(b'"'), Just(b'\\'), Just(b','),
                        Just(b':'), Just(b'\n'), Just(b' '), Just(b'a'), any::<u8>()],
            0..120),
        piece in 1usize..16,
    ) {
        let whole = split_whole(&text);
        prop_assert_eq!(streamed(&text, piece), whole);
        let _ = Document::parse(&text, &Limits::default());
    }

    #[test]
    fn an_input_cut_anywhere_keeps_the_objects_before_the_cut(
        objects in prop::collection::vec(object(), 1..6),
        cut in 0usize..400,
    ) {
        let text = format!("{{\"objects\":[{}]}}", objects.join(","));
        let cut = cut.min(text.len());
        let mut end = "{\"objects\":[".len();
        let complete = objects.iter().take_while(|object| { end += object.len() + 1; end - 1 <= cut }).count();
        let pieces = split_whole(&text.as_bytes()[..cut]);
        let kept = pieces.iter().filter(|piece| piece.is_ok()).count();
        prop_assert!(kept >= complete, "{} of {}", kept, complete);
        prop_assert!(cut == text.len() || cut == 0 || pieces.last().is_some_and(Result::is_err));
    }

    #[test]
    fn a_document_agrees_with_a_general_parser(text in object()) {
        let ours = Document::parse(text.as_bytes(), &Limits::default());
        let theirs: Result<serde_json::Map<String, serde_json::Value>, _> = serde_json::from_str(&text);
        match ours {
            Ok(document) => prop_assert_eq!(document.members().len(), theirs.expect("valid").len()),
            // Only a doubled key is refused by us and taken by others.
            Err(error) => prop_assert!(error.to_string().contains("twice")),
        }
    }
}
