//! Who has signed, who has not, and the history of an agreement.

use desk::pages::{Visitor, party_link, party_name};
use desk::views::{AgreementState, Known, VersionState};
use maud::{Markup, html};
use model::Timestamp;
use ui::component::{Column, Event, Table, Tone, progress, status, table, time_full, timeline};
use ui::locale::lookup;
use ui::{Locale, t};

/// The parties of a version with their signatures.
pub(super) fn signatures(visitor: &Visitor, known: &Known, version: &VersionState) -> Markup {
    let locale = visitor.locale;
    let parties = &version.agreement.parties;
    let rows = parties.iter().map(|party| {
        let signed = version.signed.get(&party.party);
        let state = match signed {
            Some(_) => status(Tone::Ok, &t!(locale, "accord-signature-valid")),
            None => status(Tone::Idle, &t!(locale, "accord-signature-missing")),
        };
        vec![
            party_link(locale, known, party.party),
            html! { (party.name) " · " span.muted { (role(locale, party.role)) } },
            state,
            html! { @if let Some(signed) = signed { (signed.signatory) } @else { "–" } },
            html! {
                @if let Some(signed) = signed { (time_full(locale, instant(signed.at_us), visitor.now, visitor.zone.as_ref())) }
                @else { "–" }
            },
        ]
    });
    let list = Table {
        caption: t!(locale, "accord-signatures-title"),
        columns: vec![
            Column::text(t!(locale, "word-party")),
            Column::text(t!(locale, "accord-signs-as")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "accord-signatory")),
            Column::text(t!(locale, "word-when")),
        ],
        rows: rows.collect(),
        ..Table::default()
    };
    html! {
        p.muted { (t!(locale, "accord-signatures-lede")) }
        p {
            (progress(locale, &t!(locale, "accord-signatures-title"), version.signed.len() as u64, parties.len() as u64))
        }
        (table(locale, &list))
    }
}

/// Proposals, signatures and withdrawals over all versions, newest first.
pub(super) fn history(visitor: &Visitor, known: &Known, state: &AgreementState) -> Markup {
    let locale = visitor.locale;
    let mut events = Vec::new();
    for version in state.versions.values() {
        let number = u64::from(version.agreement.version);
        let party = party_name(known, version.author);
        events.push(event(
            instant(version.at_us),
            Tone::Info,
            t!(locale, "accord-event-proposed", party = party, version = number).into_owned(),
            "",
        ));
        for (party, signed) in &version.signed {
            let party = party_name(known, *party);
            let what = t!(locale, "accord-event-signed", party = party, version = number).into_owned();
            events.push(event(instant(signed.at_us), Tone::Ok, what, &signed.signatory));
        }
    }
    for (party, withdrawal) in &state.withdrawals {
        let party = party_name(known, *party);
        let what = t!(locale, "accord-event-withdrawn", party = party).into_owned();
        events.push(event(withdrawal.effective, Tone::Err, what, &withdrawal.reason));
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    timeline(locale, &events, visitor.now)
}

fn event(at: Timestamp, tone: Tone, what: String, more: &str) -> Event {
    let more = if more.is_empty() {
        html! {}
    } else {
        html! { (more) }
    };
    Event { at, tone, what: html! { (what) }, more }
}

fn instant(at_us: i64) -> Timestamp {
    Timestamp::from_microsecond(at_us).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn role(locale: Locale, role: model::Role) -> String {
    let code = serde_json::to_value(role).ok().and_then(|value| value.as_str().map(str::to_owned));
    code.and_then(|code| lookup(locale, &format!("role-{code}"))).unwrap_or_default().into_owned()
}
