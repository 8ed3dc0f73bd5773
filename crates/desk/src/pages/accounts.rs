//! Accounts of the console: who may sign in and what they may do. For administrators.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use model::Tlp;
use model::time::civil::DateTime;
use ui::component::{
    ButtonKind, Column, Confirm, Field, FieldKind, Table, Tone, button, button_link, confirm, error_summary,
    field, heading, status, table, time_full, tlp,
};
use ui::locale::lookup;
use ui::{Locale, t};

use super::app::App;
use super::error::PageError;
use super::faults::Faults;
use super::fields::{Fields, Signed};
use super::frame::Page;
use super::may::May;
use super::once::Once;
use super::visitor::Visitor;
use crate::access::AccountManage;
use crate::local::{Account, AccountError, Local, Role, Stay, StayError};

pub(super) async fn page(State(app): State<App>, visitor: May<AccountManage>) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let row = |account: Account| {
        let to = |what: &str| format!("/accounts/{}/{what}", ui::query::encode(&account.name));
        let own = account.name == visitor.account.name;
        vec![
            html! { (account.name) @if own { " " span.muted { (t!(locale, "account-you")) } } },
            html! { (role_name(locale, account.role)) (stay_note(&app, &visitor, &account.name)) },
            tlp(locale, account.clearance),
            html! {
                @if !own {
                    div.row {
                        a href=(to("change")) { (t!(locale, "account-change")) }
                        a href=(to("sign-out")) { (t!(locale, "account-sign-out")) }
                        a href=(to("reset")) { (t!(locale, "account-reset")) }
                        a href=(to("close")) { (t!(locale, "account-close")) }
                    }
                }
            },
        ]
    };
    let list = Table {
        caption: t!(locale, "account-accounts-title"),
        columns: vec![
            Column::text(t!(locale, "word-name")),
            Column::text(t!(locale, "word-role")),
            Column::text(t!(locale, "consumer-clearance")),
            Column::text(t!(locale, "action-details")),
        ],
        rows: app.desk.local.accounts()?.into_iter().map(row).collect(),
        ..Table::default()
    };
    let add = html! {
        (button_link(ButtonKind::Plain, "/accounts/roles", &t!(locale, "access-roles-title")))
        (button_link(ButtonKind::Primary, "/accounts/add", &t!(locale, "account-add-title")))
    };
    let title = t!(locale, "account-accounts-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "account-accounts-lede")) }, add))
        (table(locale, &list))
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, body))
}

pub(super) async fn ask_add(
    State(app): State<App>,
    visitor: May<AccountManage>,
) -> Result<Markup, PageError> {
    Ok(form(&app, &visitor, None, &Fields::default(), &Faults::default()))
}

pub(super) async fn add(State(app): State<App>, sent: Signed<AccountManage>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, locale) = (&sent.visitor, sent.visitor.locale);
        let mut faults = Faults::default();
        let taken = app.desk.local.account(sent.fields.get("name")).is_some();
        faults.check(taken, "name", t!(locale, "account-name-taken"));
        let account = read(locale, sent.fields.get("name"), &sent.fields, &mut faults);
        let stay = read_stay(visitor, &sent.fields, &mut faults);
        let password = Local::generate_password();
        if let (Some(account), true) = (account, faults.is_empty()) {
            match app.desk.local.set_guest(&account, &password, stay.as_ref()) {
                Ok(()) => return Ok(made(app, visitor, &account.name, &password).into_response()),
                Err(AccountError::Name) => faults.say("name", t!(locale, "account-name-wrong")),
                Err(error) => return Err(PageError::broken(error)),
            }
        }
        Ok(faults.answer(form(app, visitor, None, &sent.fields, &faults)))
    })
    .await
}

pub(super) async fn ask_change(
    State(app): State<App>,
    visitor: May<AccountManage>,
    Path(name): Path<String>,
) -> Result<Markup, PageError> {
    let account = other(&app, &visitor, &name)?;
    let mut now = Fields(vec![
        ("role".into(), account.role.name().into()),
        ("clearance".into(), account.clearance.word().into()),
    ]);
    if let Some(stay) = app.desk.local.stay(&name)? {
        let minute = |at: DateTime| at.strftime("%Y-%m-%dT%H:%M").to_string();
        let kept = [("zone", stay.zone), ("starts", minute(stay.starts)), ("ends", minute(stay.ends))];
        now.0.extend(kept.map(|(name, value)| (name.to_owned(), value)));
    }
    Ok(form(&app, &visitor, Some(&name), &now, &Faults::default()))
}

pub(super) async fn change(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Signed<AccountManage>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        other(app, &sent.visitor, &name)?;
        let mut faults = Faults::default();
        let account = read(sent.visitor.locale, &name, &sent.fields, &mut faults);
        let stay = read_stay(&sent.visitor, &sent.fields, &mut faults);
        match account.filter(|_| faults.is_empty()) {
            Some(account) => {
                app.desk.local.change_account(&account)?;
                app.desk.local.set_stay(&name, stay.as_ref())?;
                Ok(Redirect::to("/accounts").into_response())
            }
            None => Ok(faults.answer(form(app, &sent.visitor, Some(&name), &sent.fields, &faults))),
        }
    })
    .await
}

pub(super) async fn ask_close(
    State(app): State<App>,
    visitor: May<AccountManage>,
    Path(name): Path<String>,
) -> Result<Markup, PageError> {
    other(&app, &visitor, &name)?;
    let locale = visitor.locale;
    let title = t!(locale, "account-close-question", name = name.as_str());
    let ask = Confirm {
        question: title.clone(),
        consequence: html! { (t!(locale, "account-close-consequence")) },
        action: format!("/accounts/{}/close", ui::query::encode(&name)).into(),
        verb: t!(locale, "account-close"),
        cancel: "/accounts".into(),
        hidden: vec![("csrf".into(), visitor.form_token.clone().into())],
        ..Confirm::default()
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, confirm(locale, &ask)))
}

pub(super) async fn close(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Signed<AccountManage>,
) -> Result<Redirect, PageError> {
    other(&app, &sent.visitor, &name)?;
    app.desk.local.close_account(&name)?;
    Ok(Redirect::to("/accounts"))
}

/// The account at hand. Nobody changes or closes their own: so there is always an administrator left.
fn other(app: &App, visitor: &Visitor, name: &str) -> Result<Account, PageError> {
    if name == visitor.account.name {
        return Err(PageError::Conflict(t!(visitor.locale, "account-own").into()));
    }
    app.desk.local.account(name).ok_or(PageError::NotFound)
}

/// Asks before everything that is open of an account ends.
pub(super) async fn ask_sign_out(
    State(app): State<App>,
    visitor: May<AccountManage>,
    Path(name): Path<String>,
) -> Result<Markup, PageError> {
    other(&app, &visitor, &name)?;
    let locale = visitor.locale;
    let open = app.desk.local.sessions(&name, visitor.now)?.len();
    let title = t!(locale, "account-sign-out-question", name = name.as_str());
    let ask = Confirm {
        question: title.clone(),
        consequence: html! { (t!(locale, "account-sign-out-consequence", count = open)) },
        action: format!("/accounts/{}/sign-out", ui::query::encode(&name)).into(),
        verb: t!(locale, "account-sign-out"),
        cancel: "/accounts".into(),
        hidden: vec![("csrf".into(), visitor.form_token.clone().into())],
        ..Confirm::default()
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, confirm(locale, &ask)))
}

pub(super) async fn sign_out(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Signed<AccountManage>,
) -> Result<Redirect, PageError> {
    other(&app, &sent.visitor, &name)?;
    app.desk.local.end_sessions(&name, None)?;
    Ok(Redirect::to("/accounts"))
}

/// Asks before an account begins anew for somebody who lost password or telephone.
pub(super) async fn ask_reset(
    State(app): State<App>,
    visitor: May<AccountManage>,
    Path(name): Path<String>,
) -> Result<Markup, PageError> {
    other(&app, &visitor, &name)?;
    let locale = visitor.locale;
    let title = t!(locale, "account-reset-question", name = name.as_str());
    let ask = Confirm {
        question: title.clone(),
        consequence: html! { (t!(locale, "account-reset-consequence")) },
        action: format!("/accounts/{}/reset", ui::query::encode(&name)).into(),
        verb: t!(locale, "account-reset"),
        cancel: "/accounts".into(),
        hidden: vec![("csrf".into(), visitor.form_token.clone().into())],
        ..Confirm::default()
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, confirm(locale, &ask)))
}

pub(super) async fn reset(
    State(app): State<App>,
    Path(name): Path<String>,
    sent: Signed<AccountManage>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let account = other(app, &sent.visitor, &name)?;
        let password = Local::generate_password();
        app.desk.local.reset_account(&account, &password).map_err(PageError::broken)?;
        Ok(made(app, &sent.visitor, &name, &password).into_response())
    })
    .await
}

/// The stay of a guest, as the form says it; none for everybody else.
fn read_stay(visitor: &Visitor, fields: &Fields, faults: &mut Faults) -> Option<Stay> {
    let locale = visitor.locale;
    let (zone, starts, ends) = (fields.get("zone"), fields.get("starts"), fields.get("ends"));
    let is_guest = Role::of(fields.get("role")) == Some(Role::Guest);
    if zone.is_empty() && starts.is_empty() && ends.is_empty() && !is_guest {
        return None;
    }
    match Stay::read(&visitor.account.name, zone, starts, ends) {
        Ok(stay) => return Some(stay),
        Err(StayError::Zone) => faults.say("zone", t!(locale, "account-zone-wrong")),
        Err(StayError::Moment) => faults.say("starts", t!(locale, "account-moment-wrong")),
        Err(StayError::Order) => faults.say("ends", t!(locale, "account-ends-wrong")),
        Err(StayError::Long) => faults.say("ends", t!(locale, "account-stay-long")),
    }
    None
}

/// Until when a guest is here.
fn stay_note(app: &App, visitor: &Visitor, name: &str) -> Markup {
    let stay = app.desk.local.stay(name).ok().flatten();
    let Some((_, until)) = stay.as_ref().and_then(Stay::bounds) else { return html! {} };
    let locale = visitor.locale;
    html! {
        @if until <= visitor.now { " " (status(Tone::Idle, &t!(locale, "account-stay-over"))) }
        @else { br; span.muted { (t!(locale, "account-stay-until")) " " (time_full(locale, until, visitor.now, visitor.zone.as_ref())) } }
    }
}

fn read(locale: Locale, name: &str, fields: &Fields, faults: &mut Faults) -> Option<Account> {
    let role = Role::of(fields.get("role"));
    faults.check(role.is_none(), "role", t!(locale, "form-choose"));
    let clearance = fields.get("clearance").parse::<Tlp>().ok();
    faults.check(clearance.is_none(), "clearance", t!(locale, "form-choose"));
    match (role, clearance) {
        (Some(role), Some(clearance)) if faults.is_empty() => {
            Some(Account { name: name.to_owned(), role, clearance })
        }
        _ => None,
    }
}

/// A role in words.
pub(super) fn role_name(locale: Locale, role: Role) -> std::borrow::Cow<'static, str> {
    lookup(locale, &format!("role-account-{}", role.name())).unwrap_or(role.name().into())
}

/// The form for a new account, or for the one named.
fn form(app: &App, visitor: &Visitor, of: Option<&str>, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (csrf, token) = visitor.csrf();
    let one = |name: &'static str, label, kind, hint| Field {
        name,
        label,
        value: sent.get(name).to_owned().into(),
        kind,
        hint,
        error: faults.of(name),
        required: true,
        ..Field::default()
    };
    let choose = || ("".into(), t!(locale, "form-choose-one"));
    let roles = Role::ALL.into_iter().map(|role| (role.name().into(), role_name(locale, role)));
    let mut fields = vec![
        one(
            "role",
            t!(locale, "word-role"),
            FieldKind::Select(std::iter::once(choose()).chain(roles).collect()),
            t!(locale, "account-role-hint"),
        ),
        one(
            "clearance",
            t!(locale, "consumer-clearance"),
            FieldKind::Select(std::iter::once(choose()).chain(super::labels(Tlp::ALL)).collect()),
            t!(locale, "account-clearance-hint"),
        ),
    ];
    for (name, label, kind, hint) in [
        ("zone", t!(locale, "account-zone"), FieldKind::Text, t!(locale, "account-zone-hint")),
        ("starts", t!(locale, "account-starts"), FieldKind::Moment, t!(locale, "account-stay-hint")),
        ("ends", t!(locale, "account-ends"), FieldKind::Moment, "".into()),
    ] {
        fields.push(Field { required: false, ..one(name, label, kind, hint) });
    }
    if of.is_none() {
        fields.insert(
            0,
            one("name", t!(locale, "login-user"), FieldKind::Text, t!(locale, "account-name-wrong")),
        );
    }
    let (title, action) = match of {
        None => (t!(locale, "account-add-title"), "/accounts/add".to_owned()),
        Some(name) => (
            t!(locale, "account-change-title", name = name),
            format!("/accounts/{}/change", ui::query::encode(name)),
        ),
    };
    let lede = if of.is_none() { t!(locale, "account-add-lede") } else { t!(locale, "account-change-lede") };
    let body = html! {
        (heading(&title, html! { (lede) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action=(action) novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "action-save")))
                (button_link(ButtonKind::Plain, "/accounts", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}

fn made(app: &App, visitor: &Visitor, name: &str, password: &str) -> Markup {
    let locale = visitor.locale;
    let once = Once {
        title: t!(locale, "account-added", name = name),
        todo: t!(locale, "account-password-do"),
        what: t!(locale, "account-first-password"),
        secret: password,
        back: ("/accounts", t!(locale, "account-accounts-title")),
    };
    once.page(app, visitor)
}
