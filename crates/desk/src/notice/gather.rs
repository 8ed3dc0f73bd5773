//! Asks every source what there is to tell, and keeps each thing once.

use model::Timestamp;

use super::carry::is_ours_and_knows;
use super::{Gathered, SAVED, Source, Way};
use crate::pages::{App, PageError};

/// Keeps what the sources have to tell, and says how many notices are new.
pub fn gather(app: &App, now: Timestamp) -> Result<usize, PageError> {
    // A node that was stopped past its lease would keep as new, for all nodes, what the holder has told meanwhile.
    if !is_ours_and_knows(app) {
        return Ok(0);
    }
    let mut new = 0;
    for source in app.site.notices.iter().chain([&SAVED]) {
        match ask(app, source, now) {
            Ok(kept) => new += kept,
            // One source that fails keeps nobody from hearing the others.
            Err(error) => tracing::warn!(source = source.name, %error, "nothing was gathered"),
        }
    }
    if new > 0 {
        app.desk.local.thin_notices()?;
        app.desk.views.tell("notices");
    }
    Ok(new)
}

fn ask(app: &App, source: &Source, now: Timestamp) -> Result<usize, PageError> {
    let local = &app.desk.local;
    let kept_under = format!("notices:{}", source.name);
    let before = local.cursor(&kept_under);
    let Gathered { notices, place } = (source.gather)(app, before.as_deref(), now)?;
    let mut new = 0;
    for notice in &notices {
        if local.is_told(&notice.account, &notice.key)? {
            continue; // nearly all of them, each time: nothing is written
        }
        let ways: Vec<Way> =
            Way::ALL.into_iter().filter(|way| app.is_reachable(&notice.account, *way)).collect();
        new += usize::from(local.keep_notice(notice, &ways, now)?);
    }
    // Only now: whoever stops before has told nobody, and asks again from the same place.
    if let Some(place) = place.filter(|place| before.as_ref() != Some(place)) {
        local.set_cursor(&kept_under, &place)?;
    }
    Ok(new)
}

impl App {
    /// Whether this node has that way, and the account has told where it leads.
    fn is_reachable(&self, account: &str, way: Way) -> bool {
        let Some(couriers) = &self.site.couriers else { return false };
        match way {
            Way::Mail => couriers.mail.is_some() && self.desk.local.address(account).is_some(),
            Way::Webhook => couriers.webhook.is_some() && self.desk.local.hook(account).is_some(),
        }
    }
}
