//! Markings, parties, states, reasons, times, hashes.

use maud::{Markup, html};
use model::time::{SignedDuration, TimeZone};
use model::{Pap, Side, Tlp};

use super::now;
use crate::component::{self, Tone};
use crate::{Locale, t};

pub(super) fn markings(locale: Locale) -> Markup {
    html! {
        div.columns {
            (component::card("TLP 2.0", html! {}, component::facts(Tlp::ALL.map(|l| {
                (component::tlp_meaning(locale, l), component::tlp(locale, l))
            }))))
            (component::card("PAP", html! {}, html! {
                p.row { @for label in Pap::ALL { (component::pap(locale, label)) } }
                h3 { (t!(locale, "word-parties")) }
                p.row {
                    (component::party(locale, "CSIRT Meridian", Side::Eu))
                    (component::party(locale, "Harbor ISAC", Side::Us))
                    (component::party(locale, "NCIRC Lyra", Side::Nato))
                    (component::party(locale, "Fjordkraft Drift", Side::Other))
                }
                p.row {
                    @for kind in ["intrusion-set", "malware", "attack-pattern", "indicator", "identity", "report", "ipv4-addr"] {
                        (component::stix_type(locale, kind))
                    }
                }
            }))
        }
    }
}

pub(super) fn states(locale: Locale) -> Markup {
    let paris = TimeZone::get("Europe/Paris").ok();
    html! {
        div.columns {
            (component::card(&t!(locale, "word-state"), html! {}, html! {
                p.row {
                    (component::status(Tone::Ok, &t!(locale, "state-active")))
                    (component::status(Tone::Warn, &t!(locale, "state-warning")))
                    (component::status(Tone::Err, &t!(locale, "state-error")))
                    (component::status(Tone::Idle, &t!(locale, "state-idle")))
                    (component::status(Tone::Info, &t!(locale, "state-proposed")))
                }
                p { (component::progress(locale, &t!(locale, "accord-signatures-title"), 2, 3)) }
                p { (component::meter(locale, &t!(locale, "word-state"), 0.82, Tone::Warn)) }
                p { (component::time(locale, now() - SignedDuration::from_secs(190), now())) }
                p { (component::time_full(locale, now() - SignedDuration::from_hours(31), now(), paris.as_ref())) }
                p { (component::hash(locale, &t!(locale, "party-fingerprint"), SAMPLE_RECORD)) }
            }))
            (component::card(&t!(locale, "word-reason"), html! {}, html! {
                @for code in ["above-grant", "not-named", "agreement-expired", "organisation-only"] {
                    (component::reason(locale, code, Tone::Warn))
                }
                (component::reason(locale, "a-reason-of-tomorrow", Tone::Idle))
            }))
        }
    }
}

pub(super) const SAMPLE_RECORD: &str =
    "record:5b3fae0c9d4e17c26a80f1d2b7e3948c6d05a1f27e8b39c4d0f6a2718e5c9b34";
