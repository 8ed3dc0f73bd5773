//! What an entry says of an object, for the comparison of two instants.

use desk::pages::{App, Change, Stated, Visitor, What};
use desk::sql::SqlError;
use formats::json::{Document, Limits, Value};
use formats::stix::summary_of;
use records::Body as _;
use records::delivery::OBJECT;
use records::retraction::{Action, Retraction};

use super::show::{object_href, short};
use crate::access::ObjectRead;
use crate::identity::Identity;
use crate::key::key_of;
use crate::placed::{Standing, standing};

/// Characters of a title.
const CHARS: usize = 120;

/// What an entry of this pillar says; nothing for others.
pub fn telling(app: &App, visitor: &Visitor, stated: &Stated<'_>) -> Option<Change> {
    if !visitor.may::<ObjectRead>() {
        return None;
    }
    match &*stated.header.kind {
        OBJECT => object(app, stated),
        Retraction::KIND => retraction(stated),
        _ => None,
    }
}

fn object(app: &App, stated: &Stated<'_>) -> Option<Change> {
    let document = Document::parse(stated.entry.body?, &Limits::default()).ok()?;
    let id = document.get("id")?.text()?.decode().into_owned();
    let standing = stands(app, &id).unwrap_or_default();
    // What stands no more is named, and nothing of it is told.
    let title = summary_of(&document).title;
    let told = standing.iter().any(|one| one.seq == stated.entry.seq) && !title.is_empty();
    let known = standing.iter().any(|one| one.seq <= stated.known_upto);
    let what = match document.get("revoked") {
        Some(Value::Bool(true)) => What::Withdrawn,
        _ if known => What::Changed,
        _ => What::New,
    };
    Some(Change {
        label: if told { short(&title, CHARS) } else { id.clone() },
        language: Identity::read(stated.entry.body?).filter(|_| told).map(|one| one.language().to_owned()),
        href: Some(object_href(&id)),
        subject: format!("object {id}"),
        what,
    })
}

/// The versions of an object that stand now.
fn stands(app: &App, id: &str) -> Result<Vec<Standing>, SqlError> {
    standing(&*app.desk.views.read()?, key_of(id))
}

fn retraction(stated: &Stated<'_>) -> Option<Change> {
    let said: Retraction = serde_json::from_slice(stated.entry.body?).ok()?;
    Some(Change {
        label: short(&said.object, CHARS),
        language: None,
        href: Some(object_href(&said.object)),
        subject: format!("object {}", said.object),
        what: match said.action {
            Action::Delete => What::Withdrawn,
            Action::Narrow => What::Changed,
        },
    })
}
