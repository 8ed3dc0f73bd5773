//! How like two names are. The rule is written down in docs/notify.md, for whoever is asked why somebody was found, or not:
//!
//! - words are compared without order, case, punctuation and the marks on Latin letters;
//! - *the same*: every word of the name that is sought stands in the entry;
//! - *near*: every word stands there, or one that differs from it by one letter (words of four to seven letters) or two
//!   (eight and more): one left out, put in, changed, or swapped with its neighbour; and at least one word of four letters.
//!
//! Names in other scripts are compared as they are written: nothing is transliterated.

/// A name that is sought.
pub(super) struct Sought {
    words: Vec<Vec<char>>,
}

/// How like an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likeness {
    /// Word for word.
    Same,
    /// Nearly.
    Near,
}

/// The longest word that is compared letter by letter.
const MOST_LETTERS: usize = 40;

impl Sought {
    pub fn of(name: &str) -> Self {
        Self { words: words(name) }
    }

    /// Whether the entry may be the one.
    pub fn likeness(&self, name: &str) -> Option<Likeness> {
        if self.words.is_empty() {
            return None;
        }
        let listed = words(name);
        if self.words.iter().all(|word| listed.contains(word)) {
            return Some(Likeness::Same);
        }
        let near = self.words.iter().all(|word| listed.iter().any(|other| is_near(word, other)));
        (near && self.words.iter().any(|word| word.len() >= 4)).then_some(Likeness::Near)
    }
}

/// The words of a name.
fn words(name: &str) -> Vec<Vec<char>> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
    words.map(|word| word.chars().flat_map(char::to_lowercase).flat_map(unmarked).collect()).collect()
}

/// A Latin letter without its mark.
fn unmarked(letter: char) -> impl Iterator<Item = char> {
    let plain: &str = match letter {
        '\u{300}'..='\u{36f}' => "",
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĺ' | 'ļ' | 'ľ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ț' => "t",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => return Either::One(std::iter::once(letter)),
    };
    Either::Many(plain.chars())
}

/// One of two iterators.
enum Either {
    One(std::iter::Once<char>),
    Many(std::str::Chars<'static>),
}

impl Iterator for Either {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self {
            Either::One(one) => one.next(),
            Either::Many(many) => many.next(),
        }
    }
}

fn is_near(word: &[char], other: &[char]) -> bool {
    let most = match word.len().min(other.len()) {
        0..=3 => return word == other,
        4..=7 => 1,
        _ => 2,
    };
    word.len().max(other.len()) <= MOST_LETTERS
        && word.len().abs_diff(other.len()) <= most
        && distance(word, other) <= most
}

/// Letters left out, put in, changed, or swapped with their neighbour (optimal string alignment).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, letter) in one.iter().enumerate() {
        let mut row = vec![i + 1; other.len() + 1];
        for (j, second) in other.iter().enumerate() {
            let changed = last[j] + usize::from(letter != second);
            row[j + 1] = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *letter == other[j - 1] && one[i - 1] == *second {
                row[j + 1] = row[j + 1].min(before[j - 1] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[other.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_near_or_neither_by_the_written_rule() {
        let like = |sought: &str, listed: &str| Sought::of(sought).likeness(listed);
        for (sought, listed, expected) in [
            ("ivan ivanov", "IVANOV, Ivan", Some(Likeness::Same)),
            ("Müller", "MUELLER, Hans", Some(Likeness::Near)),
            ("Müller", "MULLER, Hans", Some(Likeness::Same)),
            ("Łukasz Nowak", "NOWAK, Lukasz", Some(Likeness::Same)),
            ("Ivan Ivanof", "IVANOV, Ivan", Some(Likeness::Near)),
            ("Evgeniy Bogachev", "BOGACHEV, Evgeny Mikhaylovich", Some(Likeness::Near)),
            ("Ivan Petrov", "IVANOV, Ivan", None),
            ("Kim", "KIN, Ho", None),
            ("Иван Иванов", "Иван Иванов", Some(Likeness::Same)),
            ("", "IVANOV, Ivan", None),
            ("Li", "LI, Wei", Some(Likeness::Same)),
        ] {
            assert_eq!(like(sought, listed), expected, "{sought} in {listed}");
        }
        assert_eq!(distance(&['a', 'b'], &['b', 'a']), 1);
    }
}
