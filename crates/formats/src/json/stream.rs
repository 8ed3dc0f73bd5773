//! Splits an input of any length in constant memory.

use std::io::Read;

use super::limits::Limits;
use super::machine::{Machine, Step};
use super::split::{Container, SplitError};

/// Why a stream could not be read on.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// A piece of the input is flawed; reading may go on.
    #[error(transparent)]
    Split(#[from] SplitError),
    /// The reader failed; reading is over.
    #[error("cannot read on at byte {offset}; check the file or the connection")]
    Read {
        /// Bytes read before the failure.
        offset: u64,
        /// What the reader said.
        #[source]
        cause: std::io::Error,
    },
}

/// The objects of a bundle, an envelope, an array or lines, read from `R` piece by piece.
///
/// Memory: one chunk and the largest object, whatever the length of the input.
#[derive(Debug)]
pub struct ObjectStream<R> {
    reader: R,
    machine: Machine,
    window: Vec<u8>,
    filled: usize,
    eof: bool,
}

const CHUNK: usize = 256 << 10;

impl<R: Read> ObjectStream<R> {
    /// Reads from `reader` within `limits`.
    pub fn new(reader: R, limits: Limits) -> Self {
        Self { reader, machine: Machine::new(limits), window: vec![0; CHUNK], filled: 0, eof: false }
    }

    /// The next object with its byte offset; borrowed until the next call.
    pub fn next_object(&mut self) -> Option<Result<(u64, &[u8]), StreamError>> {
        loop {
            match self.machine.step(&self.window[..self.filled], self.eof) {
                Step::Object(range) => {
                    return Some(Ok((self.machine.offset(range.start), &self.window[range])));
                }
                Step::Flaw(error) => return Some(Err(error.into())),
                Step::End => return None,
                Step::More => {
                    if let Err(cause) = self.refill() {
                        let offset = self.machine.offset(self.filled);
                        (self.eof, self.filled) = (true, 0);
                        self.machine = Machine::new(Limits::default());
                        return Some(Err(StreamError::Read { offset, cause }));
                    }
                }
            }
        }
    }

    /// What the container says so far.
    pub const fn container(&self) -> &Container {
        self.machine.container()
    }

    /// Bytes read so far, for a progress bar.
    pub const fn bytes_read(&self) -> u64 {
        self.machine.offset(self.filled)
    }

    fn refill(&mut self) -> std::io::Result<()> {
        let keep = self.machine.keep().min(self.filled);
        if keep > 0 {
            self.machine.shift(&self.window[..keep]);
            self.window.copy_within(keep..self.filled, 0);
            self.filled -= keep;
        }
        if self.window.len() - self.filled < CHUNK / 2 {
            self.window.resize((self.window.len() * 2).max(CHUNK), 0);
        } else if self.window.len() > 8 * CHUNK && self.filled < CHUNK {
            self.window.truncate(CHUNK * 2);
            self.window.shrink_to_fit();
        }
        loop {
            match self.reader.read(&mut self.window[self.filled..]) {
                Ok(read) => {
                    self.filled += read;
                    self.eof = read == 0;
                    return Ok(());
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out its bytes in small unequal pieces.
    struct Drip<'a>(&'a [u8], usize);

    impl Read for Drip<'_> {
        fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
            self.1 = self.1 % 7 + 1;
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn both(text: &str, limits: Limits) {
        let whole: Vec<Result<Vec<u8>, SplitError>> =
            super::super::split(text.as_bytes(), limits).map(|piece| piece.map(<[u8]>::to_vec)).collect();
        let mut stream = ObjectStream::new(Drip(text.as_bytes(), 0), limits);
        let mut dripped = Vec::new();
        while let Some(piece) = stream.next_object() {
            dripped.push(match piece {
                Ok((offset, bytes)) => {
                    let at = offset as usize;
                    assert_eq!(&text.as_bytes()[at..at + bytes.len()], bytes);
                    Ok(bytes.to_vec())
                }
                Err(StreamError::Split(error)) => Err(error),
                Err(error) => panic!("{error}"),
            });
        }
        assert_eq!(dripped, whole, "{text}");
    }

    #[test]
    fn a_stream_finds_what_the_splitter_finds() {
        for text in [
            // Found by fuzzing: a colon at the end of a piece let the next piece bring another.
            "{\"a\":\n:\n:1}\n{\"b\":2}",
            r#"{"type":"bundle","id":"b","objects":[{"a":"\"x"},{"b":2} {"c":3},7,{"d":[1,{"e":2}]}],"more":true}"#,
            "{\"a\":1}\n{\"b\":2}\n\n{\"c\":\n{\"d\":4}",
            "{\"a\":\"open\n{\"b\":2}\nx\n{\"c\":3}\n",
            "[{\"a\":1},{\"b\":",
            "{\"objects\":[{\"a\":1},{\"b\":[1}]}",
            "{\"objects\":[{\"a\":1}",
            "{\"objects\":[{\"a\":1}],\"objects\":[{\"b\":2}],\"more\":true}\n{\"objects\":[{\"c\":3}]}",
            "\u{feff} {\n\"a\":1\n}\n{\n\"b\":2}",
        ] {
            both(text, Limits::default());
        }
    }

    #[test]
    fn a_failing_reader_ends_the_stream() {
        struct Broken;
        impl Read for Broken {
            fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
                Err(std::io::Error::other("unplugged"))
            }
        }
        let mut stream = ObjectStream::new(Broken, Limits::default());
        assert!(matches!(stream.next_object(), Some(Err(StreamError::Read { .. }))));
        assert!(stream.next_object().is_none());
    }

    #[test]
    fn an_endless_object_is_read_in_little_memory() {
        let limits = Limits { max_object_bytes: 1 << 20, ..Limits::default() };
        let text = std::io::Cursor::new(b"[{\"a\":\"").chain(std::io::repeat(b'x').take(20 << 20));
        let text = text.chain(std::io::Cursor::new(b"\"},{\"b\":2}]"));
        let mut stream = ObjectStream::new(text, limits);
        assert!(matches!(stream.next_object(), Some(Err(StreamError::Split(_)))));
        assert!(matches!(stream.next_object(), Some(Ok((_, b"{\"b\":2}")))));
        assert!(stream.next_object().is_none());
        assert!(stream.window.len() < 8 << 20);
    }
}
