//! One JSON object, validated and indexed by its members.

use super::cursor::{Cursor, JsonError, JsonFault};
use super::limits::Limits;
use super::text::Text;

/// The text of an array or object that has been validated.
#[derive(Debug, Clone, Copy)]
pub struct Raw<'a>(pub(crate) &'a str);

impl<'a> Raw<'a> {
    /// Bytes that were validated as one JSON object or array before, such as those of an own record; `None` for others
    /// when that shows at once. Walking what was never validated yields nonsense, but ends and never panics.
    pub fn validated(bytes: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?.trim_ascii();
        text.starts_with(['{', '[']).then_some(Self(text))
    }

    /// The text as received, brackets included.
    pub const fn as_str(&self) -> &'a str {
        self.0
    }
}

/// A JSON value, borrowed.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number as written.
    Number(&'a str),
    /// A string.
    Text(Text<'a>),
    /// An array, to be walked with [`super::elements`].
    Array(Raw<'a>),
    /// An object, to be walked with [`super::members`].
    Object(Raw<'a>),
}

impl<'a> Value<'a> {
    /// The name of the kind, for messages.
    pub const fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Text(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        }
    }

    /// The string, if it is one.
    pub const fn text(&self) -> Option<Text<'a>> {
        if let Value::Text(text) = self { Some(*text) } else { None }
    }
}

/// One member of an object.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    /// The key.
    pub key: Text<'a>,
    /// The value.
    pub value: Value<'a>,
    /// Whether `null` stands anywhere in the value.
    pub has_null: bool,
    /// Whether an empty list or object stands anywhere in the value.
    pub has_empty: bool,
}

/// One validated object.
#[derive(Debug, Clone)]
pub struct Document<'a> {
    text: &'a str,
    members: Vec<Member<'a>>,
}

impl<'a> Document<'a> {
    /// Validates `bytes` as one JSON object with nothing around it but whitespace.
    pub fn parse(bytes: &'a [u8], limits: &Limits) -> Result<Self, JsonError> {
        if bytes.len() > limits.max_object_bytes {
            let fault = JsonFault::TooLarge(limits.max_object_bytes);
            return Err(JsonError { offset: 0, line: 1, column: 1, fault });
        }
        if let Some(name) = foreign_encoding(bytes) {
            return Err(JsonError::at(bytes, 0, JsonFault::Encoding(name)));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|error| JsonError::at(bytes, error.valid_up_to(), JsonFault::Utf8))?;
        let mut cursor = Cursor::new(text, limits);
        let mut members = Vec::with_capacity(24);
        let read = Self::read(&mut cursor, &mut members);
        match read {
            Ok(()) => Ok(Self { text, members }),
            Err(fault) => Err(JsonError::at(bytes, cursor.pos, fault)),
        }
    }

    fn read(cursor: &mut Cursor<'a, '_>, members: &mut Vec<Member<'a>>) -> Result<(), JsonFault> {
        cursor.whitespace();
        if cursor.peek()? != b'{' {
            return Err(JsonFault::NotAnObject);
        }
        cursor.object(|key, value, noticed| {
            let (has_null, has_empty) = (noticed.null, noticed.empty);
            members.push(Member { key, value, has_null, has_empty });
        })?;
        cursor.whitespace();
        if cursor.peek().is_ok() { Err(JsonFault::Trailing) } else { Ok(()) }
    }

    /// The members in the order received.
    pub fn members(&self) -> &[Member<'a>] {
        &self.members
    }

    /// The value of a member.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.members.iter().find(|member| member.key.is(key)).map(|member| &member.value)
    }

    /// The whole text.
    pub const fn as_str(&self) -> &'a str {
        self.text
    }
}

/// Names what the first bytes say when they are not UTF-8 JSON.
pub(crate) fn foreign_encoding(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some("UTF-8 with a byte order mark"),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] | [_, 0, 0, 0, ..] | [0, 0, 0, _, ..] => {
            Some("UTF-32")
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [_, 0, ..] | [0, _, ..] => Some("UTF-16"),
        [0x1f, 0x8b, ..] => Some("gzip"),
        [b'P', b'K', 3, 4, ..] => Some("a zip archive"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> JsonFault {
        Document::parse(text.as_bytes(), &Limits::default()).expect_err(text).fault
    }

    #[test]
    fn members_keep_their_order_and_their_bytes() {
        let text = r#"{"b": [1, {"x":[]}],"a":"\u0041"}"#;
        let document = Document::parse(text.as_bytes(), &Limits::default()).expect("valid");
        let [list, letter] = document.members() else { panic!("two members") };
        assert!(matches!(list.value, Value::Array(raw) if raw.as_str() == r#"[1, {"x":[]}]"#));
        assert!(list.has_empty && !list.has_null && !letter.has_empty);
        assert_eq!(letter.value.text().map(|text| text.decode().into_owned()).as_deref(), Some("A"));
    }

    #[test]
    fn what_json_forbids_is_named() {
        assert_eq!(fault(r#"{"a":1,"a":2}"#), JsonFault::DuplicateKey("a".into()));
        assert_eq!(fault(r#"{"a":1,"\u0061":2}"#), JsonFault::DuplicateKey("a".into()));
        assert_eq!(fault(r#"{"x":{"a":1,"b":{"a":1},"a":2}}"#), JsonFault::DuplicateKey("a".into()));
        assert_eq!(fault(r#"{"a":"\ud800"}"#), JsonFault::Surrogate);
        assert_eq!(fault(r#"{"a":"\udc00\ud800"}"#), JsonFault::Surrogate);
        assert_eq!(fault(r#"{"a":NaN}"#), JsonFault::Number);
        assert_eq!(fault(r#"{"a":01}"#), JsonFault::Number);
        assert_eq!(fault("{\"a\":\"\n\"}"), JsonFault::Control(b'\n'));
        assert_eq!(fault(r#"{"a":"\x"}"#), JsonFault::Escape);
        assert_eq!(fault(r#"{"a":1"#), JsonFault::Truncated);
        assert_eq!(fault(r#"{"a":tr"#), JsonFault::Truncated);
        assert_eq!(fault(r#"{"a":1} {}"#), JsonFault::Trailing);
        assert_eq!(fault(r#"{"a":1,}"#), JsonFault::Expected("a key in double quotes"));
        assert_eq!(fault("[1]"), JsonFault::NotAnObject);
        assert_eq!(fault("\u{feff}{}"), JsonFault::Encoding("UTF-8 with a byte order mark"));
        assert_eq!(fault("{\0\"\0"), JsonFault::Encoding("UTF-16"));
    }

    #[test]
    fn many_keys_are_still_told_apart() {
        let mut text = String::from("{");
        for number in 0..5_000 {
            text.push_str(&format!("\"k{number}\":0,"));
        }
        assert_eq!(fault(&format!("{text}\"k4999\":1}}")), JsonFault::DuplicateKey("k4999".into()));
        let whole = format!("{text}\"last\":1}}");
        let document = Document::parse(whole.as_bytes(), &Limits::default()).expect("valid");
        assert_eq!(document.members().len(), 5_001);
    }

    #[test]
    fn depth_size_and_counts_are_bounded() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(fault(&deep), JsonFault::TooDeep(64));
        let limits = Limits { max_string_bytes: 4, max_array_items: 3, ..Limits::default() };
        let read = |text: &str| Document::parse(text.as_bytes(), &limits).map(|_| ());
        assert!(read(r#"{"a":"abcd","b":[1,2,3]}"#).is_ok());
        assert!(matches!(read(r#"{"a":"abcde"}"#), Err(e) if e.fault == JsonFault::LongString(4)));
        assert!(matches!(read(r#"{"a":[1,2,3,4]}"#), Err(e) if e.fault == JsonFault::TooMany(3)));
    }

    #[test]
    fn the_error_tells_line_and_column() {
        let error = Document::parse(b"{\n  \"a\": oops}", &Limits::default()).expect_err("bad");
        assert_eq!((error.offset, error.line, error.column), (9, 2, 8));
    }
}
