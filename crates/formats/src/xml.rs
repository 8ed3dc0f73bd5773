//! XML as a stream of events, for long lists that others publish: elements with their attributes, text, and nothing else.
//!
//! It is a reader for data, not for documents: no entity but the five that XML knows is replaced, a document type is
//! refused whole (it could name files, or grow a line into gigabytes), names lose their prefix, and everything has a limit.
//! It reads piece by piece, so a list of a hundred megabytes needs the memory of its longest element.

use std::collections::VecDeque;
use std::io::BufRead;

/// The longest tag with its attributes, and the longest text between two tags, in bytes.
const MOST_BYTES: usize = 1 << 20;
/// The deepest nesting.
const MOST_DEPTH: usize = 64;
/// The most attributes of one element.
const MOST_ATTRIBUTES: usize = 64;

/// What stands next in the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// An element begins.
    Start(Element),
    /// The element that began last ends; its name.
    End(String),
    /// Text, its blanks at both ends left out; never empty.
    Text(String),
}

/// An element.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Its attributes, names without a prefix.
    pub attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute; empty when it has none.
    pub fn get(&self, name: &str) -> &str {
        self.attributes.iter().find(|(one, _)| one == name).map_or("", |(_, value)| value)
    }
}

/// Why a document is not read on, and at which byte.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this is no XML that is read here, at byte {at}: {fault}; fetch the file again from its publisher")]
pub struct XmlError {
    /// Where.
    pub at: u64,
    /// What is wrong.
    pub fault: String,
}

/// Reads events from bytes.
#[derive(Debug)]
pub struct Reader<R> {
    from: R,
    at: u64,
    open: Vec<String>,
    waiting: VecDeque<Event>,
    begun: bool,
}

impl<R: BufRead> Reader<R> {
    /// A reader at the beginning of a document.
    pub fn new(from: R) -> Self {
        Self { from, at: 0, open: Vec::new(), waiting: VecDeque::new(), begun: false }
    }

    /// The next event; none at the end of the document.
    pub fn next_event(&mut self) -> Result<Option<Event>, XmlError> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Ok(Some(event));
            }
            let mut stop = |_: &[u8], byte: u8| byte == b'<';
            let (text, more) = self.take(&mut stop)?;
            self.text(&text)?;
            if more {
                self.tag()?;
            } else if self.waiting.is_empty() {
                return self.finished();
            }
        }
    }

    fn finished(&self) -> Result<Option<Event>, XmlError> {
        match self.open.last() {
            Some(name) => Err(self.fault(format!("it ends within {name}"))),
            None if !self.begun => Err(self.fault("it holds no element")),
            None => Ok(None),
        }
    }

    fn fault(&self, fault: impl Into<String>) -> XmlError {
        XmlError { at: self.at, fault: fault.into() }
    }

    /// The bytes before the one at which `stop` says so, which is passed over; false when there was none.
    fn take(&mut self, stop: &mut dyn FnMut(&[u8], u8) -> bool) -> Result<(Vec<u8>, bool), XmlError> {
        let mut taken = Vec::new();
        loop {
            let piece = match self.from.fill_buf() {
                Ok(piece) => piece,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(XmlError { at: self.at, fault: error.to_string() }),
            };
            if piece.is_empty() {
                return Ok((taken, false));
            }
            let mut passed = 0;
            let mut found = false;
            for &byte in piece {
                passed += 1;
                if stop(&taken, byte) {
                    found = true;
                    break;
                }
                taken.push(byte);
                if taken.len() > MOST_BYTES {
                    break;
                }
            }
            self.from.consume(passed);
            self.at += passed as u64;
            if taken.len() > MOST_BYTES {
                return Err(self.fault(format!("a tag or text longer than {MOST_BYTES} bytes")));
            }
            if found {
                return Ok((taken, true));
            }
        }
    }

    /// Text between two tags.
    fn text(&mut self, bytes: &[u8]) -> Result<(), XmlError> {
        let bytes = if self.begun { bytes } else { bytes.strip_prefix(BOM).unwrap_or(bytes) };
        let text = self.plain(bytes)?;
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if self.open.is_empty() {
            return Err(self.fault("text outside of every element"));
        }
        let text = self.unescaped(text)?;
        // A blank may be written as a reference.
        if !text.trim().is_empty() {
            self.waiting.push_back(Event::Text(text));
        }
        Ok(())
    }

    /// What stands after `<`.
    fn tag(&mut self) -> Result<(), XmlError> {
        let (bytes, ended) = self.take(&mut ends_tag())?;
        if !ended {
            return Err(self.fault("it ends within a tag"));
        }
        if bytes.starts_with(b"!--") {
            return Ok(());
        }
        if let Some(data) = bytes.strip_prefix(b"![CDATA[") {
            let data = self.plain(data.strip_suffix(b"]]").unwrap_or(data))?.to_owned();
            if self.open.is_empty() {
                return Err(self.fault("character data outside of every element"));
            }
            if !data.trim().is_empty() {
                self.waiting.push_back(Event::Text(data));
            }
            return Ok(());
        }
        let tag = self.plain(&bytes)?.to_owned();
        match tag.as_bytes().first() {
            Some(b'?') => self.declaration(&tag),
            Some(b'!') => Err(self.fault("a document type, which is not read")),
            Some(b'/') => self.end(tag[1..].trim()),
            _ => self.start(&tag),
        }
    }

    fn declaration(&self, tag: &str) -> Result<(), XmlError> {
        let Some(said) = tag.strip_prefix("?xml ") else { return Ok(()) };
        let named = said.split("encoding=").nth(1).map(|rest| rest.trim_start_matches(['"', '\'']));
        let named = named.and_then(|rest| rest.split(['"', '\'']).next()).unwrap_or("utf-8");
        if ["utf-8", "us-ascii", "ascii"].contains(&named.to_ascii_lowercase().as_str()) {
            return Ok(());
        }
        let named: String = named.chars().take(40).collect();
        Err(self.fault(format!("its encoding is {named:?}, and only UTF-8 is read")))
    }

    fn end(&mut self, name: &str) -> Result<(), XmlError> {
        let name = local(name);
        if self.open.pop().as_deref() != Some(name) {
            return Err(self.fault(format!("{name:?} ends and did not begin last")));
        }
        self.waiting.push_back(Event::End(name.to_owned()));
        Ok(())
    }

    fn start(&mut self, tag: &str) -> Result<(), XmlError> {
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let (name, rest) = tag.split_once(|c: char| c.is_ascii_whitespace()).unwrap_or((tag, ""));
        let name = local(name).to_owned();
        let sound = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        if name.is_empty() || !name.chars().all(sound) {
            return Err(self.fault("a tag without a name"));
        }
        if self.open.is_empty() && self.begun {
            return Err(self.fault("a second element beside the first"));
        }
        if self.open.len() >= MOST_DEPTH {
            return Err(self.fault(format!("more than {MOST_DEPTH} elements within each other")));
        }
        let attributes = self.attributes(rest)?;
        self.begun = true;
        self.waiting.push_back(Event::Start(Element { name: name.clone(), attributes }));
        if empty {
            self.waiting.push_back(Event::End(name));
        } else {
            self.open.push(name);
        }
        Ok(())
    }

    fn attributes(&self, mut rest: &str) -> Result<Vec<(String, String)>, XmlError> {
        let mut found: Vec<(String, String)> = Vec::new();
        loop {
            rest = rest.trim_start();
            if rest.is_empty() {
                return Ok(found);
            }
            let odd = || self.fault("an attribute without a value in quotation marks");
            let (name, after) = rest.split_once('=').ok_or_else(odd)?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'')).ok_or_else(odd)?;
            let (value, next) = after[1..].split_once(quote).ok_or_else(odd)?;
            if found.len() >= MOST_ATTRIBUTES {
                return Err(self.fault(format!("more than {MOST_ATTRIBUTES} attributes")));
            }
            found.push((local(name.trim()).to_owned(), self.unescaped(value)?));
            rest = next;
        }
    }

    fn plain<'a>(&self, bytes: &'a [u8]) -> Result<&'a str, XmlError> {
        std::str::from_utf8(bytes).map_err(|_| self.fault("bytes that are not UTF-8"))
    }

    /// The text with its references replaced: the five of XML, and characters by number.
    fn unescaped(&self, text: &str) -> Result<String, XmlError> {
        let mut parts = text.split('&');
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let (name, rest) = part.split_once(';').ok_or_else(|| self.fault("a lone &"))?;
            let number =
                |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
            let found = match name {
                "lt" => Some('<'),
                "gt" => Some('>'),
                "amp" => Some('&'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                _ => match (name.strip_prefix("#x"), name.strip_prefix('#')) {
                    (Some(digits), _) => number(digits, 16),
                    (None, Some(digits)) => number(digits, 10),
                    (None, None) => None,
                },
            };
            let name: String = name.chars().take(40).collect();
            plain.push(found.ok_or_else(|| self.fault(format!("the entity {name:?}, which is not read")))?);
            plain.push_str(rest);
        }
        Ok(plain)
    }
}

const BOM: &[u8] = "\u{feff}".as_bytes();

/// Where a tag ends: not within quotation marks; a comment, character data and an instruction have ends of their own.
fn ends_tag() -> impl FnMut(&[u8], u8) -> bool {
    let mut quote = None;
    move |taken, byte| {
        let after = |end: &[u8], least: usize| byte == b'>' && taken.len() >= least && taken.ends_with(end);
        if taken.starts_with(b"!--") {
            return after(b"--", 5);
        }
        if taken.starts_with(b"![CDATA[") {
            return after(b"]]", 10);
        }
        if taken.starts_with(b"?") {
            return after(b"?", 2);
        }
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            None => return byte == b'>',
        }
        false
    }
}

/// A name without its prefix.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn events(text: &str) -> Result<Vec<String>, String> {
        // A buffer of three bytes: nothing may depend on where a piece ends.
        let mut reader = Reader::new(std::io::BufReader::with_capacity(3, text.as_bytes()));
        let mut found = Vec::new();
        loop {
            match reader.next_event().map_err(|error| error.fault)? {
                None => return Ok(found),
                Some(Event::Start(element)) => {
                    let attributes =
                        element.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
                    found.push(format!("<{}{}", element.name, attributes.collect::<String>()));
                }
                Some(Event::End(name)) => found.push(format!(">{name}")),
                Some(Event::Text(text)) => found.push(text),
            }
        }
    }

    #[test]
    fn elements_attributes_and_text_are_read_and_prefixes_are_left_out() {
        let text = "\u{feff}<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- a > b --><x:list xmlns:x='u' x:day=\"1 &gt; 0\">\n\
                    <one/><two>caf\u{e9} &amp; &#233;&#xE9; </two><![CDATA[<raw>]]></x:list>\n";
        let read = events(text).expect("read");
        assert_eq!(
            read,
            [
                "<list x=u day=1 > 0",
                "<one",
                ">one",
                "<two",
                "caf\u{e9} & \u{e9}\u{e9}",
                ">two",
                "<raw>",
                ">list"
            ]
        );
    }

    #[test]
    fn what_could_grow_reach_out_or_never_end_is_refused() {
        let deep = "<a>".repeat(MOST_DEPTH + 1);
        let long = format!("<a>{}</a>", "x".repeat(MOST_BYTES + 1));
        let many = format!("<a {}/>", "b='' ".repeat(MOST_ATTRIBUTES + 1));
        for (text, said) in [
            ("<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>", "document type"),
            ("<a>&b;</a>", "entity"),
            ("<a>&#xD800;</a>", "entity"),
            ("<a>&</a>", "lone &"),
            ("<a><b></a></b>", "did not begin last"),
            ("<a>", "ends within a"),
            ("<a", "ends within a tag"),
            ("<a b=c/>", "quotation marks"),
            ("<a b/>", "quotation marks"),
            ("< a/>", "without a name"),
            ("<a/><b/>", "a second element"),
            ("text", "outside"),
            ("", "no element"),
            ("<?xml version='1.0' encoding='UTF-16'?><a/>", "encoding"),
            (deep.as_str(), "within each other"),
            (long.as_str(), "longer than"),
            (many.as_str(), "attributes"),
        ] {
            let fault = events(text).expect_err("refused");
            assert!(fault.contains(said), "{fault}");
        }
        assert!(Reader::new(&b"<a>\xff</a>"[..]).next_event().is_ok());
    }
}
