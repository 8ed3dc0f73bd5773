//! A question as it was typed, and as it was understood.

use formats::ioc::{Ioc, recognise, refang};
use model::Timestamp;

use super::facet::Filters;
use super::fold::words;
use super::near::is_near;

/// Characters of a question that are read.
pub const MOST_CHARS: usize = 400;
/// Words of a question that count.
const MOST_WORDS: usize = 12;

/// What somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// As it was meant: addresses have their dots back.
    pub text: String,
    /// What the whole of it is, when it is one thing that has a form of its own.
    pub ioc: Option<Ioc>,
    /// Its words, folded.
    pub words: Vec<String>,
    /// True when the text was changed to get its meaning back.
    pub refanged: bool,
}

impl Question {
    /// Reads what was typed.
    pub fn new(typed: &str) -> Self {
        let typed: String = typed.chars().take(MOST_CHARS).collect();
        let text = refang(typed.trim()).into_owned();
        let refanged = text != typed.trim();
        let ioc = if text.contains(char::is_whitespace) { None } else { recognise(&text) };
        let words = words(&text).take(MOST_WORDS).collect();
        Self { text, ioc, words, refanged }
    }

    /// True when there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

/// A question to one source.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// What is looked for.
    pub question: &'a Question,
    /// What narrows it.
    pub filters: &'a Filters,
    /// Where the page starts, as `next` of the page before said it.
    pub after: Option<&'a str>,
    /// The most hits.
    pub limit: usize,
    /// Whether facets are wanted; without them a source may stop when the page is full.
    pub counting: bool,
    /// Whether words may be misspelt.
    pub near: bool,
    /// When.
    pub now: Timestamp,
}

impl Ask<'_> {
    /// True when every word asked for begins a word of `text`, or is near one when that is allowed.
    pub fn fits(&self, text: &str) -> bool {
        let held: Vec<String> = words(text).collect();
        let fits = |asked: &String| {
            held.iter().any(|word| word.starts_with(asked.as_str()) || (self.near && is_near(asked, word)))
        };
        !self.question.is_empty() && self.question.words.iter().all(fits)
    }
}
