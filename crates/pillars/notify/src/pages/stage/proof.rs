//! The proof of one submission as a page: what the file says to whoever checks it, for the screen and for print.

use std::borrow::Cow;

use axum::extract::{Path, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use maud::{Markup, html};
use ui::component::{
    ButtonKind, Tone, alert, breadcrumb, button_link, card, facts, heading, status, time_full,
};
use ui::{Locale, t};

use super::{evidence, find};
use crate::access::IncidentRead;
use crate::cite::cited;
use crate::commands::MARKING;
use crate::proof::{Link, Unproved, Verdict, Verified, export, verify};

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
                (chain(app, &visitor, &checked)?)
                p.muted { (t!(locale, "notify-proof-check")) " " code {
                    "entente notify proof verify " (stage) ".proof.json" @if checked.evidence.is_some() { " --evidence FILE" }
                } }
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
        (t!(locale, "notify-clause"), cited(locale, checked.clause.as_deref().unwrap_or_default())),
        (t!(locale, "notify-reference"), html! { (checked.reference) }),
        (
            t!(locale, "notify-proof-party"),
            html! { (checked.name) " " code.muted translate="no" { (checked.fingerprint) } },
        ),
        (
            t!(locale, "notify-proof-records"),
            html! { (t!(locale, "notify-proof-under", records = records, size = size)) },
        ),
        (t!(locale, "notify-made-with"), html! { span lang="en" { (checked.made_with.0) } }),
    ])
}

/// Each link with what it rests on, the authority's half, and what stays open.
fn chain(app: &App, visitor: &Visitor, checked: &Verified) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let at = |at: model::Timestamp| time_full(locale, at, visitor.now, visitor.zone.as_ref());
    Ok(html! {
        @if let Some(got) = &checked.receipt {
            (card(&t!(locale, "filing-received"), html! {}, facts([
                (t!(locale, "filing-authority"), html! { (got.name) " " code.muted translate="no" { (got.fingerprint) } }),
                (t!(locale, "notify-reference"), html! { strong translate="no" { (got.reference) } }),
                (t!(locale, "proof-received-at"), at(got.at)),
                (t!(locale, "proof-receipt"), html! { code translate="no" { (got.record) } " " (t!(locale, "proof-in-log-of", size = locale.count(got.size))) }),
            ])))
        }
        @if let Some(mail) = &checked.mail {
            (card(&t!(locale, "mailing-by-mail"), html! {}, facts([
                (t!(locale, "word-to"), html! { span.copied-text translate="no" { (mail.to) } }),
                (t!(locale, "mailing-server"), html! { span.copied-text translate="no" { (mail.server) } }),
                (t!(locale, "mailing-reply"), html! {
                    @if mail.reply.is_empty() { (t!(locale, "mailing-reply-lost")) }
                    @else { span.copied-text lang="en" translate="no" { (mail.reply) } }
                }),
                ("Message-ID".into(), html! { span.copied-text translate="no" { (mail.message_id) } }),
                ("SHA-256".into(), html! { code translate="no" { (mail.sha256) } }),
            ])))
        }
        @if let Some(file) = &checked.evidence {
            (card(&t!(locale, "notify-evidence"), html! {}, facts([
                (t!(locale, "notify-evidence-file"), evidence::link(app, visitor, checked.incident, file)?),
                ("SHA-256".into(), html! { code translate="no" { (file.sha256) } }),
            ])))
        }
        (card(&t!(locale, "proof-chain"), html! {}, html! {
            ol { @for link in &checked.shows { li { (status(Tone::Ok, &t!(locale, "proof-checked"))) " " (link_words(locale, *link)) } } }
        }))
        (card(&t!(locale, "proof-open"), html! {}, html! {
            ul { @for open in &checked.open { li { (open_words(locale, *open)) } } }
        }))
    })
}

fn link_words(locale: Locale, link: Link) -> Cow<'static, str> {
    match link {
        Link::Key => t!(locale, "proof-link-key"),
        Link::Checkpoint => t!(locale, "proof-link-checkpoint"),
        Link::Records => t!(locale, "proof-link-records"),
        Link::Submission => t!(locale, "proof-link-submission"),
        Link::Second => t!(locale, "proof-link-second"),
        Link::Law => t!(locale, "proof-link-law"),
        Link::Filing => t!(locale, "proof-link-filing"),
        Link::AuthorityKey => t!(locale, "proof-link-authority-key"),
        Link::AuthorityCheckpoint => t!(locale, "proof-link-authority-checkpoint"),
        Link::Receipt => t!(locale, "proof-link-receipt"),
        Link::ReceiptNames => t!(locale, "proof-link-receipt-names"),
        Link::Mail => t!(locale, "proof-link-mail"),
        Link::Evidence => t!(locale, "proof-link-evidence"),
    }
}

fn open_words(locale: Locale, open: Unproved) -> Cow<'static, str> {
    match open {
        Unproved::Who => t!(locale, "proof-open-who"),
        Unproved::Sent => t!(locale, "proof-open-sent"),
        Unproved::Received => t!(locale, "proof-open-received"),
        Unproved::Arrival => t!(locale, "proof-open-arrival"),
        Unproved::Server => t!(locale, "proof-open-server"),
        Unproved::Content => t!(locale, "proof-open-content"),
        Unproved::Facts => t!(locale, "proof-open-facts"),
        Unproved::Accepted => t!(locale, "proof-open-accepted"),
        Unproved::Evidence => t!(locale, "proof-open-evidence"),
    }
}
