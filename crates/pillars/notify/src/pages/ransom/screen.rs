//! Looking for names and addresses in the sanctions lists that the operator has brought in.

use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use desk::pages::{App, Fields, PageError, Signed, Visitor};
use maud::{Markup, html};
use records::screening::Screening;
use ui::component::{
    ButtonKind, Column, Field, FieldKind, Table, Tone, alert, button, field, hash, status, table, time_full,
};
use ui::t;

use super::super::find;
use super::show;
use crate::access::FactState;
use crate::case::Case;
use crate::ransom::screen;
use crate::ransom::shelf::{self, ShelfError};

/// The most names and addresses of one look.
const MOST: usize = 50;

pub async fn submit(
    State(app): State<App>,
    Path(id): Path<String>,
    form: Signed<FactState>,
) -> Result<Response, PageError> {
    app.blocking(move |app| {
        let (visitor, fields) = (&form.visitor, &form.fields);
        let case = find(app, visitor, &id)?;
        let again = |fault: String| {
            let page = show(app, visitor, &case, fields, Some(&fault))?;
            Ok((http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        };
        let list = match shelf::kept(&app.desk.folder, fields.get("list")) {
            Ok(list) => list,
            Err(error @ ShelfError::Disk { .. }) => return Err(PageError::broken(error)),
            Err(error) => return again(error.sentence().say(visitor.locale)),
        };
        let lines = fields.get("subjects").lines().map(str::trim).filter(|line| !line.is_empty());
        let subjects: Vec<String> = lines.map(str::to_owned).collect();
        if subjects.len() > MOST {
            return again(t!(visitor.locale, "ransom-too-many", most = MOST).into_owned());
        }
        match screen(&app.desk, case.id, &list, fields.get("version"), subjects, &visitor.account.name) {
            Ok(_) => Ok(Redirect::to(&format!("/notify/incidents/{}/ransom", case.id)).into_response()),
            Err(error) => again(error.theirs().map_err(PageError::broken)?.say(visitor.locale)),
        }
    })
    .await
}

/// Every look, the newest first.
pub(super) fn list(visitor: &Visitor, screened: &[Screening]) -> Markup {
    let locale = visitor.locale;
    let row = |look: &Screening| {
        vec![
            time_full(locale, look.at, visitor.now, visitor.zone.as_ref()),
            html! { (look.list) " " (look.version) br; (hash(locale, "SHA-256", &look.sha256)) },
            html! { (look.subjects.join(" · ")) },
            html! {
                @if look.hits.is_empty() { (status(Tone::Ok, &t!(locale, "ransom-nobody"))) }
                @else { ul { @for hit in &look.hits { li {
                    (hit.name) " " code.muted translate="no" { (hit.entry) } " "
                    @if hit.near { (status(Tone::Warn, &t!(locale, "ransom-near"))) }
                    @else { (status(Tone::Err, &t!(locale, "ransom-same"))) }
                } } } }
            },
            html! { (look.by) },
        ]
    };
    let list = Table {
        caption: t!(locale, "ransom-screenings"),
        columns: vec![
            Column::text(t!(locale, "notify-when")),
            Column::text(t!(locale, "ransom-list")),
            Column::text(t!(locale, "ransom-subjects")),
            Column::text(t!(locale, "ransom-found")),
            Column::text(t!(locale, "notify-who")),
        ],
        rows: screened.iter().rev().map(row).collect(),
        empty: Some(html! { p { (t!(locale, "ransom-screenings-none")) } }),
        ..Table::default()
    };
    html! { (table(locale, &list)) p.muted { (t!(locale, "ransom-likeness")) } }
}

/// The form; without a list there is nothing to look into, and the page says how one is brought in.
pub(super) fn form(app: &App, visitor: &Visitor, case: &Case, sent: &Fields) -> Markup {
    let locale = visitor.locale;
    let lists = shelf::all(&app.desk.folder);
    if lists.is_empty() {
        return alert(
            Tone::Info,
            &t!(locale, "ransom-no-lists"),
            html! { p { code { "entente notify ransom lists import sdn.xml" } } },
        );
    }
    let choices = lists.iter().map(|list| {
        (
            list.kind.into(),
            format!("{} {} ({})", list.kind, list.version, locale.count(list.entries.len() as u64)).into(),
        )
    });
    let fields = [
        Field {
            name: "list",
            label: t!(locale, "ransom-list"),
            value: sent.get("list").into(),
            kind: FieldKind::Select(choices.collect()),
            required: true,
            ..Field::default()
        },
        Field {
            name: "subjects",
            label: t!(locale, "ransom-subjects"),
            value: sent.get("subjects").into(),
            kind: FieldKind::Area,
            hint: t!(locale, "ransom-subjects-hint"),
            required: true,
            ..Field::default()
        },
    ];
    let (csrf, token) = visitor.csrf();
    html! {
        form.form method="post" action={ "/notify/incidents/" (case.id) "/ransom/screen" } {
            input type="hidden" name=(csrf) value=(token);
            @for one in &fields { (field(locale, one)) }
            div.actions { (button(ButtonKind::Primary, &t!(locale, "ransom-look"))) }
        }
    }
}
