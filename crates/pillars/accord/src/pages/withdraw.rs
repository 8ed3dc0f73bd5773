//! Leaving an agreement, in two steps.

use axum::extract::{Path, State};
use axum::response::Redirect;
use desk::pages::{App, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, FieldKind, button, button_link, facts, field};
use ui::t;

use super::{MARKING, find, moment};
use crate::access::AgreementWithdraw;
use crate::commands::withdraw::{WithdrawError, withdraw};

pub async fn ask(
    State(app): State<App>,
    visitor: May<AgreementWithdraw>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &id)).await
}

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<AgreementWithdraw>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let known = app.desk.known();
        let (id, _) = find(app, &form.visitor, &known, &id)?;
        let sent = form.fields.get("effective");
        let effective = moment::read(sent)
            .map_err(|_| PageError::Wrong(t!(form.visitor.locale, "accord-propose-moment").into()))?;
        withdraw(&app.desk, id, effective, form.fields.get("reason")).map_err(refusal)?;
        Ok(Redirect::to(&format!("/accord/agreements/{id}")))
    })
    .await
}

fn refusal(error: WithdrawError) -> PageError {
    match error {
        WithdrawError::Past(_) | WithdrawError::Oversized => PageError::Wrong(error.sentence()),
        WithdrawError::Submit(_) => PageError::broken(error),
        WithdrawError::Unknown(_) | WithdrawError::NotParty(_) | WithdrawError::Withdrawn(_) => {
            PageError::Conflict(error.sentence())
        }
    }
}

fn show(app: &App, visitor: &Visitor, id: &str) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (id, state) = find(app, visitor, &known, id)?;
    let title = state.newest().map_or("", |version| locale.pick(&version.agreement.title));
    let (csrf, token) = visitor.csrf();
    let reason =
        Field { name: "reason", label: t!(locale, "word-reason"), kind: FieldKind::Area, ..Field::default() };
    let effective = Field {
        name: "effective",
        label: t!(locale, "accord-withdraw-from"),
        hint: t!(locale, "accord-withdraw-from-hint"),
        kind: FieldKind::Moment,
        ..Field::default()
    };
    let here = format!("/accord/agreements/{id}");
    let body = html! {
        section.card.confirm {
            div.card-body.stack {
                h1 { (t!(locale, "accord-withdraw-question")) }
                p { (t!(locale, "accord-withdraw-consequence")) }
                (facts([(t!(locale, "accord-agreement-title"), html! { (title) })]))
                p.confirm-warning { strong { (t!(locale, "component-confirm-irreversible")) } }
                form.form method="post" action={ (here) "/withdraw" } {
                    input type="hidden" name=(csrf) value=(token);
                    (field(locale, &effective))
                    (field(locale, &reason))
                    div.actions {
                        (button(ButtonKind::Danger, &t!(locale, "accord-withdraw")))
                        (button_link(ButtonKind::Plain, &here, &t!(locale, "action-cancel")))
                    }
                }
            }
        }
    };
    let page = Page { title: t!(locale, "accord-withdraw-question"), marking: Some(MARKING), updated: None };
    Ok(page.show(app, visitor, body))
}
