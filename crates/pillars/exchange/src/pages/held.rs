//! Publishing by hand where a rule wants two people: the document waits as a draft, and is taken in when the second
//! person approves it.

use std::sync::Arc;

use desk::access::Permit as _;
use desk::pages::{App, CarryOut, PageError, Visitor};
use desk::views::release;
use model::{AgreementId, PartyId, Tlp};
use serde::{Deserialize, Serialize};

use super::import::publish_as;
use super::preview::{MOST_OBJECTS, Preview, Wish, preview};
use crate::access::ObjectSubmit;
use crate::ingest::Intaker;
use crate::search::Outside;
use crate::two::{act, tlp};

/// Everything that is needed to publish later.
#[derive(Debug, Serialize, Deserialize)]
struct Request {
    under: Option<AgreementId>,
    marking: Option<Tlp>,
    to: Vec<PartyId>,
    document: String,
}

/// Holds what a rule wants two people for; the draft's id.
pub(super) fn hold(
    app: &App,
    intaker: &Intaker,
    visitor: &Visitor,
    wish: &Wish,
) -> Result<Option<String>, PageError> {
    if release::rules(&app.desk.views.read()?)?.is_empty() {
        return Ok(None);
    }
    let seen = preview(&app.desk, intaker.limits(), wish, visitor.now);
    let title = title(&seen);
    let act = if seen.objects.len() as u64 >= MOST_OBJECTS {
        // Not all of it was looked at: it may hold anything, for anybody.
        let parties = app.desk.known().parties.keys().copied().filter(|id| *id != app.desk.me).collect();
        act(&title, Tlp::ALL.to_vec(), parties)
    } else {
        let markings = seen.objects.iter().map(|object| tlp(object.marked)).collect();
        act(&title, markings, recipients(&seen))
    };
    let rules = app.desk.held_by(&act)?;
    if rules.is_empty() {
        return Ok(None);
    }
    let request = Request {
        under: wish.under,
        marking: wish.marking,
        to: wish.to.clone(),
        document: wish.document.clone(),
    };
    let request = serde_json::to_value(request).map_err(PageError::broken)?;
    let held = app.desk.hold(&act, &rules, request, &visitor.account.name);
    held.map(Some).map_err(PageError::broken)
}

/// What publishes a draft that was approved.
pub fn carry_out(intaker: Arc<Intaker>) -> (&'static str, CarryOut) {
    let publish = move |_: &App, draft: &records::release_draft::ReleaseDraft, by: &str| {
        let request: Request = serde_json::from_value(draft.request.clone()).map_err(PageError::broken)?;
        let wish = Wish {
            document: request.document,
            is_file: true,
            marking: request.marking,
            under: request.under,
            to: request.to,
        };
        publish_as(&intaker, wish, &format!("{}, {by}", draft.by))?;
        Ok("/exchange/objects".to_owned())
    };
    (ObjectSubmit::PERMISSION.name, Arc::new(publish))
}

fn recipients(seen: &Preview) -> Vec<PartyId> {
    let reached = seen.outlooks.iter().filter(|outlook| outlook.receives > 0);
    let party = |outside: &Outside| match outside {
        Outside::Party(party) => Some(*party),
        Outside::Consumer(_) => None,
    };
    reached.filter_map(|outlook| party(&outlook.outside)).collect()
}

/// The first object by name, and how many more there are.
fn title(seen: &Preview) -> String {
    let first = seen.objects.first().map_or("", |object| object.title.as_str());
    let more = seen.objects.len().saturating_sub(1);
    let name: String = first.chars().take(100).collect();
    if more == 0 { name } else { format!("{name} + {more}") }
}
