//! A calendar feed (RFC 5545): two events for each duty with a date, the safe date that raises the alarm and the outer
//! limit of the law, so that whoever looks at a calendar sees both.

use model::Timestamp;
use model::time::TimeZone;
use ui::{Locale, t};

use crate::board::Line;
use crate::plan::State;

/// The longest line, in octets, without its end (RFC 5545, 3.1).
const LINE_OCTETS: usize = 75;

/// The feed of these duties.
pub fn feed(locale: Locale, lines: &[Line], now: Timestamp) -> String {
    let mut out = String::new();
    let mut put = |line: &str| fold(&mut out, line);
    put("BEGIN:VCALENDAR");
    put("VERSION:2.0");
    put("PRODID:-//Entente//Notify//EN");
    put("CALSCALE:GREGORIAN");
    put(&format!("X-WR-CALNAME:{}", escape(&t!(locale, "notify-clocks-title"))));
    put("REFRESH-INTERVAL;VALUE=DURATION:PT15M");
    for line in lines {
        let dates = [
            ("alarm", line.alarm, t!(locale, "notify-alarm")),
            ("limit", line.limit, t!(locale, "notify-limit")),
        ];
        for (kind, at, word) in dates {
            if let Some(at) = at {
                event(&mut put, locale, line, (kind, &word), at, now);
            }
        }
    }
    put("END:VCALENDAR");
    out
}

fn event(
    put: &mut impl FnMut(&str),
    locale: Locale,
    line: &Line,
    (kind, word): (&str, &str),
    at: Timestamp,
    now: Timestamp,
) {
    put("BEGIN:VEVENT");
    put(&format!("UID:{kind}.{}.{}@entente", line.stage, line.incident.0));
    put(&format!("DTSTAMP:{}", utc(now)));
    put(&format!("DTSTART:{}", utc(at)));
    put(&format!(
        "SUMMARY:{}",
        escape(&format!("{word}: {} – {}", locale.pick(&line.title), line.incident_title))
    ));
    let drill = if line.exercise { format!("{}\n", t!(locale, "notify-exercise")) } else { String::new() };
    let text = format!(
        "{drill}{} · {}\n{}\nTLP:AMBER+STRICT",
        line.stage,
        crate::cite::cited_text(locale, &line.clause),
        locale.local(at, &line.zone)
    );
    put(&format!("DESCRIPTION:{}", escape(&text)));
    put("CLASS:CONFIDENTIAL");
    put("TRANSP:TRANSPARENT");
    if kind == "alarm" && matches!(line.state, State::Open) {
        put("BEGIN:VALARM");
        put("ACTION:DISPLAY");
        put(&format!("DESCRIPTION:{}", escape(locale.pick(&line.title))));
        put("TRIGGER:-PT2H");
        put("END:VALARM");
    }
    put("END:VEVENT");
}

/// `20261120T152000Z`.
fn utc(at: Timestamp) -> String {
    at.to_zoned(TimeZone::UTC).strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// RFC 5545, 3.3.11: backslash, semicolon, comma and line ends.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// RFC 5545, 3.1: long lines go on after a line end and a blank, never inside a character.
fn fold(out: &mut String, line: &str) {
    let mut room = LINE_OCTETS;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LINE_OCTETS - 1;
        }
        room -= c.len_utf8();
        out.push(c);
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::{LINE_OCTETS, escape, fold};

    #[test]
    fn long_lines_are_folded_between_characters_and_unfold_to_what_they_were() {
        let line = format!("SUMMARY:{}", "é€x".repeat(60));
        let mut out = String::new();
        fold(&mut out, &line);
        assert!(out.split("\r\n").all(|part| part.len() <= LINE_OCTETS));
        assert_eq!(out.replace("\r\n ", ""), format!("{line}\r\n"));
    }

    #[test]
    fn what_has_a_meaning_in_the_format_is_escaped() {
        assert_eq!(escape("a;b,c\\d\ne\r"), "a\\;b\\,c\\\\d\\ne");
    }
}
