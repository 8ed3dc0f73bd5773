//! The rules by which an act needs two people. One person sets a rule; to end one takes two, or it would protect nothing.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use model::{PartyId, Tlp};
use records::release_draft::ReleaseDraft;
use records::release_rule::ReleaseRule as Rule;
use ui::component::{
    ButtonKind, Column, Field, Table, breadcrumb, button, button_link, error_summary, field, heading, table,
    tlp,
};
use ui::t;

use super::super::account::sessions::post;
use super::super::app::App;
use super::super::error::PageError;
use super::super::faults::Faults;
use super::super::fields::{Fields, Signed};
use super::super::frame::Page;
use super::super::may::May;
use super::super::names::party_name;
use super::super::roles::permission_words;
use super::super::visitor::Visitor;
use crate::access::{Permit as _, ReleaseRead, ReleaseRule};
use crate::views::release;
use crate::{Act, edge};

/// Rules at most.
const MOST: usize = 100;
/// Characters of a name.
const NAME_CHARS: usize = 100;

pub(in super::super) async fn page(
    State(app): State<App>,
    visitor: May<ReleaseRead>,
) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let rules = release::rules(&app.desk.views.read()?)?;
    let title = t!(locale, "release-rules");
    let add = html! {
        @if visitor.may::<ReleaseRule>() {
            (button_link(ButtonKind::Primary, "/release/rules/add", &t!(locale, "release-rule-add")))
        }
    };
    let body = html! {
        (breadcrumb(locale, &[("/release", &t!(locale, "release-title"))], &title))
        (heading(&title, html! { (t!(locale, "release-rules-lede")) }, add))
        (list(&app, &visitor, &rules))
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, body))
}

pub(in super::super) async fn ask_add(State(app): State<App>, visitor: May<ReleaseRule>) -> Markup {
    form(&app, &visitor, &Fields::default(), &Faults::default())
}

pub(in super::super) async fn add(
    State(app): State<App>,
    sent: Signed<ReleaseRule>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields, locale) = (&sent.visitor, &sent.fields, sent.visitor.locale);
        let mut faults = Faults::default();
        let name = fields.get("name").to_owned();
        let fits = (1..=NAME_CHARS).contains(&name.chars().count());
        faults.check(!fits, "name", t!(locale, "release-name-wrong", most = NAME_CHARS));
        let full = release::rules(&app.desk.views.read()?)?.len() >= MOST;
        faults.check(full, "name", t!(locale, "release-rules-full"));
        let acts: Vec<String> =
            fields.all("act").filter(|act| acts(app).any(|one| one == *act)).map(str::to_owned).collect();
        let markings: Vec<Tlp> = fields.all("marking").filter_map(|word| word.parse().ok()).collect();
        let known = app.desk.known();
        let recipients: Vec<PartyId> = fields
            .all("to")
            .filter_map(|id| id.parse().ok())
            .filter(|id| known.parties.contains_key(id))
            .collect();
        let regimes: Vec<String> = fields
            .all("regime")
            .filter(|name| app.site.regimes.iter().any(|one| one == name))
            .map(str::to_owned)
            .collect();
        if !faults.is_empty() {
            return Ok(faults.answer(form(app, visitor, fields, &faults)));
        }
        let (rule, by) = (edge::uuid().to_string(), visitor.account.name.clone());
        let rule = Rule { rule, name, acts, markings, recipients, regimes, active: true, by };
        app.desk.note(&rule).map_err(PageError::broken)?;
        Ok(Redirect::to("/release/rules").into_response())
    })
    .await
}

/// Asks for the end of a rule: it waits for a second person like anything else.
pub(in super::super) async fn end(
    State(app): State<App>,
    Path(id): Path<String>,
    sent: Signed<ReleaseRule>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let rule = find(app, &id)?;
        let title = t!(sent.visitor.locale, "release-rule-end-title", name = rule.name.as_str());
        let name = ReleaseRule::PERMISSION.name;
        let act = Act { name, title: &title, markings: Vec::new(), recipients: Vec::new(), regime: None };
        let request = serde_json::json!({ "end": rule.rule });
        let held = app.desk.hold(&act, &[rule], request, &sent.visitor.account.name);
        Ok(Redirect::to(&format!("/release/{}", held.map_err(PageError::broken)?)))
    })
    .await
}

/// Ends the rule that two people want to end.
pub(super) fn carry_out_end(app: &App, draft: &ReleaseDraft, by: &str) -> Result<String, PageError> {
    let rule = find(app, draft.request["end"].as_str().unwrap_or(""))?;
    let by = format!("{}, {by}", draft.by);
    app.desk.note(&Rule { active: false, by, ..rule }).map_err(PageError::broken)?;
    Ok("/release/rules".to_owned())
}

fn find(app: &App, id: &str) -> Result<Rule, PageError> {
    let rules = release::rules(&app.desk.views.read()?)?;
    rules.into_iter().find(|rule| rule.rule == id).ok_or(PageError::NotFound)
}

/// The acts that can be held.
fn acts(app: &App) -> impl Iterator<Item = &'static str> {
    app.site.carry_out.iter().map(|(act, _)| *act)
}

fn list(app: &App, visitor: &Visitor, rules: &[Rule]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let any = || html! { span.muted { (t!(locale, "word-all")) } };
    let row = |rule: &Rule| {
        vec![
            html! { (rule.name) },
            html! {
                @for act in &rule.acts { (permission_words(locale, act)) br; }
                @if rule.acts.is_empty() { (any()) }
                @if !rule.regimes.is_empty() { span.muted translate="no" { (rule.regimes.join(", ")) } }
            },
            html! {
                @for marking in &rule.markings { (tlp(locale, *marking)) " " }
                @if rule.markings.is_empty() { (any()) }
            },
            html! {
                @for party in &rule.recipients { (party_name(&known, *party)) " " }
                @if rule.recipients.is_empty() { (any()) }
            },
            html! { (rule.by) },
            html! {
                @if visitor.may::<ReleaseRule>() {
                    (post(visitor, &format!("/release/rules/{}/end", rule.rule), &t!(locale, "release-rule-end")))
                }
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "release-rules"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "release-act")),
            Column::text(t!(locale, "word-marking")),
            Column::text(t!(locale, "release-recipients")),
            Column::text(t!(locale, "release-set-by")),
            Column::text(t!(locale, "action-details")),
        ],
        rows: rules.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "release-rules-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (csrf, token) = visitor.csrf();
    let name = Field {
        name: "name",
        label: t!(locale, "word-name"),
        value: sent.get("name").into(),
        hint: t!(locale, "release-name-hint"),
        error: faults.of("name"),
        required: true,
        ..Field::default()
    };
    let chosen = |field: &'static str, value: &str| sent.all(field).any(|one| one == value);
    let title = t!(locale, "release-rule-add");
    let body = html! {
        (breadcrumb(locale, &[("/release/rules", &t!(locale, "release-rules"))], &title))
        (heading(&title, html! { (t!(locale, "release-rule-add-lede")) }, html! {}))
        (error_summary(locale, std::slice::from_ref(&name)))
        form.form method="post" action="/release/rules/add" novalidate {
            input type="hidden" name=(csrf) value=(token);
            (field(locale, &name))
            fieldset.field {
                legend { (t!(locale, "release-act")) }
                @for act in acts(app) {
                    label { input type="checkbox" name="act" value=(act) checked[chosen("act", act)]; " " (permission_words(locale, act)) }
                }
            }
            fieldset.field {
                legend { (t!(locale, "word-marking")) }
                @for one in Tlp::ALL {
                    label { input type="checkbox" name="marking" value=(one.word()) checked[chosen("marking", one.word())]; " " (one) }
                }
            }
            fieldset.field {
                legend { (t!(locale, "release-recipients")) }
                @for id in known.parties.keys().filter(|id| **id != app.desk.me) {
                    label { input type="checkbox" name="to" value=(id) checked[chosen("to", &id.to_string())]; " " (party_name(&known, *id)) }
                }
            }
            @if !app.site.regimes.is_empty() {
                fieldset.field {
                    legend { (t!(locale, "release-regimes")) }
                    p.field-hint { (t!(locale, "release-regimes-hint")) }
                    @for one in &app.site.regimes {
                        label { input type="checkbox" name="regime" value=(one) checked[chosen("regime", one)]; " " span translate="no" { (one) } }
                    }
                }
            }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "action-save")))
                (button_link(ButtonKind::Plain, "/release/rules", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
