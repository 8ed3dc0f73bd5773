//! Reviews that are due: the owner is told on the day after, once for each date that passed.

use desk::access::Permit as _;
use desk::notice::{Gathered, Notice, Source, Urgency};
use desk::pages::{App, PageError};
use model::time::TimeZone;
use model::{Bilingual, Timestamp};
use records::watch::Watch;
use ui::{Locale, t};

use super::entry::{Entry, list};
use crate::access::PictureRead;
use crate::sight::Sight;

/// What reviews there are to tell of.
pub const REVIEWS: Source = Source { name: "reviews", gather };

/// The own list, as the party itself sees it; whether its owner may see an entry is asked when the notice goes out.
fn gather(app: &App, _: Option<&str>, now: Timestamp) -> Result<Gathered, PageError> {
    let whole = share::Receiver::member(app.desk.realm.clone(), model::Tlp::Red);
    let sight = Sight::new(&app.desk, &whole, now, None)?;
    let today = now.to_zoned(TimeZone::UTC).date();
    let overdue = list(&sight)?.into_iter().filter(|entry| {
        entry.party == app.desk.me
            && entry.is_overdue(today)
            && app.desk.local.account(&entry.said.owner).is_some()
    });
    Ok(Gathered { notices: overdue.map(|entry| notice(&entry)).collect(), place: None })
}

fn notice(entry: &Entry) -> Notice {
    let Watch { watch, technology, owner, review, .. } = &entry.said;
    let utc = TimeZone::UTC;
    let due = review.to_zoned(utc.clone()).map(|day| day.timestamp());
    let say = |locale: Locale| {
        let day = due.as_ref().map_or_else(|_| review.to_string(), |due| locale.date(*due, &utc));
        t!(locale, "notice-review", name = technology.as_str(), day = day.as_str()).into_owned()
    };
    Notice {
        key: format!("review:{watch}:{review}"),
        account: owner.clone(),
        kind: "picture-watch",
        text: Bilingual::new(say(Locale::En), say(Locale::Fr)),
        href: entry.href(),
        tlp: entry.marking.tlp,
        urgency: Urgency::Normal,
        due: None,
        needs: PictureRead::PERMISSION,
        about: Some(entry.seq),
    }
}
