//! Accounts of the console: name, role, clearance, and a password as Argon2id (RFC 9106).

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString};
use model::Tlp;
use rusqlite::OptionalExtension;

use super::{Local, Stay};
use crate::edge;
use crate::sql::SqlError;

/// A role, as a name for its permissions; which they are, each permission says (`crate::access`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Duty officer: everything but administration and audit.
    Officer,
    /// Analyst: reads, publishes and takes back.
    Analyst,
    /// Compliance: duties to report, second signatures, and the audit trail.
    Compliance,
    /// Product security: advisories, and duties of manufacturers.
    ProductSecurity,
    /// Policy: prepares agreements.
    Policy,
    /// Press desk: what may be told.
    Press,
    /// Observer: reads.
    Observer,
    /// Guest fellow: reads, for as long as the fellowship lasts.
    Guest,
    /// Administrator: accounts and consumers, and reads.
    Administrator,
    /// Auditor: reads, and sees who did what.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 10] = [
        Role::Officer,
        Role::Analyst,
        Role::Compliance,
        Role::ProductSecurity,
        Role::Policy,
        Role::Press,
        Role::Observer,
        Role::Guest,
        Role::Administrator,
        Role::Auditor,
    ];

    /// Its name, as stored and shown.
    pub const fn name(self) -> &'static str {
        match self {
            Role::Officer => "officer",
            Role::Analyst => "analyst",
            Role::Compliance => "compliance",
            Role::ProductSecurity => "product-security",
            Role::Policy => "policy",
            Role::Press => "press",
            Role::Observer => "observer",
            Role::Guest => "guest",
            Role::Administrator => "administrator",
            Role::Auditor => "auditor",
        }
    }

    /// The role of that name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The name to sign in with.
    pub name: String,
    /// The role.
    pub role: Role,
    /// The narrowest marking the person is cleared for.
    pub clearance: Tlp,
}

/// Why an account was not made or not opened.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The password is too short to protect anything.
    #[error("a password needs at least 12 characters; choose a longer one")]
    Weak,
    /// Name or password is wrong; which of them is not said.
    #[error("name or password is wrong")]
    Denied,
    /// The name has characters that a name may not have.
    #[error("an account name has 1 to 64 characters from a-z, 0-9, `.`, `_` and `-`")]
    Name,
    /// The password could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] SqlError),
}

/// What of an account goes when it is closed.
const CLOSED: [&str; 9] =
    ["session", "api_token", "passkey", "guest", "glass", "saved_search", "preference", "notice", "errand"];

/// A hash that no password has, verified when the name is unknown so that the time taken tells nothing.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LW5vYm9keQ$3mxtZ2tpt/yDGLm9C0YyWQ0cTQH5rT0cTs2W6XoWZGk";

impl Local {
    /// Makes an account, or sets its password, role and clearance anew.
    pub fn set_account(&self, account: &Account, password: &str) -> Result<(), AccountError> {
        if password.chars().count() < 12 {
            return Err(AccountError::Weak);
        }
        let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'-');
        if !(1..=64).contains(&account.name.len()) || !account.name.bytes().all(fits) {
            return Err(AccountError::Name);
        }
        let failed = |e: argon2::password_hash::Error| AccountError::Hash(e.to_string());
        let salt = SaltString::encode_b64(&edge::salt()).map_err(failed)?;
        let phc = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(failed)?.to_string();
        self.lock().execute(
            "INSERT OR REPLACE INTO account (name, phc, role, clearance, active) VALUES (?1, ?2, ?3, ?4, 1)",
            (&account.name, phc, account.role.name(), account.clearance.word()),
        )?;
        self.tell_others();
        Ok(())
    }

    /// Makes an account with the stay of a guest, or of one of the house. The stay comes first: there is no moment at
    /// which the guest could sign in without it.
    pub fn set_guest(
        &self,
        account: &Account,
        password: &str,
        stay: Option<&Stay>,
    ) -> Result<(), AccountError> {
        self.set_stay(&account.name, stay)?;
        let made = self.set_account(account, password);
        if made.is_err() {
            self.set_stay(&account.name, None)?;
        }
        made
    }

    /// Gives an account another role or clearance, and keeps its password. What is open of it ends: sessions carry
    /// what the account may do.
    pub fn change_account(&self, account: &Account) -> Result<bool, SqlError> {
        let connection = self.lock();
        connection.execute("DELETE FROM session WHERE account = ?1", [&account.name])?;
        connection.execute("DELETE FROM glass WHERE account = ?1", [&account.name])?;
        let changed = connection.execute(
            "UPDATE account SET role = ?2, clearance = ?3 WHERE name = ?1 AND active = 1",
            (&account.name, account.role.name(), account.clearance.word()),
        )?;
        Ok(changed > 0)
    }

    /// Sets a new password for whoever knows the old one, and ends every session of the account. Slow on purpose,
    /// like [`Local::sign_in`].
    pub fn change_password(&self, name: &str, old: &str, new: &str) -> Result<(), AccountError> {
        let account = self.sign_in(name, old)?;
        self.set_account(&account, new)?;
        self.lock().execute("DELETE FROM session WHERE account = ?1", [name])?;
        Ok(())
    }

    /// Begins an account anew for somebody who lost a factor: another password, no second factor, no session, no token.
    pub fn reset_account(&self, account: &Account, password: &str) -> Result<(), AccountError> {
        self.set_account(account, password)?;
        let connection = self.lock();
        for table in ["session", "api_token", "passkey", "glass"] {
            connection.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [&account.name])?;
        }
        drop(connection);
        Ok(self.drop_second_factor(&account.name)?)
    }

    /// A password that nobody chose, for a first sign-in: 128 random bits.
    pub fn generate_password() -> String {
        let mut bytes = [0; 16];
        edge::random(&mut bytes);
        model::to_base64(&bytes).replace('+', "-").replace('/', "_").replace('=', "")
    }

    /// The account of that name, when it is active.
    pub fn account(&self, name: &str) -> Option<Account> {
        self.account_with_hash(name).map(|(account, _)| account)
    }

    /// Every active account.
    pub fn accounts(&self) -> Result<Vec<Account>, SqlError> {
        let connection = self.lock();
        let mut statement =
            connection.prepare("SELECT name, role, clearance FROM account WHERE active = 1")?;
        let rows = statement.query_map([], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?))
        })?;
        rows.filter_map(|row| row.map(read_account).transpose()).collect()
    }

    /// Closes an account, and with it every session, token and factor of it.
    pub fn close_account(&self, name: &str) -> Result<bool, SqlError> {
        let connection = self.lock();
        for table in CLOSED {
            connection.execute(&format!("DELETE FROM {table} WHERE account = ?1"), [name])?;
        }
        let closed =
            connection.execute("UPDATE account SET active = 0 WHERE name = ?1 AND active = 1", [name])? > 0;
        drop(connection);
        self.drop_second_factor(name)?;
        Ok(closed)
    }

    /// Checks name and password. Takes tens of milliseconds on purpose: call it off the async threads.
    pub fn sign_in(&self, name: &str, password: &str) -> Result<Account, AccountError> {
        let found = self.account_with_hash(name);
        let phc = found.as_ref().map_or(NOBODY, |(_, phc)| phc.as_str());
        let hash = PasswordHash::new(phc).map_err(|e| AccountError::Hash(e.to_string()))?;
        let right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
        match found {
            Some((account, _)) if right => Ok(account),
            _ => Err(AccountError::Denied),
        }
    }

    fn account_with_hash(&self, name: &str) -> Option<(Account, String)> {
        let query = "SELECT role, clearance, phc FROM account WHERE name = ?1 AND active = 1";
        let row = self
            .lock()
            .query_row(query, [name], |row| Ok((row.get::<_, String>(0)?, row.get(1)?, row.get(2)?)))
            .optional()
            .ok()??;
        let (role, clearance, phc) = row;
        Some((read_account((name.to_owned(), role, clearance))?, phc))
    }
}

fn read_account((name, role, clearance): (String, String, String)) -> Option<Account> {
    Some(Account { name, role: Role::of(&role)?, clearance: clearance.parse().ok()? })
}
