//! The files of the project, read once for all rules.

use std::path::Path;

use anyhow::{Context, Result};

/// Folders that hold nothing of ours.
const NOT_OURS: &[&str] = &[".git", "target", "node_modules", "artefacts"];

/// A file larger than this is data, not something a person reads; its text is not looked at.
const LARGEST_TEXT_BYTES: usize = 2 * 1024 * 1024;

/// One file; `text` is empty for pictures and other binary files.
pub struct File {
    pub path: String,
    pub text: String,
}

impl File {
    /// Lines with their numbers, counted from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(index, line)| (index + 1, line))
    }

    /// The part after the last dot, if there is one.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The last part of the path.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }
}

/// All files, ordered by path; paths are relative and written with `/`.
pub struct Tree {
    files: Vec<File>,
}

impl Tree {
    /// Reads every file under `root` that is ours.
    pub fn read(root: &Path) -> Result<Self> {
        let mut files = Vec::new();
        collect(root, "", &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { files })
    }

    /// Every file.
    pub fn files(&self) -> &[File] {
        &self.files
    }

    /// Our Rust sources: crates, xtask, fuzz targets, benches.
    pub fn rust(&self) -> impl Iterator<Item = &File> {
        self.files.iter().filter(|file| file.extension() == "rs")
    }

    /// The files below one folder, given without a slash at its end.
    pub fn under(&self, folder: &str) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| is_below(&file.path, folder))
    }

    /// The file at exactly this path.
    pub fn get(&self, path: &str) -> Option<&File> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|index| &self.files[index])
    }

    /// Whether a file or a folder stands at this path.
    pub fn holds(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        path.is_empty() || self.get(path).is_some() || self.under(path).next().is_some()
    }
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

fn collect(root: &Path, folder: &str, files: &mut Vec<File>) -> Result<()> {
    let here = root.join(folder);
    for entry in std::fs::read_dir(&here).with_context(|| format!("cannot read folder {}", here.display()))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
        let kind = entry.file_type()?;
        if kind.is_dir() && !NOT_OURS.contains(&name.as_str()) {
            collect(root, &path, files)?;
        } else if kind.is_file() {
            let bytes = std::fs::read(entry.path()).with_context(|| format!("cannot read {path}"))?;
            let text = Some(bytes).filter(|bytes| bytes.len() <= LARGEST_TEXT_BYTES && !bytes.contains(&0));
            let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
            files.push(File { path, text });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::tidy::fixture::tree;

    #[test]
    fn files_are_found_by_path_and_folder_and_others_are_left_out() {
        let tree = tree(&[
            ("docs/a.md", "x"),
            ("docs/b/c.md", "y"),
            ("target/debug/z.rs", "no"),
            ("docs2/d.md", "z"),
        ]);
        assert_eq!(tree.files().len(), 3);
        assert_eq!(tree.under("docs").count(), 2);
        assert!(tree.holds("docs/b/") && tree.holds("docs/a.md") && !tree.holds("doc"));
    }
}
