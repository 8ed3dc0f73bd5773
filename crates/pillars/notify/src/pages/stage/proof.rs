//! The proof of one submission as a page: what the file says to whoever checks it, for the screen and for print.

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Tone, alert, breadcrumb, button_link, card, facts, heading, time_full};
use ui::t;

use super::find;
use crate::access::IncidentRead;
use crate::commands::MARKING;
use crate::proof::{Verdict, Verified, export, verify};

pub async fn page(
    State(app): State<App>,
    visitor: May<IncidentRead>,
    Path((id, stage)): Path<(String, String)>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let locale = visitor.locale;
        let case = find(app, &visitor, &id)?;
        let proof = export(&app.desk, case.id, &stage).map_err(super::files::refusal)?;
        // The page shows what anybody finds who checks the file, not what this node believes.
        let bytes = serde_json::to_vec(&proof).map_err(PageError::broken)?;
        let checked = verify(&bytes).map_err(PageError::broken)?;
        let here = format!("/notify/incidents/{}", case.id);
        let there = format!("{here}/stages/{stage}");
        let (list, title) = (t!(locale, "notify-incidents-title"), t!(locale, "notify-proof-title"));
        let actions = button_link(
            ButtonKind::Primary,
            &format!("{there}/proof/file"),
            &t!(locale, "notify-proof-file"),
        );
        let body = html! {
            (breadcrumb(locale, &[("/notify/incidents", &list), (&here, &case.title), (&there, &stage)], &title))
            (heading(&title, html! { (t!(locale, "notify-proof-lede")) }, actions))
            div.stack {
                (verdict(&visitor, &checked))
                (card(&t!(locale, "notify-proof-says"), html! {}, shown(&visitor, &checked)))
                p.muted { (t!(locale, "notify-proof-check")) " " code { "entente notify proof verify " (stage) ".proof.json" } }
            }
        };
        Ok(Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, &visitor, body))
    })
    .await
}

fn verdict(visitor: &Visitor, checked: &Verified) -> Markup {
    let locale = visitor.locale;
    let (tone, word) = match checked.verdict {
        Verdict::InTime => (Tone::Ok, t!(locale, "notify-proof-in-time")),
        Verdict::Late => (Tone::Err, t!(locale, "notify-proof-late")),
        Verdict::NoLimit => (Tone::Info, t!(locale, "notify-proof-no-limit")),
        Verdict::Unclear => (Tone::Warn, t!(locale, "notify-proof-unclear")),
    };
    alert(tone, &word, html! { @if checked.exercise { p { (t!(locale, "notify-exercise")) } } })
}

fn shown(visitor: &Visitor, checked: &Verified) -> Markup {
    let locale = visitor.locale;
    let at = |at: Option<model::Timestamp>| {
        html! { @if let Some(at) = at { (time_full(locale, at, visitor.now, visitor.zone.as_ref())) } }
    };
    let (records, size) = (locale.count(checked.records as u64), locale.count(checked.size));
    facts([
        (t!(locale, "notify-duty"), html! { code translate="no" { (checked.stage) } }),
        (t!(locale, "notify-filed-at"), at(Some(checked.sent))),
        (t!(locale, "notify-proof-recorded"), at(Some(checked.recorded))),
        (t!(locale, "notify-alarm"), at(checked.alarm)),
        (t!(locale, "notify-limit"), at(checked.limit)),
        (t!(locale, "notify-clause"), html! { (checked.clause.as_deref().unwrap_or_default()) }),
        (t!(locale, "notify-reference"), html! { (checked.reference) }),
        (
            t!(locale, "notify-proof-party"),
            html! { (checked.name) " " code.muted translate="no" { (checked.fingerprint) } },
        ),
        (
            t!(locale, "notify-proof-records"),
            html! { (t!(locale, "notify-proof-under", records = records, size = size)) },
        ),
        (t!(locale, "notify-made-with"), html! { (checked.made_with.0) }),
    ])
}
