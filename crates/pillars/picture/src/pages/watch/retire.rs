//! Taking an entry off the list, with a reason; it stays readable.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, PageError, Signed, Visitor};
use maud::{Markup, html};
use ui::component::{ButtonKind, Field, FieldKind, button};
use ui::t;

use super::form::{refused, under, unmoved};
use super::own;
use super::sheet::Sheet;
use crate::access::WatchKeep;
use crate::watch::{Entry, retire};

pub async fn ask(
    State(app): State<App>,
    visitor: May<WatchKeep>,
    Path(watch): Path<String>,
) -> Result<Markup, PageError> {
    app.blocking(move |app| {
        let entry = own(app, &visitor, &watch)?;
        Ok(form(app, &visitor, &entry, &Fields::default(), &Faults::default()))
    })
    .await
}

pub async fn submit(
    State(app): State<App>,
    Path(watch): Path<String>,
    sent: Signed<WatchKeep>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, mut faults) = (&sent.visitor, Faults::default());
        let entry = own(app, visitor, &watch)?;
        unmoved(visitor.locale, &entry, &sent.fields)?;
        let sealed = (entry.marking, under(app, &entry));
        let by = (visitor.account.name.as_str(), visitor.now);
        match retire(&app.desk, (&entry.said, entry.record), sealed, sent.fields.get("reason"), by) {
            Ok(()) => return Ok(Redirect::to(&entry.href()).into_response()),
            Err(error) => refused(visitor.locale, error, &mut faults)?,
        }
        Ok(faults.answer(form(app, visitor, &entry, &sent.fields, &faults)))
    })
    .await
}

fn form(app: &App, visitor: &Visitor, entry: &Entry, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let fields = [Field {
        name: "reason",
        label: t!(locale, "picture-watch-reason"),
        value: sent.get("reason").to_owned().into(),
        kind: FieldKind::Area,
        hint: t!(locale, "picture-watch-reason-hint"),
        error: faults.of("reason"),
        required: true,
        ..Field::default()
    }];
    let title = t!(locale, "picture-watch-retire");
    let lede = html! { (t!(locale, "picture-watch-retire-lede")) };
    let button = button(ButtonKind::Danger, &title);
    Sheet { title, lede, entry: Some(entry), act: "retire", fields: &fields, button }.show(app, visitor)
}
