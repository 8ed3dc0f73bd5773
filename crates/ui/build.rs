//! Makes the list of locale files and of their keys, so that adding a string needs no Rust and using an
//! unknown one does not compile (see `t!`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let locales = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let english = files(&locales.join("en"));
    let mut out = String::new();
    list(&mut out, "ENGLISH", &english);
    list(&mut out, "FRENCH", &files(&locales.join("fr")));
    keys(&mut out, &english);
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo names the output folder of a build script this way only"
    )]
    let folder = env::var("OUT_DIR").expect("cargo sets it");
    let target = PathBuf::from(folder).join("strings.rs");
    fs::write(target, out).expect("OUT_DIR is writable");
}

/// The `.ftl` files of one language, by name.
fn files(folder: &Path) -> Vec<PathBuf> {
    println!("cargo::rerun-if-changed={}", folder.display());
    let entries = fs::read_dir(folder).expect("locales/en and locales/fr exist");
    let mut found: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect();
    found.retain(|path| path.extension().is_some_and(|e| e == "ftl"));
    found.sort();
    found
}

fn list(out: &mut String, name: &str, files: &[PathBuf]) {
    let _ = writeln!(out, "static {name}: &[(&str, &str)] = &[");
    for file in files {
        println!("cargo::rerun-if-changed={}", file.display());
        let area = file.file_stem().expect("an .ftl file has a name").to_string_lossy();
        // Where it was built must not show: the path counts from this crate.
        let path = file.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("it was listed from there").display();
        let _ = writeln!(
            out,
            "    ({area:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/{path}\"))),"
        );
    }
    out.push_str("];\n");
}

/// Message ids stand at the start of a line and are followed by `=`; terms (`-name`) are not public.
fn keys(out: &mut String, files: &[PathBuf]) {
    let mut keys = Vec::new();
    for file in files {
        let text = fs::read_to_string(file).expect("the file was just listed");
        let ids = text.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_alphabetic()));
        keys.extend(ids.filter_map(|l| l.split_once('=').map(|(id, _)| id.trim().to_owned())));
    }
    keys.sort();
    let _ = writeln!(out, "static KEYS: &[&str] = &{keys:?};");
}
