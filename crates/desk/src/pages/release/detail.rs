//! One draft: what would be done, for whom, by which rule, and the two answers.

use axum::extract::{Path, State};
use maud::{Markup, html};
use model::{Marking, Timestamp};
use ui::component::{
    ButtonKind, Field, FieldKind, Tone, alert, breadcrumb, button, card, facts, field, heading, json,
    time_full, tlp,
};
use ui::t;

use super::super::app::App;
use super::super::error::PageError;
use super::super::frame::Page;
use super::super::may::May;
use super::super::names::party_link;
use super::super::roles::permission_words;
use super::super::visitor::Visitor;
use super::{find, stage};
use crate::access::{ReleaseApprove, ReleaseRead};
use crate::views::release::{Held, Stage};

pub(in super::super) async fn page(
    State(app): State<App>,
    visitor: May<ReleaseRead>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let held = find(app, &visitor, &id)?;
        let locale = visitor.locale;
        // What is approved is what is read: the whole of it, as it will be carried out.
        let request = serde_json::to_vec(&held.draft.request).unwrap_or_default();
        let title = held.draft.title.clone();
        let body = html! {
            (breadcrumb(locale, &[("/release", &t!(locale, "release-title"))], &title))
            (heading(&title, stage(locale, held.stage), html! {}))
            div.stack {
                (card(&t!(locale, "release-about"), html! {}, about(app, &visitor, &held)))
                (card(&t!(locale, "release-request"), html! {}, json(locale, &request, None)))
                (answers(&visitor, &held))
            }
        };
        let marking = held.draft.markings.iter().max().copied().map(Marking::tlp);
        Ok(Page { title: title.into(), marking, ..Page::default() }.show(app, &visitor, body))
    })
    .await
}

fn about(app: &App, visitor: &Visitor, held: &Held) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let at = Timestamp::from_microsecond(held.at_us).unwrap_or(visitor.now);
    let draft = &held.draft;
    let mut pairs = vec![
        (t!(locale, "release-act"), html! { (permission_words(locale, &draft.act)) }),
        (
            t!(locale, "word-marking"),
            html! { @for marking in &draft.markings { (tlp(locale, *marking)) " " } },
        ),
        (
            t!(locale, "release-recipients"),
            html! {
                @for party in &draft.recipients { (party_link(locale, &known, *party)) " " }
                @if draft.recipients.is_empty() { (t!(locale, "word-none")) }
            },
        ),
        (t!(locale, "release-rule"), html! { (draft.rules.join(", ")) }),
        (t!(locale, "release-by"), html! { (draft.by) }),
        (t!(locale, "word-when"), time_full(locale, at, visitor.now, visitor.zone.as_ref())),
    ];
    if let Some(decision) = &held.decision {
        pairs.push((t!(locale, "release-decided-by"), html! { (decision.by) }));
        if !decision.reason.is_empty() {
            pairs.push((t!(locale, "word-reason"), html! { (decision.reason) }));
        }
    }
    facts(pairs)
}

fn answers(visitor: &Visitor, held: &Held) -> Markup {
    let locale = visitor.locale;
    let own = held.draft.by == visitor.account.name;
    let may = visitor.may::<ReleaseApprove>();
    let open = held.stage == Stage::Waiting;
    let approve = may && ((open && !own) || held.stage == Stage::Approved);
    let verb = if own { t!(locale, "release-take-back") } else { t!(locale, "release-refuse") };
    let reason = Field {
        name: "reason",
        label: t!(locale, "word-reason"),
        kind: FieldKind::Area,
        required: true,
        ..Field::default()
    };
    let (csrf, token) = visitor.csrf();
    let to = |what: &str| format!("/release/{}/{what}", held.draft.draft);
    html! {
        @if open && own { (alert(Tone::Info, &t!(locale, "release-same"), html! {})) }
        @if open && !own && !may { (alert(Tone::Info, &t!(locale, "release-role"), html! {})) }
        @if approve {
            form.actions method="post" action=(to("approve")) {
                input type="hidden" name=(csrf) value=(token);
                (button(ButtonKind::Primary, &t!(locale, "release-approve")))
            }
        }
        @if (open || held.stage == Stage::Approved) && (own || may) {
            form.form method="post" action=(to("refuse")) {
                input type="hidden" name=(csrf) value=(token);
                (field(locale, &reason))
                div.actions { (button(ButtonKind::Danger, &verb)) }
            }
        }
    }
}
