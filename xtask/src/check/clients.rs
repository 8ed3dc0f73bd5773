//! Real clients of others, unmodified, against a real node: the stories in `e2e/clients/`.

use std::path::Path;

use anyhow::{Result, bail};

use super::{Notes, python, tally};
use crate::edge::Program;
use crate::generate::binary;

/// The story gives up by itself before this, and ends its node.
const LIMIT_S: u64 = 300;

/// A story, what it needs, and what is tried in it.
struct Story {
    file: &'static str,
    needs: &'static str,
    environment: &'static str,
    tries: &'static str,
}

const STORIES: [Story; 2] = [
    Story { file: "taxii2.py", needs: "requirements.txt", environment: "clients", tries: "taxii2-client" },
    Story {
        file: "notices.py",
        needs: "notices.txt",
        environment: "notices",
        tries: "a mail server and a receiver of webhooks",
    },
];

/// Installs what each story pins, and plays it.
pub fn run(root: &Path, notes: &mut Notes) -> Result<()> {
    STORIES.iter().try_for_each(|story| play(root, story, notes))
}

fn play(root: &Path, story: &Story, notes: &mut Notes) -> Result<()> {
    let folder = root.join("e2e/clients");
    let python = python::with(root, &folder.join(story.needs), story.environment)?;
    let ending = Program::new(&folder, &python.to_string_lossy(), &[story.file])
        .env("ENTENTE", binary(root))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .limit_s(LIMIT_S)
        .stream()?;
    let summary = tally::read(&ending.said);
    notes.tally += summary.tally;
    notes.summaries.push(format!("clients, {}: {}", story.file, summary.tally));
    if !ending.success {
        bail!("{} found fault: {}", story.tries, fault(&ending.said));
    }
    if summary.tally.passed == 0 {
        bail!("nothing was tried; look at e2e/clients/{}", story.file);
    }
    Ok(())
}

/// The first call that failed, as the story names it, or its last words.
fn fault(said: &str) -> &str {
    let failed = said.lines().find(|line| line.starts_with("FAILED"));
    failed.or_else(|| said.lines().rfind(|line| !line.trim().is_empty())).unwrap_or("it said nothing")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_call_that_failed_is_named() {
        let said =
            "ok      discovery (0.01 s)\nFAILED  get_objects_in_pages: AssertionError: page 2\nℹ pass 1\n";
        assert_eq!(fault(said), "FAILED  get_objects_in_pages: AssertionError: page 2");
        assert_eq!(
            fault("Traceback\nRuntimeError: entente init ended with 1\n\n"),
            "RuntimeError: entente init ended with 1"
        );
        assert_eq!(fault(""), "it said nothing");
    }
}
