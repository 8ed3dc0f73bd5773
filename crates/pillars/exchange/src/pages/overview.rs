//! The part of the exchange on the overview: what was set aside or refused, what stays here and why, and the newest
//! objects with their labels.

use std::collections::BTreeSet;

use desk::links::refusals;
use desk::pages::{App, Part, Visitor, party_link, party_name};
use maud::{Markup, html};
use model::Marking;
use ui::component::{ButtonKind, Due, Table, Tone, button_link, card, english, reason, table};
use ui::{Locale, svg, t};

use super::{quarantine, show};
use crate::search::{Found, Outflow, Sight, counts_by_tlp, newest as newest_of, outflow};

/// Rows of the newest objects.
const ROWS: usize = 8;
/// Different reasons that one line spells out.
const REASONS: usize = 3;

/// For the overview, as this visitor may see it.
pub fn overview(app: &App, visitor: &Visitor) -> Part {
    let due = set_aside(app, visitor).into_iter().chain(refused(app, visitor)).collect();
    let (cards, marking) = cards(app, visitor);
    Part { due, cards, marking }
}

fn set_aside(app: &App, visitor: &Visitor) -> Option<Due> {
    let locale = visitor.locale;
    let (reasons, more) = quarantine::newest(app, visitor).ok()?;
    if reasons.is_empty() {
        return None;
    }
    let count = reasons.len() as u64;
    let what = if more {
        t!(locale, "exchange-due-quarantine-more", count = count)
    } else {
        t!(locale, "exchange-due-quarantine", count = count)
    };
    let different: BTreeSet<String> = reasons.iter().map(|why| show::short(why, 140)).collect();
    let todo = html! {
        @for why in different.iter().take(REASONS) { p { (english(locale, why)) } }
        a href="/exchange/quarantine" { (t!(locale, "exchange-due-quarantine-do")) }
    };
    Some(Due { tone: Tone::Warn, what: html! { (what) }, todo })
}

fn refused(app: &App, visitor: &Visitor) -> Vec<Due> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let all = match refusals(&app.desk.local, app.desk.sent_by_us()) {
        Ok(all) => all,
        Err(error) => {
            tracing::warn!(%error, "refusals were not counted");
            return Vec::new();
        }
    };
    let one = |(peer, reasons): (&model::PartyId, &std::collections::BTreeMap<String, u64>)| {
        let party = party_name(&known, *peer);
        let what = t!(locale, "exchange-due-refused", count = reasons.values().sum::<u64>(), party = party);
        let todo = html! {
            @for (why, count) in reasons.iter().take(REASONS) { p { (locale.count(*count)) " × " (english(locale, why)) } }
            a href="/links" { (t!(locale, "exchange-due-refused-do")) }
        };
        Due { tone: Tone::Warn, what: html! { (what) }, todo }
    };
    all.iter().map(one).collect()
}

/// The cards: the newest objects, and what of ours goes and stays.
fn cards(app: &App, visitor: &Visitor) -> (Markup, Option<Marking>) {
    let locale = visitor.locale;
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now);
    let read = sight
        .map_err(crate::search::StatementError::from)
        .and_then(|sight| Ok((newest_of(&sight, ROWS)?, outflow(&sight)?, counts_by_tlp(&sight)?)));
    let (rows, flows, counts) = match read {
        Ok(read) => read,
        Err(error) => {
            tracing::warn!(%error, "the newest objects were not read");
            let body = html! { p { (t!(locale, "state-error")) } };
            return (card(&t!(locale, "exchange-newest-title"), html! {}, body), None);
        }
    };
    let marking = show::strictest(rows.iter().map(|row| row.class.marked));
    let cards = html! {
            (card(&t!(locale, "exchange-newest-title"), html! {
                a href="/exchange/objects" { (t!(locale, "exchange-newest-all")) }
            }, html! {
                (objects(app, visitor, &rows))
                @if counts.iter().any(|count| *count > 0) {
                    (svg::tlp_share(locale, &t!(locale, "exchange-overview-by-tlp"), counts))
                }
            }))
            (card(&t!(locale, "exchange-outflow-title"), html! {
                a href="/exchange/objects?state=withheld" { (t!(locale, "exchange-outflow-all")) }
            }, html! {
                @for (peer, flow) in &flows { (line(app, visitor, *peer, flow)) }
                @if flows.is_empty() { p.muted { (t!(locale, "link-links-empty")) } }
            }))
    };
    (cards, marking)
}

fn objects(app: &App, visitor: &Visitor, rows: &[Found]) -> Markup {
    let locale = visitor.locale;
    let list = Table {
        empty: Some(html! {
            p { (t!(locale, "exchange-objects-empty-node")) }
            @if visitor.may::<crate::access::ObjectSubmit>() {
                p { (button_link(ButtonKind::Plain, "/exchange/import", &t!(locale, "action-import"))) }
            }
        }),
        ..show::newest(visitor, &app.desk.known(), rows)
    };
    table(locale, &list)
}

fn line(app: &App, visitor: &Visitor, peer: model::PartyId, flow: &Outflow) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    html! {
        div.row {
            (party_link(locale, &known, peer))
            span { (t!(locale, "exchange-outflow-line", goes = flow.goes, stays = flow.staying())) }
            (stays(locale, flow))
        }
    }
}

/// What stays, reason by reason.
pub(super) fn stays(locale: Locale, flow: &Outflow) -> Markup {
    html! {
        @for (why, count) in &flow.stays {
            div.row { (locale.count(*count)) " × " (reason(locale, why.code(), Tone::Idle)) }
        }
    }
}
