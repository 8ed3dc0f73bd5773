//! Calendars: a known zone, named holidays, and lists that say exactly what the rules give.

use super::{CONFIDENCES, Finding};
use crate::calendar::{Calendar, List};
use crate::library::Library;

/// Every calendar lists these years.
pub const YEARS: std::ops::RangeInclusive<i16> = 2024..=2030;

/// Checks one calendar.
pub fn check(library: &Library, calendar: &Calendar) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut say = |place: String, what: String| {
        found.push(Finding { pack: format!("calendar {}", calendar.id), place, what });
    };
    if model::time::zone(&calendar.zone).is_none() {
        say("head".into(), format!("no time zone is called {:?}", calendar.zone));
    }
    if calendar.source.trim().is_empty() || !CONFIDENCES.contains(&calendar.confidence.as_str()) {
        say("head".into(), "it needs a source and a confidence of A, A-, B or C".into());
    }
    if !calendar.name.is_complete() || calendar.note.as_ref().is_some_and(|note| !note.is_complete()) {
        say("head".into(), "a text lacks one language; write both".into());
    }
    let names =
        calendar.days.iter().map(|day| &day.name).chain(calendar.extras.iter().map(|extra| &extra.name));
    for name in names.filter(|name| !library.words.holidays.contains_key(*name)) {
        say("day".into(), format!("no holiday is called {name:?}; name it in packs/holidays.toml"));
    }
    for extra in calendar.extras.iter().filter(|extra| extra.source.trim().is_empty()) {
        say(extra.date.to_string(), "a day of one year needs its source".into());
    }
    for year in YEARS {
        match calendar.lists.iter().find(|list| list.year == year) {
            None => say(year.to_string(), "the year is not listed".into()),
            Some(list) => {
                differences(calendar, list).into_iter().for_each(|what| say(year.to_string(), what))
            }
        }
    }
    found
}

fn differences(calendar: &Calendar, list: &List) -> Vec<String> {
    let mut found = Vec::new();
    if list.source.trim().is_empty() || !CONFIDENCES.contains(&list.confidence.as_str()) {
        found.push("the list needs a source and a confidence".into());
    }
    let ruled: Vec<String> =
        calendar.holidays(list.year).iter().map(|(day, _)| day.strftime("%m-%d").to_string()).collect();
    let missing = |day: &&String| !list.dates.contains(day);
    found.extend(ruled.iter().filter(missing).map(|day| format!("the rules give {day}, the list does not")));
    let unruled = list.dates.iter().filter(|day| !ruled.contains(day));
    found.extend(unruled.map(|day| format!("the list has {day}, the rules do not give it")));
    found
}
