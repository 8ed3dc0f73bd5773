//! A node in a temporary folder, spoken to through the command line.
#![expect(clippy::disallowed_methods, reason = "these tests run the binary itself")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// One node that may not exist yet.
pub struct Node {
    folder: TempDir,
}

/// What a command said.
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    /// The answer of a `--json` command.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}\n{}", self.out, self.err))
    }

    /// Asserts that it went well.
    pub fn well(self) -> Self {
        assert_eq!(self.code, 0, "{}\n{}", self.out, self.err);
        self
    }
}

impl From<Output> for Said {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }
}

impl Node {
    /// A configuration in an empty folder.
    pub fn configured(short: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let node = Self { folder };
        node.write(
            "entente.toml",
            &format!(
                "data_dir = \"data\"\n[party]\nshort = \"{short}\"\nname_en = \"Centre {short}\"\n\
                 name_fr = \"Centre {short} FR\"\nside = \"EU\"\nroles = [\"agency\"]\n[http]\nlisten = \"127.0.0.1:0\"\n"
            ),
        );
        node
    }

    /// The same after `init`.
    pub fn made(short: &str) -> Self {
        let node = Self::configured(short);
        node.run(&["init"]).well();
        node
    }

    /// Another folder with the same in it; the node must not run.
    pub fn copied(&self) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let from = self.folder.path().join(".");
        let done = Command::new("cp").arg("-a").arg(from).arg(folder.path()).status().expect("cp runs");
        assert!(done.success(), "cp -a failed");
        Self { folder }
    }

    /// A file beside the configuration.
    pub fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("written");
    }

    /// Its path.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Its path as an argument.
    pub fn arg(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    /// Runs a command with this node's configuration.
    pub fn run(&self, arguments: &[&str]) -> Said {
        self.command(arguments).output().expect("the binary runs").into()
    }

    /// The command, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
        command.arg("--config").arg(self.path("entente.toml")).args(arguments);
        command
    }

    /// Whether any file of the data folder contains these bytes.
    pub fn holds(&self, text: &str) -> bool {
        let mut folders = vec![self.path("data")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else if contains(&std::fs::read(&path).expect("readable"), text.as_bytes()) {
                    return true;
                }
            }
        }
        false
    }

    /// Exports the card; returns its file and fingerprint.
    pub fn card(&self) -> (String, String) {
        let file = self.arg("card.json");
        let said = self.run(&["party", "card", "export", &file]).well();
        let fingerprint = said.err.trim().strip_prefix("fingerprint").expect("a fingerprint").trim();
        (file, fingerprint.to_owned())
    }
}

fn contains(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// Runs the binary without any configuration.
pub fn bare(arguments: &[&str], folder: &Path) -> Said {
    let output = Command::new(env!("CARGO_BIN_EXE_entente")).args(arguments).current_dir(folder).output();
    output.expect("the binary runs").into()
}
