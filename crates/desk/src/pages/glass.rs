//! Breaking the glass: access beyond one's role and clearance in an emergency, for a while, with a reason. It stands in
//! the own ledger before it opens anything, and on each page of everybody while it lasts.

use std::borrow::Cow;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use model::time::SignedDuration;
use records::audit::{Audit, Deed, Line};
use ui::component::{
    ButtonKind, Field, FieldKind, Tone, alert, button, button_link, error_summary, field, heading,
};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::faults::Faults;
use super::fields::{Fields, Signed};
use super::frame::Page;
use super::may::May;
use super::visitor::Visitor;
use crate::access::{AuditRead, GlassBreak, OwnAccount, Permit as _};
use crate::local::Glass;

/// How long it may last, in minutes, as offered.
const MINUTES: [i64; 5] = [15, 30, 60, 120, 240];
/// A reason has so many characters at least, and at most.
const REASON_CHARS: std::ops::RangeInclusive<usize> = 10..=500;

pub(super) async fn ask(State(app): State<App>, visitor: May<GlassBreak>) -> Markup {
    form(&app, &visitor, &Fields::default(), &Faults::default())
}

pub(super) async fn submit(State(app): State<App>, sent: Signed<GlassBreak>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields, locale) = (&sent.visitor, &sent.fields, sent.visitor.locale);
        let mut faults = Faults::default();
        let reason = fields.get("reason");
        faults.check(
            !REASON_CHARS.contains(&reason.chars().count()),
            "reason",
            t!(locale, "glass-reason-wrong"),
        );
        let minutes = fields.get("minutes").parse::<i64>().ok().filter(|minutes| MINUTES.contains(minutes));
        faults.check(minutes.is_none(), "minutes", t!(locale, "form-choose"));
        let until =
            minutes.and_then(|minutes| visitor.now.checked_add(SignedDuration::from_mins(minutes)).ok());
        let (Some(until), true) = (until, faults.is_empty()) else {
            return Ok(faults.answer(form(app, visitor, fields, &faults)));
        };
        let account = visitor.account.name.clone();
        let glass = Glass { account, reason: reason.to_owned(), from: visitor.now, until };
        // The record first: whoever sees more has said why before.
        app.desk.note(&trail(visitor, &format!("until {until}: {reason}"))).map_err(PageError::broken)?;
        app.desk.local.break_glass(&glass)?;
        tracing::warn!(account = glass.account, %until, "the glass is broken");
        Ok(Redirect::to("/").into_response())
    })
    .await
}

/// Ends it before its time; everybody may end their own.
pub(super) async fn mend(State(app): State<App>, sent: Signed<OwnAccount>) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let visitor = &sent.visitor;
        if app.desk.local.mend_glass(&visitor.account.name)? {
            app.desk.note(&trail(visitor, "ended")).map_err(PageError::broken)?;
            tracing::warn!(account = visitor.account.name, "the glass is mended");
        }
        Ok(Redirect::to("/"))
    })
    .await
}

fn trail(visitor: &Visitor, reason: &str) -> Audit {
    let by = visitor.session().map_or_else(String::new, |id| id.hex()[..8].to_owned());
    let line = Line {
        at: visitor.now,
        who: visitor.account.name.clone(),
        by,
        program: false,
        act: GlassBreak::PERMISSION.name.to_owned(),
        what: "/access/glass".to_owned(),
        deed: Deed::Did,
        count: 1,
        reason: reason.to_owned(),
    };
    Audit { lines: vec![line], more: 0 }
}

/// What stands above each page while somebody has broken it. Why, only those are told who might do it, or audit it.
pub(super) fn alarms(app: &App, visitor: &Visitor) -> Vec<Cow<'static, str>> {
    let locale = visitor.locale;
    let broken = app.desk.local.broken_glass(visitor.now).unwrap_or_default();
    let told = GlassBreak::PERMISSION.is_of(visitor.account.role) || visitor.may::<AuditRead>();
    let line = |glass: &Glass| {
        let (name, until) = (glass.account.as_str(), locale.utc(glass.until));
        if told {
            t!(locale, "glass-alarm-why", name = name, until = until.as_str(), reason = glass.reason.as_str())
        } else {
            t!(locale, "glass-alarm", name = name, until = until.as_str())
        }
    };
    broken.iter().map(line).collect()
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let minutes = MINUTES.map(|minutes| {
        let words = locale.duration(SignedDuration::from_mins(minutes));
        (minutes.to_string().into(), words)
    });
    let fields = [
        Field {
            name: "reason",
            label: t!(locale, "word-reason"),
            value: sent.get("reason").into(),
            kind: FieldKind::Area,
            hint: t!(locale, "glass-reason-hint"),
            error: faults.of("reason"),
            required: true,
            ..Field::default()
        },
        Field {
            name: "minutes",
            label: t!(locale, "glass-minutes"),
            value: sent.get("minutes").into(),
            kind: FieldKind::Select(minutes.into()),
            error: faults.of("minutes"),
            required: true,
            ..Field::default()
        },
    ];
    let broken = app.desk.local.glass_of(&visitor.account.name, visitor.now).is_some();
    let title = t!(locale, "glass-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "glass-lede")) }, html! {}))
        div.stack {
            @if broken {
                (alert(Tone::Warn, &t!(locale, "glass-broken"), html! {
                    form method="post" action="/access/glass/mend" {
                        input type="hidden" name=(csrf) value=(token);
                        (button(ButtonKind::Primary, &t!(locale, "glass-mend")))
                    }
                }))
            }
            (error_summary(locale, &fields))
            form.form method="post" action="/access/glass" novalidate {
                input type="hidden" name=(csrf) value=(token);
                @for one in &fields { (field(locale, one)) }
                div.actions {
                    (button(ButtonKind::Danger, &t!(locale, "glass-break")))
                    (button_link(ButtonKind::Plain, "/account", &t!(locale, "action-cancel")))
                }
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
