//! Strict, bounded JSON shared by all formats.
//!
//! Two floors. The *splitter* ([`split`], [`ObjectStream`]) finds where each object of a bundle,
//! an envelope, an array or a file of lines begins and ends, and copies nothing. The *document*
//! ([`Document`]) validates one object byte by byte (I-JSON, RFC 7493: no duplicate keys, no lone
//! surrogates, no NaN) and indexes its members. Both borrow from the input.

mod cursor;
mod document;
mod extent;
mod limits;
mod machine;
mod split;
mod stream;
mod text;
mod walk;

pub use cursor::{JsonError, JsonFault};
pub use document::{Document, Member, Raw, Value};
pub use limits::Limits;
pub use split::{Container, ContainerKind, Flaw, Split, SplitError, split};
pub use stream::{ObjectStream, StreamError};
pub use text::Text;
pub use walk::{Elements, Members, elements, members};
