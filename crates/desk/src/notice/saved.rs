//! Saved searches that are watched: hits that came since the last notice, as far as the account may see them, in one
//! notice for each search, an hour apart at least.

use model::time::SignedDuration;
use model::{Bilingual, Timestamp};
use ui::{Locale, t};

use super::{Gathered, Kept, Notice, Source, Urgency};
use crate::access::{EverythingFind, Permit as _};
use crate::local::Watched;
use crate::pages::{App, Fresh, PageError, Visitor, fresh};

/// What watched searches have to tell.
pub const SAVED: Source = Source { name: "saved", gather };

/// The kind of these notices.
pub(super) const KIND: &str = "find-saved";

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

/// A notice of new hits as it holds now, for whoever it is about to reach: what was taken back, narrowed or erased since it was
/// made is no longer counted, and where nothing is left there is nothing to tell.
pub(super) fn again(app: &App, visitor: &Visitor, notice: Kept) -> Result<Option<Kept>, PageError> {
    let parts = notice.key.strip_prefix("saved:").and_then(|rest| rest.rsplit_once(':'));
    let since = parts.and_then(|(_, us)| Timestamp::from_microsecond(us.parse().ok()?).ok());
    let (Some((name, _)), Some(since)) = (parts, since) else { return Ok(None) };
    let fresh = fresh(app, visitor, &notice.href, (since, notice.at - SETTLES))?;
    let text = say(name, &fresh);
    Ok((fresh.count > 0).then_some(Kept { text, tlp: visitor.account.clearance, ..notice }))
}

fn key(watched: &Watched) -> String {
    format!("saved:{}:{}", watched.name, watched.since.as_microsecond())
}

/// How much is new, in a line.
fn say(name: &str, fresh: &Fresh) -> Bilingual {
    let say = |locale: Locale| {
        if fresh.whole {
            t!(locale, "notice-saved", count = fresh.count, name = name).into_owned()
        } else {
            t!(locale, "notice-saved-more", count = fresh.count, name = name).into_owned()
        }
    };
    Bilingual::new(say(Locale::En), say(Locale::Fr))
}

fn tell(visitor: &Visitor, watched: &Watched, fresh: &Fresh) -> Notice {
    Notice {
        key: key(watched),
        account: watched.account.clone(),
        kind: KIND,
        text: say(&watched.name, fresh),
        href: watched.path.clone(),
        // What somebody searches for, and under which name, may be as strict as the most that they may see.
        tlp: visitor.account.clearance,
        urgency: Urgency::Low,
        due: None,
        needs: EverythingFind::PERMISSION,
        about: None,
    }
}
