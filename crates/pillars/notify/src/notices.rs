//! Reminders as notices: each goes to the officer it names, or to every officer, with the date that it reminds of, so
//! that a legal clock breaks the quiet of whoever must hear it.

use desk::access::Permit as _;
use desk::local::Role;
use desk::notice::{Gathered, Notice, Source, Urgency};
use desk::pages::{App, PageError};
use desk::sql::SqlError;
use model::time::SignedDuration;
use model::{Bilingual, Timestamp};
use records::reminder::{Level, Reminder};
use ui::{Locale, t};

use crate::access::IncidentRead;
use crate::commands::MARKING;

/// What reminders there are to tell.
pub const REMINDERS: Source = Source { name: "reminders", gather };

/// Reminders read in one go; more wait for the next.
const STEP: i64 = 200;
/// Who is told of older ones would be told of what has long been settled.
const FRESH: SignedDuration = SignedDuration::from_hours(48);

/// A reminder and the record that it is.
struct Given {
    seq: i64,
    at_us: i64,
    reminder: Reminder,
}

fn gather(app: &App, place: Option<&str>, now: Timestamp) -> Result<Gathered, PageError> {
    let after = place.and_then(|place| place.parse().ok()).unwrap_or(0);
    let given = given(app, after)?;
    let mut gathered = Gathered::default();
    for one in &given {
        gathered.place = Some(one.seq.to_string());
        if one.at_us >= (now - FRESH).as_microsecond() {
            gathered.notices.extend(whom(app, &one.reminder)?.iter().map(|account| notice(one, account)));
        }
    }
    Ok(gathered)
}

fn given(app: &App, after: i64) -> Result<Vec<Given>, SqlError> {
    let reader = app.desk.views.read()?;
    let mut statement = reader.prepare_cached(
        "SELECT seq, at_us, body FROM notify_reminder WHERE seq > ?1 ORDER BY seq LIMIT ?2",
    )?;
    let rows = statement
        .query_map((after, STEP), |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Vec<u8>>(2)?)))?
        .collect::<Result<Vec<(i64, i64, Vec<u8>)>, _>>()?;
    let read = |(seq, at_us, body): (i64, i64, Vec<u8>)| {
        Some(Given { seq, at_us, reminder: serde_json::from_slice(&body).ok()? })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// The account that the reminder names, or every officer's. A name that is no account any more leaves nobody
/// uninformed: then it is for every officer too.
fn whom(app: &App, reminder: &Reminder) -> Result<Vec<String>, SqlError> {
    if !reminder.to.is_empty() && app.desk.local.account(&reminder.to).is_some() {
        return Ok(vec![reminder.to.clone()]);
    }
    let officers = app.desk.local.accounts()?.into_iter().filter(|account| account.role == Role::Officer);
    Ok(officers.map(|officer| officer.name).collect())
}

fn notice(given: &Given, account: &str) -> Notice {
    let Reminder { incident, stage, level, due, .. } = &given.reminder;
    Notice {
        key: format!("reminder:{}", given.seq),
        account: account.to_owned(),
        kind: "notify-reminder",
        text: Bilingual::new(text(Locale::En, stage, *level), text(Locale::Fr, stage, *level)),
        href: format!("/notify/incidents/{incident}"),
        tlp: MARKING.tlp,
        urgency: if *level == Level::Day { Urgency::Normal } else { Urgency::Urgent },
        due: Some(*due),
        needs: IncidentRead::PERMISSION,
        about: Some(given.seq.max(0) as u64),
    }
}

fn text(locale: Locale, stage: &str, level: Level) -> String {
    let word = match level {
        Level::Day => t!(locale, "notify-remind-day"),
        Level::Hours => t!(locale, "notify-remind-hours"),
        Level::Hour => t!(locale, "notify-remind-hour"),
        Level::Alarm => t!(locale, "notify-remind-alarm"),
        Level::Overdue => t!(locale, "notify-remind-overdue"),
        Level::Gate => t!(locale, "notify-remind-gate"),
    };
    format!("{stage}: {word}")
}
