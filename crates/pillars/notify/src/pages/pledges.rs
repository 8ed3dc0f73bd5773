//! The pledge not to pay ransoms: which public bodies have joined it, on both sides, and the form to write one down.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor, party_link};
use maud::{Markup, html};
use records::pledge::Pledge;
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, button, card, error_summary, field, heading, status,
    table,
};
use ui::t;

use crate::access::{IncidentRead, PledgeEndorse};
use crate::commands::StateError;
use crate::pledges::{Endorsed, MARKED, endorse, pledges};

pub async fn page(State(app): State<App>, visitor: May<IncidentRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| show(app, &visitor, &Fields::default(), &Faults::default())).await
}

pub async fn submit(State(app): State<App>, form: Signed<PledgeEndorse>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let pledge = Pledge {
            body: fields.get("body").to_owned(),
            country: fields.get("country").to_owned(),
            joined: fields.get("joined") != "no",
            since: fields.get("since").to_owned(),
            statement: fields.get("statement").to_owned(),
            by: visitor.account.name.clone(),
        };
        let mut faults = Faults::default();
        match endorse(&app.desk, pledge) {
            Ok(_) => return Ok(Redirect::to("/notify/pledges").into_response()),
            Err(StateError::Fact(error)) => faults.say(error.field, error.fault.say(visitor.locale)),
            Err(StateError::Future(field)) => faults.say(field, t!(visitor.locale, "pledges-future")),
            Err(error) => {
                faults.say("body", error.theirs().map_err(PageError::broken)?.say(visitor.locale));
            }
        }
        Ok(faults.answer(show(app, visitor, fields, &faults)?))
    })
    .await
}

fn show(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let mut all = pledges(&app.desk.views)?;
    let receiver = visitor.receiver(app);
    all.retain(|one| {
        app.desk.verdict(one.class, &receiver, visitor.now).is_some_and(|verdict| verdict.is_release())
    });
    let title = t!(locale, "pledges-title");
    let fields = inputs(visitor, sent, faults);
    let (csrf, token) = visitor.csrf();
    let body = html! {
        (heading(&title, html! { (t!(locale, "pledges-lede")) }, html! {}))
        div.stack {
            (list(app, visitor, &all))
            @if visitor.may::<PledgeEndorse>() {
                (card(&t!(locale, "pledges-add"), html! {}, html! {
                    @if !faults.is_empty() { (error_summary(locale, &fields)) }
                    form.form method="post" action="/notify/pledges" novalidate {
                        input type="hidden" name=(csrf) value=(token);
                        @for one in &fields { (field(locale, one)) }
                        div.actions { (button(ButtonKind::Primary, &t!(locale, "pledges-save"))) }
                    }
                }))
            }
        }
    };
    let marking = (!all.is_empty()).then_some(MARKED);
    Ok(Page { title, marking, updated: Some(visitor.now) }.show(app, visitor, body))
}

fn list(app: &App, visitor: &Visitor, all: &[Endorsed]) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let row = |one: &Endorsed| {
        vec![
            html! { (one.pledge.body) },
            html! { span translate="no" { (one.pledge.country) } },
            html! {
                @if one.pledge.joined { (status(Tone::Ok, &t!(locale, "pledges-joined"))) }
                @else { (status(Tone::Warn, &t!(locale, "pledges-left"))) }
            },
            html! { time datetime=(one.pledge.since) { (one.pledge.since) } },
            html! { (one.pledge.statement) },
            html! { (party_link(locale, &known, one.from)) },
        ]
    };
    let list = Table {
        caption: t!(locale, "pledges-title"),
        columns: vec![
            Column::text(t!(locale, "pledges-body")),
            Column::text(t!(locale, "pledges-country")),
            Column::text(t!(locale, "word-state")),
            Column::text(t!(locale, "pledges-since")),
            Column::text(t!(locale, "pledges-statement")),
            Column::text(t!(locale, "pledges-from")),
        ],
        rows: all.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "pledges-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn inputs<'a>(visitor: &Visitor, sent: &'a Fields, faults: &Faults) -> Vec<Field<'a>> {
    let locale = visitor.locale;
    let one = |name: &'static str, label, hint| Field {
        name,
        label,
        hint,
        value: sent.get(name).into(),
        error: faults.of(name),
        required: true,
        ..Field::default()
    };
    let none = std::borrow::Cow::Borrowed("");
    let states =
        vec![("yes".into(), t!(locale, "pledges-joined")), ("no".into(), t!(locale, "pledges-left"))];
    vec![
        one("body", t!(locale, "pledges-body"), none.clone()),
        one("country", t!(locale, "pledges-country"), t!(locale, "pledges-country-hint")),
        Field { kind: FieldKind::Select(states), ..one("joined", t!(locale, "word-state"), none) },
        one("since", t!(locale, "pledges-since"), t!(locale, "pledges-since-hint")),
        one("statement", t!(locale, "pledges-statement"), t!(locale, "pledges-statement-hint")),
    ]
}
