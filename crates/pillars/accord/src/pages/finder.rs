//! What the search of everything finds here: agreements.

use std::sync::Arc;

use desk::find::{Ask, Finding, Hit, Source, Values, gather};
use desk::pages::{App, PageError, Visitor, may_read};
use ui::t;

use super::MARKING;
use crate::access::AgreementRead;

/// Agreements that this person may read, by title, name or id.
pub fn source() -> Source {
    Source { name: "agreements", label: |locale| t!(locale, "nav-agreements"), find: Arc::new(agreements) }
}

fn agreements(app: &App, visitor: &Visitor, ask: &Ask<'_>) -> Result<Finding, PageError> {
    let known = app.desk.known();
    let mut hits = Vec::new();
    if !visitor.may::<AgreementRead>() {
        return Ok(gather(ask, hits));
    }
    for (id, state) in &known.agreements {
        let Some(newest) = state.newest() else { continue };
        let agreement = &newest.agreement;
        let named = ask.question.is_empty()
            || ask.question.text.parse() == Ok(*id)
            || ask.fits(&format!("{} {} {}", agreement.title.en, agreement.title.fr, agreement.name));
        if named && may_read(app, visitor, newest)? {
            hits.push(Hit {
                title: visitor.locale.pick(&agreement.title).to_owned(),
                language: None,
                href: format!("/accord/agreements/{id}"),
                why: None,
                marking: Some(MARKING),
                author: None,
                at: None,
                values: Values {
                    kind: "agreement".into(),
                    marking: MARKING.tlp.word().into(),
                    ..Values::default()
                },
            });
        }
    }
    Ok(gather(ask, hits))
}
