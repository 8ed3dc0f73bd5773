//! Reading binary messages piece by piece without copying, and without trusting a length in them.

use bytes::Bytes;

/// A message that ends too early, or says what this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the message is not a commit that this version can read")]
pub(crate) struct Malformed;

/// What is still unread.
pub(crate) struct Cut(pub Bytes);

impl Cut {
    /// The next `length` bytes, shared with the message.
    pub fn take(&mut self, length: usize) -> Result<Bytes, Malformed> {
        if length > self.0.len() {
            return Err(Malformed);
        }
        Ok(self.0.split_to(length))
    }

    pub fn array<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        self.take(N)?.as_ref().try_into().map_err(|_| Malformed)
    }

    pub fn u8(&mut self) -> Result<u8, Malformed> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u32(&mut self) -> Result<u32, Malformed> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub fn u64(&mut self) -> Result<u64, Malformed> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    pub fn i64(&mut self) -> Result<i64, Malformed> {
        Ok(i64::from_le_bytes(self.array()?))
    }

    /// Bytes behind their length.
    pub fn bytes(&mut self) -> Result<Bytes, Malformed> {
        let length = self.u32()?;
        self.take(length as usize)
    }

    /// A count of things that each take at least `least` bytes.
    pub fn count(&mut self, least: usize) -> Result<usize, Malformed> {
        let count = self.u32()? as usize;
        if count.saturating_mul(least) > self.0.len() { Err(Malformed) } else { Ok(count) }
    }
}

/// Writes bytes behind their length.
pub(crate) fn put(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}
