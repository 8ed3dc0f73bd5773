//! What was tried by mail for a stage: each attempt with its end, its message and the server's reply; and for one whose end
//! nobody knows, what to do.

use desk::pages::{App, PageError, Visitor};
use maud::{Markup, html};
use ui::component::{Tone, alert, card, facts, status, time_full};
use ui::t;

use super::super::evidence::link;
use super::settle;
use crate::access::StageSubmit;
use crate::case::{Case, Said};
use crate::mailing::{Attempt, End, attempts};

/// The attempts of this stage, the newest first.
pub(in crate::pages::stage) fn tried(
    app: &App,
    visitor: &Visitor,
    case: &Case,
    stage: &str,
) -> Result<Markup, PageError> {
    let all = attempts(&app.desk.views, case)?;
    let mut lines = Vec::new();
    for attempt in all.iter().rev().filter(|attempt| attempt.stage == stage) {
        lines.push(one(app, visitor, case, attempt)?);
    }
    let locale = visitor.locale;
    Ok(html! {
        @if !lines.is_empty() { (card(&t!(locale, "mailing-tried"), html! {}, html! { @for line in &lines { (line) } })) }
    })
}

fn one(app: &App, visitor: &Visitor, case: &Case, attempt: &Attempt) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let at = |at| time_full(locale, at, visitor.now, visitor.zone.as_ref());
    let code = |text: &str| html! { span.copied-text translate="no" { (text) } };
    let mut said = vec![
        (t!(locale, "word-state"), end(visitor, &attempt.end)),
        (t!(locale, "word-to"), code(&attempt.begun.to)),
        (t!(locale, "mailing-begun"), html! { (at(attempt.at)) " · " (attempt.by) }),
        (t!(locale, "mailing-server"), code(&attempt.begun.server)),
        ("Message-ID".into(), code(&attempt.begun.message_id)),
    ];
    if let Some(reply) = reply(case, attempt) {
        let reply = if reply.is_empty() {
            html! { (t!(locale, "mailing-reply-lost")) }
        } else {
            html! { span lang="en" { (code(reply)) } }
        };
        said.push((t!(locale, "mailing-reply"), reply));
    }
    said.push((t!(locale, "mailing-message"), link(app, visitor, case.id, &attempt.begun.message)?));
    Ok(html! {
        @if attempt.is_open() {
            (alert(Tone::Err, &t!(locale, "mailing-open"), html! { p { (t!(locale, "mailing-open-hint")) } }))
        }
        (facts(said))
        @if attempt.is_open() && visitor.may::<StageSubmit>() { (settle::form(visitor, case, attempt)) }
    })
}

fn end(visitor: &Visitor, end: &End) -> Markup {
    let locale = visitor.locale;
    let words = |text: &str| html! { " " span.copied-text lang="en" { (text) } };
    match end {
        End::Open => status(Tone::Err, &t!(locale, "mailing-open")),
        End::Doubtful(said) => html! { (status(Tone::Err, &t!(locale, "mailing-open"))) (words(said)) },
        End::Taken(at) => html! {
            (status(Tone::Ok, &t!(locale, "mailing-taken"))) " "
            (time_full(locale, *at, visitor.now, visitor.zone.as_ref()))
        },
        End::Failed(said) => html! { (status(Tone::Err, &t!(locale, "mailing-failed"))) (words(said)) },
        End::NotSent { reason, by } => html! {
            (status(Tone::Idle, &t!(locale, "mailing-not-sent"))) " " (reason) " · " (by)
        },
    }
}

/// The server's reply, where the attempt became a submission.
fn reply<'a>(case: &'a Case, attempt: &Attempt) -> Option<&'a str> {
    case.statements.iter().find_map(|statement| match &statement.said {
        Said::Submission(sent) => {
            let mail = sent.mail.as_ref().filter(|mail| mail.mailing == attempt.mailing);
            mail.map(|mail| mail.reply.as_str())
        }
        Said::Fact(_) | Said::Determination(_) | Said::Assignment(_) => None,
    })
}
