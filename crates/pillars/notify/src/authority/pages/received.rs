//! What authorities handed on to each other: releasable versions of reports, and early warnings, by this party and to it.

use axum::extract::State;
use desk::pages::{App, May, Page, PageError, Visitor, party_link};
use maud::{Markup, html};
use model::Marking;
use ui::component::{breadcrumb, card, facts, heading, live, marking as banner, time_full};
use ui::t;

use super::words;
use crate::access::ReportRead;
use crate::authority::inbound::{HandedOn, What, handed_on};

pub async fn page(State(app): State<App>, visitor: May<ReportRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor)).await
}

fn show(app: &App, visitor: &Visitor) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let (mut shown, mut strictest) = (Vec::new(), None::<Marking>);
    for one in handed_on(&app.desk.views)? {
        if let Some(marked) = desk::pages::readable_marking(app, visitor, one.seq)? {
            strictest = Some(strictest.map_or(marked, |strictest| strictest.strictest(marked)));
            shown.push((one, marked));
        }
    }
    let title = t!(locale, "reports-received-title");
    let body = html! {
        (breadcrumb(locale, &[("/notify/reports", &t!(locale, "reports-title"))], &title))
        (heading(&title, html! { (t!(locale, "reports-received-lede")) }, html! {}))
        (live("received", &visitor.path, &["notify"], html! {
            div.stack {
                @for (one, marked) in &shown { (item(app, visitor, one, *marked)) }
                @if shown.is_empty() { p { (t!(locale, "reports-received-empty")) } }
            }
        }))
    };
    Ok(Page { title, marking: strictest, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn item(app: &App, visitor: &Visitor, one: &HandedOn, marked: Marking) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let aside = html! {
        (banner(locale, marked)) " " (party_link(locale, &known, one.from)) " "
        (time_full(locale, one.at, visitor.now, visitor.zone.as_ref()))
    };
    match &one.what {
        What::Warning(warning) => card(
            &warning.title,
            aside,
            html! {
                p.said { (warning.text) }
                @if !warning.advice.is_empty() { h3 { (t!(locale, "reports-advice")) } p.said { (warning.advice) } }
                (facts([
                    (t!(locale, "reports-ask-sector"), html! { (warning.sectors.join(", ")) }),
                    (t!(locale, "reports-ask-country"), html! { (warning.countries.join(", ")) }),
                    (t!(locale, "reports-cause"), html! { (warning.cause) }),
                ]))
            },
        ),
        What::Forward(forward) => {
            let mut pairs = vec![
                (t!(locale, "notify-duty"), words::stage(locale, &forward.stage)),
                (t!(locale, "reports-reporter"), html! { (forward.reporter.as_deref().unwrap_or("")) }),
                (t!(locale, "reports-ask-country"), html! { (forward.country) }),
                (t!(locale, "reports-ask-sector"), html! { (forward.sector) }),
                (t!(locale, "reports-severity"), html! { (words::severity(locale, &forward.severity)) }),
                (t!(locale, "reports-cause"), html! { (forward.cause) }),
                (
                    t!(locale, "reports-received"),
                    time_full(locale, forward.received_at, visitor.now, visitor.zone.as_ref()),
                ),
            ];
            pairs.extend(forward.fields.iter().map(|(code, value)| {
                (words::field_name(locale, code).into(), html! { (words::value(locale, value)) })
            }));
            let title = t!(locale, "reports-forwarded", reference = forward.reference.as_str());
            card(
                &title,
                aside,
                html! {
                    (facts(pairs))
                    @if !forward.note.is_empty() { p.said { (forward.note) } }
                },
            )
        }
    }
}
