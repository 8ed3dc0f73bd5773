//! Law as data that an operator compares or proposes: a regime's file, and a calendar's.

use packs::calendar::Calendar;
use packs::{Library, Pack, check, diff};

/// A pack that reads is checked against the words, and compared with itself; what the checks find is words.
pub fn pack(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(pack) = toml::from_str::<Pack>(text) else { return };
    assert!(diff::changes(&pack, &pack).is_empty(), "a pack differs from itself");
    let Ok(library) = Library::read(&[("pack", text)], &[]) else {
        panic!("it reads alone, and not in a library")
    };
    for finding in check::all(&library) {
        assert!(!finding.what.is_empty());
    }
    let _ = library.checked(); // counts the same findings
}

/// A calendar that reads gives, for any year, days of that year in order, also before it is prepared.
pub fn calendar(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(mut calendar) = toml::from_str::<Calendar>(text) else { return };
    let years = [i16::MIN, -9999, 0, 1583, 2026, 2045, 2046, 9999, i16::MAX];
    let before = years.map(|year| calendar.holidays(year));
    calendar.prepare();
    for (year, before) in years.into_iter().zip(before) {
        let days = calendar.holidays(year);
        assert!(days.is_sorted() && days.iter().all(|(day, _)| day.year() == year));
        assert_eq!(days, before);
        assert!(days.iter().all(|(day, _)| calendar.is_holiday(*day) && !calendar.is_working(*day)));
    }
}
