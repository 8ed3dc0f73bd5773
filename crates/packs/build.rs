//! Lists the files of `packs/regimes`, `packs/calendars` and `packs/methods`, so that adding a law needs no Rust.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let packs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packs");
    let mut out = String::new();
    for (name, folder) in [("REGIMES", "regimes"), ("CALENDARS", "calendars"), ("METHODS", "methods")] {
        list(&mut out, name, &packs.join(folder));
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo names the output folder of a build script this way only"
    )]
    let folder = env::var("OUT_DIR").expect("cargo sets it");
    fs::write(PathBuf::from(folder).join("files.rs"), out).expect("OUT_DIR is writable");
}

fn list(out: &mut String, name: &str, folder: &Path) {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("packs/regimes, packs/calendars and packs/methods exist");
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
    files.sort();
    let _ = writeln!(out, "pub(crate) static {name}: &[(&str, &str)] = &[");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let stem = file.file_stem().expect("a .toml file has a name").to_string_lossy();
        // Where it was built must not show: the path counts from this crate.
        let path = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("it was listed from there").display();
        let _ = writeln!(
            out,
            "    ({stem:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))),"
        );
    }
    out.push_str("];\n");
}
