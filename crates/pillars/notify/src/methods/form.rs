//! Saying on a page how this party assesses risk.

use axum::extract::State;
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, Page, PageError, Signed, Visitor};
use maud::{Markup, html};
use model::{Marking, Tlp};
use packs::Methods;
use records::practice::Practice;
use ui::component::{
    ButtonKind, Field, FieldKind, breadcrumb, button, button_link, error_summary, field, heading,
};
use ui::t;

use super::declare::{DeclareError, declare};
use crate::access::MethodDeclare;

pub async fn ask(State(app): State<App>, visitor: May<MethodDeclare>) -> Result<Markup, PageError> {
    Ok(form(&app, &visitor, &Fields::default(), &Faults::default()))
}

pub async fn submit(State(app): State<App>, sent: Signed<MethodDeclare>) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&sent.visitor, &sent.fields);
        let mut faults = Faults::default();
        let practice = Practice {
            method: fields.get("method").into(),
            edition: fields.get("edition").into(),
            scope: fields.get("scope").into(),
            departs: fields.get("departs").into(),
            contact: fields.get("contact").into(),
            ended: fields.get("ended") == "on",
        };
        match fields.get("tlp").parse::<Tlp>() {
            Err(_) => faults.say("tlp", t!(visitor.locale, "form-choose")),
            Ok(tlp) => match declare(&app.desk, practice, Marking::tlp(tlp)) {
                Ok(_) => return Ok(Redirect::to("/notify/methods").into_response()),
                Err(DeclareError::At { field, fault }) => faults.say(field, fault.say(visitor.locale)),
                Err(error @ DeclareError::Submit(_)) => return Err(PageError::broken(error)),
            },
        }
        Ok(faults.answer(form(app, visitor, fields, &faults)))
    })
    .await
}

fn form(app: &App, visitor: &Visitor, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let one = |name: &'static str, label, kind, required| Field {
        name,
        label,
        kind,
        required,
        value: sent.get(name).into(),
        error: faults.of(name),
        ..Field::default()
    };
    let known = Methods::embedded().methods.values();
    let known = known.map(|method| (method.id.as_str().into(), locale.pick(&method.title).into())).collect();
    let tlp = if sent.get("tlp").is_empty() { Tlp::Green.word() } else { sent.get("tlp") };
    let fields = [
        one("method", t!(locale, "methods-method"), FieldKind::Select(known), true),
        Field {
            hint: t!(locale, "methods-scope-hint"),
            ..one("scope", t!(locale, "methods-scope"), FieldKind::Text, true)
        },
        Field {
            hint: t!(locale, "methods-edition-hint"),
            ..one("edition", t!(locale, "methods-edition"), FieldKind::Text, false)
        },
        Field {
            hint: t!(locale, "methods-departs-hint"),
            ..one("departs", t!(locale, "methods-departs"), FieldKind::Area, false)
        },
        one("contact", t!(locale, "methods-contact"), FieldKind::Text, false),
        Field {
            value: tlp.into(),
            ..one(
                "tlp",
                t!(locale, "reports-marking"),
                FieldKind::Select(desk::pages::labels(Tlp::ALL)),
                true,
            )
        },
        one("ended", t!(locale, "methods-ended"), FieldKind::Check, false),
    ];
    let title = t!(locale, "methods-declare");
    let (csrf, token) = visitor.csrf();
    let body = html! {
        (breadcrumb(locale, &[("/notify/methods", &t!(locale, "methods-title"))], &title))
        (heading(&title, html! { (t!(locale, "methods-declare-lede")) }, html! {}))
        (error_summary(locale, &fields))
        form.form method="post" action="/notify/methods/declare" novalidate {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions {
                (button(ButtonKind::Primary, &t!(locale, "methods-say")))
                (button_link(ButtonKind::Plain, "/notify/methods", &t!(locale, "action-cancel")))
            }
        }
    };
    Page { title, ..Page::default() }.show(app, visitor, body)
}
