//! Approval by two: what waits for a second person, and the word of that person.

mod detail;
mod rules;

use axum::extract::{Path, State};
use axum::response::Redirect;
use maud::{Markup, html};
use model::Timestamp;
use records::release_draft::ReleaseDraft;
use ui::component::{ButtonKind, Column, Table, Tone, button_link, heading, live, status, table, time, tlp};
use ui::{Locale, t};

use super::app::App;
use super::error::PageError;
use super::fields::Signed;
use super::frame::Page;
use super::may::May;
use super::roles::permission_words;
use super::visitor::Visitor;
use crate::DecideError;
use crate::access::{Permit as _, ReleaseApprove, ReleaseRead, ReleaseRule};
use crate::views::release::{self, Held, Stage};

pub(super) use detail::page as detail;
pub(super) use rules::{add, ask_add, end, page as rules};

/// Characters of a reason.
const REASON_CHARS: usize = 500;

/// What waits, and what was decided last.
pub(super) async fn page(State(app): State<App>, visitor: May<ReleaseRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let locale = visitor.locale;
        let mut drafts = release::drafts(&app.desk.views.read()?)?;
        drafts.retain(|held| may_see(&visitor, &held.draft));
        let title = t!(locale, "release-title");
        let rules = button_link(ButtonKind::Plain, "/release/rules", &t!(locale, "release-rules"));
        let body = html! {
            (heading(&title, html! { (t!(locale, "release-lede")) }, rules))
            (live("drafts", "/release", &["release"], list(&visitor, &drafts)))
        };
        let page = Page { title, updated: Some(visitor.now), ..Page::default() };
        Ok(page.show(app, &visitor, body))
    })
    .await
}

/// Approves, and carries out; or carries out again what was approved when the node stopped between.
pub(super) async fn approve(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<ReleaseApprove>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let (visitor, locale) = (&sent.visitor, sent.visitor.locale);
        let held = find(app, visitor, &id)?;
        let by = &visitor.account.name;
        let held = match held.stage {
            Stage::Approved => held,
            _ if held.draft.by == *by => {
                return Err(PageError::Conflict(t!(locale, "release-same").into()));
            }
            _ => app.desk.decide(&id, true, "", by).map_err(refusal)?,
        };
        let href = carry_out(app, &held)?;
        app.desk.carried_out(&held).map_err(PageError::broken)?;
        tracing::info!(account = by, draft = id, "a held act was approved and carried out");
        Ok(Redirect::to(&href))
    })
    .await
}

/// Refuses; whoever asked takes it back in the same way.
pub(super) async fn refuse(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<ReleaseRead>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        let held = find(app, visitor, &id)?;
        if held.draft.by != visitor.account.name && !visitor.may::<ReleaseApprove>() {
            return Err(PageError::Forbidden);
        }
        let reason = sent.fields.get("reason");
        if reason.is_empty() || reason.chars().count() > REASON_CHARS {
            return Err(PageError::Wrong(t!(visitor.locale, "release-reason-wrong").into()));
        }
        app.desk.decide(&id, false, reason, &visitor.account.name).map_err(refusal)?;
        Ok(Redirect::to("/release"))
    })
    .await
}

fn refusal(error: DecideError) -> PageError {
    match error {
        DecideError::Unknown => PageError::NotFound,
        DecideError::Decided | DecideError::Same => PageError::Conflict(error.sentence()),
        DecideError::Submit(_) | DecideError::Views(_) => PageError::broken(error),
    }
}

/// Does what was approved, in the room of the act.
fn carry_out(app: &App, held: &Held) -> Result<String, PageError> {
    let by = held.decision.as_ref().map_or("", |decision| decision.by.as_str());
    if held.draft.act == ReleaseRule::PERMISSION.name {
        return rules::carry_out_end(app, &held.draft, by);
    }
    let room = app.site.carry_out.iter().find(|(act, _)| *act == held.draft.act);
    let (_, carry_out) = room.ok_or_else(|| PageError::broken("no room carries out this act"))?;
    carry_out(app, &held.draft, by)
}

/// A draft that this person may see: cleared for everything in it (I1).
fn find(app: &App, visitor: &Visitor, id: &str) -> Result<Held, PageError> {
    let held = release::draft(&app.desk.views.read()?, id)?;
    held.filter(|held| may_see(visitor, &held.draft)).ok_or(PageError::NotFound)
}

fn may_see(visitor: &Visitor, draft: &ReleaseDraft) -> bool {
    draft.markings.iter().all(|marking| *marking <= visitor.account.clearance)
}

fn list(visitor: &Visitor, drafts: &[Held]) -> Markup {
    let locale = visitor.locale;
    let row = |held: &Held| {
        let at = Timestamp::from_microsecond(held.at_us).unwrap_or(visitor.now);
        vec![
            html! { a href={ "/release/" (held.draft.draft) } { (held.draft.title) } },
            html! { (permission_words(locale, &held.draft.act)) },
            html! { @for marking in &held.draft.markings { (tlp(locale, *marking)) " " } },
            html! { (held.draft.by) },
            time(locale, at, visitor.now),
            stage(locale, held.stage),
        ]
    };
    let list = Table {
        caption: t!(locale, "release-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "release-act")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "release-by")),
            Column::text(t!(locale, "word-when")),
            Column::text(t!(locale, "word-state")),
        ],
        rows: drafts.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "release-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn stage(locale: Locale, stage: Stage) -> Markup {
    match stage {
        Stage::Waiting => status(Tone::Warn, &t!(locale, "release-waiting")),
        Stage::Approved => status(Tone::Warn, &t!(locale, "release-approved")),
        Stage::Done => status(Tone::Ok, &t!(locale, "release-done")),
        Stage::Refused => status(Tone::Err, &t!(locale, "release-refused")),
    }
}
