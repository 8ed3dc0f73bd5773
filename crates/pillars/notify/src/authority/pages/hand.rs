//! Writing a report down that came by telephone or on paper, or taking one in from a file.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Upload, Visitor};
use maud::{Markup, html};
use packs::Stage;
use records::report::Way;
use ui::component::{ButtonKind, Field, FieldKind, button, button_link, card, error_summary, field, heading};
use ui::locale::code;
use ui::t;

use super::{ask, refused};
use crate::access::ReportHandle;
use crate::authority::commands::MARKING;
use crate::authority::commands::receive_report::{Arrival, Incoming, receive_report};
use crate::cite::cited;

pub async fn ask(State(app): State<App>, visitor: May<ReportHandle>) -> Result<Markup, PageError> {
    let asked = ui::query::get(&visitor.path, "stage").unwrap_or("");
    Ok(match find(asked) {
        Some(stage) => form(&app, &visitor, stage, &Fields::default(), &Faults::default()),
        None => choice(&app, &visitor, &Faults::default()),
    })
}

pub async fn submit(State(app): State<App>, sent: Upload<ReportHandle>) -> Result<Response, PageError> {
    let Signed { visitor, fields, .. } = sent.0;
    app.blocking(move |app| {
        let mut faults = Faults::default();
        let Some(stage) = find(fields.get("stage")) else {
            return file(app, &visitor, fields.get("file"));
        };
        match receive_report(&app.desk, ask::read(stage, &fields), by_hand(&visitor, Way::Hand)) {
            Ok(taken) => Ok(Redirect::to(&format!("/notify/reports/{}", taken.report)).into_response()),
            Err(error) => {
                refused(visitor.locale, error, &mut faults)?;
                Ok(faults.answer(form(app, &visitor, stage, &fields, &faults)))
            }
        }
    })
    .await
}

/// A report in a file: one object of the shape of [`Incoming`].
fn file(app: &App, visitor: &Visitor, text: &str) -> Result<Response, PageError> {
    let mut faults = Faults::default();
    match serde_json::from_str::<Incoming>(text) {
        Err(error) => {
            // What the parser found stays in its own words, as a code.
            let found = code(&error.to_string());
            faults.say("file", t!(visitor.locale, "reports-file-wrong", fault = found));
        }
        Ok(incoming) => match receive_report(&app.desk, incoming, by_hand(visitor, Way::File)) {
            Ok(taken) => {
                return Ok(Redirect::to(&format!("/notify/reports/{}", taken.report)).into_response());
            }
            Err(error) => {
                let text = error.sentence().say(visitor.locale);
                refused(visitor.locale, error, &mut Faults::default())?;
                faults.say("file", text);
            }
        },
    }
    Ok(faults.answer(choice(app, visitor, &faults)))
}

fn by_hand(visitor: &Visitor, way: Way) -> Arrival {
    Arrival { way, source: None, by: visitor.account.name.clone(), id: None }
}

fn find(id: &str) -> Option<&'static Stage> {
    ask::stages(&[]).into_iter().map(|(_, stage)| stage).find(|stage| stage.id == id)
}

fn choice(app: &App, visitor: &Visitor, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let options = ask::stages(&[]).into_iter().map(|(regime, stage)| {
        (stage.id.as_str().into(), format!("{regime}: {}", locale.pick(&stage.title)).into())
    });
    let stage = [Field {
        name: "stage",
        label: t!(locale, "reports-which-stage"),
        kind: FieldKind::Select(options.collect()),
        required: true,
        ..Field::default()
    }];
    let file = [Field {
        name: "file",
        label: t!(locale, "reports-file"),
        hint: t!(locale, "reports-file-hint"),
        kind: FieldKind::File,
        error: faults.of("file"),
        required: true,
        ..Field::default()
    }];
    let title = t!(locale, "reports-new");
    let body = html! {
        (heading(&title, html! { (t!(locale, "reports-new-lede")) }, html! {}))
        (error_summary(locale, &file))
        div.stack {
            (card(&t!(locale, "reports-by-hand"), html! {}, html! {
                form.form method="get" action="/notify/reports/new" {
                    (field(locale, &stage[0]))
                    div.actions { (button(ButtonKind::Primary, &t!(locale, "reports-go-on"))) }
                }
            }))
            (card(&t!(locale, "reports-by-file"), html! {}, html! {
                form.form method="post" action="/notify/reports/new" enctype="multipart/form-data" novalidate {
                    (csrf(visitor))
                    (field(locale, &file[0]))
                    div.actions { (button(ButtonKind::Plain, &t!(locale, "reports-take-in"))) }
                }
            }))
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}

fn form(app: &App, visitor: &Visitor, stage: &'static Stage, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let (head, body) = (ask::head(locale, sent, faults), ask::body(locale, stage, sent, faults));
    let mut all = head.clone();
    all.extend(body.iter().cloned());
    let content = html! {
        (heading(locale.pick(&stage.title), cited(locale, &stage.cite), html! {}))
        (error_summary(locale, &all))
        form.form method="post" action="/notify/reports/new" enctype="multipart/form-data" novalidate {
            (csrf(visitor))
            input type="hidden" name="stage" value=(stage.id);
            @for one in &all { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "reports-take-in")))
                (button_link(ButtonKind::Plain, "/notify/reports/new", &t!(locale, "action-cancel")))
            }
        }
    };
    let page =
        Page { title: locale.pick(&stage.title).to_owned().into(), marking: Some(MARKING), updated: None };
    page.show(app, visitor, content)
}

/// The hidden field that proves that the form is this session's.
pub(super) fn csrf(visitor: &Visitor) -> Markup {
    let (name, token) = visitor.csrf();
    html! { input type="hidden" name=(name) value=(token); }
}
