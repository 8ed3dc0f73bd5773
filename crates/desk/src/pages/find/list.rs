//! Hits as a list: the name first, then what tells one from the next.

use std::borrow::Cow;

use maud::{Markup, html};
use ui::Locale;
use ui::component::{marking, stix_type, time, type_name};
use ui::locale::lookup;

use super::super::app::App;
use super::super::names::party_link;
use super::super::visitor::Visitor;
use crate::find::Hit;

pub(super) fn list(app: &App, visitor: &Visitor, hits: &[Hit]) -> Markup {
    let (locale, known) = (visitor.locale, app.desk.known());
    html! {
        ol.hits {
            @for hit in hits {
                li {
                    a.hit-title href=(hit.href) lang=[hit.language.as_deref().and_then(|language| locale.foreign(language))] { (hit.title) }
                    div.row.hit-about {
                        (kind(locale, &hit.values.kind))
                        @if let Some(held) = hit.marking { (marking(locale, held)) }
                        @if let Some(author) = hit.author { (party_link(locale, &known, author)) }
                        @if let Some(at) = hit.at { (time(locale, at, visitor.now)) }
                        @if let Some(why) = &hit.why { code translate="no" { (why) } }
                    }
                }
            }
        }
    }
}

fn kind(locale: Locale, kind: &str) -> Markup {
    match lookup(locale, &format!("find-kind-{kind}")) {
        Some(name) => html! { span.muted { (name) } },
        None => stix_type(locale, kind),
    }
}

/// What something is, in a word.
pub(super) fn kind_name(locale: Locale, kind: &str) -> Cow<'_, str> {
    lookup(locale, &format!("find-kind-{kind}")).unwrap_or_else(|| type_name(locale, kind))
}
