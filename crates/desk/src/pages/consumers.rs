//! Letting a consumer in, and shutting it out. The token is shown once.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use maud::{Markup, html};
use model::{AgreementId, Tlp};
use records::consumer::{Consumer, Relation};
use ui::component::{
    ButtonKind, Confirm, Field, FieldKind, button, button_link, confirm, error_summary, field, heading,
};
use ui::t;

use super::app::App;
use super::error::PageError;
use super::faults::Faults;
use super::fields::{Fields, Signed};
use super::frame::Page;
use super::may::May;
use super::once::Once;
use super::sight::may_read;
use super::visitor::Visitor;
use super::{names, parties};
use crate::access::ConsumerManage;
use crate::views::{AgreementState, Known};

/// The longest name, characters.
const MAX_NAME: usize = 64;
/// The most requests each second that can be agreed.
const MAX_RATE: u32 = 100_000;
const RELATIONS: [(&str, Relation); 4] = [
    ("organisation", Relation::Organisation),
    ("client", Relation::Client),
    ("community", Relation::Community),
    ("public", Relation::Public),
];

pub(super) async fn ask_add(
    State(app): State<App>,
    visitor: May<ConsumerManage>,
) -> Result<Markup, PageError> {
    Ok(form(&app, &visitor, &Fields::default(), &Faults::default()))
}

pub(super) async fn add(State(app): State<App>, sent: Signed<ConsumerManage>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let consumer = match read(app, &sent.visitor, &sent.fields) {
            Ok(consumer) => consumer,
            Err(faults) => return Ok(faults.answer(form(app, &sent.visitor, &sent.fields, &faults))),
        };
        app.desk.note(&consumer).map_err(PageError::broken)?;
        let token = app.desk.local.issue_token(&consumer.name)?;
        Ok(issued(app, &sent.visitor, &consumer.name, &token).into_response())
    })
    .await
}

pub(super) async fn ask_close(
    State(app): State<App>,
    visitor: May<ConsumerManage>,
    Path(name): Path<String>,
) -> Result<Markup, PageError> {
    open(&app, &name)?;
    let locale = visitor.locale;
    let action = format!("/parties/consumers/{}/close", ui::query::encode(&name));
    let title = t!(locale, "consumer-close-question", name = name.as_str());
    let ask = Confirm {
        question: title.clone(),
        consequence: html! { (t!(locale, "consumer-close-consequence")) },
        action: action.into(),
        verb: t!(locale, "consumer-close"),
        cancel: "/parties".into(),
        hidden: vec![("csrf".into(), visitor.form_token.clone().into())],
        ..Confirm::default()
    };
    Ok(Page { title, ..Page::default() }.show(&app, &visitor, confirm(locale, &ask)))
}

pub(super) async fn close(
    State(app): State<App>,
    Path(name): Path<String>,
    _: Signed<ConsumerManage>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let record = Consumer { active: false, ..open(app, &name)? };
        app.desk.note(&record).map_err(PageError::broken)?;
        Ok(Redirect::to("/parties"))
    })
    .await
}

fn open(app: &App, name: &str) -> Result<Consumer, PageError> {
    let known = app.desk.known();
    known.consumers.get(name).filter(|consumer| consumer.active).cloned().ok_or(PageError::NotFound)
}

/// The agreements that this person may read: who is let in under terms that nobody here knows is let in by mistake.
fn grantable(app: &App, visitor: &Visitor, known: &Known) -> Vec<AgreementId> {
    let readable = |state: &AgreementState| {
        state.newest().is_some_and(|newest| may_read(app, visitor, newest).unwrap_or(false))
    };
    known.agreements.iter().filter(|(_, state)| readable(state)).map(|(id, _)| *id).collect()
}

/// The consumer that the form describes, or what is wrong with it.
fn read(app: &App, visitor: &Visitor, fields: &Fields) -> Result<Consumer, Faults> {
    let locale = visitor.locale;
    let known = app.desk.known();
    let mut faults = Faults::default();
    let name = fields.get("name").to_owned();
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.');
    let fine = (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(fits);
    faults.check(!fine, "name", t!(locale, "consumer-name-wrong"));
    let taken = known.consumers.get(&name).is_some_and(|consumer| consumer.active);
    faults.check(taken, "name", t!(locale, "consumer-name-taken"));
    let relation = RELATIONS.iter().find(|(word, _)| *word == fields.get("relation")).map(|(_, one)| *one);
    faults.check(relation.is_none(), "relation", t!(locale, "form-choose"));
    let clearance = fields.get("clearance").parse::<Tlp>().ok();
    faults.check(clearance.is_none(), "clearance", t!(locale, "form-choose"));
    let grantable = grantable(app, visitor, &known);
    let agreements: Vec<AgreementId> = fields
        .all("agreement")
        .filter_map(|id| id.parse().ok())
        .filter(|id| grantable.contains(id))
        .collect();
    let party = match fields.get("party") {
        "" => None,
        id => id.parse().ok().filter(|id| known.parties.contains_key(id)),
    };
    faults.check(party.is_none() && !fields.get("party").is_empty(), "party", t!(locale, "form-choose"));
    let rate_per_s = match fields.get("rate") {
        "" => None,
        text => text.parse().ok().filter(|rate| (1..=MAX_RATE).contains(rate)),
    };
    let wrong = rate_per_s.is_none() && !fields.get("rate").is_empty();
    faults.check(wrong, "rate", t!(locale, "consumer-rate-wrong", most = MAX_RATE));
    match (relation, clearance) {
        (Some(relation), Some(clearance)) if faults.is_empty() => Ok(Consumer {
            name,
            party,
            relation,
            clearance,
            agreements,
            can_write: fields.get("write") == "on",
            active: true,
            rate_per_s,
        }),
        _ => Err(faults),
    }
}

fn inputs(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> [Field<'static>; 6] {
    let locale = visitor.locale;
    let known = app.desk.known();
    let one = |name: &'static str, label, kind, hint, required| Field {
        name,
        label,
        value: sent.get(name).to_owned().into(),
        kind,
        hint,
        error: faults.of(name),
        required,
        ..Field::default()
    };
    let choose = || ("".into(), t!(locale, "form-choose-one"));
    let relations = std::iter::once(choose()).chain(
        RELATIONS.iter().map(|(word, relation)| ((*word).into(), parties::relation(locale, *relation))),
    );
    let labels = std::iter::once(choose()).chain(super::labels(Tlp::ALL));
    let others = known.parties.iter().filter(|(id, _)| **id != app.desk.me);
    let belongs = std::iter::once(("".into(), t!(locale, "word-none")))
        .chain(others.map(|(id, party)| (id.to_string().into(), party.card.short.clone().into())));
    [
        one("name", t!(locale, "word-name"), FieldKind::Text, t!(locale, "consumer-name-hint"), true),
        one("relation", t!(locale, "word-relation"), FieldKind::Select(relations.collect()), "".into(), true),
        one(
            "clearance",
            t!(locale, "consumer-clearance"),
            FieldKind::Select(labels.collect()),
            t!(locale, "consumer-clearance-hint"),
            true,
        ),
        one(
            "party",
            t!(locale, "consumer-party"),
            FieldKind::Select(belongs.collect()),
            t!(locale, "consumer-party-hint"),
            false,
        ),
        one("rate", t!(locale, "consumer-rate"), FieldKind::Number, t!(locale, "consumer-rate-hint"), false),
        one(
            "write",
            t!(locale, "consumer-writes"),
            FieldKind::Check,
            t!(locale, "consumer-writes-hint"),
            false,
        ),
    ]
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let known = app.desk.known();
    let (csrf, token) = visitor.csrf();
    let fields = inputs(app, visitor, sent, faults);
    let chosen: Vec<&str> = sent.all("agreement").collect();
    let agreements = grantable(app, visitor, &known);
    let title = t!(locale, "consumer-add-title");
    let body = html! {
        (heading(&title, html! { (t!(locale, "consumer-consumers-lede")) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action="/parties/consumers/add" novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            fieldset.field {
                legend { (t!(locale, "consumer-agreements")) }
                p.field-hint { (t!(locale, "consumer-agreements-hint")) }
                @for id in &agreements {
                    label { input type="checkbox" name="agreement" value=(id) checked[chosen.contains(&id.to_string().as_str())]; " "
                        (names::agreement_link(app, visitor, &known, id)) }
                }
                @if agreements.is_empty() { p.muted { (t!(locale, "word-none")) } }
            }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "consumer-add-submit")))
                (button_link(ButtonKind::Plain, "/parties", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}

fn issued(app: &App, visitor: &Visitor, name: &str, token: &str) -> Markup {
    let locale = visitor.locale;
    let once = Once {
        title: t!(locale, "consumer-added", name = name),
        todo: t!(locale, "consumer-token-do"),
        what: t!(locale, "consumer-token"),
        secret: token,
        back: ("/parties", t!(locale, "consumer-consumers-title")),
    };
    once.page(app, visitor)
}
