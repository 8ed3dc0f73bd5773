//! The page of one thing: crumbs, head, facts, document, changes, history, confirmation.

use maud::{Markup, html};
use model::time::SignedDuration;
use model::{Side, Tlp};

use super::marks::SAMPLE_RECORD;
use super::now;
use crate::component::{self, ButtonKind, Change, Confirm, Event, Tone};
use crate::{Locale, t};

const DOCUMENT: &[u8] = br#"{"type":"indicator","spec_version":"2.1","id":"indicator--5f0c6c44-4d0e-4e0a-9b7c-1c5e0f2a7d11","created":"2026-11-24T21:40:00.000Z","modified":"2026-11-25T01:58:12.250Z","name":"Grey Heron relay","pattern":"[ipv4-addr:value = '198.51.100.24']","pattern_type":"stix","valid_from":"2026-11-24T21:40:00Z","confidence":85,"labels":[],"external_references":[{"source_name":"<b>not markup</b>","url":"https://example.org/a?b=1&c=2"}],"revoked":false}"#;

pub(super) fn thing(locale: Locale) -> Markup {
    html! {
        (component::breadcrumb(locale, &[("/", &t!(locale, "nav-overview")), ("/exchange/objects", &t!(locale, "nav-objects"))], "Grey Heron relay"))
        (component::heading("Grey Heron relay", html! {
            span.row {
                (component::stix_type(locale, "indicator")) (component::tlp(locale, Tlp::Amber))
                (component::party(locale, "CSIRT Meridian", Side::Eu))
            }
        }, html! {
            (component::button_link(ButtonKind::Plain, "#thing", &t!(locale, "action-explain")))
            (component::button_link(ButtonKind::Primary, "#thing", &t!(locale, "action-export")))
        }))
        (component::card(&t!(locale, "exchange-object-summary"), html! {}, facts(locale)))
        div.columns {
            (component::card(&t!(locale, "exchange-object-document"), html! { (locale.bytes(DOCUMENT.len() as u64)) },
                component::json(locale, DOCUMENT, Some("#thing"))))
            div.stack {
                (component::card(&t!(locale, "exchange-object-versions"), html! {}, changes(locale)))
                (component::card(&t!(locale, "overview-attention"), html! {}, component::timeline(locale, &events(locale), now())))
            }
        }
        (component::confirm(locale, &question(locale)))
    }
}

fn facts(locale: Locale) -> Markup {
    let received = now() - SignedDuration::from_mins(7);
    component::facts([
        (t!(locale, "exchange-object-pattern"), html! { code { "[ipv4-addr:value = '198.51.100.24']" } }),
        (
            t!(locale, "exchange-object-confidence"),
            component::meter(locale, &t!(locale, "exchange-object-confidence"), 0.85, Tone::Info),
        ),
        (t!(locale, "word-received"), component::time_full(locale, received, now(), None)),
        (
            t!(locale, "exchange-object-record"),
            component::hash(locale, &t!(locale, "exchange-object-record"), SAMPLE_RECORD),
        ),
        (t!(locale, "exchange-object-position"), html! { (locale.count(1_048_575)) }),
        (t!(locale, "word-kind"), html! { (component::kind_name(locale, "exchange.object.v1")) }),
    ])
}

fn changes(locale: Locale) -> Markup {
    let change = |key: &'static str, before: Option<&'static str>, after: Option<&'static str>| Change {
        key: key.into(),
        before: before.map(Into::into),
        after: after.map(Into::into),
    };
    component::diff(
        locale,
        &t!(locale, "exchange-object-versions"),
        &[
            change("confidence", Some("60"), Some("85")),
            change("valid_until", None, Some("2026-12-24T00:00:00Z")),
            change("labels", Some("test"), None),
            change("pattern_type", Some("stix"), Some("stix")),
        ],
    )
}

fn events(locale: Locale) -> Vec<Event> {
    let event = |minutes, tone, what: std::borrow::Cow<'static, str>, more: Markup| Event {
        at: now() - SignedDuration::from_mins(minutes),
        tone,
        what: html! { (what) },
        more,
    };
    vec![
        event(
            2,
            Tone::Err,
            t!(locale, "styleguide-sample-link-down"),
            html! { (t!(locale, "styleguide-sample-attempt")) },
        ),
        event(
            31,
            Tone::Warn,
            t!(locale, "styleguide-sample-exfiltration"),
            component::tlp(locale, Tlp::Amber),
        ),
        event(95, Tone::Ok, t!(locale, "styleguide-sample-checkpoint"), html! {}),
        event(60 * 52, Tone::Info, t!(locale, "styleguide-sample-signed"), html! {}),
    ]
}

fn question(locale: Locale) -> Confirm<'static> {
    Confirm {
        question: t!(locale, "accord-withdraw-question"),
        consequence: html! { p { (t!(locale, "accord-withdraw-consequence")) } },
        subject: vec![(t!(locale, "word-party"), component::party(locale, "Harbor ISAC", Side::Us))],
        action: "/styleguide".into(),
        hidden: vec![("csrf".into(), "sample".into())],
        verb: t!(locale, "accord-withdraw"),
        cancel: "#thing".into(),
        irreversible: true,
    }
}
