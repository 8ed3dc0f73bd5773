//! What a part looks like when it is empty, on its way, old or broken; banners; times and numbers.

use maud::{Markup, html};
use model::time::{SignedDuration, TimeZone};
use model::{Marking, Pap, Tlp};

use super::now;
use crate::component::{self, Table, Tone};
use crate::{Locale, shell, t};

pub(super) fn states(locale: Locale) -> Markup {
    html! {
        div.columns {
            (component::card(&t!(locale, "styleguide-empty"), html! {}, component::table(locale, &Table::default())))
            (component::card(&t!(locale, "component-loading"), html! {}, component::loading(locale)))
            (component::card(&t!(locale, "styleguide-stale"), html! {},
                component::stale(locale, &t!(locale, "styleguide-sample-behind-body"))))
            (component::card(&t!(locale, "styleguide-broken"), html! {}, component::alert(
                Tone::Err,
                &t!(locale, "styleguide-sample-failed"),
                html! { (t!(locale, "styleguide-sample-failed-body")) },
            )))
        }
    }
}

/// As they stand at the head of a page; paper repeats the label at head and foot of every sheet.
pub(super) fn banners(locale: Locale) -> Markup {
    let paps = [None, Some(Pap::Green), Some(Pap::Amber), Some(Pap::Amber), Some(Pap::Red)];
    html! {
        div.stack {
            @for (tlp, pap) in Tlp::ALL.into_iter().zip(paps) { (shell::strip(locale, Marking { tlp, pap })) }
            p.muted { (t!(locale, "styleguide-banners-print")) }
        }
    }
}

pub(super) fn times(locale: Locale) -> Markup {
    let zone = TimeZone::get("America/New_York").ok();
    let at = now() - SignedDuration::from_hours(31);
    html! {
        div.columns {
            (component::card(&t!(locale, "styleguide-times"), html! {}, component::facts([
                (t!(locale, "styleguide-time-list"), component::time(locale, at, now())),
                (t!(locale, "styleguide-time-both"), component::time_full(locale, at, now(), zone.as_ref())),
            ])))
            (component::card(&t!(locale, "styleguide-numbers"), html! {}, html! {
                ul.stack-tight {
                    @for count in [0_u64, 1, 2, 1_048_576] { li { (t!(locale, "count-objects", count = count)) } }
                    li { (locale.percent(0.128, 1)) " · " (locale.decimal(1234.5, 1)) " · " (locale.bytes(1_234_567)) }
                }
            }))
        }
    }
}
