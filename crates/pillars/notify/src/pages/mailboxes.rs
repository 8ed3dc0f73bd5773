//! The mail addresses of those who receive reports, and the form to write one down.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use records::mailbox::Mailbox;
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, button, card, error_summary, field, heading, table,
};
use ui::t;

use crate::access::{IncidentRead, StageSubmit};
use crate::commands::{MARKING, StateError};
use crate::law;
use crate::mailing::{readable, set_mailbox};
use crate::pages::parameter;

const FIELDS: [&str; 5] = ["recipient", "stage", "address", "language", "source"];

pub async fn page(State(app): State<App>, visitor: May<IncidentRead>) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let asked = |name: &str| parameter(&visitor, name).unwrap_or_default();
        let sent = FIELDS.map(asked);
        show(app, &visitor, &sent, &Faults::default())
    })
    .await
}

pub async fn submit(State(app): State<App>, form: Signed<StageSubmit>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields): (&Visitor, &Fields) = (&form.visitor, &form.fields);
        let sent = FIELDS.map(|name| fields.get(name).to_owned());
        let [recipient, stage, address, language, source] = sent.clone();
        let by = visitor.account.name.clone();
        let mut faults = Faults::default();
        match set_mailbox(&app.desk, Mailbox { recipient, stage, address, language, source, by }) {
            Ok(_) => return Ok(Redirect::to("/notify/mailboxes").into_response()),
            Err(StateError::Fact(error)) => faults.say(error.field, error.fault.say(visitor.locale)),
            Err(error) => {
                faults.say("source", error.theirs().map_err(PageError::broken)?.say(visitor.locale));
            }
        }
        Ok(faults.answer(show(app, visitor, &sent, &faults)?))
    })
    .await
}

fn show(app: &App, visitor: &Visitor, sent: &[String; 5], faults: &Faults) -> Result<Markup, PageError> {
    let locale = visitor.locale;
    let title = t!(locale, "mailing-addresses");
    let fields = inputs(visitor, sent, faults);
    let (csrf, token) = visitor.csrf();
    let body = html! {
        (heading(&title, html! { (t!(locale, "mailing-addresses-lede")) }, html! {}))
        div.stack {
            (list(visitor, &readable(app, visitor)?))
            @if visitor.may::<StageSubmit>() {
                (card(&t!(locale, "mailing-set-address"), html! {}, html! {
                    @if !faults.is_empty() { (error_summary(locale, &fields)) }
                    form.form method="post" action="/notify/mailboxes" novalidate {
                        input type="hidden" name=(csrf) value=(token);
                        @for one in &fields { (field(locale, one)) }
                        div.actions { (button(ButtonKind::Primary, &t!(locale, "mailing-save"))) }
                    }
                }))
            }
        }
    };
    Ok(Page { title, marking: Some(MARKING), updated: Some(visitor.now) }.show(app, visitor, body))
}

fn list(visitor: &Visitor, all: &[Mailbox]) -> Markup {
    let locale = visitor.locale;
    let library = law::embedded();
    let name = |code: &str| {
        let known = library.words.recipients.get(code);
        known.map_or_else(|| code.to_owned(), |known| locale.pick(&known.name()).to_owned())
    };
    let row = |one: &Mailbox| {
        vec![
            html! { (name(&one.recipient)) },
            html! {
                @if one.stage.is_empty() { (t!(locale, "mailing-all-stages")) }
                @else { code translate="no" { (one.stage) } }
            },
            html! { span.copied-text translate="no" { (one.address) } },
            html! { (one.language) },
            html! { (one.source) },
            html! { (one.by) },
        ]
    };
    let list = Table {
        caption: t!(locale, "mailing-addresses"),
        columns: vec![
            Column::text(t!(locale, "mailing-recipient")),
            Column::text(t!(locale, "notify-duty")),
            Column::text(t!(locale, "mailing-address")),
            Column::text(t!(locale, "mailing-language")),
            Column::text(t!(locale, "mailing-source")),
            Column::text(t!(locale, "notify-who")),
        ],
        rows: all.iter().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "mailing-none")) } }),
        ..Table::default()
    };
    table(locale, &list)
}

fn inputs<'a>(visitor: &Visitor, sent: &'a [String; 5], faults: &Faults) -> Vec<Field<'a>> {
    let locale = visitor.locale;
    let one = |place: usize, label, hint| Field {
        name: FIELDS[place],
        label,
        hint,
        value: sent[place].as_str().into(),
        error: faults.of(FIELDS[place]),
        ..Field::default()
    };
    let library = law::embedded();
    let private = library.words.recipients.iter().filter(|(code, known)| !known.public && *code != "self");
    let mut recipients: Vec<_> = private
        .map(|(code, known)| (code.clone().into(), locale.pick(&known.name()).to_owned().into()))
        .collect();
    recipients.sort_by(|a: &(_, std::borrow::Cow<'_, str>), b| a.1.cmp(&b.1));
    let languages = vec![("en".into(), "English".into()), ("fr".into(), "Français".into())];
    let none = std::borrow::Cow::Borrowed("");
    vec![
        Field {
            kind: FieldKind::Select(recipients),
            required: true,
            ..one(0, t!(locale, "mailing-recipient"), none.clone())
        },
        one(1, t!(locale, "mailing-for-stage"), t!(locale, "mailing-for-stage-hint")),
        one(2, t!(locale, "mailing-address"), t!(locale, "mailing-address-hint")),
        Field {
            kind: FieldKind::Select(languages),
            required: true,
            ..one(3, t!(locale, "mailing-language"), none)
        },
        one(4, t!(locale, "mailing-source"), t!(locale, "mailing-source-hint")),
    ]
}
