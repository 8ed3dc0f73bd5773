//! One agreement: its text, signatures, grants, commitments, what flowed under it, and its history.

use axum::extract::{Path, Query, State};
use desk::pages::{App, May, Page, PageError, Visitor};
use desk::views::{AgreementState, VersionState};
use maud::{Markup, html};
use model::AgreementId;
use serde::Deserialize;
use ui::component::{
    ButtonKind, Tab, Tone, alert, breadcrumb, button_link, card, facts, hash, heading, live, tabs, time_full,
};
use ui::{Locale, t};

use super::{MARKING, find, grants, pill, signatures};
use crate::access::{AgreementPropose, AgreementRead, AgreementSign, AgreementWithdraw};
use crate::standing::{Standing, awaits_us};

#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    version: Option<u32>,
}

pub async fn page(
    State(app): State<App>,
    visitor: May<AgreementRead>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &id, asked.version)).await
}

fn show(app: &App, visitor: &Visitor, id: &str, asked: Option<u32>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (id, state) = find(app, visitor, &known, id)?;
    let chosen = match asked {
        Some(version) => state.versions.get(&version),
        None => state.newest(),
    };
    let version = chosen.ok_or(PageError::NotFound)?;
    let agreement = &version.agreement;
    let title = locale.pick(&agreement.title);
    let standing = Standing::of(state, app.desk.me, visitor.now);
    let flow = app.site.flow.as_ref().map(|flow| flow((id, visitor.clone())));
    let body = html! {
        (breadcrumb(locale, &[("/accord/agreements", &t!(locale, "accord-agreements-title"))], title))
        (heading(title, pill(locale, standing), actions(app, visitor, id, state, standing)))
        (live("agreement", &visitor.path, &["accord", "parties", "exchange"], html! {
            div.stack {
                (versions(locale, id, state, version))
                (notices(app, visitor, state, version))
                (about(visitor, id, version))
                (card(&t!(locale, "accord-signatures-title"), html! {}, signatures::signatures(visitor, &known, version)))
                (card(&t!(locale, "accord-grants-title"), html! {}, grants::grants(visitor, &known, agreement)))
                (card(&t!(locale, "accord-commitments-title"), html! {}, grants::commitments(visitor, &known, agreement)))
                @if let Some(flow) = &flow { (card(&t!(locale, "accord-flow-title"), html! {}, flow.cards.clone())) }
                (text(locale, version))
                (card(&t!(locale, "accord-history"), html! {}, signatures::history(visitor, &known, state)))
            }
        }))
    };
    // What flowed under it may be marked more narrowly than the agreement.
    let flowed = flow.as_ref().and_then(|flow| flow.marking);
    let marking = flowed.map_or(MARKING, |flowed| flowed.strictest(MARKING));
    let page = Page { title: title.into(), marking: Some(marking), updated: Some(visitor.now) };
    Ok(page.show(app, visitor, body))
}

fn actions(
    app: &App,
    visitor: &Visitor,
    id: AgreementId,
    state: &AgreementState,
    standing: Standing,
) -> Markup {
    let locale = visitor.locale;
    let sign = visitor.may::<AgreementSign>() && awaits_us(state, app.desk.me, visitor.now).is_some();
    let ours = state.newest().is_some_and(|version| version.agreement.has_party(&app.desk.me));
    let over = matches!(standing, Standing::Withdrawn | Standing::Expired);
    let leave =
        visitor.may::<AgreementWithdraw>() && ours && !over && !state.withdrawals.contains_key(&app.desk.me);
    let amend = visitor.may::<AgreementPropose>() && ours && standing != Standing::Withdrawn;
    let to = |what: &str| format!("/accord/agreements/{id}/{what}");
    html! {
        @if amend { (button_link(ButtonKind::Plain, &to("amend"), &t!(locale, "accord-amend"))) }
        @if sign { (button_link(ButtonKind::Primary, &to("sign"), &t!(locale, "accord-sign"))) }
        @if leave { (button_link(ButtonKind::Danger, &to("withdraw"), &t!(locale, "accord-withdraw"))) }
    }
}

fn versions(locale: Locale, id: AgreementId, state: &AgreementState, shown: &VersionState) -> Markup {
    let list: Vec<_> = state
        .versions
        .keys()
        .rev()
        .map(|number| Tab {
            href: format!("/accord/agreements/{id}?version={number}").into(),
            label: t!(locale, "accord-agreement-version", version = u64::from(*number)),
            active: *number == shown.agreement.version,
            ..Tab::default()
        })
        .collect();
    html! { @if list.len() > 1 { (tabs(locale, &list)) } }
}

/// What this person should know before reading on.
fn notices(app: &App, visitor: &Visitor, state: &AgreementState, shown: &VersionState) -> Markup {
    let locale = visitor.locale;
    let newest = state.newest().map_or(0, |version| version.agreement.version);
    let waits = awaits_us(state, app.desk.me, visitor.now).is_some();
    html! {
        @if shown.agreement.version < newest {
            (alert(Tone::Info, &t!(locale, "accord-state-superseded"), html! {}))
        }
        @if waits && shown.agreement.version == newest {
            @let why = if visitor.may::<AgreementSign>() {
                t!(locale, "accord-signatures-lede")
            } else {
                t!(locale, "accord-sign-role")
            };
            (alert(Tone::Info, &t!(locale, "accord-state-awaiting-us"), html! { (why) }))
        }
    }
}

fn about(visitor: &Visitor, id: AgreementId, version: &VersionState) -> Markup {
    let locale = visitor.locale;
    let agreement = &version.agreement;
    card(
        &t!(locale, "accord-agreement-title"),
        html! {},
        html! {
            (facts([
                (t!(locale, "word-id"), hash(locale, &t!(locale, "word-id"), &id.to_string())),
                (t!(locale, "word-name"), html! { code translate="no" { (agreement.name) } }),
                (t!(locale, "word-version"), html! { (agreement.version) }),
                (t!(locale, "word-from"), time_full(locale, agreement.active_from, visitor.now, visitor.zone.as_ref())),
                (t!(locale, "word-until"), time_full(locale, agreement.active_until, visitor.now, visitor.zone.as_ref())),
                (
                    t!(locale, "accord-proposal-digest"),
                    hash(locale, &t!(locale, "accord-proposal-digest"), &version.sha256.to_string()),
                ),
            ]))
        },
    )
}

/// Both languages side by side: what is signed is both.
fn text(locale: Locale, version: &VersionState) -> Markup {
    let other = Locale::ALL.into_iter().find(|other| *other != locale).unwrap_or(locale);
    let text = &version.agreement.text;
    card(
        &t!(locale, "accord-agreement-text"),
        html! {},
        html! {
            div.columns {
                @for language in [locale, other] {
                    section lang=(language.code()) {
                        h3 { (language.endonym()) }
                        @for paragraph in language.pick(text).split("\n\n") { p { (paragraph) } }
                    }
                }
            }
        },
    )
}
