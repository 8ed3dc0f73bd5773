//! The mail address of an account: it counts once whoever holds it has sent back the code that was mailed there.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use model::time::SignedDuration;
use model::{Timestamp, from_base64, to_base64};
use serde::{Deserialize, Serialize};

use crate::edge;
use crate::local::Local;
use crate::outbound::is_address;
use crate::sql::SqlError;

/// The preference that holds the address.
const ADDRESS: &str = "notices-address";
/// The preference that holds the one that was not proved yet.
const PENDING: &str = "notices-pending";

/// A code is good for so long.
pub const CODE_HOLDS: SignedDuration = SignedDuration::from_mins(30);
/// Wrong codes before another must be asked for.
const MOST_TRIES: u32 = 5;
/// Codes that an account may ask for in an hour: nobody is to be flooded with mail in the name of this node.
const MOST_CODES: usize = 5;

/// An address to which a code was mailed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// The address.
    pub address: String,
    code: String,
    until_us: i64,
    tries: u32,
    /// When codes were asked for.
    asked_us: Vec<i64>,
}

/// Why an address was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    /// It is none.
    #[error("this is not a mail address; write it as name@host")]
    Address,
    /// Too many codes were asked for.
    #[error("too many codes were asked for; wait an hour")]
    Flood,
    /// The code is wrong, too old, or was tried too often.
    #[error("the code is wrong or too old; ask for another")]
    Code,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] SqlError),
}

impl Local {
    /// The address of an account that was proved.
    pub fn address(&self, account: &str) -> Option<String> {
        self.preference(account, ADDRESS)
    }

    /// The address that waits for its code.
    pub fn pending_address(&self, account: &str, now: Timestamp) -> Option<Pending> {
        self.pending(account).filter(|pending| pending.until_us > now.as_microsecond())
    }

    /// Begins to prove an address: the code to mail there.
    pub fn begin_address(
        &self,
        account: &str,
        address: &str,
        now: Timestamp,
    ) -> Result<String, AddressError> {
        if !is_address(address) {
            return Err(AddressError::Address);
        }
        let hour_ago = now.as_microsecond() - 3_600_000_000;
        let mut asked_us = self.pending(account).map_or_else(Vec::new, |pending| pending.asked_us);
        asked_us.retain(|asked| *asked > hour_ago);
        if asked_us.len() >= MOST_CODES {
            return Err(AddressError::Flood);
        }
        asked_us.push(now.as_microsecond());
        let mut bytes = [0; 8];
        edge::random(&mut bytes);
        let code = format!("{:08}", u64::from_le_bytes(bytes) % 100_000_000);
        let pending = Pending {
            code: to_base64(&self.mac(&sealed(account, address, &code))),
            address: address.to_owned(),
            until_us: (now + CODE_HOLDS).as_microsecond(),
            tries: 0,
            asked_us,
        };
        self.keep_pending(account, &pending)?;
        Ok(code)
    }

    /// Ends it: with the right code the address counts.
    pub fn prove_address(&self, account: &str, code: &str, now: Timestamp) -> Result<(), AddressError> {
        let mut pending = self.pending_address(account, now).ok_or(AddressError::Code)?;
        if pending.tries >= MOST_TRIES {
            return Err(AddressError::Code);
        }
        // Counted before it is compared: whoever guesses in parallel guesses no more often.
        pending.tries += 1;
        self.keep_pending(account, &pending)?;
        let code: String = code.chars().filter(char::is_ascii_digit).collect();
        let right = self.mac(&sealed(account, &pending.address, &code));
        let sent = from_base64(&pending.code).unwrap_or_default();
        verify_slices_are_equal(&right, &sent).map_err(|_| AddressError::Code)?;
        self.prefer(account, ADDRESS, &pending.address)?;
        self.prefer(account, PENDING, "")?;
        Ok(())
    }

    /// Forgets the address.
    pub fn drop_address(&self, account: &str) -> Result<(), SqlError> {
        self.prefer(account, ADDRESS, "")
    }

    fn pending(&self, account: &str) -> Option<Pending> {
        serde_json::from_str(&self.preference(account, PENDING)?).ok()
    }

    fn keep_pending(&self, account: &str, pending: &Pending) -> Result<(), SqlError> {
        self.prefer(account, PENDING, &serde_json::to_string(pending).unwrap_or_default())
    }
}

fn sealed(account: &str, address: &str, code: &str) -> Vec<u8> {
    format!("address\0{account}\0{address}\0{code}").into_bytes()
}
