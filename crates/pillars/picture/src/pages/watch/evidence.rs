//! Adding a source to an entry.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Faults, Fields, May, PageError, Signed, Visitor};
use maud::{Markup, html};
use records::watch::Evidence;
use ui::component::{ButtonKind, Field, FieldKind, button};
use ui::t;

use super::form::{refused, under, unmoved};
use super::own;
use super::sheet::Sheet;
use super::words::{CONFIDENCES, confidence};
use crate::access::WatchKeep;
use crate::watch::{Entry, add_evidence};

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
        let (visitor, fields, mut faults) = (&sent.visitor, &sent.fields, Faults::default());
        let entry = own(app, visitor, &watch)?;
        unmoved(visitor.locale, &entry, fields)?;
        let on = fields.get("on").parse().ok();
        faults.check(on.is_none(), "on", t!(visitor.locale, "picture-watch-day-wrong"));
        let sure = CONFIDENCES.iter().find(|(word, _)| *word == fields.get("confidence"));
        faults.check(sure.is_none(), "confidence", t!(visitor.locale, "form-choose"));
        if let (Some(on), Some((_, confidence))) = (on, sure) {
            let evidence = Evidence {
                says: fields.get("says").to_owned(),
                link: fields.get("link").to_owned(),
                on,
                confidence: *confidence,
            };
            let sealed = (entry.marking, under(app, &entry));
            let by = (visitor.account.name.as_str(), visitor.now);
            match add_evidence(&app.desk, (&entry.said, entry.record), sealed, evidence, by) {
                Ok(()) => return Ok(Redirect::to(&entry.href()).into_response()),
                Err(error) => refused(visitor.locale, error, &mut faults)?,
            }
        }
        Ok(faults.answer(form(app, visitor, &entry, fields, &faults)))
    })
    .await
}

fn form(app: &App, visitor: &Visitor, entry: &Entry, sent: &Fields, faults: &Faults) -> Markup {
    let locale = visitor.locale;
    let one = |name: &'static str, label, kind, hint| Field {
        name,
        label,
        kind,
        hint,
        required: true,
        value: sent.get(name).to_owned().into(),
        error: faults.of(name),
        ..Field::default()
    };
    let sure = CONFIDENCES.map(|(word, one)| (word.into(), confidence(locale, one))).to_vec();
    let fields = [
        one("says", t!(locale, "picture-watch-says"), FieldKind::Area, "".into()),
        one("link", t!(locale, "picture-watch-link"), FieldKind::Text, t!(locale, "picture-watch-link-hint")),
        one("on", t!(locale, "picture-watch-on"), FieldKind::Text, t!(locale, "picture-watch-day-hint")),
        one("confidence", t!(locale, "picture-watch-confidence"), FieldKind::Select(sure), "".into()),
    ];
    let title = t!(locale, "picture-watch-evidence-add");
    let lede =
        html! { (t!(locale, "picture-watch-evidence-lede", tlp = entry.marking.tlp.to_string().as_str())) };
    let button = button(ButtonKind::Primary, &t!(locale, "action-save"));
    Sheet { title, lede, entry: Some(entry), act: "evidence", fields: &fields, button }.show(app, visitor)
}
