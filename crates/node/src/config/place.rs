//! Where the configuration is: the one thing a node reads from its environment.

use std::path::{Path, PathBuf};

/// The file that is looked for in the current folder.
pub const DEFAULT_FILE: &str = "entente.toml";
/// The environment variable that names another.
pub const VARIABLE: &str = "ENTENTE_CONFIG";

/// The file to read: the named one, that of the environment, or the default.
#[expect(clippy::disallowed_methods, reason = "where the one TOML file is must come from outside it")]
pub fn find(named: Option<&Path>) -> PathBuf {
    match named {
        Some(path) => path.to_owned(),
        None => std::env::var_os(VARIABLE).map_or_else(|| DEFAULT_FILE.into(), PathBuf::from),
    }
}
