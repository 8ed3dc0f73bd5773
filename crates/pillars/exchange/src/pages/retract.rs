//! Taking an object back, or narrowing it: a page that asks, then the record.

use axum::extract::{Path, State};
use axum::response::Redirect;
use desk::pages::{App, May, Page, PageError, Signed, Visitor};
use formats::json::Limits;
use formats::stix::summary;
use maud::{Markup, html};
use model::{Marking, Tlp};
use records::Marked;
use ui::component::{ButtonKind, Field, FieldKind, button, button_link, facts, field, stix_type};
use ui::locale::Part;
use ui::sentence;
use ui::t;

use super::show;
use crate::access::{ObjectNarrow, ObjectRetract};
use crate::retract::{RetractError, Take, retract};
use crate::search::{Sight, Statement, statements};

/// Characters of a reason: it travels in a record.
const MOST_REASON_CHARS: usize = 2_000;

pub async fn ask_delete(
    State(app): State<App>,
    visitor: May<ObjectRetract>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| ask(app, &visitor, &id, false)).await
}

pub async fn ask_narrow(
    State(app): State<App>,
    visitor: May<ObjectNarrow>,
    Path(id): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| ask(app, &visitor, &id, true)).await
}

pub async fn delete(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<ObjectRetract>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let Signed { visitor, fields, .. } = &form;
        own(app, visitor, &id)?;
        take(app, &Take::delete(&id, None, reason(fields.get("reason"))?))?;
        Ok(Redirect::to(&show::object_href(&id)))
    })
    .await
}

pub async fn narrow(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<ObjectNarrow>,
) -> Result<Redirect, PageError> {
    app.blocking(move |app| {
        let Signed { visitor, fields, .. } = &form;
        let held = own(app, visitor, &id)?;
        let to = fields.get("to");
        let to: Tlp = to
            .parse()
            .map_err(|_| PageError::Wrong(sentence!("refused-no-marking", text = Part::quoted(to))))?;
        if !narrower(&held).contains(&to) {
            return Err(PageError::Wrong(sentence!("refused-narrower", marking = to.to_string())));
        }
        take(app, &Take::narrow(&id, to, reason(fields.get("reason"))?))?;
        // Who narrows beyond their own clearance no longer sees it.
        let seen = to <= visitor.account.clearance;
        Ok(Redirect::to(&if seen { show::object_href(&id) } else { "/exchange/objects".to_owned() }))
    })
    .await
}

/// The own statements of an object that this person may see and take back.
fn own(app: &App, visitor: &Visitor, id: &str) -> Result<Vec<Statement>, PageError> {
    let sight = Sight::new(&app.desk, &visitor.receiver(app), visitor.now)?;
    let mut held = statements(&sight, id)?;
    held.retain(|statement| statement.class.author == app.desk.me);
    if held.is_empty() { Err(PageError::NotFound) } else { Ok(held) }
}

fn take(app: &App, take: &Take) -> Result<(), PageError> {
    match retract(&app.desk, take) {
        Ok(_) => Ok(()),
        Err(RetractError::NotOurs) => Err(PageError::NotFound),
        Err(error) => Err(PageError::broken(error)),
    }
}

fn reason(text: &str) -> Result<String, PageError> {
    match text.chars().count() {
        0 => Err(PageError::Wrong(sentence!("refused-why"))),
        n if n > MOST_REASON_CHARS => {
            Err(PageError::Wrong(sentence!("refused-why-long", chars = n, most = MOST_REASON_CHARS)))
        }
        _ => Ok(text.to_owned()),
    }
}

/// The labels narrower than every marking in force.
fn narrower(held: &[Statement]) -> Vec<Tlp> {
    let marks = held.iter().map(|statement| statement.class.marked);
    let widest = marks.filter_map(|marked| match marked {
        Marked::Known(Marking { tlp, .. }) => Some(tlp),
        Marked::Missing | Marked::Unknown => None,
    });
    let Some(widest) = widest.min() else { return Vec::new() };
    Tlp::ALL.into_iter().filter(|tlp| *tlp > widest).collect()
}

fn ask(app: &App, visitor: &Visitor, id: &str, narrowing: bool) -> Result<Markup, PageError> {
    let held = own(app, visitor, id)?;
    let Some(newest) = held.first() else { return Err(PageError::NotFound) };
    let locale = visitor.locale;
    let title = summary(&newest.bytes, &Limits::default())
        .map_or_else(|_| id.to_owned(), |summary| summary.title.into_owned());
    let (question, consequence, verb, path) = if narrowing {
        let verb = t!(locale, "exchange-narrow-verb");
        (t!(locale, "exchange-narrow-question"), t!(locale, "exchange-narrow-consequence"), verb, "narrow")
    } else {
        let verb = t!(locale, "exchange-retract-verb");
        (t!(locale, "exchange-retract-question"), t!(locale, "exchange-retract-consequence"), verb, "retract")
    };
    let to = Field {
        name: "to",
        label: t!(locale, "exchange-narrow-to"),
        kind: FieldKind::Select(desk::pages::labels(narrower(&held))),
        required: true,
        ..Field::default()
    };
    let why = Field {
        name: "reason",
        label: t!(locale, "word-reason"),
        kind: FieldKind::Area,
        required: true,
        ..Field::default()
    };
    let (csrf, token) = visitor.csrf();
    let here = show::object_href(id);
    let body = html! {
        section.card.confirm {
            div.card-body.stack {
                h1 { (question) }
                p { (consequence) }
                (facts([
                    (t!(locale, "word-name"), html! { (show::short(&title, 160)) }),
                    (t!(locale, "word-type"), stix_type(locale, &newest.class.object_type)),
                    (t!(locale, "word-marking"), show::marked(locale, newest.class.marked)),
                ]))
                p.confirm-warning { strong { (t!(locale, "component-confirm-irreversible")) } }
                form.form method="post" action={ (here) "/" (path) } {
                    input type="hidden" name=(csrf) value=(token);
                    @if narrowing { (field(locale, &to)) }
                    (field(locale, &why))
                    div.actions {
                        (button(ButtonKind::Danger, &verb))
                        (button_link(ButtonKind::Plain, &here, &t!(locale, "action-cancel")))
                    }
                }
            }
        }
    };
    let marking = show::strictest(held.iter().map(|statement| statement.class.marked));
    Ok(Page { title: question.clone(), marking, updated: None }.show(app, visitor, body))
}
