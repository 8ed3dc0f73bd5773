//! The words that occur in names and in texts: what a beginning is completed to, and what a misspelt word may have meant.
//!
//! They are known without regard to who may see what. Nothing of these lists is ever shown: their words become questions
//! to the index, and only what the reader may see is an answer (I1).

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{PoisonError, RwLock};

use desk::find::{allowed, distance};
use desk::sql::SqlError;
use rusqlite::{Connection, Transaction};

/// Words kept in each list; later ones are found whole, but neither completed from the list nor corrected.
const MOST: usize = 100_000;
/// Words that one beginning stands for.
const MOST_BEGUN: usize = 24;
/// Words that one misspelt word may have meant.
const MOST_MEANT: usize = 8;

/// The words, as the follower keeps them up to date.
#[derive(Debug)]
pub(super) struct Names {
    /// What objects are called.
    called: List,
    /// What is said in them, names included.
    said: List,
}

/// Words that came, and how often, of a batch.
#[derive(Debug, Default)]
pub(super) struct Came {
    pub called: BTreeMap<String, i64>,
    pub said: BTreeMap<String, i64>,
}

#[derive(Debug)]
struct List {
    /// The table that keeps it.
    table: &'static str,
    words: RwLock<BTreeMap<Box<str>, Known>>,
}

#[derive(Debug, Clone, Copy)]
struct Known {
    uses: i64,
    letters: u64,
}

/// True for a word that somebody may remember: neither a number nor a hash.
pub(super) fn is_name(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let length = word.chars().count();
    let is_hash = length >= 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
    (3..=32).contains(&length) && letters >= 2 && !is_hash && word.starts_with(char::is_alphabetic)
}

impl Default for Names {
    fn default() -> Self {
        Self { called: List::new("name"), said: List::new("term") }
    }
}

impl Names {
    /// What the index holds.
    pub fn load(connection: &Connection) -> Result<Self, SqlError> {
        let names = Self::default();
        names.called.load(connection)?;
        names.said.load(connection)?;
        Ok(names)
    }

    /// Writes words that came, as far as there is room for new ones.
    pub fn write(&self, tx: &Transaction<'_>, came: &Came) -> Result<(), SqlError> {
        self.called.write(tx, &came.called)?;
        self.said.write(tx, &came.said)
    }

    /// Knows them from here on.
    pub fn add(&self, came: Came) {
        self.called.add(came.called);
        self.said.add(came.said);
    }

    /// Knows none any more: the index is made anew.
    pub fn forget(&self) {
        self.called.forget();
        self.said.forget();
    }

    /// The most used words of names that begin so, the word itself left out.
    pub fn begun(&self, with: &str) -> Vec<String> {
        self.called.begun(with)
    }

    /// The same among the words of texts.
    pub fn said(&self, with: &str) -> Vec<String> {
        self.said.begun(with)
    }

    /// What a misspelt word may have meant, the nearest name first. How often a word is used does not count: that would tell
    /// of uses that the reader may not see.
    pub fn meant(&self, word: &str) -> Vec<String> {
        self.called.meant(word)
    }
}

/// Takes one use of a word out of both lists on disk.
pub(super) fn take_away(tx: &Transaction<'_>, called: &[String], said: &[String]) -> Result<(), SqlError> {
    for (table, words) in [("name", called), ("term", said)] {
        let mut less = tx.prepare(&format!("UPDATE {table} SET uses = uses - 1 WHERE word = ?1"))?;
        let mut none = tx.prepare(&format!("DELETE FROM {table} WHERE word = ?1 AND uses <= 0"))?;
        for word in words {
            less.execute([word])?;
            none.execute([word])?;
        }
    }
    Ok(())
}

impl List {
    fn new(table: &'static str) -> Self {
        Self { table, words: RwLock::default() }
    }

    fn load(&self, connection: &Connection) -> Result<(), SqlError> {
        let mut statement = connection.prepare(&format!("SELECT word, uses FROM {}", self.table))?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get(1)?)))?;
        let words = rows.map(|row| row.map(|(word, uses)| known(word, uses))).collect::<Result<_, _>>()?;
        *self.words.write().unwrap_or_else(PoisonError::into_inner) = words;
        Ok(())
    }

    fn write(&self, tx: &Transaction<'_>, came: &BTreeMap<String, i64>) -> Result<(), SqlError> {
        let (table, full) = (self.table, self.read(|words| words.len() >= MOST));
        let mut more = tx.prepare_cached(&format!("UPDATE {table} SET uses = uses + ?2 WHERE word = ?1"))?;
        let mut new = tx.prepare_cached(&format!("INSERT INTO {table} (word, uses) VALUES (?1, ?2)"))?;
        for (word, uses) in came {
            if more.execute((word, uses))? == 0 && !full {
                new.execute((word, uses))?;
            }
        }
        Ok(())
    }

    fn add(&self, came: BTreeMap<String, i64>) {
        let mut words = self.words.write().unwrap_or_else(PoisonError::into_inner);
        let full = words.len() >= MOST;
        for (word, uses) in came {
            match words.get_mut(word.as_str()) {
                Some(known) => known.uses += uses,
                None if full => {}
                None => words.extend([known(word, uses)]),
            }
        }
    }

    fn forget(&self) {
        self.words.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn begun(&self, with: &str) -> Vec<String> {
        let mut found: Vec<(i64, String)> = self.read(|words| {
            let from = words.range::<str, _>((Bound::Included(with), Bound::Unbounded)).take(MOST);
            let begun = from.take_while(|(word, _)| word.starts_with(with));
            begun
                .filter(|(word, _)| &***word != with)
                .map(|(word, known)| (known.uses, word.to_string()))
                .collect()
        });
        found.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        found.into_iter().take(MOST_BEGUN).map(|(_, word)| word).collect()
    }

    fn meant(&self, word: &str) -> Vec<String> {
        let most = allowed(word);
        if most == 0 {
            return Vec::new();
        }
        let (letters, length) = (letters_of(word), word.len());
        let near = |(other, known): (&str, &Known)| {
            // Two words that differ in more kinds of letters than mistakes allow need no closer look.
            let apart = (known.letters ^ letters).count_ones() as usize > 2 * most
                || other.len().abs_diff(length) > 4 * most
                || other == word;
            let distance = if apart { None } else { distance(word, other, most) }?;
            Some((distance, other.to_string()))
        };
        let mut found: Vec<(usize, String)> = self
            .read(|words| words.iter().map(|(other, known)| (&**other, known)).filter_map(near).collect());
        found.sort();
        found.into_iter().take(MOST_MEANT).map(|(_, word)| word).collect()
    }

    fn read<T>(&self, look: impl FnOnce(&BTreeMap<Box<str>, Known>) -> T) -> T {
        look(&self.words.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn known(word: String, uses: i64) -> (Box<str>, Known) {
    let letters = letters_of(&word);
    (word.into_boxed_str(), Known { uses, letters })
}

/// Which letters occur, one bit each; letters beyond the alphabet share theirs.
fn letters_of(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(words: &[(&str, i64)]) -> List {
        let names = List::new("name");
        names.add(words.iter().map(|(word, uses)| ((*word).to_owned(), *uses)).collect());
        names
    }

    #[test]
    fn a_beginning_stands_for_the_most_used_words() {
        let names = names(&[("heron", 4), ("herald", 9), ("her", 1), ("grey", 7)]);
        assert_eq!(names.begun("her"), ["herald", "heron"]);
        assert!(names.begun("x").is_empty());
    }

    #[test]
    fn a_misspelt_word_means_the_nearest() {
        let names = names(&[("heron", 4), ("herons", 9), ("grey", 7), ("apt28", 3), ("apt29", 5)]);
        assert_eq!(names.meant("herno"), ["heron"]);
        assert_eq!(names.meant("gery"), ["grey"]);
        assert_eq!(names.meant("apt27"), ["apt28", "apt29"]);
        assert!(names.meant("heron").contains(&"herons".to_owned()));
        assert!(names.meant("abc").is_empty(), "short words are what they are");
    }

    #[test]
    fn numbers_and_hashes_are_no_names() {
        assert!(is_name("heron") && is_name("apt28") && is_name("unc2452"));
        assert!(!is_name("0000001") && !is_name("ab") && !is_name("d41d8cd98f00b204e9800998ecf8427e"));
        assert!(!is_name("7zip"));
    }
}
