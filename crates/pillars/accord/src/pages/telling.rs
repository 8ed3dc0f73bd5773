//! What an entry says of an agreement, for the comparison of two instants.

use desk::pages::{App, Change, Stated, Visitor, What};
use model::AgreementId;
use records::Body as _;
use records::proposal::Proposal;
use records::signature::Signature;
use records::withdrawal::Withdrawal;

use crate::access::AgreementRead;

/// What an entry of this pillar says; nothing for others.
pub fn telling(app: &App, visitor: &Visitor, stated: &Stated<'_>) -> Option<Change> {
    let body = stated.entry.body.filter(|_| visitor.may::<AgreementRead>())?;
    match &*stated.header.kind {
        Proposal::KIND => {
            let Proposal(agreement) = serde_json::from_slice(body).ok()?;
            let title = visitor.locale.pick(&agreement.title).to_owned();
            let what = if agreement.version > 1 { What::Changed } else { What::New };
            Some(change(agreement.id, Some(title), what))
        }
        Signature::KIND => {
            let signed: Signature = serde_json::from_slice(body).ok()?;
            Some(change(signed.agreement, title(app, visitor, signed.agreement), What::Changed))
        }
        Withdrawal::KIND => {
            let left: Withdrawal = serde_json::from_slice(body).ok()?;
            Some(change(left.agreement, title(app, visitor, left.agreement), What::Withdrawn))
        }
        _ => None,
    }
}

/// What it is called, where this visitor may read it.
fn title(app: &App, visitor: &Visitor, id: AgreementId) -> Option<String> {
    let known = app.desk.known();
    let newest = known.agreements.get(&id)?.newest()?;
    let readable = desk::pages::may_read(app, visitor, newest).unwrap_or(false);
    readable.then(|| visitor.locale.pick(&newest.agreement.title).to_owned())
}

fn change(id: AgreementId, title: Option<String>, what: What) -> Change {
    Change {
        subject: format!("agreement {id}"),
        label: title.unwrap_or_else(|| id.to_string()),
        language: None,
        href: Some(format!("/accord/agreements/{id}")),
        what,
    }
}
