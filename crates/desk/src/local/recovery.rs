//! Recovery codes: what somebody keeps on paper for the day the telephone is gone. Each works once and is kept as a
//! digest: with 120 random bits there is nothing to guess.

use model::Digest;
use rusqlite::Connection;

use super::Local;
use super::totp::base32;
use crate::edge;
use crate::sql::SqlError;

/// Codes given out at once.
const COUNT: usize = 10;
/// Bytes of each; a multiple of five, so that no letter is left over.
const CODE_BYTES: usize = 15;

impl Local {
    /// New codes in place of all that were given out before. Shown once.
    pub fn renew_recovery(&self, account: &str) -> Result<Vec<String>, SqlError> {
        let codes = write(&self.lock(), account)?;
        self.tell_others();
        Ok(codes)
    }

    /// How many codes are left.
    pub fn recovery_left(&self, account: &str) -> Result<u64, SqlError> {
        let query = "SELECT count(*) FROM recovery WHERE account = ?1";
        self.lock().query_row(query, [account], |row| row.get::<_, i64>(0)).map(|count| count as u64)
    }

    /// Uses a code up. False when it is none, or was used before.
    pub(super) fn use_recovery(&self, account: &str, code: &str) -> Result<bool, SqlError> {
        let used = "DELETE FROM recovery WHERE account = ?1 AND digest = ?2";
        let used = self.lock().execute(used, (account, digest(code).0))? > 0;
        self.tell_others();
        Ok(used)
    }
}

/// Writes new codes for an account.
pub(super) fn write(connection: &Connection, account: &str) -> Result<Vec<String>, SqlError> {
    connection.execute("DELETE FROM recovery WHERE account = ?1", [account])?;
    let mut codes = Vec::with_capacity(COUNT);
    for _ in 0..COUNT {
        let mut bytes = [0; CODE_BYTES];
        edge::random(&mut bytes);
        let letters = base32(&bytes).to_lowercase();
        let groups: Vec<&str> = (0..letters.len()).step_by(4).map(|at| &letters[at..at + 4]).collect();
        let code = groups.join("-");
        let insert = "INSERT INTO recovery (account, digest) VALUES (?1, ?2)";
        connection.execute(insert, (account, digest(&code).0))?;
        codes.push(code);
    }
    Ok(codes)
}

/// However it is typed: spaces, hyphens and capitals do not count.
fn digest(code: &str) -> Digest {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    Digest::of(plain.to_ascii_lowercase().as_bytes())
}
