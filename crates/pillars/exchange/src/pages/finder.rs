//! What the search of everything finds here: objects.

use std::borrow::Cow;
use std::sync::Arc;

use desk::find::{Ask, Finding, Hit, Source, Values};
use desk::pages::{App, PageError, Visitor};
use formats::ioc::Network;
use records::Marked;
use ui::t;

use super::show;
use crate::access::ObjectRead;
use crate::search::{Answer, Found, Search, Sight, find};

/// The source of one index.
pub fn source(search: Arc<Search>) -> Source {
    Source {
        name: "objects",
        label: |locale| t!(locale, "nav-objects"),
        find: Arc::new(move |app, visitor, ask| objects(&search, app, visitor, ask)),
    }
}

fn objects(search: &Search, app: &App, visitor: &Visitor, ask: &Ask<'_>) -> Result<Finding, PageError> {
    if !visitor.may::<ObjectRead>() {
        return Ok(Finding::default());
    }
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?;
    let Answer { rows, facets, whole, next, meant } = find(search, &sight, ask)?;
    let hits = rows.into_iter().map(|(found, network)| hit(found, network)).collect();
    Ok(Finding { hits, facets, whole, next: next.map(|seq| seq.to_string()), meant })
}

fn hit(found: Found, network: Option<Network>) -> Hit {
    Hit {
        title: show::short(&found.title, 160),
        language: Some(found.language),
        href: show::object_href(&found.id),
        why: network.map(|network| Cow::Owned(network.to_string())),
        marking: match found.class.marked {
            Marked::Known(marking) => Some(marking),
            Marked::Missing | Marked::Unknown => None,
        },
        author: Some(found.class.author),
        at: Some(found.received_at),
        values: Values { kind: found.class.object_type, ..Values::default() },
    }
}
