//! Saved searches that are watched: hits that came since the last notice, as far as the account may see them, in one
//! notice for each search, an hour apart at least.

use model::time::SignedDuration;
use model::{Bilingual, Timestamp};
use ui::{Locale, t};

use super::{Gathered, Notice, Source, Urgency};
use crate::access::{EverythingFind, Permit as _};
use crate::local::Watched;
use crate::pages::{App, Fresh, PageError, Visitor, fresh};

/// What watched searches have to tell.
pub const SAVED: Source = Source { name: "saved", gather };

/// Between two looks at one search.
const EVERY: SignedDuration = SignedDuration::from_hours(1);
/// Searches looked at in one go.
const AT_ONCE: usize = 20;
/// What arrived this lately may not be in every index yet; the next look finds it.
const SETTLES: SignedDuration = SignedDuration::from_mins(2);

fn gather(app: &App, _: Option<&str>, now: Timestamp) -> Result<Gathered, PageError> {
    let mut gathered = Gathered::default();
    for watched in app.desk.local.watched_searches(now - EVERY, AT_ONCE)? {
        gathered.notices.extend(look(app, watched, now)?);
    }
    Ok(gathered)
}

/// Looks at one search. The mark moves on only when what lay behind it was told, or was nothing: a node that stops
/// between finding and telling finds it again.
fn look(app: &App, mut watched: Watched, now: Timestamp) -> Result<Option<Notice>, PageError> {
    let local = &app.desk.local;
    if local.is_told(&watched.account, &key(&watched))? {
        watched.since = watched.since.max(watched.looked);
    }
    let upto = now - SETTLES;
    let mut notice = None;
    if let Some(visitor) = Visitor::away(app, &watched.account, now).filter(|_| upto > watched.since) {
        let fresh = fresh(app, &visitor, &watched.path, (watched.since, upto))?;
        if fresh.count == 0 {
            watched.since = upto;
        } else {
            notice = Some(tell(&visitor, &watched, &fresh));
        }
        watched.looked = upto;
    }
    local.note_look(&watched)?;
    Ok(notice)
}

fn key(watched: &Watched) -> String {
    format!("saved:{}:{}", watched.name, watched.since.as_microsecond())
}

fn tell(visitor: &Visitor, watched: &Watched, fresh: &Fresh) -> Notice {
    let say = |locale: Locale| {
        if fresh.whole {
            t!(locale, "notice-saved", count = fresh.count, name = watched.name.as_str()).into_owned()
        } else {
            t!(locale, "notice-saved-more", count = fresh.count, name = watched.name.as_str()).into_owned()
        }
    };
    Notice {
        key: key(watched),
        account: watched.account.clone(),
        kind: "find-saved",
        text: Bilingual::new(say(Locale::En), say(Locale::Fr)),
        href: watched.path.clone(),
        // What somebody searches for, and under which name, may be as strict as the most that they may see.
        tlp: visitor.account.clearance,
        urgency: Urgency::Low,
        due: None,
        needs: EverythingFind::PERMISSION,
        about: None,
    }
}
