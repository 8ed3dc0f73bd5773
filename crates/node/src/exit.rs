//! How a command ends, as a number for scripts: 0 ok, 1 failed or a finding, 2 usage or configuration,
//! 3 not verified, 4 the node is busy or locked.

use std::process::ExitCode;

/// The exit code of a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, nothing wrong.
    Ok = 0,
    /// It failed, or found something that a person must look at.
    Failed = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// A signature, digest or proof does not hold.
    NotVerified = 3,
    /// Another process uses the data folder.
    Busy = 4,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}

/// An error that knows its exit code.
#[derive(Debug, thiserror::Error)]
#[error("{what}")]
pub struct Ending {
    exit: Exit,
    what: String,
}

impl Ending {
    /// Wrong usage or configuration.
    pub fn usage(what: impl Into<String>) -> anyhow::Error {
        Self { exit: Exit::Usage, what: what.into() }.into()
    }

    /// Something does not verify.
    pub fn not_verified(what: impl Into<String>) -> anyhow::Error {
        Self { exit: Exit::NotVerified, what: what.into() }.into()
    }

    /// Somebody else uses it.
    pub fn busy(what: impl Into<String>) -> anyhow::Error {
        Self { exit: Exit::Busy, what: what.into() }.into()
    }
}

/// The exit code of an error: that of the first cause which knows one, otherwise 1.
pub fn of(error: &anyhow::Error) -> Exit {
    let known = error.chain().find_map(|cause| cause.downcast_ref::<Ending>());
    known.map_or(Exit::Failed, |ending| ending.exit)
}
