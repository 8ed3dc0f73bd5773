//! How far two words are from each other: letters left out, added, mistaken or exchanged with their neighbour.

/// How many mistakes a word of this length may hold and still be meant.
pub fn allowed(word: &str) -> usize {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// True when `other` is what somebody meant who wrote `word`.
pub fn is_near(word: &str, other: &str) -> bool {
    distance(word, other, allowed(word)).is_some()
}

/// The number of mistakes between two words, when there are at most `most` (optimal string alignment: Damerau 1964).
pub fn distance(one: &str, other: &str, most: usize) -> Option<usize> {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before = vec![0; other.len() + 1];
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut next = vec![i + 1; other.len() + 1];
        for (j, b) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            next[j + 1] = least;
        }
        if next.iter().all(|so_far| *so_far > most) {
            return None;
        }
        (before, last) = (last, next);
    }
    last.last().copied().filter(|found| *found <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slip_of_the_finger_is_forgiven_and_two_in_a_long_word() {
        for (typed, meant) in [("gery", "grey"), ("hern", "heron"), ("herron", "heron"), ("hexon", "heron")] {
            assert!(is_near(typed, meant), "{typed}");
        }
        assert!(is_near("meridain", "meridian") && is_near("meridain", "meridiam"));
        assert!(!is_near("red", "rad"), "short words are what they are");
        assert!(!is_near("heron", "haren"));
    }

    #[test]
    fn distances_are_counted_and_end_at_the_bound() {
        assert_eq!(distance("kitten", "sitting", 3), Some(3));
        assert_eq!(distance("kitten", "sitting", 2), None);
        assert_eq!(distance("", "", 0), Some(0));
        assert_eq!(distance("ab", "ba", 1), Some(1));
    }
}
