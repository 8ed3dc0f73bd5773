//! The names of STIX types and of record kinds, and the mark that stands for a type in lists and graphs.

use std::borrow::Cow;

use maud::{Markup, html};

use crate::Locale;
use crate::locale::lookup;
use crate::svg::shape;

/// "Intrusion set" for `intrusion-set`; a type we have no word for names itself.
pub fn type_name(locale: Locale, stix_type: &str) -> Cow<'_, str> {
    lookup(locale, &format!("stix-type-{stix_type}")).unwrap_or(Cow::Borrowed(stix_type))
}

/// "STIX object" for `exchange.object.v1`; an unknown kind names itself.
pub fn kind_name(locale: Locale, kind: &str) -> Cow<'_, str> {
    lookup(locale, &format!("record-kind-{}", kind.replace('.', "-"))).unwrap_or(Cow::Borrowed(kind))
}

/// The type's mark and name.
pub fn stix_type(locale: Locale, stix_type: &str) -> Markup {
    let shape = shape(stix_type);
    html! {
        span.stix-type title=(stix_type) {
            svg.stix-mark viewBox="-10 -10 20 20" aria-hidden="true" focusable="false" {
                path class=(shape.class) d=(shape.path) {}
            }
            (type_name(locale, stix_type))
        }
    }
}
